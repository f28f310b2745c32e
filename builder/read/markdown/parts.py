"""What a page must be able to draw: one method for each kind of element.

Every method returns HTML. All strings named `html` or `caption` are rendered already and safe
to insert; every other string is plain text and must be escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from builder.errors import Place
from builder.frozen import frozen
from builder.read.markdown.elements import (
    Comparison,
    Directive,
    FileUse,
    Heading,
    ImageUse,
    UnitMention,
    ValueMention,
    Video,
    Width,
)

if TYPE_CHECKING:
    from builder.read.bibliography import Entry


@frozen
class Cited:
    """One work in a citation; `number` counts works in order of first use.

    `unnamed` means that the sentence has the authors' names already.
    """

    entry: Entry
    number: int
    prefix: str = ""
    locator: str = ""
    unnamed: bool = False


@frozen
class Citation:
    """A citation in the text: `[@a; @b]`, or `@a` where the sentence names the authors.

    `id` is unique in the article, for cards and back links ("cite-4"). A narrative citation
    has exactly one work and is written with `entry.short_names`.
    """

    works: tuple[Cited, ...]
    narrative: bool
    id: str
    place: Place


@frozen
class FootnoteMark:
    """A footnote's mark in the text; `html` is the note itself, for the card.

    `target` is the id of the note in the list ("fn-2"), `id` the id of this mark
    ("fnref-2", "fnref-2-2" for the second mark of the same note).
    """

    number: int
    id: str
    target: str
    html: str


@frozen
class Footnote:
    """An entry of the list of footnotes; `marks` are the ids of its marks."""

    number: int
    id: str
    html: str
    marks: tuple[str, ...]


@frozen
class CrossReference:
    """A link to a numbered thing of the same article.

    `target` is the id to link to; `html` is the whole text of the link: "Figure 3",
    "Table 1", "Equation 2", a section's title, or the author's own words.
    """

    kind: str
    target: str
    number: str
    html: str


@frozen
class Callout:
    """A box beside the argument; `title` is HTML and never empty.

    `kind` is one of `directives.CALLOUTS` or `STATEMENTS`; `fold` says whether it unfolds and is "open", "closed"
    or "".
    """

    kind: str
    title: str
    html: str
    id: str | None = None
    width: Width | None = None
    classes: tuple[str, ...] = ()
    fold: str = ""


@frozen
class MarginNote:
    """A remark set in the margin; `id` may be None."""

    html: str
    id: str | None = None
    classes: tuple[str, ...] = ()


@frozen
class Details:
    """A part that readers unfold; `title` is HTML and never empty."""

    title: str
    html: str
    open: bool = False
    id: str | None = None
    width: Width | None = None
    classes: tuple[str, ...] = ()


@frozen
class Tab:
    """One part of tabs; `title` is HTML. Choosing one chooses all of the same `sync` that is not ""."""

    id: str
    title: str
    html: str
    sync: str = ""
    classes: tuple[str, ...] = ()


@frozen
class Tabs:
    """Parts of which one is seen at a time; without scripts, or on paper, all are."""

    id: str
    tabs: tuple[Tab, ...]
    width: Width | None = None
    classes: tuple[str, ...] = ()


@frozen
class Subfigure:
    """One of several figures under one number; `html` is the figure without its caption, which is HTML or ""."""

    letter: str
    html: str
    caption: str


@frozen
class Subfigures:
    """Several figures under one number, `columns` in a row; `caption` is that of all of them."""

    label: str
    number: int
    figures: tuple[Subfigure, ...]
    caption: str
    columns: int
    width: Width | None = None
    classes: tuple[str, ...] = ()


@frozen
class FileLink:
    """A link to a file that is published with the article; `html` is its text."""

    file: FileUse
    html: str
    title: str = ""
    classes: tuple[str, ...] = ()


@frozen
class ForeignReference:
    """A link to a thing of another article, or to the article where `label` is "".

    `html` is the author's own words or "".
    """

    slug: str
    label: str
    html: str
    place: Place


@frozen
class Code:
    """A block of code: `html` is highlighted with classes, `text` is the code itself.

    `language` is the name as the author wrote it or "", `label` how readers call it ("Python"); `file` is
    the name of the file that it is from, or "".
    """

    language: str
    label: str
    html: str
    text: str
    classes: tuple[str, ...] = ()
    file: str = ""


@frozen
class Diagram:
    """A drawing that was written in words: SVG for light and for dark pages, its size in pixels of a screen."""

    light: str
    dark: str
    alt: str
    width: int
    height: int
    classes: tuple[str, ...] = ()


@frozen
class Equation:
    """A displayed formula; `html` is a `<math display="block">` element."""

    html: str
    number: int | None = None
    label: str | None = None


@frozen
class Table:
    """A table; `html` is the `<table>` element without caption.

    `number` and `label` are None where it has neither caption nor label.
    """

    html: str
    caption: str = ""
    number: int | None = None
    label: str | None = None
    width: Width | None = None
    classes: tuple[str, ...] = ()


@frozen
class Reference:
    """An entry of the list of references; `marks` are the ids of its citations."""

    entry: Entry
    number: int
    marks: tuple[str, ...]

    @property
    def id(self) -> str:
        """Give the id in the list of references."""
        return f"ref-{self.entry.key}"


class Parts(Protocol):
    """The elements of a page, drawn."""

    def figure(self, directive: Directive, number: int | str, caption: str) -> str:
        """Draw a figure; `caption` is HTML (paragraphs or phrases) or ""; below all of them if it has a letter."""

    def subfigures(self, subfigures: Subfigures) -> str:
        """Draw several figures under one number."""

    def image(self, image: ImageUse) -> str:
        """Draw a picture file, in the line or as a figure."""

    def video(self, video: Video) -> str:
        """Draw a film."""

    def comparison(self, comparison: Comparison) -> str:
        """Draw two pictures, one over the other."""

    def tabs(self, tabs: Tabs) -> str:
        """Draw parts of which one is seen at a time."""

    def file_link(self, link: FileLink) -> str:
        """Write a link to a file."""

    def address(self, file: FileUse) -> str:
        """Give the address of a file that HTML of the author's shows or links to."""

    def unit(self, mention: UnitMention) -> str:
        """Draw the chip of a unit."""

    def value(self, mention: ValueMention) -> str:
        """Write a measured number."""

    def citation(self, citation: Citation) -> str:
        """Write the mark of a citation, with its card."""

    def footnote_mark(self, mark: FootnoteMark) -> str:
        """Write the mark of a footnote, with its card."""

    def cross_reference(self, reference: CrossReference) -> str:
        """Write a link to a figure, table, equation or section."""

    def foreign_reference(self, reference: ForeignReference) -> str:
        """Write a link to a thing of another article."""

    def callout(self, callout: Callout) -> str:
        """Draw a box."""

    def margin_note(self, note: MarginNote) -> str:
        """Draw a remark in the margin."""

    def details(self, details: Details) -> str:
        """Draw a part that unfolds."""

    def coloured(self, language: str, text: str) -> tuple[str, str]:
        """Return the name of a language as readers know it, and code in spans."""

    def code(self, code: Code) -> str:
        """Draw a block of code."""

    def diagram(self, diagram: Diagram) -> str:
        """Draw what was written in words."""

    def formula(self, html: str) -> str:
        """Draw a formula, in the line or in an equation; `html` is MathML, its styles in attributes."""

    def equation(self, equation: Equation) -> str:
        """Draw a displayed formula with its number."""

    def table(self, table: Table) -> str:
        """Draw a table with its caption."""

    def heading(self, heading: Heading, html: str) -> str:
        """Draw a heading with its link; `html` is the full content, `heading.html` the bare one."""

    def footnotes(self, notes: tuple[Footnote, ...]) -> str:
        """Draw the list of footnotes."""

    def references(self, references: tuple[Reference, ...]) -> str:
        """Draw the list of references."""


@frozen
class Body:
    """An article in HTML; `footnotes` and `references` are HTML lists or ""."""

    html: str
    contents: tuple[Heading, ...]
    footnotes: str = ""
    references: str = ""
