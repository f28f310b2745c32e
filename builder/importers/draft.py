"""The text of an article on its way into the dialect of this site: each character knows its line of the source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:.(?!\n[ \t]*\n))+?(?<!`)\1(?!`)", re.DOTALL)
MATTER = re.compile(r"\S")


@dataclass(frozen=True, order=True)
class Remark:
    """What an author should know of one line; `text` is what was there and could not be kept."""

    line: int
    message: str
    text: str = ""


@dataclass(frozen=True, order=True)
class Edit:
    """A stretch of the text and what shall stand there."""

    start: int
    end: int
    text: str


@dataclass
class Draft:
    """A text that steps change one after the other; `lines` has the line of the source of each character."""

    text: str
    lines: list[int]
    remarks: list[Remark] = field(default_factory=list)
    _code: tuple[str, list[tuple[int, int]]] = ("", [])

    @classmethod
    def of(cls, text: str, first: int = 1) -> Draft:
        """Begin with a text whose first line is that of the file."""
        lines = [number for number, line in enumerate(text.split("\n"), first) for _ in range(len(line) + 1)]
        return cls(text, lines)

    def note(self, position: int, message: str, text: str = "") -> None:
        """Tell the author of something at a position."""
        self.remarks.append(Remark(self.line(position), message, text.strip("\n")))

    def line(self, position: int) -> int:
        """Give the line of the source at a position."""
        return self.lines[min(position, len(self.lines) - 1)]

    def is_code(self, position: int) -> bool:
        """Tell whether a position lies in code, which no step may change."""
        if self._code[0] != self.text:
            self._code = (self.text, [*_blocks(self.text), *_spans(self.text)])
        return any(start <= position < end for start, end in self._code[1])

    def edit(self, edits: Iterable[Edit]) -> None:
        """Change stretches that do not overlap; one that lies in another that was changed is passed over."""
        pieces: list[str] = []
        lines: list[int] = []
        at = 0
        for edit in sorted(edits):
            if edit.start < at:
                continue
            pieces += (self.text[at : edit.start], edit.text)
            lines += self.lines[at : edit.start]
            lines += [self.line(edit.start)] * len(edit.text)
            at = edit.end
        self.text, self.lines = "".join((*pieces, self.text[at:])), lines + self.lines[at:]

    def sub(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str | None]) -> None:
        """Replace what matches outside code; None leaves a match as it is."""
        found = [match for match in pattern.finditer(self.text) if not self.is_code(match.start())]
        texts = [(match, new(match)) for match in found]
        self.edit(Edit(match.start(), match.end(), text) for match, text in texts if text is not None)

    def block(self, start: int, end: int, text: str) -> Edit:
        """Set a block instead of a stretch: on lines of its own, as far in as the stretch begins."""
        first = self.text.rfind("\n", 0, start) + 1
        alone = not MATTER.search(self.text, first, start)
        indent = self.text[first:start] if alone else ""
        lines = [f"{indent}{line}" if line else "" for line in text.split("\n")]
        before = "" if alone and _is_blank_above(self.text, first) else f"\n\n{indent}"
        tail, _, rest = self.text[end:].partition("\n")
        gap = "\n\n" if tail.strip() else "\n" if rest.partition("\n")[0].strip() else ""
        return Edit(start, end, before + "\n".join(lines).removeprefix(indent) + gap)


def _is_blank_above(text: str, first: int) -> bool:
    return first == 0 or not text[text.rfind("\n", 0, first - 1) + 1 : first].strip()


def _blocks(text: str) -> list[tuple[int, int]]:
    """List where blocks of code begin and end."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    tokens = MarkdownIt("commonmark").parse(text)
    maps = [token.map for token in tokens if token.type in ("fence", "code_block") and token.map]
    return [(starts[first], starts[min(last, len(starts) - 1)]) for first, last in maps]


def _spans(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in CODE_SPAN.finditer(text)]
