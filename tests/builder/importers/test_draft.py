"""A text that knows where its characters come from."""

import re

from builder.importers.draft import Draft, Edit


def test_what_is_put_in_has_the_line_of_what_stood_there() -> None:
    draft = Draft.of("one\ntwo\nthree", 10)
    draft.edit([Edit(4, 7, "a\nb\nc")])
    assert draft.text == "one\na\nb\nc\nthree"
    assert [draft.line(draft.text.index(word)) for word in ("one", "a", "c", "three")] == [10, 11, 11, 12]
    draft.note(draft.text.index("three"), "here")
    assert draft.remarks[0].line == 12


def test_code_is_left_alone() -> None:
    draft = Draft.of("x `x` x\n\n```\nx\n```\n\n    x\n\nx")
    draft.sub(re.compile("x"), lambda match: "y")
    assert draft.text == "y `x` y\n\n```\nx\n```\n\n    x\n\ny"


def test_an_edit_within_another_is_passed_over() -> None:
    draft = Draft.of("abcdef")
    draft.edit([Edit(0, 4, "X"), Edit(2, 3, "Y")])
    assert draft.text == "Xef"


def test_a_block_stands_on_lines_of_its_own_as_far_in_as_what_it_replaces() -> None:
    draft = Draft.of("1. a\n    <x>\n    b")
    start = draft.text.index("<x>")
    draft.edit([draft.block(start, start + 3, "one\ntwo")])
    assert draft.text == "1. a\n    \n\n    one\n    two\n\n    b"
