"""The settings of a site: the table `[tool.microscribe]` of its `pyproject.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from builder.errors import UsageError, nearest


@dataclass(frozen=True)
class Settings:
    """Where a site's parts lie (folders relative to `root`) and what its articles take for granted."""

    root: Path
    title: str = "Microscribe"
    description: str = ""
    url: str = ""
    articles: str = "articles"
    output: str = "site"
    store: str = ".microscribe"
    templates: str = "templates"
    gallery: str = "figures/gallery"
    model: str = "glyphs"
    dataset: str = "glyphs:6000"
    seed: int = 0
    device: str = ""

    @property
    def articles_folder(self) -> Path:
        return self.root / self.articles

    @property
    def output_folder(self) -> Path:
        return self.root / self.output

    @property
    def store_folder(self) -> Path:
        return self.root / self.store


def load(start: Path) -> Settings:
    """Read the settings of the site that `start` lies in.

    Raises UsageError where there is no site, or a setting is unknown or of the wrong type.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        path = folder / "pyproject.toml"
        if path.is_file() and (table := _table(path)) is not None:
            return _settings(path, table)
    raise UsageError(f"no pyproject.toml with a [tool.microscribe] table in {start.resolve()} or above it")


def _table(path: Path) -> dict[str, object] | None:
    try:
        return tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("microscribe")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error


def _settings(path: Path, table: dict[str, object]) -> Settings:
    known = {f.name: {"str": str, "int": int}[f.type] for f in fields(Settings) if f.name != "root"}
    for key, value in table.items():
        if key not in known:
            raise UsageError(f"{path}: no setting {key!r} in [tool.microscribe]{nearest(key, known)}")
        if type(value) is not known[key]:
            raise UsageError(f"{path}: {key!r} in [tool.microscribe] must be {_WORDS[known[key]]}, not {value!r}")
    return Settings(root=path.parent, **table)


_WORDS = {str: "a string", int: "a whole number"}
