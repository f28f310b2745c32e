"""The settings of a site: the table `[tool.microscribe]` of its `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import field, fields
from pathlib import Path
from typing import Any

from builder.errors import UsageError
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest

Table = Mapping[str, Any]
Tables = Mapping[str, Mapping[str, object]]
Texts = Mapping[str, str]
LOCAL_STORE = ".microscribe"
PAGES_BRANCH = "gh-pages"
"""Where `github-pages` publishes to, unless the settings name another branch."""
_ADDRESS = re.compile(r"[A-Za-z][\w+.-]*://")


class NoSite(UsageError):
    """There is no site here."""


@frozen
class Settings:
    """Where a site's parts lie (folders relative to `root`) and what its articles take for granted.

    `store` is a folder or an address such as `s3://bucket/folder`; `remote` is where `store push`
    and `pull` go. `citations` is how marks name works, "numbered" or "author-year". `budget_kb` is
    what one page may weigh; with `reference` the site explains its own figures, with `search` its
    readers can search it, with `markdown` its articles can be read as Markdown too. `specimens` is which units get a
    page, those "mentioned" or "all" that figures name. `macros` are commands of formulas by name, `variables`
    what names in braces stand for, `models` and `datasets` the tables of networks and data sets by name. `repository`
    is the address that readers fetch from what figures read of the site, and where they find its scripts.
    """

    root: Path
    title: str = "Microscribe"
    description: str = ""
    url: str = ""
    repository: str = ""
    articles: str = "articles"
    output: str = "site"
    store: str = LOCAL_STORE
    remote: str = ""
    templates: str = "templates"
    gallery: str = "figures/gallery"
    model: str = "glyphs"
    dataset: str = "glyphs:6000"
    seed: int = 0
    device: str = ""
    engine: str = "local"
    workers: int = 0
    dask: str = ""
    precision: str = "float32"
    citations: str = "numbered"
    budget_kb: int = 2500
    reference: bool = False
    search: bool = False
    markdown: bool = True
    specimens: str = "mentioned"
    publish: Table = field(default_factory=dict)
    macros: Texts = field(default_factory=dict)
    variables: Texts = field(default_factory=dict)
    models: Tables = field(default_factory=dict)
    datasets: Tables = field(default_factory=dict)

    @property
    def articles_folder(self) -> Path:
        return self.root / self.articles

    @property
    def output_folder(self) -> Path:
        return self.root / self.output

    @property
    def store_folder(self) -> Path:
        """The folder of what is kept on this machine, also where the store itself is elsewhere."""
        return self.root / (LOCAL_STORE if _ADDRESS.match(self.store) else self.store)

    @property
    def template_folders(self) -> list[Path]:
        """The folders of templates: the site's own first, then the tool's."""
        own, ours = self.root / self.templates, own_templates()
        return [own, ours] if own.is_dir() and own.resolve() != ours.resolve() else [ours]


def own_templates() -> Path:
    """Return the folder of the tool's own templates, which lies beside the package until it is installed."""
    package = Path(__file__).parent
    return package / "templates" if (package / "templates").is_dir() else package.parent / "templates"


