"""Measure without writing pages."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from builder.commands.common import FORCE, count, device_option, plainly, site_option


@click.command()
@site_option
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--force", metavar="NAME", default="", help=FORCE)
@click.option("--drafts", is_flag=True, help="Measure for drafts too.")
@device_option
@plainly
def measure(root: Path, slugs: tuple[str, ...], force: str, drafts: bool, device: str) -> None:
    """Measure what is missing for all articles, or for some, and write no page.

    What is measured goes into the store: `microscribe store push` takes it to where the pages
    are built.

    \b
    Example:
      microscribe measure curve-detectors --device cuda
    """
    from builder import reporter, settings, site

    start = time.perf_counter()
    report = reporter.reporter()
    options = site.Options(only=slugs, force=force, drafts=drafts, device=device)
    result = site.measure(settings.load(root), report, options)
    report.close()
    for problem in result.problems:
        click.secho(str(problem), err=True, fg="yellow" if problem.warning else "red")
    parts = [count(result.articles, "article"), count(result.figures, "figure"), f"{result.measured} measured now"]
    click.echo(f"{', '.join(parts)}, {time.perf_counter() - start:.1f} s")
    if result.failed:
        sys.exit(1)
