"""The command `microscribe`."""

from __future__ import annotations

import gc

import click

from builder import __version__
from builder.commands.build import build
from builder.commands.check import check
from builder.commands.common import Group
from builder.commands.export import export
from builder.commands.figure import figure
from builder.commands.figures import figures
from builder.commands.import_ import import_
from builder.commands.init import init
from builder.commands.label import label
from builder.commands.measure import measure
from builder.commands.models import models
from builder.commands.new import new
from builder.commands.publish import publish
from builder.commands.serve import serve
from builder.commands.store import store
from builder.commands.units import units
from builder.commands.why import why

COMMANDS = (
    build, serve, measure, check, publish, export, init, new, import_, label, figures, figure, models, units, store, why
)  # fmt: skip


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="microscribe")
def main() -> None:
    """Turn Markdown articles about neural networks into a site whose figures are measured.

    \b
    Start here:
      microscribe build --open
    """


for command in COMMANDS:
    main.add_command(command)

# A command is short, and leaves few circles behind: to look for them as often as Python does takes a tenth of it.
gc.set_threshold(20_000, 50, 100)
