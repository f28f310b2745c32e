"""Find units to write about."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import Group, count, device_option, plainly, site_option, table
from builder.errors import UsageError
from builder.plan.catalogue.nearest import nearest

if TYPE_CHECKING:
    from builder.engine.finding import Wanted
    from builder.plan.plan import House

RULES = ("strict", "lenient", "tuned")
SHARED = ("unit", "prefers", "width", "echo", "resultant", "peak")
COLUMNS = (*SHARED, "line", "radii", "colours", "fills", "strict")
FAMILY_COLUMNS = (*SHARED, "best", "values", "polarities", "strict")
NOTE = "prefers, width: degrees; echo, line: shares of the peak; radii, colours, fills: how many of 6 agree"
FAMILY_NOTE = (
    "prefers, width: degrees; echo: share of the peak; best: the second parameter that drives it most; "
    "values, polarities: how many agree"
)


@click.group(cls=Group)
def units() -> None:
    """Find units to write about.

    \b
    Example:
      microscribe units find curves --layer mixed3b
    """


@units.command()
@site_option
@click.argument("kind")
@click.option("--model", default="", help="The network.  [default: the site's]")
@click.option("--layer", required=True, help="The layer to look through.")
@click.option("--dataset", default="", help="Images that tell how strongly a unit can respond.  [default: the site's]")
@click.option("--rule", default="strict", help=f"What a unit must meet: {', '.join(RULES)}.", show_default=True)
@click.option("--limit", type=click.IntRange(min=1), help="No more units than this, spread over the circle.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@device_option
@plainly
def find(
    root: Path, kind: str, model: str, layer: str, dataset: str, rule: str, limit: int | None, as_json: bool,
    device: str,
) -> None:  # fmt: skip
    """List the units of a layer that are tuned to stimuli, with a line to copy into an article.

    KIND is `curves`: units that answer arcs which bulge in one direction. Strict units have one lobe,
    whatever the radius and the colours, and prefer arcs to lines; lenient ones need not; those that are
    tuned may answer elsewhere on the circle too. Or KIND is a family of stimuli, such as `lines`, `angles`
    or one of the site's own scripts. What was measured once is in the site's store.

    \b
    Example:
      microscribe units find curves --model torchvision/googlenet --layer mixed3b --limit 10
      microscribe units find lines --layer conv2
    """
    if rule not in RULES:
        raise UsageError(f"rule {rule!r}; expected {' or '.join(RULES)}{nearest(rule, RULES)}")
    wanted, size, rows = _found(root, kind, (model, layer, dataset), rule, limit or 0, device, quiet=as_json)
    chosen = f"{wanted.layer}:{','.join(str(row['unit']) for row in rows)}" if rows else ""
    if as_json:
        told = {"model": wanted.model, "layer": wanted.layer, "dataset": wanted.dataset, "kind": kind, "rule": rule}
        click.echo(json.dumps({**told, "of": size, "units": chosen, "rows": rows}, indent=2))
        return
    click.echo("\n".join(_lines(wanted, size, rows, chosen)))


def _found(
    root: Path, kind: str, names: tuple[str, str, str], rule: str, most: int, device: str, *, quiet: bool
) -> tuple[Wanted, int, list[Mapping[str, object]]]:
    """Return what was looked for under its full names, the layer's number of units, and those found."""
    from builder import reporter, single, site
    from builder.engine import finding
    from builder.plan import plan

    report = reporter.Warnings() if quiet or not sys.stdout.isatty() else reporter.reporter()
    try:
        with single.settings_at(root) as settings:
            house = plan.open_house(settings, report)
            wanted, size = _wanted(house, kind, names, rule, most)
            rows = finding.find(site.open_engine(house, report, device), house.catalogue, wanted)
            house.catalogue.save()
    finally:
        report.close()
    return wanted, size, rows


def _wanted(house: House, kind: str, names: tuple[str, str, str], rule: str, most: int) -> tuple[Wanted, int]:
    """Read the names of a network, its layer and a data set; those of the site where none is given."""
    from builder.engine.finding import CURVES, Wanted

    model, layer, dataset = names
    families = house.binder.families
    known = (CURVES, *families)
    if kind not in known:
        raise UsageError(f"kind {kind!r}; expected {', '.join(known)}{nearest(kind, known)}")
    try:
        card = house.catalogue.model(model or house.settings.model)
        found = card.layer(layer)
        data = house.catalogue.dataset(dataset or house.settings.dataset)[0]
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Wanted(card.name, found, data, rule, most, kind, families.get(kind)), card.size(found)


def _lines(wanted: Wanted, size: int, rows: Sequence[Mapping[str, object]], chosen: str) -> Iterator[str]:
    if not rows:
        others = " or ".join(f"--rule {one}" for one in RULES[RULES.index(wanted.rule) + 1 :])
        hint = f"; {others} asks for less" if others else ""
        yield f"none of the {size} units of {wanted.layer} of {wanted.model} meets the rule{hint}"
        return
    met = "meets" if len(rows) == 1 else "meet"
    few = "at least " if wanted.most == len(rows) else ""
    yield f"{wanted.model}, {wanted.layer}: {few}{len(rows)} of {count(size, 'unit')} {met} the rule {wanted.rule!r}"
    yield ""
    curves = wanted.family is None
    cells = _curve_cells if curves else _family_cells
    titles = COLUMNS if curves else FAMILY_COLUMNS
    yield from table([titles, *((*_cells(wanted.layer, row), *cells(row)) for row in rows)])
    yield ""
    yield NOTE if curves else FAMILY_NOTE
    yield ""
    yield f"units: {chosen}"


def _cells(layer: str, row: Mapping[str, object]) -> tuple[str, ...]:
    angles = (f"{row[name]:.0f}" for name in ("preferred_deg", "width_deg"))
    shares = (f"{row[name]:.2f}" for name in ("echo", "resultant"))
    return f"{layer}:{row['unit']}", *angles, *shares, f"{row['peak']:.3g}"


def _curve_cells(row: Mapping[str, object]) -> tuple[str, ...]:
    counts = (str(row[name]) for name in ("radii", "colours", "fills"))
    return f"{row['line']:.2f}", *counts, _strict(row)


def _family_cells(row: Mapping[str, object]) -> tuple[str, ...]:
    return f"{row['best']:.3g}", str(row["values"]), str(row["polarities"]), _strict(row)


def _strict(row: Mapping[str, object]) -> str:
    return "yes" if row["strict"] else "no"
