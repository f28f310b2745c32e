"""Check the site before others do."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import count, plainly, site_option

if TYPE_CHECKING:
    from builder.check import Report


@click.command()
@site_option
@click.option("--external", "beyond", is_flag=True, help="Ask the hosts of other sites too.")
@click.option("--accessibility", "accessible", is_flag=True, help="Ask axe about every article, in a browser.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@plainly
def check(root: Path, beyond: bool, accessible: bool, as_json: bool) -> None:
    """Look for dead links, pictures without words, unused labels and heavy pages.

    \b
    Example:
      microscribe check --external
    """
    from builder import check, reporter, settings

    told = reporter.Recorded() if as_json else reporter.reporter()
    report = check.run(settings.load(root), told, beyond=beyond, accessible=accessible)
    if as_json:
        click.echo(json.dumps(report.record(), indent=1, ensure_ascii=False))
    else:
        _tell(report)
    if report.failed:
        sys.exit(1)


def _tell(report: Report) -> None:
    for finding in report.findings:
        click.secho(str(finding), fg="yellow" if finding.warning else "red")
    errors = sum(not one.warning for one in report.findings)
    parts = [count(report.articles, "article"), count(report.pages, "page"), count(errors, "error")]
    click.echo(", ".join([*parts, count(len(report.findings) - errors, "warning")]))
