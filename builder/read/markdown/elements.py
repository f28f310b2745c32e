"""What an article is made of besides prose: the things that pages and requests ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from builder.errors import Place
from builder.frozen import frozen

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.plan.catalogue.units import NetworkUnit

Width = Literal["text", "body", "page", "screen", "margin"]
WIDTHS: tuple[Width, ...] = ("text", "body", "page", "screen", "margin")
STATEMENTS: dict[str, tuple[str, str]] = {
    "theorem": ("thm-", "Theorem"),
    "lemma": ("lem-", "Lemma"),
    "corollary": ("cor-", "Corollary"),
    "proposition": ("prp-", "Proposition"),
    "conjecture": ("cnj-", "Conjecture"),
    "definition": ("def-", "Definition"),
    "example": ("exm-", "Example"),
    "exercise": ("exr-", "Exercise"),
    "remark": ("rem-", "Remark"),
    "algorithm": ("alg-", "Algorithm"),
}
"""Boxes with numbers: how labels of each kind begin, as in Quarto, and what it is called."""


@frozen
class Directive:
    """A figure that the article asks for by name.

    `options` holds the raw text of every option that is not common to all directives
    (those are `label`, `width`, `alt` and `classes`); `option_lines` gives lines of the file
    for all of them, also for `name`, `width`, `alt` and `class`. `label` is unique in the
    article and begins with "fig-". `caption` holds the Markdown tokens of the body; `folder` is where its files are
    looked for, as seen from the article; `letter` tells it from others under the same number, "" where there are none.
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
    folder: Path = Path()
    letter: str = ""


@frozen
class UnitMention:
    """A unit named in prose; its network is empty where the article's own is meant."""

    unit: NetworkUnit
    place: Place


@frozen
class ValueMention:
    """A number that prose takes from the figure `label`; `format` is a Python format or empty.

    `state` names which of several figures is meant, by the values that readers may choose; it is empty for the first.
    """

    label: str
    key: str
    format: str
    place: Place
    state: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name the number, as in "fig-crops[units=mixed3b:163].peak"."""
        state = ", ".join(f"{name}={value}" for name, value in self.state.items())
        return f"{self.label}[{state}].{self.key}" if state else f"{self.label}.{self.key}"


@frozen
class ImageUse:
    """A picture file that the article shows.

    `source` is what the author wrote, `file` the absolute path, `caption` rendered HTML or "".
    `number` and `label` are None where the picture is neither captioned nor named;
    `inline` pictures stand in a line of text. `size` is how wide to show it, "320" pixels or
    "50%" of its column; `dark` is the file that takes its place on a dark page. `attributes`
    holds what else `{…}` added.
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
    size: str = ""
    dark: Path | None = None

    @property
    def pictures(self) -> tuple[ImageUse, ...]:
        """List the pictures that it shows."""
        return (self,)

    @property
    def files(self) -> tuple[FileUse, ...]:
        """List the files besides its pictures."""
        return ()


@frozen
class FileUse:
    """A file that the article shows or links to, to be published with it; `file` is its absolute path."""

    source: str
    file: Path
    place: Place


@frozen
class Video:
    """A film; `tracks` are its captions, (file, language) pairs. `loops` means that it begins by itself, silent."""

    film: FileUse
    alt: str
    place: Place
    poster: FileUse | None = None
    tracks: tuple[tuple[FileUse, str], ...] = ()
    loops: bool = False
    number: int | None = None
    label: str | None = None
    width: Width | None = None
    size: str = ""
    classes: tuple[str, ...] = ()
    caption: str = ""

    @property
    def pictures(self) -> tuple[ImageUse, ...]:
        """List the pictures that it shows: its poster says nothing that its words do not."""
        return ()

    @property
    def files(self) -> tuple[FileUse, ...]:
        """List its files."""
        return (self.film, *([self.poster] if self.poster else []), *(file for file, _ in self.tracks))


@frozen
class Comparison:
    """Two pictures of one thing, one over the other; `names` are plain text."""

    pictures: tuple[ImageUse, ImageUse]
    names: tuple[str, str]
    place: Place
    number: int | None = None
    label: str | None = None
    width: Width | None = None
    size: str = ""
    classes: tuple[str, ...] = ()
    caption: str = ""

    @property
    def files(self) -> tuple[FileUse, ...]:
        """List the files besides its pictures."""
        return ()


@frozen
class Heading:
    """A heading: `text` is plain, `html` keeps emphasis, code and maths but no marks or chips."""

    level: int
    id: str
    text: str
    html: str
    place: Place
    classes: tuple[str, ...] = ()
