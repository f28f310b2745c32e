"""Begin a new site, or a new article."""

from __future__ import annotations

import datetime
import json
import os
import re
import string
import tomllib
from pathlib import Path

from builder import __version__, atomic, lean
from builder.errors import UsageError
from builder.plan import plan
from builder.read import slugs
from builder.reporter import Recorded
from builder.settings import Settings

BEGIN = {
    "articles/first-look/index.md": "article.md",
    "figures/field_of_view.py": "field_of_view.py",
    ".github/workflows/site.yml": "site.yml",
}
"""The files of a new site, and what each begins as."""

WORKFLOW_NEEDS = "requirements-site.txt"

ARTICLE = """\
---
title: {title}
description: One sentence that says what the article finds.
date: {date}
model: {model}
---

Say here what you looked at and why. A unit is mentioned like this: {{unit}}`{layer}:{index}`.

:::{{feature-visualization}}
:name: first-look
:units: {layer}:0..{last}
:width: body

What these units respond to most, found by gradient ascent from noise.
:::

@fig-first-look was measured when this page was built.
"""


def article(settings: Settings, slug: str) -> Path:
    """Write the first version of an article; raises UsageError for a bad or taken slug."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UsageError(f"{slug!r} is not a slug; expected small letters, digits and hyphens, as in my-first-circuit")
    if message := slugs.wrong(slug):
        raise UsageError(message.removesuffix("; rename the article") + "; choose another")
    folder = settings.articles_folder / slug
    path = folder / "index.md"
    if os.path.lexists(path) or os.path.lexists(folder.with_suffix(".md")):
        raise UsageError(f"there is an article {slug!r} already")
    layer, size = _sample(settings)
    words = {"layer": layer, "index": min(17, size - 1), "last": min(7, size - 1), "model": settings.model}
    title = slug.replace("-", " ").capitalize()
    atomic.write(path, ARTICLE.format(title=title, date=datetime.date.today(), **words).encode())
    return path


def _sample(settings: Settings) -> tuple[str, int]:
    """Choose a layer in the middle of the site's network, with its number of units, as far as that is known here."""
    catalogue = plan.open_house(settings, Recorded(), offline=True).catalogue
    try:
        card = catalogue.model(settings.model)
    except ValueError:
        card = catalogue.model("glyphs")
    layers = card.main or tuple(card.layers)
    layer = layers[len(layers) // 2]
    return layer, card.size(layer)


def begin(folder: Path, templates: Path) -> list[Path]:
    """Write a site that builds at once; what the folder holds already stays as it is.

    `templates` is the folder of the tool's own templates. Returns the files that were written or
    added to. Raises UsageError where there is a site already.
    """
    folder = folder.absolute()
    settings = folder / "pyproject.toml"
    if _is_site(settings):
        raise UsageError(f"{settings} has a [tool.microscribe] table: there is a site already")
    words = {"title": json.dumps(_title(folder)), "date": datetime.date.today(), "version": __version__}
    texts = {name: _filled(templates / "begin" / source, words) for name, source in BEGIN.items()}
    texts |= {WORKFLOW_NEEDS: "".join(f"{one}\n" for one in lean.requirements()), "templates/.gitkeep": ""}
    written = [path for name, text in texts.items() if _write_new(path := folder / name, text)]
    _add(settings, _filled(templates / "begin" / "pyproject.toml.in", words), gap="\n")
    ignored = (templates / "begin" / "gitignore").read_text("utf-8")
    known = _text(folder / ".gitignore").splitlines()
    _add(folder / ".gitignore", "".join(f"{line}\n" for line in ignored.splitlines() if line not in known))
    return [settings, folder / ".gitignore", *written]


def _is_site(path: Path) -> bool:
    try:
        return "microscribe" in tomllib.loads(_text(path)).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path}: {error}") from error


def _title(folder: Path) -> str:
    return re.sub(r"[-_\s]+", " ", folder.name).strip().capitalize() or "Microscribe"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8") if path.exists() else ""
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: {error}") from error


def _filled(path: Path, words: dict[str, object]) -> str:
    text = path.read_text("utf-8")
    return text if path.suffix == ".py" else string.Template(text).substitute(words)


def _write_new(path: Path, text: str) -> bool:
    if path.exists():
        return False
    atomic.write(path, text.encode())
    return True


def _add(path: Path, text: str, gap: str = "") -> None:
    """Write a file, or add to its end."""
    before = _text(path)
    before += "" if not before or before.endswith("\n") else "\n"
    atomic.write(path, (before + (gap if before else "") + text).encode())
