"""Articles and bibliographies as nobody meant them: what people write, cut, doubled and mixed at random.

The same seed gives the same ones. All that is asked of the tool is an answer: an article, or problems with their places.
"""

from __future__ import annotations

import random
import re
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.utils import read_fixture_file

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "builder" / "read" / "markdown" / "cases"
FILES = ("plate.png", "dark.png", "film.mp4", "film.vtt", "data.csv")
LONGEST_S = 5
"""So many seconds of a processor may one of them take."""
HEAD = """\
---
title: A case of $x^2$
subtitle: Below
description: What it says
authors: [{name: Ada Example, affiliation: Somewhere, orcid: 0000-0002-1825-0097}, Bo]
date: 2026-03-31
tags: [case, other]
bibliography: works.bib
model: glyphs
dataset: glyphs:6000
seed: 3
hero: plate.png
macros:
  '\\RR': '\\mathbb{R}'
---
"""
SIGNS = [
    ":",
    ":::",
    "::::",
    "::::{tabs}",
    ":::{note}",
    ":::{image}",
    ":::{video}",
    ":::{compare}",
    ":::{math}",
    ":name:",
    ":alt:",
    ":width:",
    "`",
    "``",
    "```",
    "~~~",
    "$",
    "$$",
    "\\",
    "\\\\",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">\n^[",
    "[^",
    "[^1]:",
    "](",
    "![",
    "]{",
    "{#",
    "{.",
    "{unit}`",
    "{value}`",
    "{cite}`",
    "{eq}`",
    "@",
    "[@",
    "[-@",
    "-",
    "*",
    "_",
    "**",
    "__",
    "#",
    "##",
    ">",
    "|",
    "|-",
    "---",
    "...",
    '"',
    "'",
    "&",
    "&amp;",
    "&#0;",
    "<!--",
    "-->\n<script>",
    "<b>",
    "</b>",
    "<img",
    "</div>",
    "\\begin{",
    "\\end{",
    "\\begin{align}",
    "\\label{",
    "\\eqref{",
    "\\frac",
    "\\left",
    "\\right",
    "\\text{",
    "\\href{",
    "=",
    ",",
    ";",
    "%",
    "@string{",
    "@comment{\n@article{",
    "author=",
    "title={",
    "#",
    "\\v{C}",
    '{\\"',
    "\\~",
    "\x00",
    "\ufeff",
    "\u202e",
    "😀",
    "é",
    "\ud7ff",
    "\u2028",
    "\t\n",
] + ["\n", "\n\n", "\n---\n", "\n:::\n", "    ", "\r"]
LONG = "a" * 300
NAMED = f"""\
:::{{dataset-examples}}
:units: mixed3b:1
:dataset: {LONG}
:::

:::{{dataset-examples}}
:units: mixed3b:1
:dataset: {LONG}*.tar:12
:::

:::{{dataset-examples}}
:units: mixed3b:1
:model: torchvision/alexnet@{LONG}.pth
:::

:::{{top-answers}}
:images: {LONG}.png, cat.jpg, {LONG}/b.png
:::

:::{{error-consistency}}
:models: timm/{LONG}, {LONG}, bagnet9@{LONG}.pt#ema
:responses: {LONG}, {LONG}.csv
:pictures: {LONG}
:::

:::{{tuning-curve}}
:units: {LONG}:3, mixed3b:3-17, mixed3b:7..3, logits:{LONG}, {"9" * 300}, mixed3b:{"9" * 5000}
:::
"""
"""Names that no file has."""
WORKS = r"""
@article{capek, author = {\v{C}apek, Karel and {The Group} and others}, title = {The \$100 {Laptop} and $x^2$}, year = 1920, month = jan}
@inproceedings{part, crossref = {whole}, author = "von Neumann, John and Knuth, Jr., Donald E.", title = "A " # place # " B", pages = {1--9}}
@proceedings{whole, title = {Proceedings of {\'E}t{\'e}}, year = 2019, editor = {O'Neil, A}}
@string{place = "Somewhere"}
@misc{page, note = {\href{https://x.org}{here}}, url = {https://example.org/a_b%20c}, howpublished = {\url{https://example.org}}, year = {n.d.}}
@online{arx, author = {{\OE}rsted, H. C. and Li, 伟}, title = {On \emph{things} \& others}, eprint = {2001.00001v2}, archiveprefix = {arXiv}, date = {2020-05-01}}
@book{book, author = {Maria de la Cruz and Donald}, title = {\textbf{Bold}}, publisher = {P \& Q}, doi = {10.1000/182}, volume = 3, number = 4}
@comment{nothing} @preamble{"\newcommand{\x}{y}"}
"""


