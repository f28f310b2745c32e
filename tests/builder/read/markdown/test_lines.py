"""What stands inside a line knows the line of the file at which it was written."""

import random
import string
from pathlib import Path

import pytest
from markdown_it.rules_core import StateCore

from builder.read.article import read
from builder.read.markdown import lines
from builder.read.markdown.document import parser
from builder.read.markdown.source import KEY, Source

LAYOUTS = [
    "{unit}",
    "- {unit}\n  more",
    "> said\n> {unit}",
    "| a |\n|---|\n| {unit} |",
    "Words\nand {unit}.",
    "^[A {unit}.]",
]


@pytest.mark.parametrize("seed", range(8))
def test_every_unit_has_the_line_in_which_it_stands(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    blocks = [chance.choice(LAYOUTS).format(unit=f"{{unit}}`mixed3b:{i}`") for i in range(12)]
    text = "---\ntitle: A\n---\n\n" + "\n\n".join(blocks) + "\n\n:::{note}\n\nIn a {unit}`mixed3b:99` box.\n:::\n"
    (tmp_path / "index.md").write_text(text, "utf-8")
    units = read(tmp_path / "index.md", tmp_path).units
    lines = text.splitlines()
    assert len(units) == 13
    assert all(f"`{unit.unit}`" in lines[unit.place.line - 1] for unit in units)


@pytest.mark.parametrize("sign", ["", *string.printable, "é", "…", "“", "\u202d"])
def test_words_alone_are_what_the_parser_makes_of_them(sign: str) -> None:
    for text in (sign, f"some{sign}words.", f"{sign * 2}words {sign}", f"ww{sign * 3} (c) 'w{sign}"):
        state = StateCore(text, parser(), {KEY: Source(Path("index.md"), Path())})
        assert lines.children(state, text) == state.md.inline.parse(text, state.md, state.env, [])
