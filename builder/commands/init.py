"""Begin a site."""

from __future__ import annotations

import os
from pathlib import Path

import click

from builder.commands.common import plainly


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@plainly
def init(folder: Path) -> None:
    """Begin a site in DIR: settings, an article, a figure of its own, and a workflow that publishes it.

    Files that are there already stay as they are.

    \b
    Example:
      microscribe init my-site && cd my-site && microscribe build --open
    """
    from builder import scaffold
    from builder.settings import own_templates

    for path in scaffold.begin(folder, own_templates()):
        click.echo(f"wrote {os.path.relpath(path)}")
    click.echo("\nNow:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {os.path.relpath(folder)}")
    click.echo("  microscribe build --open")
