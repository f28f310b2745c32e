"""What an article says of itself in its head."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Author:
    """A person or group."""

    name: str
    url: str = ""
    orcid: str = ""
    affiliation: str = ""


@dataclass(frozen=True)
class FrontMatter:
    """What an article says of itself; `lines` gives the line of each key in the file.

    `model`, `dataset` and `seed` are None where the article leaves them to the settings;
    `bibliography` is an absolute path; `hero` is as it was written: what it names, the article tells.
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
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
