"""Say what networks there are, show one, and fetch its weights."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from builder.commands.common import Group, count, plainly, site_option, table
from builder.errors import UsageError

if TYPE_CHECKING:
    from builder.plan.catalogue import listing
    from builder.plan.catalogue.cards import LayerCard, NetworkCard, Weights
    from builder.plan.plan import House
    from builder.reporter import Reporter

FEW_CLASSES = 4


@click.group(cls=Group, invoke_without_command=True)
@site_option
@click.pass_context
@plainly
def models(context: click.Context, root: Path) -> None:
    """List the networks that articles may name, show one, or fetch its weights.

    \b
    Example:
      microscribe models show torchvision/googlenet
    """
    if context.invoked_subcommand is None:
        _list(root, "")


@models.command("list")
@site_option
@click.argument("word", default="")
@plainly
def list_(root: Path, word: str) -> None:
    """List the networks, or those whose names contain WORD.

    \b
    Example:
      microscribe models list resnet
    """
    _list(_site(root), word)


@models.command()
@site_option
@click.argument("name")
@click.option("--all", "all_", is_flag=True, help="List every layer, not only the main ones.")
@plainly
def show(root: Path, name: str, all_: bool) -> None:
    """Show a network: its layers in order, and how to write a unit of it.

    \b
    Example:
      microscribe models show torchvision/googlenet --all
    """
    house, reporter = _open(_site(root), plain=False)
    try:
        card, trouble = _card(house, name)
    finally:
        reporter.close()
    house.catalogue.save()
    click.echo("\n".join([*_head(name, card, trouble), "", *_inside(card, all_=all_)]))


@models.command()
@site_option
@click.argument("name")
@click.option("--url", default="", help="Fetch from here; the file must be the same.  [default: its library's own]")
@plainly
def pull(root: Path, name: str, url: str) -> None:
    """Fetch the weights of a network, and check them; nothing else ever fetches any.

    \b
    Example:
      microscribe models pull torchvision/googlenet
    """
    from builder.engine.describe import pull_weights
    from builder.plan.catalogue import specs

    house, reporter = _open(_site(root))
    with _usage():
        specs.network(name, house.catalogue.site)
    try:
        path = pull_weights(name, house.catalogue.site, reporter, url)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    finally:
        reporter.close()
    click.echo(f"{name}: weights in {_short(str(path))}")


@contextmanager
def _usage() -> Iterator[None]:
    """Take a wrong name for what it is: a command that cannot be followed."""
    try:
        yield
    except ValueError as error:
        raise UsageError(str(error)) from error


def _site(root: Path) -> Path:
    """Return the site that was asked for, before or after the name of the command."""
    context = click.get_current_context()
    given = context.get_parameter_source("root") is not ParameterSource.DEFAULT
    return root if given or context.parent is None else context.parent.params.get("root", root)


def _open(root: Path, *, plain: bool = True) -> tuple[House, Reporter]:
    """Open a site's house; what is printed for other programs to read, has no lines of progress in it."""
    from builder import reporter, settings
    from builder.plan import plan

    report = reporter.reporter() if plain or sys.stdout.isatty() else reporter.Warnings()
    return plan.open_house(settings.load(root), report), report


def _list(root: Path, word: str) -> None:
    from builder.plan.catalogue import listing

    house, reporter = _open(root, plain=False)
    try:
        groups = listing.groups(house.catalogue, word)
    finally:
        reporter.close()
    if not any(group.rows for group in groups):
        raise UsageError(f"no network has {word!r} in its name")
    width = max(len(row.name) for group in groups for row in group.rows)
    blocks = [[group.title, *(f"  {_line(row, width)}" for row in group.rows), *_remark(group)] for group in groups]
    click.echo("\n\n".join("\n".join(block) for block in blocks if len(block) > 1))
    click.echo("\n`microscribe models show NAME` shows one, `microscribe models pull NAME` fetches its weights.")


def _remark(group: listing.Group) -> list[str]:
    return [f"  {group.remark}"] if group.remark else []


def _line(row: listing.Row, width: int) -> str:
    size = f"{row.input_size:>4} px" if row.input_size else " " * 7
    return f"{row.name:{width}}  {size}  {row.state}".rstrip()


