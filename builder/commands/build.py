"""Build the site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import FORCE, count, device_option, plainly, site_option

if TYPE_CHECKING:
    from builder.site import Result


@click.command()
@site_option
@click.option("--open", "open_", is_flag=True, help="Show the site in a browser as soon as an article can be read.")
@click.option("--only", metavar="SLUG", multiple=True, help="Build only this article (may be given several times).")
@click.option("--offline", is_flag=True, help="Measure nothing: fail and list every figure that is missing.")
@click.option("--force", metavar="NAME", default="", help=FORCE)
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@device_option
@plainly
def build(root: Path, open_: bool, only: tuple[str, ...], offline: bool, force: str, drafts: bool, device: str) -> None:
    """Measure what is missing, draw it, and write the site.

    \b
    Example:
      microscribe build --only curve-detectors --open
    """
    from builder import reporter, settings, site

    start = time.perf_counter()
    report = reporter.reporter()
    options = site.Options(only, offline, force, drafts, device, opened=_open if open_ else None)
    result = site.build(settings.load(root), report, options)
    report.close()
    _tell(result, time.perf_counter() - start)
    if result.failed:
        sys.exit(1)


def _open(index: Path) -> None:
    import webbrowser

    webbrowser.open(index.as_uri())


def _tell(result: Result, seconds: float) -> None:
    for problem in result.problems:
        click.secho(str(problem), err=True, fg="yellow" if problem.warning else "red")
    failures = sum(not problem.warning for problem in result.problems)
    parts = [count(result.articles, "article"), count(result.figures, "figure"), f"{result.measured} measured now"]
    parts.append(f"{count(result.written, 'file')} written")
    if failures:
        parts.append(count(failures, "problem"))
    click.echo(f"{result.index}: {', '.join(parts)}, {seconds:.1f} s")
