"""What an article says of itself in its head."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.frozen import frozen

if TYPE_CHECKING:
    from builder.read.markdown.macros import Macro


@frozen
class Author:
    """A person or group."""

    name: str
    url: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()

    @property
    def affiliation(self) -> str:
        """Name where the author works, in a line."""
        return ", ".join(self.affiliations)


@frozen
class FrontMatter:
    """What an article says of itself; `lines` gives the line of each key in the file.

    `model`, `dataset` and `seed` are None where the article leaves them to the settings;
    `bibliography` is an absolute path; `hero` is as it was written: what it names, the article tells.
    Title, subtitle and description are plain; `drawn` has those with formulas in HTML. `macros` are
    commands that its formulas may use, `variables` what names in braces stand for.
    """

    title: str = ""
    subtitle: str = ""
    description: str = ""
    authors: tuple[Author, ...] = ()
    date: datetime.date | None = None
    updated: datetime.date | None = None
    tags: tuple[str, ...] = ()
    bibliography: Path | None = None
    model: str | None = None
    dataset: str | None = None
    seed: int | None = None
    draft: bool = False
    hero: str | None = None
    doi: str = ""
    license: str = ""
    series: str = ""
    toc: bool = True
    aliases: tuple[str, ...] = ()
    macros: tuple[Macro, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    drawn: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
