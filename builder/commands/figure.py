"""Make one figure outside any article."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import device_option, plainly, site_option
from builder.errors import UsageError


@click.group()
def figure() -> None:
    """Make one figure outside any article.

    \b
    Example:
      microscribe figure run radial-tuning --param units=mixed3b:188,163 --out radial
    """


@figure.command()
@site_option
@click.argument("name")
@click.option("--param", "-p", "given", metavar="KEY=VALUE", multiple=True, help="A parameter, as in a directive.")
@click.option(
    "--out",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Where to write its parts.",
)
@click.option("--model", default="", help="The network.")
@click.option("--dataset", default="", help="The data set.")
@click.option("--seed", default="", help="Where random numbers start from.")
@device_option
@plainly
def run(
    root: Path,
    name: str,
    given: tuple[str, ...],
    out: Path,
    model: str,
    dataset: str,
    seed: str,
    device: str,
) -> None:
    """Run one figure and write its pictures, chart, table and provenance to a folder.

    NAME is that of a directive; `microscribe figures NAME` lists its parameters. What the site's
    store has is not measured again.

    \b
    Example:
      microscribe figure run radial-tuning -p units=mixed3b:17 --out radial-tuning
    """
    from builder import reporter, single

    options = {"model": model, "dataset": dataset, "seed": seed}
    options = {key: value for key, value in options.items() if value} | dict(map(_pair, given))
    report = reporter.reporter()
    files = single.run(root, report, name, options, out, device)
    report.close()
    click.echo("\n".join(map(str, files)))


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise UsageError(f"--param {text!r}; expected KEY=VALUE, for example units=mixed3b:17")
    return key.strip(), value
