"""Builds in turns: every generator does one thing before any does the next, so that a busy machine is fair to all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.sites import corpus, processes
from tests.benchmarks.sites.corpus import REVISION
from tests.benchmarks.sites.tool import SETTINGS, TEMPLATE, Tool

EDITED = 3
"""The article that is edited."""


@dataclass(frozen=True)
class Site:
    """A generator's site in a folder, and where the generator is installed."""

    tool: Tool
    folder: Path
    environment: Path

    def build(self) -> processes.Cost:
        """Build as a whole process; raises processes.Failed."""
        variables = self.tool.variables(self.folder)
        return processes.run(self.tool.command(self.environment), self.folder, variables)

    @property
    def text(self) -> Path:
        """The article that is edited."""
        return self.folder / self.tool.flavour.file.format(slug=corpus.slug(EDITED))

    @property
    def page(self) -> Path:
        """Where the page of that article lies."""
        return self.folder / self.tool.page.format(slug=corpus.slug(EDITED))


@dataclass(frozen=True)
class Result:
    """What one build took; `fresh` says whether the page shows what was edited.

    `written` counts the files of the output that the build touched, `files` and `size_bytes` tell of all of them;
    these, and the processors' time, are None of what is no build.
    """

    tool: str
    articles: int
    step: str
    seconds: float
    processor_seconds: float | None
    memory_bytes: int
    fresh: bool
    written: int | None
    files: int | None
    size_bytes: int | None


Edit = Callable[[Site], str]
"""Changes a site; returns what its page has to say afterwards."""


def cold(site: Site) -> str:
    """Remove all that builds have left."""
    site.tool.clean(site.folder)
    return ""


def same(_site: Site) -> str:
    """Change nothing."""
    return ""


def sentence(site: Site) -> str:
    """Change one sentence of one article."""
    return counted_up(site.text, REVISION)


def template(site: Site) -> str:
    """Change a template that every article stands in."""
    return counted_up(site.folder / site.tool.template, TEMPLATE)


def settings(site: Site) -> str:
    """Change the title of the site."""
    return counted_up(site.folder / site.tool.settings, SETTINGS)


STEPS: Mapping[str, Edit] = {
    "cold": cold,
    "nothing changed": same,
    "one sentence": sentence,
    "template": template,
    "settings": settings,
}


def counted_up(path: Path, words: str) -> str:
    """Count up the number in some words of a file; returns the words as they are now."""
    before, after = re.split(r"\d+", words)
    pattern = re.compile(rf"{re.escape(before)}(\d+){re.escape(after)}")
    text = path.read_text("utf-8")
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"{path} does not say {words!r}")
    now = f"{before}{int(found[1]) + 1}{after}"
    path.write_text(text.replace(found[0], now), "utf-8")
    return now


def rounds(
    sites: Sequence[Site], articles: int, count: int, steps: Mapping[str, Edit], fail: Callable[[Tool, str], None]
) -> Iterator[Result]:
    """Yield results of all steps, in order, of all sites in turns, so many times; each round begins with another site.

    Where a generator fails twice, `fail` is told why, and it has no more turns. Once is forgiven: a server that a
    plugin starts may not listen yet when a busy machine lets the plugin ask.
    """
    left = list(sites)
    for number in range(count):
        for name, edit in steps.items():
            first = number % len(left) if left else 0
            for site in (*left[first:], *left[:first]):
                try:
                    yield _twice(site, articles, name, edit)
                except (processes.Failed, OSError) as error:
                    left.remove(site)
                    fail(site.tool, str(error))


def _twice(site: Site, articles: int, step: str, edit: Edit) -> Result:
    try:
        return measure(site, articles, step, edit)
    except (processes.Failed, OSError):
        return measure(site, articles, step, edit)


def measure(site: Site, articles: int, step: str, edit: Edit) -> Result:
    """Edit and build once."""
    words = edit(site)
    before = _files(site)
    cost = site.build()
    after = _files(site)
    return Result(
        tool=site.tool.name,
        articles=articles,
        step=step,
        seconds=cost.seconds,
        processor_seconds=cost.processor_seconds,
        memory_bytes=cost.memory_bytes,
        fresh=words in site.page.read_text("utf-8"),
        written=sum(before.get(path) != stat for path, stat in after.items()),
        files=len(after),
        size_bytes=sum(size for _, size in after.values()),
    )


def _files(site: Site) -> dict[str, tuple[int, int]]:
    """Return when each file of the output was last written, and its size."""
    found = {}
    for folder, _, names in os.walk(site.folder / site.tool.output):
        for path in (os.path.join(folder, name) for name in names):
            stat = os.stat(path)
            found[path] = stat.st_mtime_ns, stat.st_size
    return found
