"""The articles of a site and their plans: read and bound anew only where something that goes into them changed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder import memory as memories
from builder.errors import Problem
from builder.memory import Memory, digest
from builder.plan import remembered as plans
from builder.plan.catalogue import specs
from builder.plan.catalogue.files import FileDigests
from builder.plan.plan import House, Plan, package_folder, plan_article
from builder.read import remembered
from builder.read.article import Article
from builder.read.crossings import Shelf
from builder.store.records import FIGURE, sha256

FILE = "memory.json"
_READ = "read"
SOURCES = "sources"


def opened(house: House, *, forgetful: bool = False) -> Recall:
    """Open what is remembered of a site; a forgetful one finds nothing, and remembers from here on."""
    settings = house.settings
    own = [folder for folder in (settings.root / settings.templates,) if folder.is_dir()]
    files = FileDigests(settings.store_folder / "files.json")
    looks = [(path, files.digest(Path(path))) for path, *_ in memories.states(own)]
    tool = memories.tool()
    path, era = settings.store_folder / FILE, digest(tool, settings, looks)
    return Recall(house, Memory(path, era) if forgetful else Memory.opened(path, era), files, tool=tool)


@dataclass
class Recall:
    """What is remembered of the articles of a site; `digests` are those of files, each looked at once a build.

    `inserted` are all files that articles took text or pictures from, whether they were read now or before.
    """

    house: House
    memory: Memory
    files: FileDigests
    digests: dict[str, str] = field(default_factory=dict)
    keys: dict[Path, str] = field(default_factory=dict)
    inserted: set[str] = field(default_factory=set)
    sources: Mapping[str, Any] | None = None
    tool: str = field(default_factory=memories.tool)
    _are_sources_read: bool = False
    _provenance: dict[str, str] = field(default_factory=dict)

    def digest(self, file: Path | str) -> str:
        """Digest a file; raises OSError where it cannot be read."""
        name = str(file)
        if name not in self.digests:
            self.digests[name] = self.files.digest(name)
        return self.digests[name]

    def text(self, path: Path) -> str:
        """Digest what an article's file says now; one that cannot be read says nothing."""
        try:
            return self.files.digest(path)
        except OSError:
            return ""

    def knows(self, path: Path) -> bool:
        """Tell whether an article was read before."""
        return _name(_READ, path) in self.memory.known

    def article(self, path: Path, read: Callable[[Path], Article]) -> Article:
        """Return an article: read, unless nothing that goes into reading it changed."""
        text = self.text(path)
        known = self.memory.value(_name(_READ, path), text)
        if known is not None and remembered.are_same(known["files"], self.digest):
            self.keys[path] = digest(text, known["files"])
            self.inserted.update(known["files"])
            return remembered.article(path, Path(known["name"]), known["slug"], known["article"])
        return self._noted(path, text, read(path))

    def _noted(self, path: Path, text: str, article: Article) -> Article:
        """Remember an article that has been read, and all that reading it looked into."""
        self.memory.forget(_name(_READ, path))
        self.keys.pop(path, None)
        if not article.is_broken and text == self.text(path):  # it may have been saved while it was being read
            with contextlib.suppress(OSError):
                files = remembered.inputs(article, self.digest)
                names = {"name": str(article.name), "slug": article.slug}
                value = {"files": files, "article": remembered.record(article), **names}
                self.memory.keep(_name(_READ, path), text, value)
                self.keys[path] = digest(text, files)
                self.inserted.update(files)
        return article

    def plan(self, article: Article, read: Callable[[Path], Article]) -> Plan:
        """Return the plan of an article: made, unless nothing that goes into it changed."""
        name = _name("plan", article.path)
        known = self.memory.value(name, self.keys[article.path]) if article.is_remembered else None
        if known is not None and self._stands(known):
            return plans.plan(article, known["plan"])
        return self.whole(article, read)

    def whole(self, article: Article, read: Callable[[Path], Article]) -> Plan:
        """Return the plan of an article, made anew with its text."""
        path = article.path
        if article.is_remembered:
            article = self._noted(path, self.text(path), read(path))
        if article.directives or article.units:
            self._has_sources()  # so that what is known of their digests is known
        plan = plan_article(self.house, article)
        self.memory.forget(_name("plan", path))
        if path in self.keys and not plan.broken:
            with contextlib.suppress(OSError):
                value = {"plan": plans.record(plan), "materials": self._materials(plan)}
                self.memory.keep(_name("plan", path), self.keys[path], value)
        return plan

    def problems(self) -> tuple[Problem, ...]:
        """Say what is wrong with the scripts of figures."""
        name, key = "scripts", self._scripts()
        known = self.memory.value(name, key)
        if known is not None:
            return remembered.told(known["problems"])
        found = self.house.problems
        self.memory.keep(name, key, {"problems": remembered.problems(found)})
        return found

    def reference(self, write: Callable[[], list[Path]]) -> list[Path]:
        """Return the articles that explain the figures: written, unless there are those of the same figures."""
        key = self._scripts()
        known = self.memory.value("reference", key)
        if known is not None and remembered.are_same(known, lambda file: sha256(Path(file).read_bytes())):
            return [Path(path) for path in known]
        paths = write()
        self.memory.keep("reference", key, {str(path): sha256(path.read_bytes()) for path in paths})
        return paths

    def _materials(self, plan: Plan) -> dict[str, Any] | None:
        """List all that decides the keys of figures besides the text; None where there are none."""
        if not plan.wanted():
            return None
        files = sorted({file for request in plan.wanted() for file in request.files})
        return {
            **plans.materials(plan),
            "files": {str(file): self.digest(file) for file in files},
            "folders": {str(file.parent): _listed(file.parent) for file in files},
        }

    def _stands(self, known: Mapping[str, Any]) -> bool:
        """Tell whether what a plan was bound to is what it was, and its figures are still there."""
        materials = known["materials"]
        return materials is None or (
            self._has_sources()
            and remembered.are_same(materials["files"], self.digest)
            and all(_listed(Path(name)) == names for name, names in materials["folders"].items())
            and plans.are_same(materials, self.house.catalogue)
            and self._are_there(plans.keys(known["plan"]))
        )

    def _are_there(self, keys: Iterable[str]) -> bool:
        """Tell whether a store on this machine has figures; one that is elsewhere is not asked."""
        return not isinstance(self.house.store.folder, Path) or None not in self._made(keys)

    def _made(self, keys: Iterable[str]) -> list[str | None]:
        """Digest how figures in a store on this machine were made, None for each that is not there."""
        store, wanted = self.house.store, list(keys)
        if not isinstance(store.folder, Path):
            return []
        unknown = [key for key in wanted if key not in self._provenance]
        for key, record in zip(unknown, store.records([(FIGURE, key) for key in unknown]), strict=True):
            if record is not None:
                self._provenance[key] = digest(json.dumps(record.meta.get("provenance"), sort_keys=True))
        return [self._provenance.get(key) for key in wanted]

    def is_current(self, article: Article) -> bool:
        """Tell whether an article and all that was shown of its folder are still what they were when it was read."""
        try:
            files = remembered.inputs(article, self.files.digest)
        except OSError:
            return False
        return digest(self.text(article.path), files) == self.keys.get(article.path)

    def page(self, plan: Plan, shelf: Shelf, circumstances: str) -> str | None:
        """Digest all that goes into the pages of an article; None where that is not known."""
        article = plan.article
        if article.path not in self.keys:
            return None
        answers = [shelf.answer(use) for use in article.foreign]
        shown = [(request.key, request.text) for request in plan.wanted()]
        made = self._made(request.key for request in plan.wanted())
        choices = [(label, one.choices) for label, one in plan.choices.items()]
        return digest(self.keys[article.path], answers, shown, made, choices, article.front.draft, circumstances)

    def _has_sources(self) -> bool:
        """Tell whether a site's own modules are what they were; those of the tool belong to the era."""
        if not self._are_sources_read:
            self._are_sources_read = True
            self.sources = self._read_sources()
            for place, parts in (self.sources or {"reached": {}})["reached"].items():
                module, _, name = place.partition(" ")
                self.house.sources.reached[module, name] = parts
        return self.sources is not None

    def _read_sources(self) -> Mapping[str, Any] | None:
        known = self.memory.value(SOURCES, self._scripts())
        if known is None or self._found(known["modules"]) != known["modules"]:
            return None
        return known

    def _scripts(self) -> str:
        """Digest the scripts of a site's own figures."""
        gallery = self.house.settings.root / self.house.settings.gallery
        inside = gallery.resolve().is_relative_to(package_folder())
        return digest(*(() if inside else ((path.name, self.digest(path)) for path in sorted(gallery.glob("*.py")))))

    def _found(self, names: Iterable[str]) -> dict[str, Any]:
        """Look for modules, and digest those that are there."""
        files = {name: self.house.sources.find(name) for name in names}
        return {name: path and [str(path), self.digest(path)] for name, path in files.items()}

    def save(self) -> None:
        """Remember, for the next build."""
        if "sources" in vars(self.house):
            self._keep_sources()
        self.memory.save()
        self.files.save()

    def _keep_sources(self) -> None:
        before = (self.sources if self._has_sources() else None) or {"modules": {}, "reached": {}}
        sources = self.house.sources
        own = [name for name in sources.files if not name.startswith("figures.") or name.startswith(_OPEN)]
        reached = {" ".join(place): dict(parts) for place, parts in sources.reached.items()}
        value = {
            "modules": {**before["modules"], **self._found(own)},
            "reached": {**before["reached"], **reached},
        }
        self.memory.keep(SOURCES, self._scripts(), value)


_OPEN = ("figures.gallery.", f"{specs.NETWORKS}.")
"""Packages of the figure library that a site may add to."""


def _name(work: str, path: Path) -> str:
    return f"{work} {path}"


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []
