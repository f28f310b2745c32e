"""Cross-references: `@fig-name`, `@tbl-name`, `@eq-name`, `@sec-id`, `[](#fig-name)`."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.errors import nearest
from builder.markdown.source import Source

PREFIXES = ("fig-", "tbl-", "eq-", "sec-")
WORDS = {"figure": "Figure", "table": "Table", "equation": "Equation"}


@dataclass(frozen=True)
class Target:
    """A thing that text can point to; `html` is what a bare link to it says."""

    kind: str
    id: str
    number: str
    html: str


def numbered(kind: str, label: str, number: int) -> Target:
    """Make the target of a figure, table or equation."""
    return Target(kind, label, str(number), f"{WORDS[kind]}\N{NO-BREAK SPACE}{number}")


def is_label(key: str) -> bool:
    """Say whether a key names a part of the article and not a work."""
    return key.startswith(PREFIXES)


def push(state: StateInline, label: str, line: int) -> None:
    """Put a cross-reference, to be resolved when the whole article is known."""
    token = state.push("cross_reference", "", 0)
    token.content = label
    token.meta["line"] = line


def resolve(token: Token, targets: dict[str, Target], source: Source) -> None:
    """Give a cross-reference its target, or report that there is none."""
    label = token.content
    target = targets.get(label) or (targets.get(label[4:]) if label.startswith("sec-") else None)
    if target is None:
        source.problem(token.meta["line"], f"no {_thing(label)} {label!r}{nearest(label, _names(targets))}")
    token.meta["target"] = target


def _thing(label: str) -> str:
    kinds = {"fig-": "figure", "tbl-": "table", "eq-": "equation", "sec-": "section"}
    return next((word for prefix, word in kinds.items() if label.startswith(prefix)), "place")


def _names(targets: dict[str, Target]) -> list[str]:
    return [f"sec-{name}" if t.kind == "section" and name[:4] != "sec-" else name for name, t in targets.items()]


def resolve_link(link: Token, targets: dict[str, Target], ids: set[str], source: Source) -> None:
    """Give a link within the page its target; an id that nothing bears is a problem."""
    href = str(link.attrs.get("href", ""))
    if not href.startswith("#") or href == "#":
        return
    target = targets.get(href[1:])
    link.meta["target"] = target
    if target is None and href[1:] not in ids:
        known = [f"#{name}" for name in (*targets, *ids)]
        source.problem(link.meta.get("line", 0), f"no {_thing(href[1:])} {href!r}{nearest(href, known)}")


def unresolved(text: str) -> str:
    """Mark what leads nowhere as it is written, so that a preview shows it."""
    return f'<span class="unresolved">{escape(text)}</span>'
