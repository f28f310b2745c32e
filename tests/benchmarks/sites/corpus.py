"""Articles made by chance from a seed: the same for every generator, the same every time.

An article has about 1,200 words under eight headings, and whatever costs a generator something: formulas that no
other article has, code to highlight, a table, lists, footnotes, pictures, and links to other articles.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = """
unit layer curve edge network response image texture shape field weight filter channel circle angle corner colour
contrast pattern signal noise the a this each every some one another small large early late strong weak selective
round straight dark bright is seems becomes answers shows prefers follows joins holds keeps to of in with without
between across before after above below and or but while because where when almost hardly often rarely only again
"""
WORDS = tuple(_WORDS.split())
NAMES = WORDS[:21]
"""The nouns, which may name a function."""
TAGS = ("curves", "textures", "circuits", "tuning", "attribution", "training", "vision", "method")
LETTERS = ("x", "y", "z", "w", "\\alpha", "\\beta", "\\sigma", "\\theta")
FORMULAS = (
    "{a}_{{{n}}}^{{2}} + \\frac{{{k}}}{{{b}}}",
    "\\sum_{{i=1}}^{{{n}}} {a}_i {b}_{{i+{k}}}",
    "\\sqrt{{{a}^{{{k}}} + {n}}} \\leq \\lVert {b} \\rVert",
    "f_{{{n}}}({a}) = \\exp\\left(-\\frac{{{a}^2}}{{{k} {b}^2}}\\right)",
    "\\int_0^{{{n}}} {a}(t)\\, {b}(t - {k})\\, dt",
    "\\begin{{pmatrix}} {a} & {n} \\\\ {k} & {b} \\end{{pmatrix}}",
)
CODE = '''\
def {name}(images: list, radius: float = {number}.5) -> float:
    """Return the {word} of some images."""
    total = 0.0
    for index, image in enumerate(images):
        if index % {number} == 0:  # every {number}th
            continue
        total += sum(pixel ** 2 for pixel in image) / max(radius, 1e-{number})
    return total if total > {number} else float("{name}_{number}" == "none")
'''
FIRST = datetime.date(2020, 1, 1)
SECTIONS = 8
PICTURES = 20
REVISION = "This is revision 0 of the text."
"""A sentence of every article: an edit counts it up."""


@dataclass(frozen=True)
class Formula:
    """A formula in TeX."""

    tex: str


@dataclass(frozen=True)
class Link:
    """A link to another article."""

    slug: str
    text: str


@dataclass(frozen=True)
class Note:
    """The mark of a footnote; its text stands at the end of the section."""

    number: int
    text: str


Inline = str | Formula | Link | Note


@dataclass(frozen=True)
class Heading:
    """A heading of a section, level 2, or of a part of one, level 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Items:
    """A list of short lines."""

    lines: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True)
class Table:
    """Rows of cells, the first of them titles."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Code:
    """Lines of Python."""

    text: str


@dataclass(frozen=True)
class Picture:
    """One of the site's pictures."""

    number: int
    alt: str


Block = Heading | Paragraph | Items | Table | Code | Picture | Formula


@dataclass(frozen=True)
class Article:
    """What an article says, in no dialect."""

    slug: str
    title: str
    description: str
    date: datetime.date
    tags: tuple[str, ...]
    blocks: tuple[Block, ...]


def articles(count: int, seed: int = 0) -> Iterator[Article]:
    """Yield so many articles: the first of them are the same in every larger corpus, but for where they link to."""
    for number in range(count):
        yield _Writer(random.Random(f"{seed}-{number}"), number, count).article()


@dataclass(frozen=True)
class _Writer:
    chance: random.Random
    number: int
    count: int

    def article(self) -> Article:
        blocks = [block for section in range(SECTIONS) for block in self.section(section)]
        return Article(
            slug=slug(self.number),
            title=f"{self.words(4).capitalize()} {self.number}",
            description=self.sentence(),
            date=FIRST + datetime.timedelta(days=self.number % 2000),
            tags=tuple(sorted(self.chance.sample(TAGS, 2))),
            blocks=(Paragraph((REVISION,)), *blocks),
        )

    def section(self, number: int) -> Iterator[Block]:
        """Yield a heading, text, and in turn what else an article has."""
        yield Heading(2, self.words(3).capitalize())
        yield Paragraph(tuple(self.text(number)))
        yield from self.extra(number)
        yield Heading(3, self.words(2).capitalize())
        yield Paragraph((self.sentences(4),))

    def text(self, section: int) -> Iterator[Inline]:
        """Yield sentences, in most sections with a formula and a footnote, in two with a link."""
        yield self.sentences(4)
        if section < 6:
            yield " Here "
            yield self.formula()
            yield f" {self.words(4)}."
            yield Note(section + 1, self.sentence())
        if section in (2, 5):
            yield " See "
            yield Link(slug(self.chance.randrange(self.count)), self.words(3))
            yield "."
        yield f" {self.sentences(2)}"

    def extra(self, section: int) -> Iterator[Block]:
        if section % 3 == 0:
            yield self.formula()
        if section in (1, 4, 7):
            yield Picture(self.chance.randrange(PICTURES), self.sentence())
        if section in (2, 6):
            values = {"name": self.chance.choice(NAMES), "word": self.words(1)}
            yield Code(CODE.format(number=self.chance.randrange(2, 9), **values))
        if section in (1, 5):
            yield Items(tuple(self.words(6) for _ in range(4)), numbered=section == 5)
        if section == 4:
            rows = [(self.words(1), *(f"{self.chance.random():.3f}" for _ in range(3))) for _ in range(5)]
            yield Table((("unit", "mean", "width", "share"), *rows))

    def formula(self) -> Formula:
        a, b = self.chance.sample(LETTERS, 2)
        shape = self.chance.choice(FORMULAS)
        return Formula(
            shape.format(a=a, b=b, n=self.number * 10 + self.chance.randrange(10), k=self.chance.randrange(2, 99))
        )

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(WORDS, k=count))

    def sentence(self) -> str:
        return f"{self.words(self.chance.randrange(8, 18)).capitalize()}."

    def sentences(self, count: int) -> str:
        return " ".join(self.sentence() for _ in range(count))


def slug(number: int) -> str:
    """Name an article by its number."""
    return f"article-{number:05d}"
