"""The elements of a page, drawn with the macros of `templates/parts`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from builder.errors import Problem
from builder.plan.catalogue.nearest import nearest
from builder.press import drawing, formats
from builder.press.citing import Marks
from builder.press.coloured import Coloured
from builder.press.columns import COLUMNS_PX
from builder.press.styles import styles_of
from builder.press.views import FigureView, Frame, ImageView, UnitView
from builder.read.crossings import Shelf
from builder.read.heroes import Hero
from builder.read.markdown import mathml
from builder.read.markdown import parts as elements
from builder.read.markdown.elements import (
    Comparison,
    Directive,
    FileUse,
    Heading,
    ImageUse,
    UnitMention,
    ValueMention,
    Video,
)

SHOWN = frozenset({".pdf", ".txt", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp4", ".webm"})
"""Files that a browser opens; the others are saved under their own name."""
IN_ADDRESSES = " ~()*!.'-_/:;=,?@$+"
"""What need not be written as numbers in the address of a drawing."""
MOST_CARDS = 64
"""Units of tiles beyond these show the tile itself where a card is asked for."""
MOST_INSIDE = 2
"""Charts of an article whose drawing stands in the page itself; the others are fetched when a reader comes near."""
_BLOCK = re.compile(r"<(?:p|ul|ol|dl|div|pre|table|figure|blockquote|details|aside|section|h\d)\b")
_TITLE = re.compile(r"(<svg\b[^>]*>)\s*<title>.*?</title>", re.DOTALL)
_LABEL = re.compile(r'(<svg\b[^>]*? aria-label=")[^"]*(")')


@dataclass
class PageParts:
    """Draws what `builder.read.markdown.parts.Parts` asks for.

    `figures` are the measured figures by label, `units` every unit by its key
    ("glyphs/mixed3b:17"), `images` the published files of the article, `marks` how it cites,
    `shelf` all articles. What cannot be drawn gets an
    honest placeholder and, where the author can mend it, an entry in `problems`.
    """

    env: jinja2.Environment
    frame: Frame
    figures: Mapping[str, FigureView | None] = field(default_factory=dict)
    units: Mapping[str, UnitView] = field(default_factory=dict)
    images: Mapping[Path, ImageView] = field(default_factory=dict)
    marks: Marks = Marks()
    shelf: Shelf = Shelf()
    model: str = ""
    problems: list[Problem] = field(default_factory=list)
    shown: dict[str, UnitView] = field(default_factory=dict)
    captions: list[tuple[Directive, int | str, str]] = field(default_factory=list)
    modules: dict[str, object] = field(default_factory=dict, repr=False)
    blocks: Coloured = field(default_factory=Coloured)
    begun: bool = False
    inside: list[str] = field(default_factory=list)

    def _draw(self, file: str, macro: str, *arguments: object, **options: object) -> str:
        if file not in self.modules:
            context = {"frame": self.frame, "units": self.units}
            self.modules[file] = self.env.get_template(f"parts/{file}.html").make_module(context)
        return str(getattr(self.modules[file], macro)(*arguments, **options)).strip()

    def figure(self, directive: Directive, number: int | str, caption: str) -> str:
        """Draw a figure, or say that it is not there."""
        self.captions.append((directive, number, caption))
        view = self.figures.get(directive.label)
        self._meet_tiles(view)
        svg = drawings(view, self.frame, directive.alt)
        self.inside += [key for key in svg if key not in self.inside]
        early = {key: drawing for key, drawing in svg.items() if key in self.inside[:MOST_INSIDE]}
        led = "" if directive.letter else _led(f"Figure {number}.", caption)
        return self._draw("figure", "figure", directive, number, led, view, svg=early)

    def subfigures(self, subfigures: elements.Subfigures) -> str:
        """Draw several figures under one number."""
        figures = [(one.letter, Markup(one.html)) for one in subfigures.figures]
        captions = [_led(f"({one.letter})", one.caption) for one in subfigures.figures if one.caption]
        led = _led(f"Figure {subfigures.number}.", subfigures.caption)
        return self._draw("subfigures", "subfigures", subfigures, figures, led, captions)

    def _meet_tiles(self, view: FigureView | None) -> None:
        """Give cards to the units of a figure's tiles, to so many that the page stays light."""
        for model, part in ((look.view.model, part) for look in (view.looks if view else ()) for part in look.parts):
            for name in part.units:
                unit = self.units.get(f"{model}/{name}")
                if unit is not None and len(self.shown) < MOST_CARDS:
                    self.shown.setdefault(unit.key, unit)

    def hero(self, hero: Hero | None) -> str:
        """Draw the picture of a title block; nothing where there is none, or it is not measured."""
        if hero is None:
            return ""
        if hero.file is not None:
            return self._draw("image", "hero", self._file(hero.file, hero.file.name))
        view = self.figures.get(hero.label)
        return self._draw("figure", "hero", view, svg=drawings(view, self.frame)) if view else ""

    def cards(self) -> str:
        """Draw the hover cards of every unit mentioned so far."""
        return "".join(self._draw("unit", "card", unit) for unit in self.shown.values())

    def image(self, image: ImageUse) -> str:
        """Draw a picture file."""
        column = image.width or "text"
        view = _sized(self._file(image.file, image.source), image.size, column)
        dark = _sized(self._file(image.dark, ""), image.size, column) if image.dark else None
        return self._draw("image", "image", image, view, dark, _captioned(image), not self.begun)

    def video(self, video: Video) -> str:
        """Draw a film."""
        poster = self._file(video.poster.file, video.poster.source) if video.poster else None
        view = self._file(video.film.file, video.film.source)
        sides = view if view.width or not poster else poster
        view = _sized(replace(view, width=sides.width, height=sides.height), video.size, video.width or "text")
        tracks = [(self._file(file.file, file.source), language) for file, language in video.tracks]
        return self._draw("video", "video", video, view, poster, tracks, _captioned(video))

    def comparison(self, comparison: Comparison) -> str:
        """Draw two pictures, one over the other."""
        column = comparison.width or "text"
        views = [_sized(self._file(one.file, one.source), comparison.size, column) for one in comparison.pictures]
        sides = list(zip(comparison.pictures, views, comparison.names, strict=True))
        return self._draw("compare", "compare", comparison, sides, _captioned(comparison))

    def tabs(self, tabs: elements.Tabs) -> str:
        """Draw parts of which one is seen at a time."""
        items = [(tab, Markup(tab.title), Markup(tab.html)) for tab in tabs.tabs]
        return self._draw("tabs", "tabs", tabs, items)

    def file_link(self, link: elements.FileLink) -> str:
        """Write a link to a file that goes with the article."""
        view = self._file(link.file.file, link.file.source)
        shown = link.file.file.suffix.lower() in SHOWN
        return self._draw("link", "file_link", link, view, Markup(link.html), "" if shown else link.file.file.name)

    def address(self, file: FileUse) -> str:
        """Give the address of a file, from the page."""
        return self.frame.to(self._file(file.file, file.source).url)

    def _file(self, file: Path, source: str) -> ImageView:
        return self.images.get(file) or ImageView(source)

    def unit(self, mention: UnitMention) -> str:
        """Draw the chip of a unit; its card goes to the end of the page."""
        unit = self.units.get(str(mention.unit.within(self.model)))
        if unit is not None:
            self.shown[unit.key] = unit
        return self._draw("unit", "chip", str(mention.unit.unit), unit)

    def value(self, mention: ValueMention) -> str:
        """Write a measured number."""
        view = self.figures.get(mention.label)
        view = view.of(mention.state) if view else None
        if view is None:
            return self._draw("value", "missing", mention)
        values = view.record.values
        if mention.key not in values:
            hint = nearest(mention.key, values)
            return self._unwritten(mention, f"{mention.label} has no value {mention.key!r}{hint}")
        value = values[mention.key]
        try:
            return self._draw("value", "value", mention, value, formats.asked(value, mention.format))
        except (ValueError, TypeError):
            return self._unwritten(mention, f"value: {value!r} cannot be written as {mention.format!r}")

    def _unwritten(self, mention: ValueMention, message: str) -> str:
        self.problems.append(Problem(mention.place, message))
        return self._draw("value", "missing", mention)

    def citation(self, citation: elements.Citation) -> str:
        """Write the mark of a citation."""
        return self._draw("citation", "citation", citation, self.marks)

    def footnote_mark(self, mark: elements.FootnoteMark) -> str:
        """Write the mark of a footnote."""
        return self._draw("citation", "footnote_mark", mark)

    def cross_reference(self, reference: elements.CrossReference) -> str:
        """Write a link within the article."""
        return self._draw("citation", "cross_reference", reference, Markup(reference.html))

    def foreign_reference(self, reference: elements.ForeignReference) -> str:
        """Write a link to a thing of another article."""
        title, target = self.shelf.find(reference.slug, reference.label)
        anchor = target.id if target else reference.label
        words, named = Markup(reference.html), Markup(target.html) if target else ""
        return self._draw("link", "foreign", reference, anchor, words, target, named, title)

    def callout(self, callout: elements.Callout) -> str:
        """Draw a box."""
        return self._draw("box", "callout", callout, Markup(callout.title), Markup(callout.html))

    def margin_note(self, note: elements.MarginNote) -> str:
        """Draw a remark in the margin."""
        return self._draw("box", "margin_note", note, Markup(note.html))

    def details(self, details: elements.Details) -> str:
        """Draw a part that unfolds."""
        return self._draw("box", "details", details, Markup(details.title), Markup(details.html))

    def coloured(self, language: str, text: str) -> tuple[str, str]:
        """Return the name of a language as readers know it, and code in spans."""
        return self.blocks.block(language, text)

    def code(self, code: elements.Code) -> str:
        """Draw a block of code."""
        return self._draw("box", "code", code, Markup(code.html))

    def diagram(self, diagram: elements.Diagram) -> str:
        """Draw what was written in words; the drawings stand in the page."""
        addresses = (f"data:image/svg+xml,{quote(svg, safe=IN_ADDRESSES)}" for svg in (diagram.light, diagram.dark))
        return self._draw("image", "diagram", diagram, *addresses)

    def formula(self, html: str) -> str:
        """Draw a formula; its styles become classes."""
        return mathml.classed(html, styles_of(self.env).named) if "style=" in html else html

    def equation(self, equation: elements.Equation) -> str:
        """Draw a displayed formula."""
        return self._draw("box", "equation", equation, Markup(equation.html))

    def table(self, table: elements.Table) -> str:
        """Draw a table."""
        caption = _led(f"Table {table.number}.", table.caption) if table.number else Markup(table.caption)
        return self._draw("box", "table", table, Markup(table.html), caption)

    def heading(self, heading: Heading, html: str) -> str:
        """Draw a heading with its link; what stands below the first one is below the first screen."""
        self.begun = True
        return self._draw("box", "heading", heading, Markup(html))

    def footnotes(self, notes: tuple[elements.Footnote, ...]) -> str:
        """Draw the list of footnotes."""
        return self._draw("citation", "footnotes", [(note, Markup(note.html)) for note in notes])

    def references(self, references: tuple[elements.Reference, ...]) -> str:
        """Draw the list of references, in the order that the marks ask for."""
        if not self.marks.numbered:
            references = tuple(sorted(references, key=lambda one: self.marks.order(one.entry)))
        return self._draw("citation", "references", [(one, Markup(one.entry.html)) for one in references], self.marks)


