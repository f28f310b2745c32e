"""What every command shares: the option that names the site, and errors as messages."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from builder.errors import BuildError, UsageError
from builder.plan.catalogue.nearest import nearest

Decorated = TypeVar("Decorated", bound=Callable[..., Any] | click.Command)


class Group(click.Group):
    """Name the nearest command where one is misspelt."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command by name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"no command {args[0]!r}{nearest(args[0], self.commands)}") from error


def plainly(command: Callable[..., object]) -> Callable[..., object]:
    """Turn the errors that users can mend into messages and exit statuses."""

    @functools.wraps(command)
    def run(*args: object, **kwargs: object) -> object:
        from builder.store import StoreError

        try:
            return command(*args, **kwargs)
        except UsageError as error:
            raise click.UsageError(str(error)) from error
        except (BuildError, StoreError) as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:  # whoever read our lines has read enough, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'the system'}: {error.strerror or error}") from error
        except KeyboardInterrupt:
            click.echo("stopped; what was measured is kept, and the next build goes on from there", err=True)
            sys.exit(130)

    return run


site_option = click.option(
    "--site",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    show_default="here",
    help="A folder of the site.",
)

FORCE = "Measure and draw again: a kind of figure, a label (view, first-look#view) or a unit (mixed3b:188)."

device_option = click.option(
    "--device", default="", help="Where to measure: cpu, cuda, cuda:1 or mps.  [default: the best there is]"
)


def port_option(first: int) -> Callable[[Decorated], Decorated]:
    """Ask where on this machine to listen."""
    port, told = click.IntRange(1, 65535), "Port on 127.0.0.1; the next free one is taken."
    return click.option("--port", default=first, show_default=True, type=port, help=told)


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 figure`, `2 figures`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Set rows in columns: the first and the last to the left, those between to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [f"{row[0]:{widths[0]}}"]
        cells += [f"{cell:>{width}}" for cell, width in zip(row[1:-1], widths[1:-1], strict=True)]
        yield "  ".join([*cells, row[-1]]).rstrip()
