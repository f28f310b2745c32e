"""A notebook of one figure: it installs the tool, makes the figure, and compares its table with the published one.

It is written as plain JSON in the format that notebooks have had since 2019, so that nothing need be installed for it.
"""

from __future__ import annotations

import functools
import json
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from builder import __version__
from builder.frozen import frozen

FORMAT = {"nbformat": 4, "nbformat_minor": 4}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PULLED = ("torchvision/", "timm/")
"""Networks whose weights must be fetched before they can be looked into."""


@frozen
class Made:
    """A published figure: `options` are texts as in a directive, `rows` those that its table begins with.

    `clone` is the address of the repository with what the figure reads of its site, `folder` where in it the article
    lies; both are "" where it reads nothing. `home` is the address of the figure, "" where that is not known.
    """

    figure: str
    title: str
    alt: str
    options: Mapping[str, str]
    models: Sequence[str]
    key: str
    rows: Sequence[Mapping[str, object]]
    count: int
    home: str = ""
    clone: str = ""
    folder: str = ""


def written(made: Made) -> bytes:
    """Write the notebook."""
    cells = [*_head(made), *(_from_its_site(made) if made.clone else _anywhere(made)), *_check(made)]
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook = {"cells": cells, "metadata": metadata, **FORMAT}
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode() + b"\n"


def _head(made: Made) -> list[dict[str, Any]]:
    title = f"[{made.title}]({made.home})" if made.home else made.title
    extra = "[timm]" if any(name.startswith("timm/") for name in made.models) else ""
    install = [f"%pip install --quiet {shlex.quote(requirement(extra, _origin()))}"]
    pulled = [name for name in made.models if name.startswith(PULLED) and not name.endswith(("@none", "-untrained"))]
    fetch = ["!printf '[tool.microscribe]\\n' > pyproject.toml"] if pulled and not made.clone else []
    fetch += [f"!microscribe models pull {name}" for name in pulled]
    return [_words(f"# {title}", "", made.alt), _code(*install, *fetch)]


def _anywhere(made: Made) -> list[dict[str, Any]]:
    pairs = [f"    {name!r}: {value!r}," for name, value in made.options.items()]
    return [
        _words("The figure as its article asks for it. It is measured here; a GPU is used if there is one."),
        _code(
            "import json",
            "",
            "from builder import single",
            "from figures import agreement, run",
            "",
            "parameters = {",
            *pairs,
            "}",
            f"artifact = run.figure({made.figure!r}, **parameters)",
            f"key = single.key({made.figure!r}, parameters)",
            "rows = json.loads(artifact.table.json())",
            "artifact",
        ),
    ]


def _from_its_site(made: Made) -> list[dict[str, Any]]:
    where = f"its-site/{made.folder}".rstrip("/.")
    return [
        _words("The figure reads files of its site, which is fetched first."),
        _code(f"!git clone --quiet --depth 1 {made.clone} its-site", f"%cd {where}"),
        _code(f"!{command(made.figure, made.options)}"),
        _code(
            "import json",
            "from pathlib import Path",
            "",
            "from figures import agreement",
            "",
            f"made = Path({made.figure!r})",
            'key = json.loads((made / "provenance.json").read_text())["key"]',
            'rows = json.loads((made / "table.json").read_text())',
        ),
    ]


def _check(made: Made) -> list[dict[str, Any]]:
    some = f" (the first {len(made.rows)} of {made.count} rows)" if len(made.rows) < made.count else ""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in made.rows)
    return [
        _words(f"Is it what was published? The key first, then the table{some}."),
        _code(
            f"published_key = {made.key!r}",
            'print("the same key" if key == published_key else "another key: code, network or data have changed")',
        ),
        _code(
            f'published = json.loads(r"""[\n{rows}\n]""")',
            "agreement.check(rows, published)",
        ),
    ]


def command(figure: str, options: Mapping[str, str]) -> str:
    """Write the one command that makes a figure."""
    own = {name: value for name, value in options.items() if name in ("model", "dataset", "seed")}
    pairs = [("-p", f"{name}={value}") for name, value in options.items() if name not in own]
    words = [word for pair in pairs for word in pair] + [f"--{name}={value}" for name, value in own.items()]
    return shlex.join(["microscribe", "figure", "run", figure, *words, f"--out={figure}"])


def requirement(extra: str, origin: str) -> str:
    """Name the tool as pip knows it, by where the installed one is from, or its version where an index has it.

    `origin` is what pip has written of that (`direct_url.json`, PEP 610), "" where there is nothing; what lies in a
    folder of one machine is of no use to readers.
    """
    told = json.loads(origin or "{}")
    address, commit = told.get("url", ""), told.get("vcs_info")
    if not address.startswith("https://"):
        return f"microscribe{extra}=={__version__}"
    return f"microscribe{extra} @ " + ("{vcs}+{url}@{commit_id}".format(url=address, **commit) if commit else address)


@functools.cache
def _origin() -> str:
    from importlib import metadata  # which takes a while

    try:
        return metadata.distribution("microscribe").read_text("direct_url.json") or ""
    except metadata.PackageNotFoundError:  # it runs from a checkout that is not installed
        return ""


def _words(*lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(lines)}


def _code(*lines: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": _lines(lines)}


def _lines(lines: Sequence[str]) -> list[str]:
    return "\n".join(lines).splitlines(keepends=True)