def load(start: Path) -> Settings:
    """Read the settings of the site that `start` lies in.

    Raises NoSite where there is none, UsageError where a setting is unknown or of the wrong type.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        path = folder / "pyproject.toml"
        if path.is_file() and (table := _table(path)) is not None:
            return _settings(path, table)
    raise NoSite(f"no pyproject.toml with a [tool.microscribe] table in {start.resolve()} or above it")


def _table(path: Path) -> dict[str, Any] | None:
    try:
        tool = tomllib.loads(path.read_text("utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{path}: lists within lists, deeper than can be read") from error
    table = tool.get("microscribe") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(
            f"{path}: expected a table [tool.microscribe], not {'a list' * isinstance(table, list) or repr(table)}"
        )
    return table


def _settings(path: Path, table: dict[str, Any]) -> Settings:
    known = {f.name: _TYPES[str(f.type)] for f in fields(Settings) if f.name != "root"}
    for key, value in table.items():
        if key not in known:
            raise UsageError(f"{path}: no setting {key!r} in [tool.microscribe]{nearest(key, known)}")
        if type(value) is not known[key]:
            raise UsageError(f"{path}: {key!r} in [tool.microscribe] must be {_WORDS[known[key]]}, not {value!r}")
        if value not in CHOICES.get(key, (value,)):
            choices = ", ".join(CHOICES[key])
            raise UsageError(f"{path}: {key} = {value!r}{nearest(str(value), CHOICES[key])}; expected one of {choices}")
    for key in ROOMS:
        if message := no_place(str(table.get(key, "."))):
            raise UsageError(f"{path}: {key} = {table[key]!r}: {message}")
    settings = Settings(root=path.parent, **table)
    _check(path, settings)
    return settings


def no_place(name: str) -> str:
    """Say why a text can name neither a folder nor an address, "" where it can."""
    if not name.strip():
        return "expected the name of a folder"
    if _CONTROL.search(name):
        return "it has a character that no folder's name may have"
    if _ADDRESS.match(name) and not _ADDRESS.sub("", name).strip("/"):
        return "the address is not whole; expected one such as s3://bucket/folder"
    return ""


def rooms(settings: Settings) -> dict[str, Path]:
    """Give the folders of a site by the settings that name them, whatever links lead to them."""
    folders = {key: Path(os.path.realpath(settings.root / getattr(settings, key))) for key in ROOMS}
    return folders | {"store": Path(os.path.realpath(settings.store_folder))}


def overlap(one: Path, other: Path) -> bool:
    """Tell whether of two folders one lies in the other, or both are the same."""
    return one.is_relative_to(other) or other.is_relative_to(one)


def _check_rooms(path: Path, settings: Settings) -> None:
    """Raise UsageError where what is written would lie among what is not, and either would be lost or read."""
    folders = rooms(settings)
    for key, folder in folders.items():
        if file := next((one for one in (folder, *folder.parents) if one.is_file()), None):
            raise UsageError(f"{path}: {key} = {getattr(settings, key)!r}: {file} is a file; expected a folder")
    for key in ("output", "store"):
        mine, written = folders[key], f"{path}: {key} = {getattr(settings, key)!r}"
        if Path(os.path.realpath(settings.root)).is_relative_to(mine):
            raise UsageError(f"{written} holds the site itself; expected a folder of its own")
        for other, folder in folders.items():
            if other != key and overlap(mine, folder):
                where = f"{other} = {getattr(settings, other)!r}"
                raise UsageError(f"{written} and {where} lie one in the other; expected folders apart")


def _check(path: Path, settings: Settings) -> None:
    _check_rooms(path, settings)
    for key, pattern, expected in ADDRESSES:
        if (value := getattr(settings, key)) and not pattern.fullmatch(value):
            raise UsageError(f"{path}: {key} = {value!r}; expected {expected}")
    if settings.budget_kb < 0:
        raise UsageError(f"{path}: budget_kb = {settings.budget_kb}; expected what a page may weigh, or 0")
    if settings.workers < 0:
        raise UsageError(f"{path}: workers = {settings.workers}; expected the number of processes, or 0 to choose")
    if settings.models or settings.datasets:
        from builder.plan.catalogue import specs

        try:
            specs.check(specs.site(settings.root, settings.models, settings.datasets))
        except ValueError as error:
            table, _, message = str(error).partition(": ")
            raise UsageError(f"{path}: [tool.microscribe.{table}]: {message}") from error


ROOMS = ("articles", "output", "store", "templates", "gallery")
"""Settings that name folders of the site."""
NAMES = {
    "articles": "articles",
    "output": "pages that were built",
    "store": "files of the store",
    "templates": "templates",
    "gallery": "scripts of figures",
}
"""What lies in them, as messages have it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WEB = r"https?://[^\s/?#@:]+(:\d+)?(/[^\s?#]*)?"
ADDRESSES = (
    ("url", re.compile(_WEB), "where readers find the site, such as https://example.org/lab/"),
    (
        "repository",
        re.compile(rf"{_WEB}|(ssh://)?[\w.-]+@[\w.-]+[:/]\S+"),
        "an address such as https://github.com/ada/atlas",
    ),
)
"""Settings that stand in pages as addresses: without passwords, and of nothing that browsers would run."""
_TYPES = {"str": str, "int": int, "bool": bool, "Table": dict, "Tables": dict, "Texts": dict}
_WORDS = {str: "a string", int: "a whole number", bool: "true or false", dict: "a table of tables"}
CHOICES = {
    "engine": ("local", "processes", "dask"),
    "precision": ("float32", "bfloat16"),
    "citations": ("numbered", "author-year"),
    "specimens": ("mentioned", "all"),
}
