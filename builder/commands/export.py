"""Take one article along as one file."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import plainly, site_option

KINDS = ("html", "pdf")


@click.command()
@site_option
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("slug")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="[default: SLUG.KIND]")
@plainly
def export(root: Path, kind: str, slug: str, out: Path | None) -> None:
    """Write an article of the built site as one file: html for mail, pdf for paper.

    The HTML holds its pictures, fonts and scripts, and its charts as they are drawn. The PDF is
    printed by the Chromium of this machine.

    \b
    Example:
      microscribe export pdf curve-detectors
    """
    from builder import atomic, settings
    from builder import export as exporting

    site = settings.load(root)
    data = {"html": exporting.html, "pdf": exporting.pdf}[kind](site, slug)
    path = out or Path(f"{slug}.{kind}")
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic.write(path, data)
    click.echo(f"{path}: {len(data) / 1000:,.0f} kB")
