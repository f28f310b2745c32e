"""Commands of LaTeX with what they are given: found in a formula and written in other words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from builder.frozen import frozen

MOST_SIGNS = 100_000
_NAME = re.compile(r"\\([A-Za-z]+)(\*?)")
_TOKEN = re.compile(r"\s*(\\[A-Za-z]+|\\.|[^\s\\{}])", re.DOTALL)
_SIGN = re.compile(r"\\.|[{}\[\]]", re.DOTALL)
_SCRIPT = re.compile(r"\s*([_^])")
_SPACE = re.compile(r"\s*")


class TooLong(ValueError):
    """What commands stand for has no end."""


@frozen
class Call:
    """A command as it is used: with a star or not, with what stands in brackets and in braces behind it."""

    name: str
    is_starred: bool
    options: tuple[str, ...]
    arguments: tuple[str, ...]


@frozen
class Rule:
    """How a command of `count` arguments is written anew, and whether a star or brackets belong to it."""

    count: int
    write: Callable[[Call], str]
    star: bool = False
    options: bool = False


def template(count: int, text: str, *, options: bool = False) -> Rule:
    """Make a rule of a text with `#1`, `#2`, …; what stands in brackets is left out."""
    return Rule(count, lambda call: filled(text, call.arguments), options=options)


def filled(text: str, arguments: tuple[str, ...]) -> str:
    """Put arguments for `#1`, `#2`, …"""
    return re.sub(r"#([1-9])", lambda m: arguments[int(m[1]) - 1] if int(m[1]) <= len(arguments) else m[0], text)


def rewritten(latex: str, rules: Mapping[str, Rule]) -> str:
    """Write all uses of some commands anew, the innermost first; no line is lost."""
    uses = [match for match in _NAME.finditer(latex) if match[1] in rules and not _is_escaped(latex, match.start())]
    for match in reversed(uses):
        rule = rules[match[1]]
        star = bool(match[2]) and rule.star
        begin = match.end() if star or not match[2] else match.end() - 1
        options, at = _options(latex, begin) if rule.options else ((), begin)
        arguments, end = _arguments(latex, at, rule.count)
        if len(arguments) == rule.count:
            end = end if rule.count else at if options else begin
            old, new = latex[match.start() : end], rule.write(Call(match[1], star, options, arguments))
            latex = latex[: match.start()] + _joined(new, latex[end:]) + _lines(old, new) + latex[end:]
        if len(latex) > MOST_SIGNS:
            raise TooLong
    return latex


def scripts(latex: str, at: int) -> tuple[dict[str, str], int]:
    """Read what stands below and above what ends at a place, by its sign, and where that ends."""
    found: dict[str, str] = {}
    while (match := _SCRIPT.match(latex, at)) and match[1] not in found:
        given = argument(latex, match.end())
        if given is None:
            break
        found[match[1]], at = given
    return found, at


def argument(latex: str, at: int) -> tuple[str, int] | None:
    """Read one argument, without its braces, and where it ends."""
    found, end = _arguments(latex, at, 1)
    return (found[0], end) if found else None


def _is_escaped(latex: str, at: int) -> bool:
    before = latex[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _joined(new: str, rest: str) -> str:
    """Keep a command from running into the letters behind it."""
    return f"{new} " if re.search(r"\\[A-Za-z]+$", new) and rest[:1].isalpha() else new


def _lines(old: str, new: str) -> str:
    return "\n" * (old.count("\n") - new.count("\n"))


def _options(latex: str, at: int) -> tuple[tuple[str, ...], int]:
    found: list[str] = []
    while latex[_begin(latex, at) : _begin(latex, at) + 1] == "[":
        end = _closed(latex, _begin(latex, at), "[]")
        if end < 0:
            break
        found.append(latex[_begin(latex, at) + 1 : end])
        at = end + 1
    return tuple(found), at


def _arguments(latex: str, at: int, count: int) -> tuple[tuple[str, ...], int]:
    found: list[str] = []
    while len(found) < count:
        begin = _begin(latex, at)
        if latex[begin : begin + 1] == "{":
            end = _closed(latex, begin, "{}")
            if end < 0:
                break
            found.append(latex[begin + 1 : end])
            at = end + 1
        elif match := _TOKEN.match(latex, at):
            found.append(match[1])
            at = match.end()
        else:
            break
    return tuple(found), at


def _begin(latex: str, at: int) -> int:
    match = _SPACE.match(latex, at)
    return match.end() if match else at


def _closed(latex: str, at: int, pair: str) -> int:
    """Find what closes the bracket at a place; brackets within braces do not count. -1 where nothing does."""
    depth = {"{}": 0, "[]": 0}
    for match in _SIGN.finditer(latex, at):
        for both in ("{}", "[]") if pair == "[]" and not depth["{}"] else ("{}",):
            depth[both] += (match[0] == both[0]) - (match[0] == both[1])
        if depth[pair] == 0:
            return match.start()
        if depth["{}"] < 0:
            return -1
    return -1
