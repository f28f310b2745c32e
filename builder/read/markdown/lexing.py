"""Lexers that ask all rules of a state at once: Pygments asks one after the other, dozens at every word.

The rules become one expression of alternatives. Behind each stands an empty group, which tells which one it was; groups
of the rules' own are left out, and an action that looks at them gets what its rule alone finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

Match = Callable[[str, int], "re.Match[str] | None"]
Rule = tuple["Own", Any, Any]
"""How it matches, what its token or action is, and how it changes the states: as Pygments keeps it."""
WORTH = 20_000
"""To join rules takes as long as it saves at so many signs."""
_FLAGS = re.compile(r"\(\?([imsx]+)\)")
_ALONE = re.compile(r"\\[1-9]|\(\?(?:P|\(|[aiLmsux]+\))")
"""What means something else, or nothing, in the midst of an expression."""
_GROUP = re.compile(r"(\\.|\[\^?\]?(?:\\.|[^]\\])*\])|\((?!\?)", re.DOTALL)
"""A group, which stands in no set of signs and behind no backslash."""


class Own(Protocol):
    """The match of a rule, bound to its expression."""

    @property
    def __self__(self) -> re.Pattern[str]: ...

    def __call__(self, text: str, place: int, /) -> re.Match[str] | None: ...


class Run(NamedTuple):
    """Rules that follow each other, as one; `several` tells that groups count them, so that the last one says which."""

    match: Match
    rules: Sequence[Rule]
    several: bool


class Joined:
    """The way of a lexer through texts; its rules are joined once more than `worth` signs were read."""

    def __init__(self, lexer: RegexLexer, worth: int) -> None:
        self.lexer = lexer
        self.worth = worth
        self._read = 0
        self._states: dict[str, list[Run]] = {}

    def tokens(self, text: str, stack: Iterable[str] = ("root",)) -> Iterator[tuple[int, Any, str]]:
        """Yield (place, token, text), as `RegexLexer.get_tokens_unprocessed` does."""
        self._read += len(text)
        if self._read > self.worth:
            return self._tokens(text, list(stack))
        one_by_one: Iterator[tuple[int, Any, str]] = RegexLexer.get_tokens_unprocessed(self.lexer, text, stack)
        return one_by_one

    def _tokens(self, text: str, states: list[str]) -> Iterator[tuple[int, Any, str]]:
        place = 0
        while True:
            if found := self._found(states[-1], text, place):
                match, action, step = found
                if type(action) is _TokenType:
                    yield place, action, match[0]
                elif action is not None:
                    yield from action(self.lexer, match)
                place = match.end()
                _move(states, step)
            elif place == len(text):
                return
            else:
                token = Whitespace if text[place] == "\n" else Error
                states = states if token is Error else ["root"]
                yield place, token, text[place]
                place += 1

    def _found(self, state: str, text: str, place: int) -> tuple[re.Match[str], Any, Any] | None:
        for run in self._states.get(state) or self._join(state):
            if match := run.match(text, place):
                own, action, step = run.rules[(match.lastindex or 1) - 1 if run.several else 0]
                return (match if type(action) is _TokenType else own(text, place) or match), action, step
        return None

    def _join(self, state: str) -> list[Run]:
        rules: list[Rule] = self.lexer._tokens[state]  # what Pygments made of `tokens`
        self._states[state] = list(_runs(rules, self.lexer.flags))
        return self._states[state]


def join(lexer: Lexer, worth: int = WORTH) -> None:
    """Let a lexer ask its rules at once, if it is one of rules."""
    if isinstance(lexer, RegexLexer) and type(lexer).get_tokens_unprocessed is RegexLexer.get_tokens_unprocessed:
        vars(lexer)["get_tokens_unprocessed"] = Joined(lexer, worth).tokens


def _runs(rules: Iterable[Rule], flags: int) -> Iterator[Run]:
    """Join rules that stand beside each other."""
    for can_join, group in groupby([(_alternative(rule), rule) for rule in rules], lambda one: bool(one[0])):
        alternatives, beside = zip(*group, strict=True)
        if can_join and len(beside) > 1:
            yield Run(re.compile("|".join(alternatives), flags).match, beside, True)
        else:
            yield from (Run(rule[0], [rule], False) for rule in beside)


def _alternative(rule: Rule) -> str:
    """Write a rule as one of several, with an empty group behind it; "" where it cannot be one."""
    pattern = rule[0].__self__
    begin = _FLAGS.match(pattern.pattern)
    flags, rest = (begin[1], pattern.pattern[begin.end() :]) if begin else ("", pattern.pattern)
    bare = _GROUP.sub(lambda group: group[1] or "(?:", rest)
    end = "\n" if pattern.flags & re.VERBOSE else ""  # where a remark may last to the end of the line
    return "" if _ALONE.search(bare) else f"(?{flags}:{bare}{end})()"


def _move(states: list[str], step: Any) -> None:
    """Change the states as a rule says: by their names, or how many to leave; the first one stays."""
    if isinstance(step, int):
        del states[max(1, len(states) + step) :]
    else:
        for name in (step,) if isinstance(step, str) else step or ():
            _move(states, -1) if name == "#pop" else states.append(states[-1] if name == "#push" else name)
