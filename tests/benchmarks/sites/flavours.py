"""The corpus in the dialects of the generators: heads, formulas, links and the places of files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from tests.benchmarks.sites.corpus import (
    PICTURES,
    Article,
    Block,
    Code,
    Formula,
    Heading,
    Inline,
    Items,
    Link,
    Note,
    Picture,
    Table,
)

SIDES_PX = (640, 420)


def yaml_head(article: Article) -> str:
    """Write a head as most generators read it; words alone need no quotes in YAML, but one may be `on`."""
    tags = ", ".join(article.tags)
    lines = f'title: "{article.title}"\ndescription: "{article.description}"\ndate: {article.date}\ntags: [{tags}]'
    return f"---\n{lines}\n---\n"


def plain_head(article: Article) -> str:
    """Write a head as Pelican reads it."""
    tags = ", ".join(article.tags)
    return (
        f"Title: {article.title}\nSlug: {article.slug}\nDate: {article.date}\nTags: {tags}\n"
        f"Summary: {article.description}\n"
    )


def titled_head(article: Article) -> str:
    """Write a head for generators that take the title from the first heading."""
    return f"{yaml_head(article)}\n# {article.title}\n"


@dataclass(frozen=True)
class Flavour:
    """A dialect; `file` and `pictures` are places in the site, `link` and `picture` are addresses in a text."""

    file: str
    pictures: str
    link: str
    picture: str
    head: Callable[[Article], str] = yaml_head
    formula: str = "${}$"
    display: str = "$$\n{}\n$$"

    def text(self, article: Article) -> str:
        """Write a whole article."""
        parts = [self.head(article)]
        for block in article.blocks:
            parts += self.block(block)
        return "\n".join(parts)

    def block(self, block: Block) -> Iterator[str]:
        """Yield the lines of a block, and after a paragraph its footnotes."""
        match block:
            case Heading(level, text):
                yield f"{'#' * level} {text}\n"
            case Formula(tex):
                yield f"{self.display.format(tex)}\n"
            case Items(lines, numbered):
                yield "".join(f"{f'{i}.' if numbered else '-'} {line}\n" for i, line in enumerate(lines, 1))
            case Table(rows):
                drawn = [f"| {' | '.join(row)} |" for row in rows]
                yield "\n".join([drawn[0], "|---" * len(rows[0]) + "|", *drawn[1:], ""])
            case Code(text):
                yield f"```python\n{text}```\n"
            case Picture(number, alt):
                yield f"![{alt}]({self.picture.format(picture_name(number))})\n"
            case _:
                yield "".join(map(self.inline, block.inlines)) + "\n"
                yield from (f"[^{one.number}]: {one.text}\n" for one in block.inlines if isinstance(one, Note))

    def inline(self, inline: Inline) -> str:
        """Write a piece of a paragraph."""
        match inline:
            case Formula(tex):
                return self.formula.format(tex)
            case Link(slug, text):
                return f"[{text}]({self.link.format(slug=slug)})"
            case Note(number):
                return f"[^{number}]"
            case _:
                return inline


def picture_name(number: int) -> str:
    """Name one of the site's pictures."""
    return f"picture-{number:02d}.png"


def picture(number: int) -> bytes:
    """Paint a picture: rings on a ground, of colours and places that no other has."""
    from PIL import Image, ImageDraw

    chance, out = random.Random(number), BytesIO()
    image = Image.new("RGB", SIDES_PX, tuple(chance.randrange(200, 256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, radius = (chance.randrange(side) for side in (*SIDES_PX, 120))
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colour, width=6)
    image.save(out, "PNG")
    return out.getvalue()


def write(articles: Iterable[Article], flavour: Flavour, folder: Path) -> None:
    """Write articles and pictures into the folder of a site."""
    for article in articles:
        put(folder / flavour.file.format(slug=article.slug), flavour.text(article).encode())
    for number in range(PICTURES):
        put(folder / flavour.pictures / picture_name(number), picture(number))


def put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
