"""Say why a figure is made again."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import plainly, site_option


@click.command()
@site_option
@click.argument("slug")
@click.argument("figure")
@plainly
def why(root: Path, slug: str, figure: str) -> None:
    """Say which part of a figure's key changed since the last build.

    FIGURE is the label of a figure in the article, with or without "fig-". Where readers choose among several, all
    of them are told of, or the one that is named in brackets.

    \b
    Examples:
      microscribe why curve-detectors fig-tuning
      microscribe why curve-detectors 'fig-crops[units=mixed3b:163]'
    """
    from builder import settings, site

    click.echo("\n".join(site.why(settings.load(root), slug, figure)))
