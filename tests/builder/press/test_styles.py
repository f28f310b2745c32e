"""Sizes as classes of a style sheet."""

from __future__ import annotations

from builder.press.styles import Styles


def test_equal_declarations_share_a_class_in_any_order_of_pages() -> None:
    one, other = Styles(), Styles()
    names = [one.named("--w:1"), one.named("--h:2"), one.named("--w:1")]
    other.named("--h:2")
    assert names[0] == names[2] != names[1]
    assert other.named("--w:1") == names[0]
    assert (
        one.sheet()
        == other.sheet()
        == "".join(f".{n}{{{r}}}\n" for n, r in sorted(one.rules.items(), key=lambda rule: rule[1])).encode()
    )