@dataclass
class Findings:
    """What went wrong: kinds by where they arose, each with how often and the first text that showed it."""

    tried: int = 0
    whole: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    samples: dict[str, str] = field(default_factory=dict)

    def note(self, error: BaseException, text: str) -> None:
        """Count an error under the last line of ours that led to it."""
        frames = traceback.extract_tb(error.__traceback__)
        last = next((frame for frame in reversed(frames) if frame.filename.startswith(str(ROOT))), frames[-1])
        kind = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:40]}"
        self.kinds[kind] += 1
        self.samples.setdefault(kind, text)


class TooLong(Exception):
    """An answer took more than its time."""


@contextmanager
def limited() -> Iterator[None]:
    """Stop what takes more than its time."""

    def stop(number, frame):
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def tried(texts: Iterator[str], answer: Callable[[str], bool]) -> Findings:
    """Ask for an answer to every text; `answer` tells whether the text was whole."""
    findings = Findings()
    for text in texts:
        findings.tried += 1
        try:
            with limited():
                findings.whole += answer(text)
        except Exception as error:
            findings.note(error, text)
    return findings


def articles(count: int, seed: int) -> Iterator[str]:
    """Mutate pieces of the example articles and of the cases of the dialect."""
    chance = random.Random(seed)
    cases = [markdown for path in sorted(CASES.glob("*.txt")) for _, _, markdown, _ in read_fixture_file(path)]
    told = [re.sub(r"\A---\n.*?\n---\n", "", path.read_text("utf-8"), flags=re.S) for path in _written("*.md")]
    blocks = [block for text in [*told, NAMED] for block in text.split("\n\n")] + cases
    for _ in range(count):
        body = "\n\n".join(chance.choices(blocks, k=chance.randint(1, 8)))
        head = mutated(HEAD, chance) if chance.random() < 0.3 else HEAD
        yield head + mutated(body, chance)


def libraries(count: int, seed: int) -> Iterator[str]:
    """Mutate pieces of bibliographies."""
    chance = random.Random(seed)
    texts = [WORKS, *(path.read_text("utf-8") for path in _written("*.bib"))]
    entries = [entry for text in texts for entry in re.split(r"\n(?=@)", text)]
    for _ in range(count):
        yield mutated("\n".join(chance.choices(entries, k=chance.randint(1, 4))), chance)


def _written(pattern: str) -> list[Path]:
    return sorted((ROOT / "articles").glob(f"*/{pattern}"))


def mutated(text: str, chance: random.Random) -> str:
    """Change a text at some places."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 12))):
        text = chance.choice(CHANGES)(text, chance)
    return text


def _span(text: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((1, 1, 2, 8, 40, 200)))


def _cut(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _doubled(text: str, chance: random.Random) -> str:
    start, end = _span(text, chance)
    return text[:end] + text[start:end] * chance.choice((1, 1, 2, 30)) + text[end:]


def _moved(text: str, chance: random.Random) -> str:
    (start, end), at = _span(text, chance), chance.randrange(len(text) + 1)
    return text[:at] + text[start:end] + text[at:]


def _signed(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SIGNS) * chance.choice((1, 1, 1, 2, 60)) + text[at:]


def _unlike(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chr(chance.choice((0, 7, 0x7F, 0x85, 0x300, 0x600, 0x2029, 0xFFFE, 0x1D538))) + text[at + 1 :]


def _ended(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _lines(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(("", "    ", "> ", "- ", "  ", "\t", "| ", ":::")) + lines[at]
    return "\n".join(lines)


CHANGES = (_cut, _cut, _doubled, _moved, _signed, _signed, _signed, _unlike, _ended, _lines)
