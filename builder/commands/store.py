"""Look after the store, and share it."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import Group, count, plainly, site_option

if TYPE_CHECKING:
    from builder.errors import Problem
    from builder.store import Store
    from builder.store.sync import Moved

remote_argument = click.argument("remote", required=False, default="")
drafts_option = click.option("--drafts", is_flag=True, help="For drafts too.")


@click.group(cls=Group)
def store() -> None:
    """Share, list, check and clean the store of what was measured.

    \b
    Example:
      microscribe store push s3://bucket/folder
      microscribe store ls
      microscribe store gc
    """


@store.command()
@remote_argument
@site_option
@drafts_option
@plainly
def push(remote: str, root: Path, drafts: bool) -> None:
    """Bring what the site's articles need to REMOTE, as far as it is not there.

    REMOTE is a folder or an address such as s3://bucket/folder; without it, the setting `remote`.
    """
    from builder import needs, reporter, settings

    report = reporter.reporter()
    moved, problems = needs.push(settings.load(root), remote, report, drafts=drafts)
    report.close()
    _tell("pushed", moved, problems, "not in the store yet: `microscribe measure` makes")


@store.command()
@remote_argument
@site_option
@drafts_option
@click.option("--figures-only", is_flag=True, help="Leave the measurements: enough for `build --offline`.")
@plainly
def pull(remote: str, root: Path, drafts: bool, figures_only: bool) -> None:
    """Fetch what the site's articles need from REMOTE, as far as it is not here.

    Works where torch is not installed; `microscribe build --offline` then builds the site.
    """
    from builder import needs, reporter, settings

    report = reporter.reporter()
    moved, problems = needs.pull(
        settings.load(root), remote, report, drafts=drafts, measurements=not figures_only
    )  # fmt: skip
    report.close()
    _tell("pulled", moved, problems, "not in the remote: `microscribe measure` and `store push` elsewhere bring")


def _tell(done: str, moved: Moved, problems: Sequence[Problem], elsewhere: str) -> None:
    failed = any(not problem.warning for problem in problems)
    for problem in problems:
        click.secho(str(problem), err=True, fg="yellow" if problem.warning else "red")
    for kind in sorted({kind for kind, _ in moved.missing}):
        missing = [key for other, key in moved.missing if other == kind]
        it = "it" if len(missing) == 1 else "them"
        click.secho(f"{_records(len(missing), kind)} {elsewhere} {it}", err=True, fg="yellow")
    there = f"; {moved.there} there already" if moved.there else ""
    click.echo(f"{done} {count(moved.records, 'record')}, {_bytes(moved.size)}{there}")
    if failed or (moved.missing and not moved.records + moved.there):
        sys.exit(1)


@store.command("ls")
@site_option
@click.option("--kind", default="", help="Only this kind: figure, measurement, network, …")
@click.option("--remote", is_flag=False, flag_value="-", default="", help="List a remote instead.")
@plainly
def ls(root: Path, kind: str, remote: str) -> None:
    """List what is in the store: kind, key, name, size, date of last use; and totals."""
    from builder.store import upkeep

    listed = upkeep.listing(_open(root, remote))
    rows = [row for row in listed.rows if not kind or row.kind == kind]
    widest = max((len(row.name) for row in rows), default=0)
    for row in rows:
        click.echo(f"{row.kind:12} {row.key[:12]}  {row.name:{widest}}  {_bytes(row.size):>9}  {_date(row.time)}")
    for each in sorted({row.kind for row in rows}):
        mine = [row.size for row in rows if row.kind == each]
        click.echo(f"{_records(len(mine), each)}: {_bytes(sum(mine))}")
    click.echo(f"{count(len(listed.rows), 'record')} in all, {_bytes(listed.size)} with objects that several share")


@store.command()
@site_option
@click.option("--remote", is_flag=False, flag_value="-", default="", help="Check a remote instead.")
@plainly
def verify(root: Path, remote: str) -> None:
    """Compute every checksum again; set aside and name what is damaged, and exit with 1."""
    from builder import reporter
    from builder.store import upkeep

    report = reporter.reporter()
    found = upkeep.verify(_open(root, remote), report)
    report.close()
    for name in found.damaged:
        click.secho(f"damaged: {name}", err=True, fg="red")
    click.echo(
        f"{count(found.records, 'record')} and {count(found.objects, 'object')}, {_bytes(found.size)}: "
        f"{len(found.damaged)} damaged"
    )
    if found.damaged:
        sys.exit(1)


@store.command()
@site_option
@click.option("--builds", default=3, show_default=True, type=click.IntRange(0), help="Keep what so many builds used.")
@click.option("--grace", "hours", type=click.FloatRange(0), help="Keep what was used in the last HOURS.  [default: 0; "
              "24 where the store is not on a disk]", metavar="HOURS")  # fmt: skip
@click.option("--yes", is_flag=True, help="Delete; without this only say what would go.")
@plainly
def gc(root: Path, builds: int, hours: float | None, yes: bool) -> None:
    """Delete what neither the current articles nor the last builds use."""
    from builder import needs, reporter, settings

    report = reporter.reporter()
    swept = needs.gc(settings.load(root), report, builds_kept=builds, hours=hours, delete=yes)
    report.close()
    would = "deleted" if yes else "would delete"
    loose = f" and {count(swept.objects, 'object')}" if swept.objects else ""
    click.echo(f"{would} {count(swept.records, 'record')}{loose}, {_bytes(swept.size)}; {swept.kept} stay")
    if not yes and swept.size:
        click.echo("`microscribe store gc --yes` deletes")


@store.command()
@click.argument("key")
@site_option
@click.option("--remote", is_flag=False, flag_value="-", default="", help="Look in a remote instead.")
@plainly
def show(key: str, root: Path, remote: str) -> None:
    """Print a record: what it is, how it was made, and its objects. The beginning of KEY is enough."""
    import yaml

    from builder.store import upkeep

    found = upkeep.readable(*upkeep.find(_open(root, remote), key))
    click.echo(yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=110).rstrip())


def _open(root: Path, remote: str) -> Store:
    from builder import settings
    from builder.store import opened, opening

    site = settings.load(root)
    report = _warn
    return opening.partner(site, remote.removeprefix("-"), report) if remote else opened(site, report)


def _warn(message: str) -> None:
    click.secho(message, err=True, fg="yellow")


def _records(number: int, kind: str) -> str:
    return count(number, {"shared": "shared record", "network": "network card"}.get(kind, kind))


def _bytes(size: float) -> str:
    if size < 1000:
        return count(int(size), "byte")
    unit = min((len(str(int(size))) - 1) // 3, 3)
    return f"{size / 1000**unit:.1f} {('kB', 'MB', 'GB')[unit - 1]}"


def _date(seconds: float) -> str:
    return f"{datetime.datetime.fromtimestamp(seconds):%Y-%m-%d %H:%M}"
