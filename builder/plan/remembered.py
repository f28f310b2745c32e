"""What is remembered of a plan: which figures and units its article shows, by key."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import Place
from builder.plan.choices import Choice, Choices, State
from builder.plan.plan import Plan
from builder.plan.request import Request
from builder.read import remembered
from builder.read.article import Article

if TYPE_CHECKING:
    from builder.plan.catalogue.catalogue import Catalogue
    from builder.plan.catalogue.units import NetworkUnit


def record(plan: Plan) -> dict[str, Any]:
    """Write down a plan."""
    return {
        "requests": {label: _request(request) for label, request in plan.requests.items()},
        "cards": [[name.network, str(name.unit), _request(request)] for name, request in plan.cards.items()],
        "tunings": [[name.network, str(name.unit), _request(request)] for name, request in plan.tunings.items()],
        "spellings": [[written, name.network, str(name.unit)] for written, name in plan.spellings.items()],
        "choices": {label: _choices(one) for label, one in plan.choices.items()},
        "model": plan.model,
        "problems": remembered.problems(plan.problems),
    }


def plan(article: Article, known: Mapping[str, Any]) -> Plan:
    """Make the plan of a remembered article; its requests can be found, and not be made."""
    return Plan(
        article,
        requests={label: _asked(given) for label, given in known["requests"].items()},
        cards={_unit(network, unit): _asked(given) for network, unit, given in known["cards"]},
        tunings={_unit(network, unit): _asked(given) for network, unit, given in known["tunings"]},
        spellings={written: _unit(network, unit) for written, network, unit in known["spellings"]},
        model=known["model"],
        problems=remembered.told(known["problems"]),
        choices={label: _several(given) for label, given in known["choices"].items()},
    )


def materials(plan: Plan) -> dict[str, Any]:
    """List the networks and data sets that a plan was bound to, with their digests."""
    wanted = plan.wanted()
    return {
        "models": {name: known for request in wanted for name, known in request.parts["models"].items()},
        "datasets": {name: known for request in wanted for name, known in request.parts["datasets"].items()},
    }


def keys(known: Mapping[str, Any]) -> list[str]:
    """List the keys of all figures of a plan that was written down."""
    others = (given for one in known["choices"].values() for _, given in one["states"][1:])
    some = (given for *_, given in (*known["cards"], *known["tunings"]))
    return [key for _, key, *_ in (*known["requests"].values(), *others, *some)]


def are_same(known: Mapping[str, Any], catalogue: Catalogue) -> bool:
    """Tell whether networks and data sets are what they were."""
    try:
        return all(catalogue.model(name).digest == before for name, before in known["models"].items()) and all(
            catalogue.dataset(name)[1] == before for name, before in known["datasets"].items()
        )
    except ValueError:
        return False


def _request(request: Request) -> list[Any]:
    place = request.place
    return [request.figure, request.key, request.text, list(request.random), str(place.path), place.line]


def _asked(known: list[Any]) -> Request:
    figure, key, text, random, path, line = known
    return Request(figure, "", "", {}, {}, {}, key, Place(Path(path), line), text, tuple(random))


def _choices(several: Choices) -> dict[str, Any]:
    return {
        "choices": [dataclasses.asdict(one) for one in several.choices],
        "states": [[list(state.labels), _request(state.request)] for state in several.states],
    }


def _several(known: Mapping[str, Any]) -> Choices:
    choices = (Choice(**{**one, "labels": tuple(one["labels"])}) for one in known["choices"])
    return Choices(tuple(choices), tuple(State(tuple(labels), _asked(given)) for labels, given in known["states"]))


def _unit(network: str, unit: str) -> NetworkUnit:
    from builder.plan.catalogue.units import NetworkUnit, read

    return NetworkUnit(network, read(unit))
