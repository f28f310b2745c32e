"""What an article is made of besides prose: the things that pages and requests ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from markdown_it.token import Token

from builder.errors import Place

Width = Literal["text", "body", "page", "screen", "margin"]
WIDTHS: tuple[Width, ...] = ("text", "body", "page", "screen", "margin")


@dataclass(frozen=True)
class Directive:
    """A figure that the article asks for by name.

    `options` holds the raw text of every option that is not common to all directives
    (those are `label`, `width`, `alt` and `classes`); `option_lines` gives lines of the file
    for all of them, also for `name`, `width`, `alt` and `class`. `label` is unique in the
    article and begins with "fig-". `caption` holds the Markdown tokens of the body.
    """

    figure: str
    options: Mapping[str, str]
    option_lines: Mapping[str, int]
    place: Place
    label: str
    width: Width | None = None
    alt: str | None = None
    classes: tuple[str, ...] = ()
    caption: tuple[Token, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True)
class UnitMention:
    """A unit named in prose; `model` is None where the article's own model is meant."""

    name: str
    place: Place
    model: str | None = None


@dataclass(frozen=True)
class ValueMention:
    """A number that prose takes from the figure `label`; `format` is a Python format or empty."""

    label: str
    key: str
    format: str
    place: Place


@dataclass(frozen=True)
class ImageUse:
    """A picture file that the article shows.

    `source` is what the author wrote, `file` the absolute path, `caption` rendered HTML or "".
    `number` and `label` are None where the picture is neither captioned nor named;
    `inline` pictures stand in a line of text. `attributes` holds what `{…}` added.
    """

    source: str
    file: Path
    alt: str
    place: Place
    inline: bool = False
    number: int | None = None
    label: str | None = None
    width: Width | None = None
    classes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    caption: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading: `text` is plain, `html` keeps emphasis, code and maths but no marks or chips."""

    level: int
    id: str
    text: str
    html: str
    place: Place
    classes: tuple[str, ...] = ()
