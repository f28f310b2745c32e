"""The pages of units, and the sheet of each network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from builder import page
from builder.plan import Plan, UnitName
from builder.press.furniture import sheet
from builder.press.printing import Press
from builder.views import Frame, Mention, UnitView


def views(printing: Press, plans: Iterable[Plan]) -> dict[UnitName, UnitView]:
    """Publish the figures of every unit that an article mentions."""
    units: dict[UnitName, UnitView] = {}
    for plan in plans:
        for name, request in plan.cards.items():
            tuning = printing.view(plan.tunings[name], f"{name.stem}-tuning") if name in plan.tunings else None
            view = printing.view(request, name.stem)
            units.setdefault(name, UnitView(name.model, name.unit, name.page, view, tuning))
    return units


def by_key(units: Mapping[UnitName, UnitView], plan: Plan) -> dict[str, UnitView]:
    """Name the units by key, those of an article also as it writes them."""
    written = {key: units[name] for key, name in plan.spellings.items()}
    return {**{view.key: view for view in units.values()}, **written}


def pages(printing: Press, units: Mapping[UnitName, UnitView], mentions: Mapping[str, list[Mention]]) -> None:
    """Write a page for every unit, and an index for every network."""
    by_model: dict[str, list[UnitView]] = {}
    for name in sorted(units, key=_in_order):
        by_model.setdefault(name.model, []).append(units[name])
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


def _in_order(name: UnitName) -> tuple[str, str, int, str]:
    layer, _, rest = name.unit.partition(":")
    return name.model, layer, int(re.match(r"\d+", rest)[0]), rest
