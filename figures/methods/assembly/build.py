"""Make networks of their blueprints, and look into them without their weights."""

from __future__ import annotations

import dataclasses
import functools
from pathlib import Path

from torch import nn

from figures.methods import networks
from figures.methods.assembly import checkpoints, fitting, random
from figures.methods.assembly.blueprint import Blueprint
from figures.methods.insides.anatomy import Anatomy, examine
from figures.methods.insides.graphs import Normalised, Untraceable
from figures.methods.insides.watching import observed
from figures.specs import NetworkSpec


def build(spec: NetworkSpec) -> nn.Module:
    """Make a network that takes images in [0, 1], with its weights; raises ValueError where these do not fit.

    Random ones are drawn from the specification's seed.
    """
    plan = networks.blueprint(spec)
    networks.check(spec, plan)
    if plan.complete is not None:
        network = plan.complete()
        return network if _is_plain(plan) else _normalised(plan, network)
    if plan.file is not None and not spec.random:
        network = _loaded(spec, plan, plan.file)
    elif plan.drawn_by_itself:
        with random.own_generator(spec.seed):
            network = plan.build()
    else:
        network = random.drawn(plan.build, spec.seed)
    return _normalised(plan, network)


def anatomy_of(spec: NetworkSpec) -> Anatomy:
    """Return the layers of a network, looked into without its weights; remembered for this process."""
    same = dataclasses.replace(spec, name=spec.factory, mean=None, std=None, aliases=(), seed=0)
    return _remembered(same, networks.blueprint(spec).code)


@functools.lru_cache(maxsize=32)
def _remembered(spec: NetworkSpec, _code: str) -> Anatomy:
    return anatomy(networks.blueprint(spec))


def anatomy(plan: Blueprint) -> Anatomy:
    """Look into a network on the meta device, or else with numbers, or else by watching it run.

    Raises ValueError where it does not take the images that it should.
    """
    try:
        return examine(_normalised(plan, random.skeleton(plan.build)), plan.input_size, plan.channels)
    except Untraceable as error:
        trouble = str(error)
    network = random.drawn(plan.build, 0)
    try:
        return examine(_normalised(plan, network), plan.input_size, plan.channels)
    except Untraceable:
        return _observed(_normalised(plan, network), plan, trouble)


def _observed(network: nn.Module, plan: Blueprint, trouble: str) -> Anatomy:
    try:
        return observed(network, plan.input_size, plan.channels, trouble)
    except (RuntimeError, TypeError, IndexError, AttributeError, KeyError, AssertionError) as error:
        size = f"{plan.channels} x {plan.input_size} x {plan.input_size}"
        raise ValueError(f"does not take images of {size}: {type(error).__name__}: {error}") from error


def note(spec: NetworkSpec, plan: Blueprint) -> str:
    """Say what an author should know of the file of weights that he gave; raises ValueError where it does not fit."""
    file = spec.file
    if file is None:
        return ""
    return _noted(dataclasses.replace(spec, name=""), plan.code, checkpoints.digest(file))


@functools.lru_cache(maxsize=32)
def _noted(spec: NetworkSpec, _code: str, _sha256: str) -> str:
    plan = networks.blueprint(spec)
    file = spec.file or Path()
    return _fitted(spec, plan, random.unfilled(plan.build), file).note(file.name)


def _fitted(spec: NetworkSpec, plan: Blueprint, network: nn.Module, file: Path) -> fitting.Fitted:
    """Find the weights of a network in a file; raises ValueError where they do not fit."""
    try:
        weights = fitting.fitted(checkpoints.read(file), network, plan.tidy, spec.entry)
    except fitting.NoEntry as error:
        raise ValueError(f"{file}: {error}") from None
    if weights.wrong:
        raise ValueError(f"{file}: not the weights of this network: {weights.wrong}")
    return weights


def _loaded(spec: NetworkSpec, plan: Blueprint, file: Path) -> nn.Module:
    network = random.unfilled(plan.build)
    network.load_state_dict(_fitted(spec, plan, network, file).state, strict=False)
    return network


def _is_plain(plan: Blueprint) -> bool:
    """Whether images enter a network as they are."""
    return set(plan.mean) == {0.0} and set(plan.std) == {1.0}


def _normalised(plan: Blueprint, network: nn.Module) -> nn.Module:
    device = next((one.device for one in network.parameters()), None)
    return Normalised(network, plan.mean, plan.std).to(device).eval()
