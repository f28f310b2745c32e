"""The elements of a page, drawn with the macros of `templates/parts`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import Markup

from builder.errors import Problem, nearest
from builder.markdown import parts as elements
from builder.markdown.elements import Directive, Heading, ImageUse, UnitMention, ValueMention
from builder.views import FigureView, Frame, ImageView, UnitView

_TITLE = re.compile(r"(<svg\b[^>]*>)\s*<title>.*?</title>", re.DOTALL)
_LABEL = re.compile(r'(<svg\b[^>]*? aria-label=")[^"]*(")')


@dataclass
class PageParts:
    """Draws what `builder.markdown.parts.Parts` asks for.

    `figures` are the measured figures by label, `units` every unit by its key
    ("glyphs/mixed3b:17"), `images` the published picture files. What cannot be drawn gets an
    honest placeholder and, where the author can mend it, an entry in `problems`.
    """

    env: jinja2.Environment
    frame: Frame
    figures: Mapping[str, FigureView | None] = field(default_factory=dict)
    units: Mapping[str, UnitView] = field(default_factory=dict)
    images: Mapping[Path, ImageView] = field(default_factory=dict)
    model: str = ""
    problems: list[Problem] = field(default_factory=list)
    shown: dict[str, UnitView] = field(default_factory=dict)
    modules: dict[str, object] = field(default_factory=dict, repr=False)

    def _draw(self, file: str, macro: str, *arguments: object, **options: object) -> str:
        if file not in self.modules:
            context = {"frame": self.frame, "units": self.units}
            self.modules[file] = self.env.get_template(f"parts/{file}.html").make_module(context)
        return str(getattr(self.modules[file], macro)(*arguments, **options)).strip()

    def figure(self, directive: Directive, number: int, caption: str) -> str:
        """Draw a figure, or say that it is not there."""
        view = self.figures.get(directive.label)
        return self._draw("figure", "figure", directive, number, _led(f"Figure {number}.", caption), view,
                          svg=drawings(view, directive.alt))  # fmt: skip

    def hero(self, label: str) -> str:
        """Draw the picture of a title block from a figure, by its label with or without "fig-"."""
        view = self.figures.get(label) or self.figures.get(f"fig-{label}")
        return self._draw("figure", "hero", view, svg=drawings(view)) if view else ""

    def cards(self) -> str:
        """Draw the hover cards of every unit mentioned so far."""
        return "".join(self._draw("unit", "card", unit) for unit in self.shown.values())

    def image(self, image: ImageUse) -> str:
        """Draw a picture file."""
        view = self.images.get(image.file) or ImageView(image.source)
        caption = _led(f"Figure {image.number}.", image.caption) if image.number else Markup(image.caption)
        return self._draw("image", "image", image, view, caption)

    def unit(self, mention: UnitMention) -> str:
        """Draw the chip of a unit; its card goes to the end of the page."""
        key = f"{mention.model or self.model}/{mention.name}"
        unit = self.units.get(key)
        if unit is not None:
            self.shown[key] = unit
        return self._draw("unit", "chip", mention.name, unit)

    def value(self, mention: ValueMention) -> str:
        """Write a measured number."""
        view = self.figures.get(mention.label)
        if view is None:
            return self._draw("value", "missing", mention)
        values = view.record["values"]
        if mention.key not in values:
            hint = nearest(mention.key, values)
            return self._unwritten(mention, f"{mention.label} has no value {mention.key!r}{hint}")
        value = values[mention.key]
        try:
            return self._draw("value", "value", mention, value, _formatted(value, mention.format))
        except (ValueError, TypeError):
            return self._unwritten(mention, f"value: {value!r} cannot be written as {mention.format!r}")

    def _unwritten(self, mention: ValueMention, message: str) -> str:
        self.problems.append(Problem(mention.place, message))
        return self._draw("value", "missing", mention)

    def citation(self, citation: elements.Citation) -> str:
        """Write the mark of a citation."""
        return self._draw("citation", "citation", citation)

    def footnote_mark(self, mark: elements.FootnoteMark) -> str:
        """Write the mark of a footnote."""
        return self._draw("citation", "footnote_mark", mark)

    def cross_reference(self, reference: elements.CrossReference) -> str:
        """Write a link within the article."""
        return self._draw("citation", "cross_reference", reference, Markup(reference.html))

    def callout(self, callout: elements.Callout) -> str:
        """Draw a box."""
        return self._draw("box", "callout", callout, Markup(callout.title), Markup(callout.html))

    def margin_note(self, note: elements.MarginNote) -> str:
        """Draw a remark in the margin."""
        return self._draw("box", "margin_note", note, Markup(note.html))

    def details(self, details: elements.Details) -> str:
        """Draw a part that unfolds."""
        return self._draw("box", "details", details, Markup(details.title), Markup(details.html))

    def code(self, code: elements.Code) -> str:
        """Draw a block of code."""
        return self._draw("box", "code", code, Markup(code.html))

    def equation(self, equation: elements.Equation) -> str:
        """Draw a displayed formula."""
        return self._draw("box", "equation", equation, Markup(equation.html))

    def table(self, table: elements.Table) -> str:
        """Draw a table."""
        caption = _led(f"Table {table.number}.", table.caption) if table.number else Markup(table.caption)
        return self._draw("box", "table", table, Markup(table.html), caption)

    def heading(self, heading: Heading, html: str) -> str:
        """Draw a heading with its link."""
        return self._draw("box", "heading", heading, Markup(html))

    def footnotes(self, notes: tuple[elements.Footnote, ...]) -> str:
        """Draw the list of footnotes."""
        return self._draw("citation", "footnotes", [(note, Markup(note.html)) for note in notes])

    def references(self, references: tuple[elements.Reference, ...]) -> str:
        """Draw the list of references."""
        return self._draw("citation", "references", [(one, Markup(one.entry.html)) for one in references])


def _led(mark: str, caption: str) -> Markup:
    """Put "Figure 3." before a caption, inside its first paragraph if it has any."""
    lead = f'<b class="figure-number">{mark}</b>'
    if caption.startswith("<p>"):
        return Markup(f"<p>{lead} {caption[3:]}")
    return Markup(f"<p>{lead} {caption}</p>" if caption and not caption.startswith("<") else f"<p>{lead}</p>{caption}")


def _formatted(value: object, pattern: str) -> str:
    """Write a value as asked; a float without a wish gets three significant digits."""
    text = format(value, pattern or (".3g" if isinstance(value, float) else ""))
    return text if isinstance(value, str) else text.replace("-", "−")


def drawings(view: FigureView | None, alt: str | None = None) -> dict[str, Markup]:
    """Prepare a figure's SVGs for the page.

    A `<title>` would pop up over the whole chart, and the label says the same; an author's own
    alternative text goes before the figure's where there is one chart only.
    """
    drawings = {key: _TITLE.sub(r"\1", svg, count=1) for key, svg in (view.svg if view else {}).items()}
    if alt and len(drawings) == 1:
        label = str(Markup.escape(alt))
        drawings = {key: _LABEL.sub(lambda m: m[1] + label + m[2], svg, count=1) for key, svg in drawings.items()}
    return {key: Markup(svg) for key, svg in drawings.items()}