def _card(house: House, name: str) -> tuple[NetworkCard, str]:
    """Return what is known of a network, and why it cannot be measured yet, if it cannot."""
    from builder.engine.describe import describe_network

    catalogue = house.catalogue
    try:
        return catalogue.model(name), ""
    except ValueError as error:
        trouble = str(error)
    with _usage():
        return describe_network(name, catalogue.site, catalogue.sources, weights=False), trouble


def _head(name: str, card: NetworkCard, trouble: str) -> Iterator[str]:
    size, weights = card.input.size_px, card.weights
    yield name
    yield f"  images   {size} x {size} px, {count(card.input.channels, 'channel')}"
    if card.random:
        yield "  weights  random: nobody trained them"
    elif trouble:
        yield f"  weights  {trouble.removeprefix(f'{name}: ')}"
    else:
        yield f"  weights  {_where(weights)} (sha256 {weights.sha256[:12]})"
        yield from [f"           {weights.note}"] * bool(weights.note)
    for head, classes in card.heads.items():
        few = ", ".join(classes[:FEW_CLASSES])
        yield f"  classes  {head}: {len(classes)} ({few}{', …' if len(classes) > FEW_CLASSES else ''})"
    if not card.heads:
        yield "  classes  none: nothing that it answers is (images, classes)"


def _where(weights: Weights) -> str:
    if weights.kind != "file":
        return "in the package"
    return ", ".join(filter(None, [weights.package or _short(weights.file), weights.licence]))


def _short(path: str) -> str:
    home = str(Path.home())
    return f"~{path.removeprefix(home)}" if path.startswith(f"{home}{os.sep}") else path


def _inside(card: NetworkCard, *, all_: bool) -> list[str]:
    """List layers and units; a network that is one layer, or has no modules, has none with a name."""
    if card.layers:
        return [*_layers(card, all_=all_), "", *_units(card)]
    heads = [f"Units are written {head}:0, the class {classes[0]!r}" for head, classes in card.heads.items()]
    return ["It has no modules inside, so no layer has a name; put it into a torch.nn.Sequential to name them", *heads]


def _layers(card: NetworkCard, *, all_: bool) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for other, preferred in card.aliases.items():
        names.setdefault(preferred, []).append(other)
    shown = {name: layer for name, layer in card.layers.items() if all_ or layer.main}
    rows: list[tuple[str, ...]] = [("layer", "units", "map", "sees", "also")]
    rows += [_row(name, layer, names.get(name, []), card.sees(name)) for name, layer in shown.items()]
    yield from table(rows)
    if len(shown) < len(card.layers):
        yield f"{len(shown)} of {count(len(card.layers), 'layer')}; --all lists every one"


def _row(name: str, layer: LayerCard, names: Sequence[str], sees: str) -> tuple[str, ...]:
    from builder.plan.catalogue.cards import VECTOR

    shape = f"{layer.height} x {layer.width}" if layer.layout != VECTOR else "none"
    others = [*([layer.module] if layer.module != name else []), *names]
    return name, str(layer.channels), shape, sees, ", ".join(dict.fromkeys(others))


def _units(card: NetworkCard) -> Iterator[str]:
    """Say how units of this network are written, with names of its own."""
    mapped = [name for name in card.main if card.layers[name].height > 1] or list(card.layers)
    name = mapped[len(mapped) // 2]
    layer = card.layers[name]
    unit = f"{name}:{min(17, layer.channels - 1)}"
    rows = [(unit, "a channel"), (f"{unit}-", "its negative direction")]
    if layer.height > 1:
        place = f"{unit}@{layer.height // 2},{layer.width // 2}"
        rows.append((place, "at one place of its map: row, column, from 0"))
    if layer.pre:
        rows.append((unit.replace(":", ".pre:"), "before the nonlinearity that the layer ends in"))
    rows += [(f"{head}:0", f"the class {classes[0]!r}") for head, classes in list(card.heads.items())[:1]]
    width = max(len(text) for text, _ in rows)
    yield "Units are written"
    yield from (f"  {text:{width}}  {meaning}" for text, meaning in rows)
