"""Texts that were drawn, kept with all that went into them: pages in another template need none of them read again.

A text depends on its article and the files beside it, on the templates of its elements, and on the site where
these speak of it; not on the templates of pages.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import meta

from builder import memory as memories
from builder.frozen import frozen
from builder.memory import digest, name_of
from builder.press import page
from builder.press.coloured import FOLDER, Coloured, file_of
from builder.press.views import SiteView
from builder.read import remembered
from builder.read.article import Article
from builder.read.markdown.document import BODY
from builder.read.markdown.parts import Body
from builder.recall import Recall
from builder.store.records import sha256

_SEAL = 64
_SITE = re.compile(r"\bsite\b|\bframe\b(?!\.(?:to|path|root|base)\b)")
"""What a template says that shows more of the site than where its pages lie."""


@frozen
class Drawn:
    """A text as it was drawn: its article without tokens, the sizes that it names, and digests of what went into it."""

    article: Article
    body: Body
    sizes: Mapping[str, str]
    key: str
    files: Mapping[str, str]
    parts: Mapping[str, str]


@dataclass
class Bodies:
    """The texts of a site; `env` and `site` are what they are drawn with."""

    recall: Recall
    env: jinja2.Environment
    site: SiteView
    _parts: dict[str, str] = field(default_factory=dict)

    def article(self, path: Path) -> Article | None:
        """Return an article with the text that was drawn of it, if all that went into it is the same."""
        drawn = self._kept(path)
        if drawn is None or not self._stands(path, drawn):
            return None
        page.styles_of(self.env).rules.update(drawn.sizes)
        return replace(drawn.article, env={BODY: drawn.body})

    def _kept(self, path: Path) -> Drawn | None:
        try:
            _, _, sealed = file_of(path, self.recall.house.settings.store_folder).read_bytes().partition(b"\n")
        except OSError:
            return None
        seal, data = sealed[:_SEAL], sealed[_SEAL:]
        drawn: Drawn | None = pickle.loads(data) if self._seal(path, data) == seal else None
        return drawn

    def _stands(self, path: Path, drawn: Drawn) -> bool:
        """Tell whether the article, its files and its elements are what they were."""
        return (
            remembered.are_same(drawn.files, self.recall.digest)
            and digest(self.recall.text(path), drawn.files) == drawn.key
            and all(self.part(name) == known for name, known in drawn.parts.items())
        )

    def keep(self, article: Article, body: Body, elements: Iterable[str], blocks: Coloured) -> None:
        """Remember a text, drawn with the templates of some elements, behind its blocks of code."""
        key = self.recall.keys.get(article.path)
        if key is None or BODY in article.env:
            return
        bare = {label: replace(target, title=()) for label, target in article.targets.items()}
        files = remembered.inputs(article, self.recall.digest)
        sizes = page.styles_of(self.env).of(body.html + body.footnotes + body.references)
        parts = {name: self.part(name) for name in elements}
        drawn = Drawn(replace(article, targets=bare, tokens=(), env={}), body, sizes, key, files, parts)
        data = pickle.dumps(drawn, pickle.HIGHEST_PROTOCOL)
        with open(self._folder / name_of(article.path), "wb", buffering=0) as file:
            file.write(blocks.line() + self._seal(article.path, data) + data)

    def part(self, name: str) -> str:
        """Digest what the template of an element says, with those that it brings in."""
        if name not in self._parts:
            sources = dict(self._sources(f"parts/{name}.html", set()))
            told = self.site if any(map(_SITE.search, sources.values())) else ""
            self._parts[name] = digest(sorted(sources.items()), told)
        return self._parts[name]

    def _sources(self, name: str, seen: set[str | None]) -> Iterator[tuple[str, str]]:
        """Read a template, and all that it names; where it computes a name, all that there are."""
        seen.add(name)
        source = self._source(name)
        yield name, source
        named = set(meta.find_referenced_templates(self.env.parse(source)))
        for other in self.env.list_templates() if None in named else sorted(filter(None, named)):
            if other not in seen:
                yield from self._sources(other, seen)

    def _source(self, name: str) -> str:
        try:
            return self.env.loader.get_source(self.env, name)[0] if self.env.loader else ""
        except jinja2.TemplateNotFound:
            return ""

    @cached_property
    def _folder(self) -> Path:
        """Make the folder of texts, once a build."""
        there = folder(self.recall)
        there.mkdir(parents=True, exist_ok=True)
        return there

    def _seal(self, path: Path, data: bytes) -> bytes:
        return digest(self._era, path, sha256(data)).encode()

    @cached_property
    def _era(self) -> str:
        """Digest what all texts depend on; what the site is called stands in pages only."""
        return digest(memories.tool(), replace(self.recall.house.settings, title="", description=""))


def folder(recall: Recall) -> Path:
    """Say where the texts of a site are kept."""
    return recall.house.settings.store_folder / FOLDER


def forget(recall: Recall, paths: Iterable[Path]) -> None:
    """Remove the texts of articles that are not among those that there are."""
    names = set(map(name_of, paths))
    for file in folder(recall).iterdir() if folder(recall).is_dir() else ():
        if file.name not in names:
            file.unlink(missing_ok=True)
