"""The pages of units, and the sheet of each network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from builder.frozen import frozen
from builder.memory import digest
from builder.plan.catalogue.units import PRE, NetworkUnit
from builder.plan.plan import Plan
from builder.plan.request import Request
from builder.press import addresses, page
from builder.press.furniture import NETWORKS, sheet
from builder.press.printing import Press
from builder.press.views import Frame, Mention, Sheet, UnitView

if TYPE_CHECKING:
    from builder.plan.catalogue.catalogue import Catalogue

MOST = 12
"""How many units of each network are shown where networks stand below each other."""


@frozen
class Units(Mapping[str, UnitView]):
    """The units that have a page, by key; what one shows is published when somebody asks for it.

    `written` leads from keys, those of an article also as it writes them, to units.
    """

    printing: Press
    cards: Mapping[NetworkUnit, tuple[Request, Request | None]]
    written: Mapping[str, NetworkUnit]

    def __getitem__(self, key: str) -> UnitView:
        return self.view(self.written[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self.written)

    def __len__(self) -> int:
        return len(self.written)

    def view(self, name: NetworkUnit) -> UnitView:
        """Publish the figures of a unit."""
        card, tuning = self.cards[name]
        stem = addresses.of_network_unit(name)
        curve = self.printing.view(tuning, f"{stem}-tuning") if tuning else None
        return UnitView(name.network, str(name.unit), addresses.page_of(name), self.printing.view(card, stem), curve)

    def of(self, plan: Plan) -> Units:
        """Name the units as an article writes them, too."""
        return replace(self, written={**self.written, **plan.spellings})


def units(printing: Press, plans: Iterable[Plan]) -> Units:
    """Gather the units that articles mention."""
    cards: dict[NetworkUnit, tuple[Request, Request | None]] = {}
    for plan in plans:
        for name, request in plan.cards.items():
            cards.setdefault(name, (request, plan.tunings.get(name)))
    return Units(printing, cards, {str(name): name for name in cards})


def mentions(plans: Iterable[Plan]) -> dict[str, list[Mention]]:
    """List the articles that speak of each unit, by the address of its page."""
    found: dict[str, list[Mention]] = {}
    for plan in plans:
        for name in plan.cards:
            mention = Mention(plan.article.front.title, f"{plan.article.slug}/index.html")
            found.setdefault(addresses.page_of(name), []).append(mention)
    return found


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


def pages(printing: Press, units: Units, mentions: Mapping[str, list[Mention]]) -> None:
    """Write a page for every unit, an index for every network, and one of the networks where there are several."""
    by_model: dict[str, list[NetworkUnit]] = {}
    for name in ordered(units.cards, printing.house.catalogue) if units.cards else ():
        by_model.setdefault(name.network, []).append(name)
    for model, own in by_model.items():
        shown = [[str(name), *(one and one.key for one in units.cards[name])] for name in own]
        told = [mentions.get(addresses.page_of(name), []) for name in own]
        key = digest(printing.circumstances, shown, told)
        work = partial(_pages, printing, model, units, own, mentions)
        printing.memory.once(f"units of {model}", key, printing.output, work)
    if len(by_model) > 1:
        first = [
            (model, len(own), [units.cards[name][0].key for name in own[:MOST]]) for model, own in by_model.items()
        ]
        printing.once(NETWORKS, first, partial(_networks, printing, units, by_model))


def _pages(
    printing: Press, model: str, units: Units, names: Sequence[NetworkUnit], mentions: Mapping[str, list[Mention]]
) -> None:
    index, own = sheet(model), [units.view(name) for name in names]
    for before, view, after in zip([None, *own[:-1]], own, [*own[1:], None], strict=True):
        html = page.specimen(
            printing.env, Frame(printing.site, view.url), view,
            mentions=mentions.get(view.url, []), previous=before, following=after, index=index,
            units={one.key: one for one in own},
        )  # fmt: skip
        printing.page(view.url, html)
    printing.page(index, page.unit_index(printing.env, Frame(printing.site, index), model, own))


def _networks(printing: Press, units: Units, by_model: Mapping[str, Sequence[NetworkUnit]]) -> str:
    rows = [
        Sheet(model, sheet(model), len(own), [units.view(name) for name in own[:MOST]])
        for model, own in by_model.items()
    ]
    return page.networks(printing.env, Frame(printing.site, NETWORKS), rows)
