"""An article's tokens to HTML, with the parts that a page supplies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape

from markdown_it.common.utils import escapeHtml
from markdown_it.presets import zero
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from builder.read.markdown import (
    callouts,
    code,
    cross_references,
    headings,
    mathml,
    maths,
    raw_html,
    statements,
    subfigures,
    tables,
)
from builder.read.markdown import tabs as tab_rule
from builder.read.markdown.attributes import classes, width
from builder.read.markdown.cross_references import Target
from builder.read.markdown.directives import PICTURES, SUBFIGURES, closing
from builder.read.markdown.elements import STATEMENTS, Comparison, Directive, Heading, ImageUse, Video
from builder.read.markdown.footnotes import Note
from builder.read.markdown.parts import (
    Callout,
    Code,
    CrossReference,
    Details,
    Equation,
    FileLink,
    Footnote,
    FootnoteMark,
    ForeignReference,
    MarginNote,
    Parts,
    Subfigure,
    Subfigures,
    Tab,
    Table,
    Tabs,
)

PLAIN = RendererHTML()
OPTIONS = OptionsDict(zero.make()["options"])


class Drawing:
    """Draws tokens; `card` is the id of the footnote mark whose card is being drawn, or "".

    A note is drawn in the list and in the card of each mark; ids in a card carry the mark's
    id behind them, so that none occurs twice. `headings` holds those drawn so far, by id, with
    the numbers measured for them.
    """

    def __init__(self, parts: Parts | None, card: str = "") -> None:
        self._parts = parts
        self.card = card
        self.headings: dict[str, Heading] = {}

    @property
    def parts(self) -> Parts:
        """Give the parts of the page; what is drawn without any holds nothing but words and formulas."""
        assert self._parts is not None
        return self._parts

    def formula(self, html: str) -> str:
        """Draw a formula in a line, also where there are no parts."""
        return self._parts.formula(html) if self._parts else mathml.unstyled(html)

    def html(self, tokens: Sequence[Token]) -> str:
        """Draw tokens one after the other."""
        out, index, tokens = [], 0, list(tokens)
        while index < len(tokens):
            token = tokens[index]
            if token.type == "text":
                out.append(escapeHtml(token.content))
                index += 1
                continue
            draw = DRAW.get(token.type)
            end = closing(tokens, index) if draw and token.nesting == 1 else index
            out.append(draw(self, token, tokens[index + 1 : end]) if draw else _plain(tokens, index))
            index = end + 1
        return "".join(out)

    def phrase(self, tokens: list[Token]) -> str:
        """Draw a caption: its first paragraph without `<p>`, so that a number can lead it."""
        if tokens and tokens[0].type == "paragraph_open":
            end = closing(tokens, 0)
            tokens = [*tokens[1:end], *tokens[end + 1 :]]
        return self.html(tokens).strip()

    def title(self, target: Target) -> str:
        """Say what a bare link to a target says; a heading's numbers are known only now."""
        if any(token.type == "value" for token in target.title):
            return self.html(headings.bare(target.title, measured=True)).strip()
        return target.html

    def id(self, name: str) -> str:
        """Make an id that is unique also in cards."""
        return f"{name}-{self.card}" if self.card else name


def _plain(tokens: list[Token], index: int) -> str:
    rule = PLAIN.rules.get(tokens[index].type)
    return rule(tokens, index, OPTIONS, {}) if rule else PLAIN.renderToken(tokens, index, OPTIONS, {})


def bare_html(children: list[Token]) -> str:
    """Draw a line that needs no parts, for lists of contents."""
    return Drawing(None).html(children).strip()


def _inline(page: Drawing, token: Token, inside: list[Token]) -> str:
    return page.html(token.children or [])


def _directive(page: Drawing, token: Token, inside: list[Token]) -> str:
    block = token.meta["block"]
    if block.is_figure or block.name in PICTURES:
        return _figure(page, token, page.phrase(inside)) + "\n"
    if block.name == SUBFIGURES:
        return _subfigures(page, token, inside)
    if block.name == "tabs":
        return _tabs(page, token, inside)
    title, body = _titled(page, inside)
    if block.name == "tab":
        return page.html(body)  # it stands alone, and that is a problem already
    html = page.html(body)
    stated = block.name in STATEMENTS
    box = statements.element(block, token, title, html) if stated else callouts.element(block, title, html)
    return _box(page, replace(box, classes=(*classes(token.attrs), *box.classes))) + "\n"


