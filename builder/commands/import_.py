"""Make articles of other systems articles of this site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import count, plainly, site_option

if TYPE_CHECKING:
    from builder.importers import Outcome


@click.command("import")
@site_option
@click.argument("path", metavar="FILE|FOLDER", type=click.Path(exists=True, path_type=Path))
@click.option("--model", default="", help="The network that the article speaks of.")
@click.option("--cite", is_flag=True, help="Cite the works that footnotes hold the address of.")
@click.option("--force", is_flag=True, help="Overwrite an article that was edited since it was imported.")
@plainly
def import_(root: Path, path: Path, model: str, cite: bool, force: bool) -> None:
    """Make articles of other systems articles of this site.

    Jekyll, Hugo, Distill, MDX, R Markdown, Quarto, MyST, Obsidian and plain Markdown are read.

    Writes articles/SLUG/index.md with its pictures beside it, and import-report.txt: every line that has no
    counterpart here. Nothing is dropped: a figure that cannot be made, or a picture that is not there, becomes
    a box that says so. To import again changes nothing.

    \b
    Example:
      microscribe import ../old-blog/_posts/2016-05-08-why-is-this-a-cat.md
    """
    from builder import importers, settings

    for outcome in importers.run(path, settings.load(root), importers.Wishes(model, cite, force)):
        _tell(outcome)


def _tell(outcome: Outcome) -> None:
    if outcome.state == "kept":
        click.echo(f"{outcome.article} was edited since it was imported and stays as it is; --force overwrites it")
        return
    for remark in outcome.remarks:
        click.echo(f"{outcome.source}:{remark.line}: {remark.message}")
    click.echo(f"{outcome.state} {outcome.article} ({outcome.dialect}, {count(len(outcome.remarks), 'remark')})")
