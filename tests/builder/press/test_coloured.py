"""What was coloured is not coloured again, unless anything that its colours depend on has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.press.coloured import Coloured
from builder.read.markdown import code

BLOCK = "python", "a = 1\n"


@pytest.fixture
def lexed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Note what is coloured anew."""
    noted: list[tuple[str, str]] = []
    highlighted = code.highlighted
    monkeypatch.setattr(code, "highlighted", lambda *block: noted.append(block) or highlighted(*block))
    return noted


def shown(folder: Path, *blocks: tuple[str, str], era: str = "now") -> list[tuple[str, str]]:
    coloured = Coloured.of(Path("a.md"), folder, era)
    html = [coloured.block(*block) for block in blocks]
    coloured.keep()
    return html


def test_a_block_is_coloured_once(tmp_path: Path, lexed: list) -> None:
    first = shown(tmp_path, BLOCK)
    assert "<span" in first[0][1]
    assert shown(tmp_path, BLOCK, BLOCK) == first * 2
    assert lexed == [BLOCK]


@pytest.mark.parametrize("changed", [("python", "b = 1\n"), ("ruby", "a = 1\n"), ("text", "a = 1\n")])
def test_another_block_is_not_taken_for_it(tmp_path: Path, lexed: list, changed: tuple[str, str]) -> None:
    shown(tmp_path, BLOCK)
    shown(tmp_path, changed)
    assert lexed == [BLOCK, changed]


def test_nothing_is_taken_from_another_tool_or_a_damaged_file(tmp_path: Path, lexed: list) -> None:
    first = shown(tmp_path, BLOCK)
    assert shown(tmp_path, BLOCK, era="later") == first
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    for damaged in (file.read_text().replace("<span", "<b"), json.dumps({"a": 1}), json.dumps([]), "{"):
        file.write_text(damaged)
        assert shown(tmp_path, BLOCK, era="later") == first
    assert len(lexed) == 6


def test_what_is_kept_behind_the_blocks_is_not_read_with_them(tmp_path: Path, lexed: list) -> None:
    first = shown(tmp_path, BLOCK)
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes() + b"\x80 whatever\n")
    assert shown(tmp_path, BLOCK) == first
    assert lexed == [BLOCK]
