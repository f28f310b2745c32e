"""The Markdown twin of an article: its source, with what was measured written in, for those who read no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from builder.errors import Place
from builder.frozen import frozen
from builder.press import formats
from builder.press.views import FigureView, Frame, ImageView
from builder.read.article import Article
from builder.read.markdown import values, variables
from builder.read.markdown.cross_references import LABEL, WORDS
from builder.read.markdown.elements import Directive

NAME = "index.md"
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_COLONS = re.compile(r"\s*(:{3,})")
_SUBFIGURES = re.compile(r"\s*:{3,}\s*\{subfigures\}")
_OPTION = re.compile(r"\s*:[\w-]+:")
_ROLE = re.compile(r"\{(value|unit)\}`([^`\n]+)`")
_REFERENCE = re.compile(rf"(?<![\w@])@({LABEL})")
_ARTICLE = re.compile(r"\]\((?:\.\./)*(?:articles/)?([\w-]+)(?:/index)?\.md(#[^)\s]*)?\)")
_LINK = re.compile(r"(?<=\]\()([^)\s]+)")


@frozen
class Twin:
    """An article with what was measured for it; `files` are those that it names, as its author writes them."""

    article: Article
    frame: Frame
    figures: Mapping[str, FigureView | None]
    files: Mapping[str, ImageView]

    def written(self, text: str) -> bytes:
        """Write the article as Markdown; `text` is its source."""
        body = "\n".join(self._body(text.splitlines(), self.article.name)).strip()
        return "\n".join([*self._head(), "", body, ""]).encode()

    def _head(self) -> list[str]:
        front, frame = self.article.front, self.frame
        by = ", ".join(author.name for author in front.authors)
        day = formats.day(front.date) if front.date else ""
        said = [front.description, ". ".join(filter(None, (by, day))), frame.canonical and f"<{frame.canonical}>"]
        return [f"# {front.title}", *(line for one in said if one for line in ("", one))]

    def _body(self, lines: Sequence[str], name: Path) -> Iterator[str]:
        directives = {one.place.line: one for one in self.article.directives if one.place.path == name}
        inserted = {place.line: text for place, text in self.article.inserted.items() if place.path == name}
        index, fence = _after_head(lines), ""
        while index < len(lines):
            line = lines[index]
            directive = None if fence else directives.get(index + 1)
            if directive is not None:
                end = _end(lines, index)
                yield from self._figure(directive, self._line("\n".join(_caption(lines[index + 1 : end]))))
                index = end + 1
                continue
            if text := None if fence else inserted.get(index + 1):
                yield from self._body(text.text.splitlines(), text.name)
                index = _end(lines, index) + 1
                continue
            if not fence and ":::" in line and _SUBFIGURES.match(line):
                lines = _unwrapped(lines, index)
                continue
            mark = _FENCE.match(line) if "```" in line or "~~~" in line else None
            yield line if fence or mark else self._line(line)
            if mark:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            index += 1

    def _figure(self, directive: Directive, caption: str) -> Iterator[str]:
        """Say in words and numbers what a figure shows."""
        yield " ".join(filter(None, (self._number(directive.label), caption.strip())))
        view = self.figures.get(directive.label)
        if view is None:
            return
        yield from ("", f"> {directive.alt or view.record.alt}", *(f"> {note}" for note in view.record.notes))
        if view.states:
            others = "; ".join(f"[{look.view.state}]({self.frame.to(look.view.page)})" for look in view.states[1:])
            yield from ("", f"Readers choose among several figures; here is {view.state}. The others: {others}.")
        table = view.record.table
        if table.columns:
            yield from ("", _row(table.columns), _row(["---"] * len(table.columns)), *map(_row, table.rows))
        if table.count > len(table.rows):
            link = f"[all of them]({self.frame.to(view.assets[table.csv])})"
            yield from ("", f"The first {len(table.rows)} of {table.count} rows: {link}.")

    def _number(self, label: str) -> str:
        target = self.article.targets.get(label)
        return f"**Figure {target.number}.**" if target else ""

    def _line(self, text: str) -> str:
        """Write measured numbers, names of units, numbers of figures and addresses of the site into the text."""
        if "{" in text:
            text = variables.written(text, self.article.variables)
            text = _ROLE.sub(lambda match: self._value(match[2]) if match[1] == "value" else f"`{match[2]}`", text)
        if "@" in text:
            text = _REFERENCE.sub(self._reference, text)
        if "](" not in text:
            return text
        text = _ARTICLE.sub(lambda match: f"]({self.frame.root}{match[1]}/{NAME}{match[2] or ''})", text)
        return _LINK.sub(self._address, text)

    def _value(self, content: str) -> str:
        """Write a value as its page does; one that is not known stays as the author wrote it."""
        if mention := values.read(content.strip(), Place(self.article.name)):
            view = self.figures.get(mention.label)
            view = view.of(mention.state) if view else None
            if view is not None and mention.key in view.record.values:
                return formats.asked(view.record.values[mention.key], mention.format)
        return f"{{value}}`{content}`"

    def _reference(self, match: re.Match[str]) -> str:
        target = self.article.targets.get(match[1])
        return f"{WORDS[target.kind]} {target.number}" if target and target.kind in WORDS else match[0]

    def _address(self, match: re.Match[str]) -> str:
        return self.frame.to(self.files[match[1]].url) if match[1] in self.files else match[1]


def _after_head(lines: Sequence[str]) -> int:
    """Say with which line the text begins, behind the front matter."""
    if not lines or lines[0].strip() != "---":
        return 0
    return next((n + 1 for n, line in enumerate(lines) if n and line.strip() in ("---", "...")), 0)


def _end(lines: Sequence[str], start: int) -> int:
    """Find the line that closes a directive; the last of the text where none does."""
    opening = _COLONS.match(lines[start])
    colons = opening[1] if opening else ":::"
    ends = (n for n in range(start + 1, len(lines)) if lines[n].strip().strip(":") == "" and colons in lines[n])
    return next(ends, len(lines) - 1)


def _unwrapped(lines: Sequence[str], start: int) -> list[str]:
    """Leave of a directive around figures what stands in it; the others keep their lines."""
    end = _end(lines, start)
    options = len(lines[start + 1 : end]) - len(_caption(lines[start + 1 : end]))
    blank = {end, *range(start, start + 1 + options)}
    return ["" if number in blank else line for number, line in enumerate(lines)]


def _caption(lines: Sequence[str]) -> Sequence[str]:
    """Give the lines of a directive behind its options."""
    if lines and lines[0].strip() == "---":
        return lines[next((n + 1 for n, line in enumerate(lines) if n and line.strip() == "---"), 0) :]
    return lines[next((n for n, line in enumerate(lines) if not _OPTION.match(line)), len(lines)) :]


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join('' if cell is None else str(cell).replace('|', '/') for cell in cells)} |"
