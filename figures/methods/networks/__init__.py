"""Networks of every family: what they are, how they are made, and what their layers are called."""

from __future__ import annotations

import dataclasses
import functools
from types import ModuleType

from torch import nn

from figures import specs
from figures.methods.networks import checkpoints, inceptionv1, own_code, random, timm_networks, torchvision_networks
from figures.methods.networks.anatomy import Anatomy, examine
from figures.methods.networks.blueprint import Blueprint, MissingWeights
from figures.methods.networks.cards import Card, card
from figures.methods.networks.graphs import Normalised, Untraceable
from figures.methods.networks.watching import observed
from figures.specs import NetworkSpec

__all__ = ["MissingWeights", "anatomy_of", "blueprint", "build", "check", "describe"]

_FAMILIES: dict[str, ModuleType] = {
    specs.TORCHVISION: torchvision_networks,
    specs.TIMM: timm_networks,
    specs.INCEPTIONV1: inceptionv1,
    specs.SITE: own_code,
}


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return what a network's family says of it; raises ValueError for a network that there is not."""
    return _FAMILIES[spec.family].blueprint(spec)


def describe(spec: NetworkSpec, *, weights: bool = True) -> Card:
    """Return all that is known about a network as a JSON dictionary, without giving it its weights.

    Raises MissingWeights where they are not on this disk, unless `weights` need not be there:
    then the card has no digest.
    """
    if spec.family == specs.GLYPHS:
        from figures.methods import models

        return models.of(spec).card
    plan = blueprint(spec)
    if weights:
        check(spec, plan)
    return card(spec, plan, _known(spec))


def _known(spec: NetworkSpec) -> Anatomy:
    try:
        return anatomy_of(spec)
    except (ValueError, AssertionError) as error:  # networks assert that images fit them
        named = str(error).startswith(f"{spec.name}:")
        raise ValueError(str(error) if named else f"{spec.name}: {error}") from error


def check(spec: NetworkSpec, plan: Blueprint) -> None:
    """Raise MissingWeights, which says what to run, where a network's weights are not on this disk."""
    if spec.random or (plan.file is not None and plan.file.is_file()):
        return
    if spec.file is not None:
        raise MissingWeights(f"{spec.name}: no weights at {plan.file}")
    if spec.family == specs.INCEPTIONV1:
        raise MissingWeights(
            f"{spec.name}: its weights cannot be fetched; write {spec.name}@path/to/inception5h.pth or {spec.name}@none"
        )
    if not plan.url:
        raise MissingWeights(f"{spec.name}: there are no trained weights of it; write {spec.name}@none for random ones")
    raise MissingWeights(f"{spec.name}: its weights are not on this machine; run `microscribe models pull {spec.name}`")


def anatomy_of(spec: NetworkSpec) -> Anatomy:
    """Return the layers of a network, looked into without its weights; remembered for this process."""
    same = dataclasses.replace(spec, name=spec.factory, mean=None, std=None, aliases=(), seed=0)
    return _anatomy(same, blueprint(spec).code)


@functools.lru_cache(maxsize=32)
def _anatomy(spec: NetworkSpec, _code: str) -> Anatomy:
    """Look into a network on the meta device, or else with numbers, or else by watching it run."""
    plan = blueprint(spec)
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
    except (RuntimeError, TypeError, IndexError, AttributeError, KeyError) as error:
        size = f"{plan.channels} x {plan.input_size} x {plan.input_size}"
        raise ValueError(f"does not take images of {size}: {type(error).__name__}: {error}") from error


def build(spec: NetworkSpec) -> nn.Module:
    """Make a network that takes images in [0, 1], with its weights; raises ValueError where these do not fit.

    Random ones are drawn from the specification's seed.
    """
    plan = blueprint(spec)
    check(spec, plan)
    if not spec.random:
        network = _loaded(spec, plan)
    elif plan.drawn_by_itself:
        with random.own_generator(spec.seed):
            network = plan.build()
    else:
        network = random.drawn(plan.build, spec.seed)
    return _normalised(plan, network)


def _loaded(spec: NetworkSpec, plan: Blueprint) -> nn.Module:
    state = plan.tidy(checkpoints.read(plan.file))
    network = random.unfilled(plan.build)
    checkpoints.put(network, state, plan.file)
    return network


def _normalised(plan: Blueprint, network: nn.Module) -> nn.Module:
    device = next((one.device for one in network.parameters()), None)
    return Normalised(network, plan.mean, plan.std).to(device).eval()
