"""What the measuring knows of a generator."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.sites import flavours
from tests.benchmarks.sites.corpus import Article
from tests.benchmarks.sites.flavours import Flavour

AT_BUILD, IN_BROWSER = "at build", "in the browser"
TEMPLATE, SETTINGS = "Template 0", "Settings 0"
"""What stands in a template and in the settings, and in pages: an edit counts it up."""


def nothing(_articles: list[Article]) -> Mapping[str, str]:
    """Return no files."""
    return {}


@dataclass(frozen=True)
class Tool:
    """A generator: how it is had, what its sites look like, and what it does when.

    `files` are its settings and templates, `listing` makes those that name all articles; `template` and `settings`
    are the places of what is edited. `install` makes an environment in a folder, and `command` is what builds
    the site of the folder in which it runs. `page` is where an article's page lies in the site's folder.
    """

    name: str
    flavour: Flavour
    files: Mapping[str, str]
    template: str
    settings: str
    install: Callable[[Path], None]
    command: Callable[[Path], list[str]]
    version: Callable[[Path], str]
    output: str
    page: str
    caches: tuple[str, ...] = ()
    variables: Callable[[Path], Mapping[str, str]] = lambda _: {}
    listing: Callable[[list[Article]], Mapping[str, str]] = nothing
    linked: tuple[str, ...] = ()
    maths: str = AT_BUILD
    code: str = AT_BUILD
    remark: str = ""

    def begin(self, folder: Path, articles: Iterator[Article], environment: Path) -> None:
        """Write a whole site; `linked` names what its folder takes from the environment."""
        every = list(articles)
        flavours.write(every, self.flavour, folder)
        for name, text in {**self.files, **self.listing(every)}.items():
            flavours.put(folder / name, text.encode())
        for name in self.linked:
            (folder / name).symlink_to(environment / name)

    def clean(self, folder: Path) -> None:
        """Remove all that builds have left."""
        for name in (self.output, *self.caches):
            shutil.rmtree(folder / name, ignore_errors=True)


class Unavailable(Exception):
    """A generator cannot be had here; the message says why."""
