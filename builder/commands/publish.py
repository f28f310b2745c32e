"""Publish the site."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import plainly, site_option

if TYPE_CHECKING:
    from builder.publish import Publication
    from builder.publish.plan import Prepared

_MANY = 20


@click.command()
@click.argument("target", required=False, default="")
@site_option
@click.option("--dry-run", is_flag=True, help="Print what would be added, changed and removed; publish nothing.")
@click.option("--yes", is_flag=True, help="Do not ask, as is done on a terminal.")
@click.option("--remote", metavar="NAME", default="", help="github-pages: a git remote, path or address. [origin]")
@click.option("--branch", metavar="NAME", default="", help="github-pages: the branch. [gh-pages]")
@click.option("--keep", metavar="PATH", multiple=True, help="github-pages: a path that stays (repeatable).")
@click.option("--message", metavar="TEXT", default="", help="github-pages: what the commit says.")
@click.option(
    "--folder", type=click.Path(path_type=Path, resolve_path=True), help="All but github-pages and s3: where to."
)
@click.option("--url", metavar="URL", default="", help="s3: where to, as s3://bucket/prefix.")
@click.option("--endpoint", metavar="URL", default="", help="s3: the server. [$AWS_ENDPOINT_URL, or Amazon's]")
@click.option("--space", metavar="OWNER/NAME", default="", help="huggingface-space: which one.")
@plainly
def publish(target: str, root: Path, dry_run: bool, yes: bool, folder: Path | None, **given: object) -> None:
    """Publish the site to TARGET: github-pages, folder, s3, netlify, cloudflare or huggingface-space.

    The site is built without measuring first. One with problems, missing figures or secrets is not
    published; drafts are left out. What TARGET needs may stand in [tool.microscribe.publish].

    \b
    Example:
      microscribe publish github-pages --dry-run
    """
    from builder import publish, reporter, settings

    start, report = time.perf_counter(), reporter.reporter()
    site = settings.load(root)
    given["remote"] = _place(str(given["remote"]))
    chosen = publish.options(site, folder=str(folder or ""), **given)
    try:
        done = publish.publish(
            site, target, report, chosen, dry_run=dry_run, agreed=lambda plan: yes or not _terminal() or _asked(plan)
        )
    except KeyboardInterrupt:
        click.echo("stopped; publish again to finish", err=True)
        sys.exit(130)
    finally:
        report.close()
    _tell(done, dry_run, time.perf_counter() - start)


def _place(remote: str) -> str:
    """Take a path as it is meant: from here, not from the site."""
    return str(Path(remote).resolve()) if "/" in remote and Path(remote).is_dir() else remote


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(prepared: Prepared) -> bool:
    lines = list(prepared.changes.lines())
    more = [f"  … and {len(lines) - _MANY} more (--dry-run lists all)"] if len(lines) > _MANY else []
    click.echo("\n".join([f"{prepared.where}:", *lines[:_MANY], *more, prepared.changes.summary()]))
    return click.confirm("Publish?")


def _tell(done: Publication, dry_run: bool, seconds: float) -> None:
    if not done.changes:
        click.echo(f"{done.where}: nothing to publish, it holds this site already")
    elif dry_run:
        click.echo("\n".join([f"{done.where}:", *done.changes.lines(), done.changes.summary()]))
        click.echo("nothing was published (--dry-run)")
    elif not done.published:
        click.echo("nothing was published")
    else:
        click.echo(f"{done.where}: {done.changes.summary().replace('to send', 'sent')}, {seconds:.1f} s")
    if not dry_run and (more := done.address if done.target != "folder" else ""):
        click.echo(more)
    if done.published and done.hint:
        click.echo(f"now: {done.hint}")
