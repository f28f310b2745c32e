"""The pages of units, and the sheet of each network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from builder.plan.catalogue import Catalogue
from builder.plan.catalogue.units import PRE, NetworkUnit
from builder.plan.plan import Plan
from builder.press import addresses, page
from builder.press.furniture import sheet
from builder.press.printing import Press
from builder.press.views import Frame, Mention, UnitView


def views(printing: Press, plans: Iterable[Plan]) -> dict[NetworkUnit, UnitView]:
    """Publish the figures of every unit that an article mentions."""
    units: dict[NetworkUnit, UnitView] = {}
    for plan in plans:
        for name, request in plan.cards.items():
            stem = addresses.of_network_unit(name)
            tuning = printing.view(plan.tunings[name], f"{stem}-tuning") if name in plan.tunings else None
            view = printing.view(request, stem)
            units.setdefault(name, UnitView(name.network, str(name.unit), addresses.page_of(name), view, tuning))
    return units


def by_key(units: Mapping[NetworkUnit, UnitView], plan: Plan) -> dict[str, UnitView]:
    """Name the units by key, those of an article also as it writes them."""
    written = {key: units[name] for key, name in plan.spellings.items()}
    return {**{view.key: view for view in units.values()}, **written}


def ordered(units: Iterable[NetworkUnit], catalogue: Catalogue) -> Iterator[NetworkUnit]:
    """Sort units by network, layer and number; layers stand as they run, by name where that is not known."""
    for network, own in groupby(sorted(units), key=lambda name: name.network):
        ranks = _ranks(network, catalogue)
        yield from sorted(own, key=lambda name: ranks.get(name.unit.layer.removesuffix(PRE), len(ranks)))


def _ranks(network: str, catalogue: Catalogue) -> dict[str, int]:
    try:
        card = catalogue.model(network)
    except ValueError:
        return {}
    return {name: rank for rank, name in enumerate((*card.layers, *card.heads))}


def pages(printing: Press, units: Mapping[NetworkUnit, UnitView], mentions: Mapping[str, list[Mention]]) -> None:
    """Write a page for every unit, and an index for every network."""
    by_model: dict[str, list[UnitView]] = {}
    for name in ordered(units, printing.house.catalogue):
        by_model.setdefault(name.network, []).append(units[name])
    for model, own in by_model.items():
        index = sheet(model)
        for before, view, after in zip([None, *own[:-1]], own, [*own[1:], None], strict=True):
            html = page.specimen(
                printing.env, Frame(printing.site, view.url), view,
                mentions=mentions.get(view.url, []), previous=before, following=after, index=index,
                units={one.key: one for one in own},
            )  # fmt: skip
            printing.output.write(view.url, html)
        printing.output.write(index, page.unit_index(printing.env, Frame(printing.site, index), model, own))
