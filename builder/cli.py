"""The command `microscribe`: a thin skin over the site."""

from __future__ import annotations

import functools
import re
import sys
import time
import webbrowser
from collections.abc import Callable
from pathlib import Path

import click

from builder import __version__
from builder.errors import BuildError, UsageError, nearest


class _Group(click.Group):
    """Name the nearest command where one is misspelt."""

    def resolve_command(self, ctx: click.Context, args: list[str]):
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"no command {args[0]!r}{nearest(args[0], self.commands)}") from error


def _plainly(command: Callable[..., object]) -> Callable[..., object]:
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


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="microscribe")
def main() -> None:
    """Turn Markdown articles about neural networks into a site whose figures are measured.

    \b
    Start here:
      microscribe build --open
    """


@main.command()
@site_option
@click.option("--open", "open_", is_flag=True, help="Show the site in a browser when it is built.")
@click.option("--only", metavar="SLUG", multiple=True, help="Build only this article (may be given several times).")
@click.option("--offline", is_flag=True, help="Measure nothing: fail and list every figure that is missing.")
@click.option("--force", metavar="FIGURE", default="", help="Measure and draw this figure again.")
@click.option("--drafts", is_flag=True, help="Build drafts too.")
@click.option("--device", default="", help="Where to measure: cpu, cuda, cuda:1 or mps.  [default: the best there is]")
@_plainly
def build(root: Path, open_: bool, only: tuple[str, ...], offline: bool, force: str, drafts: bool, device: str) -> None:
    """Measure what is missing, draw it, and write the site.

    \b
    Example:
      microscribe build --only curve-detectors --open
    """
    from builder import reporter, settings, site

    start = time.perf_counter()
    report = reporter.reporter()
    options = site.Options(only=only, offline=offline, force=force, drafts=drafts, device=device)
    result = site.build(settings.load(root), report, options)
    report.close()
    _tell(result, time.perf_counter() - start)
    if open_ and result.index.exists():
        webbrowser.open(result.index.as_uri())
    if result.failed:
        sys.exit(1)


def _tell(result, seconds: float) -> None:
    for problem in result.problems:
        click.secho(str(problem), err=True, fg="yellow" if problem.warning else "red")
    failures = sum(not problem.warning for problem in result.problems)
    parts = [_count(result.articles, "article"), _count(result.figures, "figure"), f"{result.measured} measured now"]
    parts.append(f"{_count(result.written, 'file')} written")
    if failures:
        parts.append(_count(failures, "problem"))
    click.echo(f"{result.index}: {', '.join(parts)}, {seconds:.1f} s")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@main.command()
@site_option
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1; the next free one is taken.")
@click.option("--open", "open_", is_flag=True, help="Show the site in a browser.")
@click.option("--device", default="", help="Where to measure: cpu, cuda, cuda:1 or mps.  [default: the best there is]")
@_plainly
def serve(root: Path, port: int, open_: bool, device: str) -> None:
    """Build, serve on this machine, and show every edit as soon as it is saved.

    \b
    Example:
      microscribe serve --port 9000 --open
    """
    from builder import reporter, serve, settings

    serve.run(settings.load(root), reporter.reporter(), port=port, open_browser=open_, device=device)


@main.command()
@site_option
@click.argument("slug")
@_plainly
def new(root: Path, slug: str) -> None:
    """Begin an article: write articles/SLUG/index.md with one figure.

    \b
    Example:
      microscribe new my-first-circuit
    """
    from builder import scaffold, settings

    click.echo(f"wrote {scaffold.article(settings.load(root), slug)}")


@main.command()
@site_option
@click.argument("name", required=False)
@_plainly
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


@main.command()
@site_option
@click.argument("slug")
@click.argument("figure")
@_plainly
def why(root: Path, slug: str, figure: str) -> None:
    """Say which part of a figure's key changed since the last build.

    FIGURE is the label of a figure in the article, with or without "fig-".

    \b
    Example:
      microscribe why curve-detectors fig-tuning
    """
    from builder import settings, site

    click.echo("\n".join(site.why(settings.load(root), slug, figure)))
