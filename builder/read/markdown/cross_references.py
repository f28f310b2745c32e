"""Cross-references: `@fig-name`, `@tbl-name`, `@eq-name`, `@sec-id`, `[](#fig-name)`, `@article#fig-name`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from builder.errors import Place
from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.elements import STATEMENTS
from builder.read.markdown.explained import Explained
from builder.read.markdown.latex import dashed

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="References within the site",
    text="`@fig-name`, `@tbl-name`, `@eq-name` and `@sec-name` lead to what has this name, with its number; "
    "`@article#fig-name` leads into another article. MyST's roles do the same.",
    example="""\
Table: Numbers {#tbl-numbers}

| a |
|---|
| 1 |

See @tbl-numbers, {ref}`tbl-numbers` or {numref}`tbl-numbers`.""",
    roles=("ref", "numref"),
)

THINGS = {
    "fig-": "figure",
    "tbl-": "table",
    "eq-": "equation",
    "sec-": "section",
    **{prefix: name for name, (prefix, _) in STATEMENTS.items()},
}
"""How labels begin, and the kind of thing that they are for."""
PREFIXES = tuple(THINGS)
WORDS = {"figure": "Figure", "table": "Table", "equation": "Equation"} | {
    name: word for name, (_, word) in STATEMENTS.items()
}
LABEL = rf"(?:{'|'.join(PREFIXES)})[\w-]*\w"
STRANGE = re.compile(
    r"((?:lst|fig|tab|alg|figure|table|equation|section|eqn|eq|sec|chap|app|algo|listing)[-:])\w", re.I
)
FOREIGN = re.compile(rf"([\w-]+)#({LABEL})")


@frozen
class Target:
    """A thing that text can point to; `html` is what a bare link to it says.

    `title` holds the tokens of a heading: what it measures is known only when it is drawn.
    """

    kind: str
    id: str
    number: str
    html: str
    title: tuple[Token, ...] = field(default=(), repr=False, compare=False)


@frozen
class ForeignUse:
    """A link to a thing of another article, or to the article where `label` is ""; a bare one says what that is."""

    slug: str
    label: str
    place: Place
    is_bare: bool = True


def numbered(kind: str, label: str, number: int | str) -> Target:
    """Make the target of a figure, table, equation or statement."""
    return Target(kind, label, str(number), f"{WORDS[kind]}\N{NO-BREAK SPACE}{number}")


def is_label(key: str) -> bool:
    """Say whether a key names a part of this article, or of another one, and not a work."""
    return key.startswith(PREFIXES) or bool(FOREIGN.fullmatch(key))


def written(key: str) -> str:
    """Write a label as it is here: `fig:a`, `Fig-a` and `tab:a` of other systems begin otherwise."""
    own = dashed(key[:1].lower() + key[1:])
    return own if is_label(own) else key


def strange(key: str) -> str:
    """Say what a key that looks like a label should begin with; "" for one that does not."""
    match = STRANGE.match(key)
    return (
        f"'@{key}' leads nowhere; labels begin with {', '.join(PREFIXES[:4])}{nearest(match[1], PREFIXES)}"
        if match
        else ""
    )


def push(state: StateInline, label: str, line: int) -> None:
    """Put a cross-reference, to be resolved when the whole article is known."""
    token = state.push("cross_reference", "", 0)
    token.content = label
    token.meta["line"] = line
    if foreign := FOREIGN.fullmatch(label):
        from builder.read.markdown.source import source_of

        token.meta["foreign"] = ForeignUse(foreign[1], foreign[2], source_of(state.env).place(line))


def resolve(token: Token, targets: dict[str, Target], source: Source) -> None:
    """Give a cross-reference its target, or report that there is none."""
    label = token.content = whole(token.content, targets) if token.meta.get("bare") else token.content
    target = named(label, targets)
    if target is None:
        source.problem(token.meta["line"], f"no {thing(label)} {label!r}{nearest(label, names(targets))}")
    token.meta["target"] = target


def named(label: str, targets: Mapping[str, Target]) -> Target | None:
    """Find a target by its label; a section's id may stand with or without "sec-"."""
    return targets.get(label) or (targets.get(label[4:]) if label.startswith("sec-") else None)


def whole(name: str, targets: Mapping[str, Target]) -> str:
    """Give a label of TeX that has no prefix the one of what it names; that of an equation if it names nothing."""
    known = (label for label in (name, *(prefix + name for prefix in PREFIXES)) if label in targets)
    return name if is_label(name) else next(known, f"eq-{name}")


def thing(label: str) -> str:
    """Name the kind of thing that a label is for."""
    return next((kind for prefix, kind in THINGS.items() if label.startswith(prefix)), "place")


def names(targets: Mapping[str, Target]) -> list[str]:
    """List the labels that text may use, as it writes them."""
    return [f"sec-{name}" if t.kind == "section" and name[:4] != "sec-" else name for name, t in targets.items()]


def resolve_link(link: Token, targets: dict[str, Target], ids: set[str], source: Source) -> None:
    """Give a link within the page its target; an id that nothing bears is a problem."""
    href = str(link.attrs.get("href", ""))
    if not href.startswith("#") or href == "#":
        return
    written = unicodedata.normalize("NFC", unquote(href[1:]))
    label = next((name for name in (written, written.lower()) if name in targets or name in ids), written)
    link.meta["target"] = targets.get(label)
    if label not in targets and label not in ids:
        near = nearest(f"#{label}", [f"#{name}" for name in (*targets, *ids)])
        source.problem(link.meta.get("line", 0), f"no {thing(label)} '#{label}'{near}")
    elif label not in targets:
        link.attrs["href"] = f"#{quote(label)}"


def unresolved(text: str) -> str:
    """Mark what leads nowhere as it is written, so that a preview shows it."""
    return f'<span class="unresolved">{escape(text)}</span>'