def _box(page: Drawing, box: Callout | Details | MarginNote) -> str:
    if isinstance(box, MarginNote):
        return page.parts.margin_note(box)
    return page.parts.details(box) if isinstance(box, Details) else page.parts.callout(box)


def _figure(page: Drawing, token: Token, caption: str) -> str:
    element: Directive | ImageUse | Video | Comparison = token.meta["element"]
    if isinstance(element, Directive):
        return page.parts.figure(element, token.meta["number"], caption)
    return _picture(page, replace(element, caption="" if "letter" in token.meta else caption))


def _picture(page: Drawing, picture: ImageUse | Video | Comparison) -> str:
    if isinstance(picture, ImageUse):
        return page.parts.image(picture)
    return page.parts.video(picture) if isinstance(picture, Video) else page.parts.comparison(picture)


def _subfigures(page: Drawing, token: Token, inside: list[Token]) -> str:
    block, drawn = token.meta["block"], []
    for opening, tokens in subfigures.parts(inside):
        caption = page.phrase(tokens)
        drawn.append(Subfigure(opening.meta["letter"], _figure(page, opening, caption), caption))
    several = Subfigures(
        label=token.meta["label"],
        number=token.meta["number"],
        figures=tuple(drawn),
        caption=page.phrase(subfigures.caption(inside)),
        columns=subfigures.columns(block, len(drawn)),
        width=block.width,
        classes=(*classes(token.attrs), *block.classes),
    )
    return page.parts.subfigures(several) + "\n"


def _tabs(page: Drawing, token: Token, inside: list[Token]) -> str:
    block, drawn = token.meta["block"], []
    for opening, tokens in tab_rule.parts(inside):
        title, body = _titled(page, tokens)
        part = opening.meta["block"]
        names = (*classes(opening.attrs), *part.classes)
        drawn.append(Tab(page.id(opening.meta["id"]), title, page.html(body), part.options.get("sync", ""), names))
    names = (*classes(token.attrs), *block.classes)
    return page.parts.tabs(Tabs(page.id(token.meta["id"]), tuple(drawn), block.width, names)) + "\n"


def _titled(page: Drawing, inside: list[Token]) -> tuple[str, list[Token]]:
    if inside and inside[0].type == "title_open":
        return page.html(inside[1:2]), inside[3:]
    return "", inside


def _heading(page: Drawing, token: Token, inside: list[Token]) -> str:
    heading: Heading = token.meta["element"]
    children = inside[0].children or [] if inside else []
    if any(child.type == "value" for child in children):
        html = page.html(headings.bare(children, measured=True)).strip()
        heading = replace(heading, html=html, text=headings.words(html))
    page.headings[heading.id] = heading
    return page.parts.heading(heading, page.html(inside)) + "\n"


def _table(page: Drawing, token: Token, inside: list[Token]) -> str:
    caption, rows = tables.parted(inside)
    attributes = {key: value for key, value in token.attrs.items() if key not in ("width", "class")}
    head = Token("table_open", "table", 1, attrs=attributes, block=True)
    return (
        page.parts.table(
            Table(
                html=_plain([head], 0) + page.html(rows) + "</table>",
                caption=page.html(caption).strip(),
                number=token.meta.get("number"),
                label=token.meta.get("label"),
                width=width(token.attrs),
                classes=classes(token.attrs),
            )
        )
        + "\n"
    )


def _code(page: Drawing, token: Token, inside: list[Token]) -> str:
    diagram = token.meta.get("diagram")
    html = page.parts.diagram(diagram) if diagram else page.parts.code(code.element(token, page.parts.coloured))
    return html + "\n"


def _indented(page: Drawing, token: Token, inside: list[Token]) -> str:
    return page.parts.code(Code("", "", escape(token.content, quote=False), token.content)) + "\n"


