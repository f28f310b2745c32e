"""One walk over an article in the order of reading: numbers, labels, ids, and what they point to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from markdown_it.token import Token

from builder.read.markdown import (
    attributes,
    citations,
    code,
    comparisons,
    cross_references,
    footnotes,
    headings,
    images,
    latex,
    links,
    maths,
    mermaid,
    raw_html,
    subfigures,
    tables,
    tabs,
    videos,
)
from builder.read.markdown import values as value_rule
from builder.read.markdown.cross_references import Target, numbered
from builder.read.markdown.directives import COMMON, PICTURES, SUBFIGURES, Block, closing
from builder.read.markdown.drawing import bare_html
from builder.read.markdown.elements import STATEMENTS, Comparison, Directive, Heading, ImageUse, Video
from builder.read.markdown.footnotes import Note
from builder.read.markdown.outline import PAGE_IDS, Outline
from builder.read.markdown.parts import Citation, Cited
from builder.read.markdown.source import Source

HTML_ID = re.compile(r"""\bid\s*=\s*["']?([^\s"'>]+)""")


def outline(tokens: list[Token], bodies: dict[int, list[Token]], source: Source) -> Outline:
    """Walk over the tokens, then resolve what points elsewhere."""
    found = Outline(source, bodies)
    found.reserved = PAGE_IDS | {label for token in tokens if (label := _chosen(token))}
    _walk(tokens, found)
    _resolve(found)
    return found


def prefixed(prefix: str, name: str) -> str:
    """Give a label its prefix, once."""
    return name if name.startswith(prefix) else prefix + name


def _chosen(token: Token) -> str | None:
    """Give the label that the author chose for a thing, as it will be claimed."""
    if token.type == "heading_open":
        return str(token.attrs["id"]) if "id" in token.attrs else None
    if token.type != "directive_open":
        return None
    block: Block = token.meta["block"]
    name, prefix = block.options.get("name"), STATEMENTS.get(block.name, ("",))[0]
    return name and prefixed("fig-" if block.is_figure or block.name in (*PICTURES, SUBFIGURES) else prefix, name)


def _walk(tokens: list[Token], found: Outline) -> None:
    for index, token in enumerate(tokens):
        if "id" in token.attrs and token.type != "heading_open":
            found.ids.add(str(token.attrs["id"]))
        if gather := GATHER.get(token.type):
            gather(tokens, index, found)


def _line(token: Token, found: Outline) -> int:
    return found.source.before + token.map[0] + 1 if token.map else found.source.line


def _inline(tokens: list[Token], index: int, found: Outline) -> None:
    token = tokens[index]
    found.words += len(token.content.split())
    found.source.line = token.meta.get("line", found.source.line)
    attributes.check(token.children or [], found.source, found.source.line)
    links.check(token.children or [], found.source, found.source.line)
    _walk(token.children or [], found)


def _html(tokens: list[Token], index: int, found: Outline) -> None:
    token = tokens[index]
    found.ids.update(HTML_ID.findall(token.content))
    found.files += raw_html.read(token, found.source, token.meta.get("line", _line(token, found)))


def _directive(tokens: list[Token], index: int, found: Outline) -> None:
    token, block = tokens[index], tokens[index].meta["block"]
    inside = tokens[index + 1 : closing(tokens, index)]
    if block.is_figure:
        _figure(token, block, inside, found)
    elif block.name in PICTURES:
        _pictures(token, block, inside, found)
    elif block.name == SUBFIGURES:
        _subfigures(token, block, inside, found)
    elif block.name == "tabs":
        _tabs(token, block, inside, found)
    elif block.name == "tab":
        tabs.check_part(block, token.meta.get("above"), found.source)
        token.meta["id"] = found.default(block.options.get("name") or f"tab-{found.count('tab')}", block.line)
    elif block.name in STATEMENTS:
        _statement(token, block, found)
    elif block.options.get("name"):
        found.ids.add(found.claim(block.options["name"], block.lines["name"]))


def _statement(token: Token, block: Block, found: Outline) -> None:
    prefix, _ = STATEMENTS[block.name]
    number, name = found.count(block.name), block.options.get("name")
    chosen = name and found.claim(prefixed(prefix, name), block.lines["name"])
    label = chosen or found.default(f"{prefix}{number}", block.line)
    found.targets[label] = numbered(block.name, label, number)
    token.meta.update(number=number, label=label)


def _label(block: Block, fallback: str, found: Outline) -> str:
    if name := block.options.get("name"):
        return found.claim(prefixed("fig-", name), block.lines["name"])
    return found.default(prefixed("fig-", fallback), block.line)


def _numbered(token: Token, block: Block, fallback: str, found: Outline) -> tuple[str, int | str]:
    """Give a figure its label and number; one of several has a letter behind theirs, and goes by that too."""
    if "whole" not in token.meta:
        label, number = _label(block, fallback, found), found.count("figure")
        found.targets[label] = numbered("figure", label, number)
        return label, number
    whole, letter = token.meta["whole"], token.meta["letter"]
    label, lettered = _label(block, f"{whole.id}-{letter}", found), f"{whole.number}{letter}"
    for name in (label, f"{whole.id}-{letter}"):
        found.targets.setdefault(name, numbered("figure", label, lettered))
    return label, lettered


def _subfigures(token: Token, block: Block, inside: list[Token], found: Outline) -> None:
    subfigures.check(block, inside, found.source)
    label, number = _label(block, "several", found), found.count("figure")
    found.targets[label] = numbered("figure", label, number)
    token.meta.update(number=number, label=label)
    subfigures.mark(inside, found.targets[label])


def _figure(token: Token, block: Block, inside: list[Token], found: Outline) -> None:
    label, number = _numbered(token, block, block.name, found)
    directive = Directive(
        figure=block.name,
        options={key: value for key, value in block.options.items() if key not in COMMON},
        option_lines={option: found.source.place(line).line for option, line in block.lines.items()},
        place=found.source.place(block.line),
        label=label,
        width=block.width,
        alt=block.options.get("alt"),
        classes=(*attributes.classes(token.attrs), *block.classes),
        caption=tuple(inside),
        folder=found.source.stretch(block.line).folder,
        letter=token.meta.get("letter", ""),
    )
    found.directives.append(directive)
    token.meta.update(element=directive, number=number)


def _pictures(token: Token, block: Block, inside: list[Token], found: Outline) -> None:
    """Read a picture, film or comparison; it counts as a figure where it has a caption or a name."""
    label = number = None
    if inside or block.options.get("name") or "whole" in token.meta:
        stem = block.argument.partition(" ")[0].rpartition("/")[2].partition(".")[0]
        label, given = _numbered(token, block, headings.slug(stem), found)
        number = given if isinstance(given, int) else None
    element = READ[block.name](block, found.source, number, label)
    element = token.meta["element"] = replace(element, classes=(*attributes.classes(token.attrs), *element.classes))
    found.images += element.pictures
    found.files += element.files


def _tabs(token: Token, block: Block, inside: list[Token], found: Outline) -> None:
    tabs.check(block, inside, found.source)
    number = found.count("tabs")
    name = block.options.get("name")
    token.meta["id"] = found.claim(name, block.lines["name"]) if name else found.default(f"tabs-{number}", block.line)
    found.ids.add(token.meta["id"])
    for part, _ in tabs.parts(inside):
        part.meta["above"] = block


def _image(tokens: list[Token], index: int, found: Outline) -> None:
    tokens[index].meta["element"] = images.inline(tokens[index], found.source)
    found.images.append(tokens[index].meta["element"])


def _heading(tokens: list[Token], index: int, found: Outline) -> None:
    token, children = tokens[index], tokens[index + 1].children or []
    line, level = _line(token, found), int(token.tag[1:])
    title = headings.plain(children)
    headings.check_order(level, found.headings[-1].level if found.headings else 1, title, found.source, line)
    chosen = token.attrs.pop("id", None)
    label = found.claim(str(chosen), line) if chosen else found.default(headings.slug(title), line)
    html, place = bare_html(headings.bare(children)), found.source.place(line)
    heading = Heading(level, label, headings.spoken(children), html, place, attributes.classes(token.attrs))
    found.headings.append(heading)
    found.targets[label] = Target("section", label, "", heading.html, tuple(children))
    token.meta["element"] = heading


def _table(tokens: list[Token], index: int, found: Outline) -> None:
    token = tokens[index]
    tables.check(token, found.source, _line(token, found))
    caption, _ = tables.parted(tokens[index + 1 : index + 5])
    name = token.attrs.pop("id", None)
    if not caption and not name:
        return
    line, number = _line(token, found), found.count("table")
    label = found.claim(prefixed("tbl-", str(name)), line) if name else found.default(f"tbl-{number}", line)
    found.targets[label] = numbered("table", label, number)
    token.meta.update(number=number, label=label)


def _equation(tokens: list[Token], index: int, found: Outline) -> None:
    token = tokens[index]
    found.maths = True
    _check_formula(token, True, _line(token, found), found.source)
    written = [*token.meta.get("names", ()), token.info, *latex.labels(token.content)]
    names = dict.fromkeys(prefixed("eq-", latex.dashed(name)) for name in written if name)
    labels = [found.claim(name, _line(token, found)) for name in names]
    if labels:
        number = found.count("equation")
        found.targets |= dict.fromkeys(labels, numbered("equation", labels[0], number))
        token.meta.update(number=number, label=labels[0])


def _formula(tokens: list[Token], index: int, found: Outline) -> None:
    token = tokens[index]
    if label := maths.reference(token.content):
        token.type, token.content, token.meta["bare"] = "cross_reference", latex.dashed(label), True
        found.references.append(token)
        return
    found.maths = True
    _check_formula(token, token.type == "math_inline_double", token.meta.get("line", found.source.line), found.source)


def _check_formula(token: Token, display: bool, line: int, source: Source) -> None:
    for offset, message in maths.formula(token.content, display, token.meta.get("definitions", "")).mistakes:
        source.problem(line + offset, message)


def _code(tokens: list[Token], index: int, found: Outline) -> None:
    line = _line(tokens[index], found)
    if not mermaid.prepare(tokens[index], found.source, line):
        code.prepare(tokens[index], found.source, line)


def _unit(tokens: list[Token], index: int, found: Outline) -> None:
    found.units.append(tokens[index].meta["element"])


def _value(tokens: list[Token], index: int, found: Outline) -> None:
    found.values.append(tokens[index].meta["element"])


def _citation(tokens: list[Token], index: int, found: Outline) -> None:
    token = tokens[index]
    cited = []
    for item in citations.known(token.meta["items"], found.source, token.meta["line"]):
        found.works.setdefault(item.key, found.source.works[item.key])
        number = list(found.works).index(item.key) + 1
        cited.append(Cited(found.works[item.key], number, item.prefix, item.locator, item.unnamed))
    if cited:
        place = found.source.place(token.meta["line"])
        token.meta["element"] = Citation(tuple(cited), token.meta["narrative"], f"cite-{found.count('cite')}", place)
        found.citations.append(token.meta["element"])


def _footnote(tokens: list[Token], index: int, found: Outline) -> None:
    """Number a note at its first mark and read it there, as a reader does."""
    token = tokens[index]
    found.used.add(token.meta.get("label", ""))
    if not footnotes.check(token, found.source):
        return
    key, note = token.meta["id"], found.notes.get(token.meta["id"])
    first = note is None
    if note is None:
        note = found.notes[key] = Note(len(found.notes) + 1, found.bodies.get(key, []))
    count = len(note.marks) + 1
    note.marks.append(f"fnref-{note.number}" if count == 1 else f"fnref-{note.number}-{count}")
    token.meta.update(note=note, mark=note.marks[-1])
    if first:
        _walk(note.tokens, found)


def _cross_reference(tokens: list[Token], index: int, found: Outline) -> None:
    if foreign := tokens[index].meta.get("foreign"):
        found.foreign.append(foreign)
    else:
        found.references.append(tokens[index])


def _link(tokens: list[Token], index: int, found: Outline) -> None:
    links.resolve(tokens[index], found.source)
    if foreign := tokens[index].meta.get("foreign"):
        found.foreign.append(replace(foreign, is_bare=tokens[index + 1].type == "link_close"))
    if file := links.file(tokens[index], found.source):
        found.files.append(file)
    found.links.append(tokens[index])


def _resolve(found: Outline) -> None:
    for token in found.references:
        cross_references.resolve(token, found.targets, found.source)
    for link in found.links:
        cross_references.resolve_link(link, found.targets, found.ids, found.source)
    value_rule.check(found.values, [directive.label for directive in found.directives], found.source)
    footnotes.check_used(found.used, found.source)


READ: dict[str, Callable[[Block, Source, int | None, str | None], ImageUse | Video | Comparison]] = {
    "image": images.block,
    "video": videos.block,
    "compare": comparisons.block,
}
GATHER: dict[str, Callable[[list[Token], int, Outline], None]] = {
    "inline": _inline,
    "html_block": _html,
    "html_inline": _html,
    "directive_open": _directive,
    "heading_open": _heading,
    "table_open": _table,
    "math_block": _equation,
    "math_block_label": _equation,
    "math_inline": _formula,
    "math_inline_double": _formula,
    "fence": _code,
    "unit": _unit,
    "value": _value,
    "citation": _citation,
    "footnote_ref": _footnote,
    "cross_reference": _cross_reference,
    "link_open": _link,
    "image": _image,
}
