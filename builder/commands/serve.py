"""Preview the site."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import device_option, plainly, site_option


@click.command()
@site_option
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="Port on 127.0.0.1; the next free one is taken.",
)
@click.option("--open", "open_", is_flag=True, help="Show the site in a browser.")
@device_option
@plainly
def serve(root: Path, port: int, open_: bool, device: str) -> None:
    """Build, serve on this machine, and show every edit as soon as it is saved.

    \b
    Example:
      microscribe serve --port 9000 --open
    """
    from builder import reporter, settings
    from builder.serve import preview as serve

    serve.run(settings.load(root), reporter.reporter(), port=port, open_browser=open_, device=device)