def _captioned(element: ImageUse | Video | Comparison) -> Markup:
    """Put the number before the caption of what is numbered."""
    return _led(f"Figure {element.number}.", element.caption) if element.number else Markup(element.caption)


def _sized(view: ImageView, size: str, column: str) -> ImageView:
    """Give a picture the width asked for, pixels or a share of its column; its height follows."""
    if not size:
        return view
    share = int(size.removesuffix("%")) / 100 if size.endswith("%") else 0
    width = round(share * COLUMNS_PX.get(column, COLUMNS_PX["page"])) if share else int(size)
    return replace(view, width=width, height=round(width * view.height / view.width) if view.width else 0)


def _led(mark: str, caption: str) -> Markup:
    """Put "Figure 3." before a caption, inside its first paragraph if it has any."""
    lead = f'<b class="figure-number">{mark}</b>'
    if caption.startswith("<p>"):
        return Markup(f"<p>{lead} {caption[3:]}")
    return Markup(f"<p>{lead}</p>{caption}" if not caption or _BLOCK.match(caption) else f"<p>{lead} {caption}</p>")


def drawings(view: FigureView | None, frame: Frame, alt: str | None = None) -> dict[str, Markup]:
    """Prepare a figure's SVGs for a page.

    A `<title>` would pop up over the whole chart, and the label says the same; an author's own
    alternative text goes before the figure's where there is one chart only.
    """
    drawings = {key: _TITLE.sub(r"\1", svg, count=1) for key, svg in (view.svg if view else {}).items()}
    if alt and len(drawings) == 1:
        label = str(Markup.escape(alt))
        drawings = {key: _LABEL.sub(lambda m: m[1] + label + m[2], svg, count=1) for key, svg in drawings.items()}
    return {key: Markup(drawing.placed(svg, frame.to)) for key, svg in drawings.items()}
