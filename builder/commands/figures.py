"""Say what figures there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.commands.common import plainly, site_option
from builder.errors import UsageError

if TYPE_CHECKING:
    from builder.plan.catalogue.signatures import Signature


@click.command()
@site_option
@click.argument("name", required=False)
@plainly
def figures(root: Path, name: str | None) -> None:
    """List the figures, or show one: its parameters and a directive to copy.

    \b
    Example:
      microscribe figures radial-tuning
    """
    from builder import settings
    from builder.plan import plan
    from builder.plan.catalogue.signatures import unknown

    signatures = plan.signatures(settings.load(root))
    if name is None:
        width = max(map(len, signatures), default=0)
        click.echo("\n".join(f"{n:{width}}  {s.summary}" for n, s in sorted(signatures.items())))
    elif name not in signatures:
        raise UsageError(unknown(name, signatures))
    else:
        click.echo(_described(signatures[name]))


def _described(signature: Signature) -> str:
    from builder import reference

    lines = [signature.figure, "", signature.question, "", "Parameters:"]
    for parameter in signature.parameters.values():
        default = "required" if parameter.required else f"default: {reference.written(parameter.default)}"
        lines.append(f"  {parameter.name}  ({parameter.describe()}; {default})")
        if parameter.about:
            lines.append(click.wrap_text(parameter.about, 92, "      ", "      "))
    lines += ["", "Example:", "", reference.example(signature)]
    return "\n".join(lines)
