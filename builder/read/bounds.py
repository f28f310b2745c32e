"""How much one article may hold: what takes time that grows with its square is refused beyond what anybody writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from builder.errors import MOST_SIGNS, Place, Problem

FENCE = re.compile(r"(`{3,}|~{3,})(.*)")
PARAGRAPH = re.compile(r"(?:[^\n]+\n?)+")
MOST: tuple[tuple[str, tuple[str, ...], str, int], ...] = (
    ("notes in the line, '^['", ("^[",), r"\^\[", 500),
    ("marks of footnotes, '[^'", ("[^",), r"\[\^", 2000),
    ("links, ']('", ("](",), r"\]\(", 2000),
    ("square brackets", ("[", "]"), r"[\[\]]", 8000),
    ("headings", ("# ", "---", "==="), r"^[ >]*#{1,6} |^(?:---+|===+)[ \t]*$", 1000),
    ("directives", (":::",), r"^[ >]*:::", 1000),
    ("citations and references, '@'", ("@",), r"@", 4000),
    ("formulas, '$'", ("$",), r"\$", 8000),
    ("tags of HTML, '<'", ("<",), r"<", 4000),
    ("braces, '{'", ("{",), r"\{", 6000),
    ("environments, '\\begin'", ("\\begin",), r"\\begin\b", 1500),
    ("carets, '^'", ("^",), r"\^", 10_000),
    ("backslashes", ("\\",), r"\\", 20_000),
    ("signs by name, '&…;'", ("&",), r"&", 6000),
    ("names above blocks, '(name)='", (")=",), r"^\([^()\n]*\)=", 500),
    ("marks of emphasis", ("*", "_", "~"), r"[*_~]+", 12_000),
    ("marks of quotes at one place, '>'", (">",), r"^(?:[ \t]*>){25}", 0),
    ("backticks", ("`",), r"`", 20_000),
)
"""What is counted, signs of which each of it has one, and how many an article may hold, besides blocks of code."""
MOST_QUOTES = 2000
MOST_BYTES = 4_000_000
MOST_PROBLEMS = 100


def refused(text: str, before: int, place: Place) -> Problem | None:
    """Say what an article has too much of, at the line where it becomes too much; None where it can be read."""
    if len(text) > MOST_BYTES:
        return Problem(place, f"an article of {len(text):,} letters; part it in several")
    if not any(_may_exceed(text, signs, most) for _, signs, _, most in MOST) and _quotes(text) <= MOST_QUOTES:
        return None
    prose = "\n".join(_prose(text.split("\n")))
    for what, signs, pattern, most in MOST:
        if not _may_exceed(prose, signs, most):
            continue
        beyond = _beyond(re.finditer(pattern, prose, re.MULTILINE), most)
        if beyond is not None:
            line = before + prose.count("\n", 0, beyond.start()) + 1
            return Problem(Place(place.path, line), f"more than {most:,} {what}; part the article in several")
    for match in PARAGRAPH.finditer(prose) if _quotes(prose) > MOST_QUOTES else ():
        if _quotes(match[0]) > MOST_QUOTES:
            line = before + prose.count("\n", 0, match.start()) + 1
            return Problem(Place(place.path, line), f"more than {MOST_QUOTES:,} quotation marks in one paragraph")
    return None


def _may_exceed(text: str, signs: Sequence[str], most: int) -> bool:
    """Tell whether more is there than an article may hold, as far as signs tell."""
    return len(text) > most and sum(map(text.count, signs)) > most


def _quotes(text: str) -> int:
    return text.count("'") + text.count('"')


def _prose(lines: Iterable[str]) -> Iterator[str]:
    """Empty the lines of blocks of code."""
    mark = ""
    for line in lines:
        fence = FENCE.match(line) if line.startswith(("```", "~~~")) else None
        yield "" if mark else line
        if mark and fence and fence[1].startswith(mark) and not fence[2].strip():
            mark = ""
        elif not mark and fence:
            mark = fence[1]


def _beyond(found: Iterator[re.Match[str]], most: int) -> re.Match[str] | None:
    return next((match for number, match in enumerate(found) if number >= most), None)


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put problems in order, each short, and no more of them than anybody reads."""
    ordered = sorted({_shortened(problem) for problem in problems})
    if len(ordered) <= MOST_PROBLEMS:
        return tuple(ordered)
    last = ordered[MOST_PROBLEMS - 1].place
    more = f"and {len(ordered) - MOST_PROBLEMS} more problems in this file"
    return (*ordered[:MOST_PROBLEMS], Problem(last, more, all(p.warning for p in ordered[MOST_PROBLEMS:])))


def _shortened(problem: Problem) -> Problem:
    if len(problem.message) <= MOST_SIGNS:
        return problem
    return Problem(problem.place, problem.message[: MOST_SIGNS - 1] + "…", problem.warning)