def _mathml(token: Token, display: bool) -> str:
    return maths.formula(token.content, display, token.meta.get("definitions", "")).html


def _equation(page: Drawing, token: Token, inside: list[Token]) -> str:
    html = page.parts.formula(_mathml(token, True))
    return page.parts.equation(Equation(html, token.meta.get("number"), token.meta.get("label"))) + "\n"


def _formula(page: Drawing, token: Token, inside: list[Token]) -> str:
    return page.formula(_mathml(token, token.type == "math_inline_double"))


def _unit(page: Drawing, token: Token, inside: list[Token]) -> str:
    return page.parts.unit(token.meta["element"])


def _value(page: Drawing, token: Token, inside: list[Token]) -> str:
    return page.parts.value(token.meta["element"])


def _image(page: Drawing, token: Token, inside: list[Token]) -> str:
    return page.parts.image(token.meta["element"])


def _citation(page: Drawing, token: Token, inside: list[Token]) -> str:
    citation = token.meta.get("element")
    if citation is None:
        return cross_references.unresolved(f"@{token.content}")
    return page.parts.citation(replace(citation, id=page.id(citation.id)))


def _footnote(page: Drawing, token: Token, inside: list[Token]) -> str:
    note: Note | None = token.meta.get("note")
    if note is None:
        return cross_references.unresolved(f"[^{token.meta['label']}]")
    mark = page.id(token.meta["mark"])
    # A card holds no cards of its own: notes may point to each other in a circle.
    html = "" if page.card else Drawing(page.parts, mark).html(note.tokens).strip()
    return page.parts.footnote_mark(FootnoteMark(note.number, mark, f"fn-{note.number}", html))


def _cross_reference(page: Drawing, token: Token, inside: list[Token]) -> str:
    target, foreign = token.meta.get("target"), token.meta.get("foreign")
    if foreign:
        return page.parts.foreign_reference(ForeignReference(foreign.slug, foreign.label, "", foreign.place))
    if target is None:
        return cross_references.unresolved(f"@{token.content}")
    form = token.meta.get("form") if target.number else ""
    html = form.format(target.number) if form else page.title(target)
    return page.parts.cross_reference(CrossReference(target.kind, target.id, target.number, html))


def _raw(page: Drawing, token: Token, inside: list[Token]) -> str:
    uses = token.meta.get("files", {})
    return raw_html.placed(token.content, {written: page.parts.address(use) for written, use in uses.items()})


def _link(page: Drawing, token: Token, inside: list[Token]) -> str:
    target, foreign, file = (token.meta.get(name) for name in ("target", "foreign", "file"))
    html = page.html(inside)
    if target:
        text = html or page.title(target)
        return page.parts.cross_reference(CrossReference(target.kind, target.id, target.number, text))
    if foreign:
        return page.parts.foreign_reference(ForeignReference(foreign.slug, foreign.label, html, foreign.place))
    if file:
        return page.parts.file_link(FileLink(file, html, str(token.attrs.get("title", "")), classes(token.attrs)))
    return f"{_plain([token], 0)}{html}</a>"


def footnotes(page: Drawing, notes: dict[int, Note]) -> tuple[Footnote, ...]:
    """Draw the bodies of all notes, by number."""
    ordered = sorted(notes.values(), key=lambda note: note.number)
    return tuple(
        Footnote(note.number, f"fn-{note.number}", page.html(note.tokens).strip(), tuple(note.marks))
        for note in ordered
    )


DRAW: dict[str, Callable[[Drawing, Token, list[Token]], str]] = {
    "inline": _inline,
    "directive_open": _directive,
    "heading_open": _heading,
    "table_open": _table,
    "fence": _code,
    "code_block": _indented,
    "math_block": _equation,
    "math_block_label": _equation,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "unit": _unit,
    "value": _value,
    "image": _image,
    "citation": _citation,
    "footnote_ref": _footnote,
    "cross_reference": _cross_reference,
    "link_open": _link,
    "html_block": _raw,
    "html_inline": _raw,
}
