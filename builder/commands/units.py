"""Find units to write about."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from builder.commands.common import Group, count, device_option, plainly, site_option, table
from builder.errors import UsageError, nearest

KINDS: Mapping[str, str] = {"curves": "arcs"}
"""What can be found, and the stimuli that find it."""
RULES = ("strict", "lenient", "tuned")
COLUMNS = ("unit", "prefers", "width", "echo", "resultant", "peak", "line", "radii", "colours", "fills", "strict")


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
    tuned may answer elsewhere on the circle too. What was measured once is in the site's store.

    \b
    Example:
      microscribe units find curves --model torchvision/googlenet --layer mixed3b --limit 10
    """
    _check("kind", kind, KINDS)
    _check("rule", rule, RULES)
    wanted, size, rows = _found(root, (model, layer, dataset), rule, limit or 0, device, quiet=as_json)
    chosen = f"{wanted.layer}:{','.join(str(row['unit']) for row in rows)}" if rows else ""
    if as_json:
        told = {"model": wanted.model, "layer": wanted.layer, "dataset": wanted.dataset, "kind": kind, "rule": rule}
        click.echo(json.dumps({**told, "of": size, "units": chosen, "rows": rows}, indent=2))
        return
    click.echo("\n".join(_lines(wanted, size, rows, chosen)))


def _check(what: str, given: str, known: Sequence[str] | Mapping[str, object]) -> None:
    if given not in known:
        raise UsageError(f"{what} {given!r}; expected {' or '.join(known)}{nearest(given, known)}")


def _found(root: Path, names: tuple[str, str, str], rule: str, most: int, device: str, *, quiet: bool):
    """Return what was looked for under its full names, the layer's number of units, and those found."""
    from builder import plan, reporter, single, site
    from builder.engine import finding

    report = reporter.Warnings() if quiet or not sys.stdout.isatty() else reporter.reporter()
    try:
        with single.settings_at(root) as settings:
            house = plan.open_house(settings, report)
            wanted, size = _wanted(house, names, rule, most)
            rows = finding.find(site.open_engine(house, report, device), house.catalogue, wanted)
            house.catalogue.save()
    finally:
        report.close()
    return wanted, size, rows


def _wanted(house, names: tuple[str, str, str], rule: str, most: int):
    """Read the names of a network, its layer and a data set; those of the site where none is given."""
    from builder.engine.finding import Wanted

    model, layer, dataset = names
    try:
        card = house.catalogue.model(model or house.settings.model)
        known = card.layer(layer, heads=True)
        data = house.catalogue.dataset(dataset or house.settings.dataset)[0]
    except ValueError as error:
        raise UsageError(str(error)) from error
    size = card.sizes[known] if known in card.sizes else card.sizes[known.removesuffix(".pre")]
    return Wanted(card.name, known, data, rule, most), size


def _lines(wanted, size: int, rows: Sequence[Mapping[str, object]], chosen: str) -> Iterator[str]:
    if not rows:
        others = " or ".join(f"--rule {one}" for one in RULES[RULES.index(wanted.rule) + 1 :])
        hint = f"; {others} asks for less" if others else ""
        yield f"none of the {size} units of {wanted.layer} of {wanted.model} meets the rule{hint}"
        return
    met = "meets" if len(rows) == 1 else "meet"
    few = "at least " if wanted.most == len(rows) else ""
    yield f"{wanted.model}, {wanted.layer}: {few}{len(rows)} of {count(size, 'unit')} {met} the rule {wanted.rule!r}"
    yield ""
    yield from table([COLUMNS, *(_cells(wanted.layer, row) for row in rows)])
    yield ""
    yield "prefers, width: degrees; echo, line: shares of the peak; radii, colours, fills: how many of 6 agree"
    yield ""
    yield f"units: {chosen}"


def _cells(layer: str, row: Mapping[str, object]) -> tuple[str, ...]:
    angles = (f"{row[name]:.0f}" for name in ("preferred_deg", "width_deg"))
    shares = (f"{row[name]:.2f}" for name in ("echo", "resultant"))
    counts = (str(row[name]) for name in ("radii", "colours", "fills"))
    strict = "yes" if row["strict"] else "no"
    return f"{layer}:{row['unit']}", *angles, *shares, f"{row['peak']:.3g}", f"{row['line']:.2f}", *counts, strict
