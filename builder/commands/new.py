"""Begin an article."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import plainly, site_option


@click.command()
@site_option
@click.argument("slug")
@plainly
def new(root: Path, slug: str) -> None:
    """Begin an article: write articles/SLUG/index.md with one figure.

    \b
    Example:
      microscribe new my-first-circuit
    """
    from builder import scaffold, settings

    click.echo(f"wrote {scaffold.article(settings.load(root), slug)}")
