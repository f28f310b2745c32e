"""Preview the site."""

from __future__ import annotations

from pathlib import Path

import click

from builder.commands.common import device_option, plainly, port_option, site_option


@click.command()
@site_option
@port_option(8000)
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
