"""Say what figures there are."""

from __future__ import annotations

import re
from pathlib import Path

import click

from builder.commands.common import plainly, site_option
from builder.errors import UsageError, nearest


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
    from builder import plan, settings

    signatures = plan.signatures(settings.load(root))
    if name is None:
        width = max(map(len, signatures), default=0)
        click.echo("\n".join(f"{n:{width}}  {s.summary}" for n, s in sorted(signatures.items())))
    elif name not in signatures:
        raise UsageError(f"no figure {name!r}{nearest(name, signatures)}")
    else:
        click.echo(_described(signatures[name]))


def _described(signature) -> str:
    lines = [signature.figure, "", signature.about, "", "Parameters:"]
    for parameter in signature.parameters.values():
        default = "required" if parameter.required else f"default: {_written(parameter.default)}"
        lines.append(f"  {parameter.name}  ({parameter.describe()}; {default})")
        if parameter.about:
            lines.append(click.wrap_text(parameter.about, 92, "      ", "      "))
    lines += ["", "Example:", "", _example(signature)]
    return "\n".join(lines)


def _written(value: object) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _example(signature) -> str:
    samples = {"Unit": "mixed3b:17", "Units": "mixed3b:3, mixed3b:17", "Layer": "mixed3b", "Model": "glyphs"}
    options = [f":name: {re.sub(r'[^a-z0-9-]', '-', signature.figure)}"]
    for parameter in signature.parameters.values():
        if parameter.required:
            options.append(f":{parameter.name}: {samples.get(parameter.type, '…')}")
    body = "What the reader should see, in a sentence."
    return "\n".join([f":::{{{signature.figure}}}", *options, "", body, ":::"])
