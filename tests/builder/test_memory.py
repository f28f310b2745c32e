"""Work is not done again where nothing that goes into it changed, and its files stand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder import memory
from builder.memory import Memory
from builder.output import Output


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "site", tmp_path / "output.json")


@pytest.fixture
def work(tmp_path: Path, output: Output):
    """Return a function that does a piece of work as one build after the other would, and tells how often it was."""
    done: list[str] = []

    def once(key: str = "key", era: str = "era") -> int:
        known = Memory.opened(tmp_path / "memory.json", era)
        fresh = Output(output.folder, output.manifest)
        known.once("page", key, fresh, lambda: done.append(fresh.write("page.html", key)))
        known.save()
        assert fresh.current == {"page.html"}
        return len(done)

    return once


def test_work_is_done_once_for_each_key_and_era(work) -> None:
    assert [work(), work()] == [1, 1]
    assert [work("other"), work("other")] == [2, 2]
    assert [work("other", "later"), work("other", "later")] == [3, 3]


@pytest.mark.parametrize("harm", ["changed", "gone", "touched"])
def test_work_is_done_again_where_its_file_is_not_as_it_was_left(work, output: Output, harm: str) -> None:
    work()
    path = output.folder / "page.html"
    if harm == "changed":
        path.write_text("kex")
    elif harm == "gone":
        path.unlink()
    else:
        os.utime(path, (1, 1))
    assert work() == 2
    assert path.read_text() == "key"
    assert work() == 2


@pytest.mark.parametrize(
    "change", [lambda d: d[:-1], lambda d: d.replace(b"key", b"kex"), lambda d: b"", lambda d: b"\xff"]
)
def test_a_damaged_memory_is_none(work, tmp_path: Path, change) -> None:
    work()
    path = tmp_path / "memory.json"
    path.write_bytes(change(path.read_bytes()))
    assert work() == 2


def test_what_is_recalled_within_other_work_belongs_to_it(output: Output) -> None:
    known = Memory()
    known.once("page", "key", output, lambda: output.write("page.html", "text") and None)
    known.known = dict(known.kept)
    with output.noting() as names:
        known.once("page", "key", output, lambda: pytest.fail("done again"))
    assert names == {"page.html"}


def test_what_was_neither_recalled_nor_done_is_forgotten(tmp_path: Path) -> None:
    first = Memory(tmp_path / "memory.json", "era")
    first.keep("a", "1", {"x": 1})
    first.keep("b", "2", {"x": 2})
    first.save()
    second = Memory.opened(tmp_path / "memory.json", "era")
    assert second.value("a", "1") == {"x": 1}
    assert second.value("b", "1") is None
    second.save()
    assert sorted(Memory.opened(tmp_path / "memory.json", "era").known) == ["a"]


def test_the_tool_is_another_one_when_a_file_of_it_changes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.py").write_text("1")
    before = memory.states([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "one.pyc").write_text("1")
    assert memory.states([tmp_path]) == before
    (tmp_path / "a" / "one.py").write_text("12")
    assert memory.states([tmp_path]) != before


def test_its_templates_belong_to_the_tool(monkeypatch, tmp_path: Path) -> None:
    before = memory.tool()
    assert memory.tool() == before
    monkeypatch.setattr(memory, "own_templates", lambda: tmp_path)
    assert memory.tool() != before


def test_what_was_read_is_written_as_it_stands_beside_what_is_new(tmp_path: Path) -> None:
    first = Memory(tmp_path / "memory.json", "era")
    for name in ("a", "b", "c"):
        first.keep(name, "1", {"x": f"{name},\n"})
    first.save()
    second = Memory.opened(tmp_path / "memory.json", "era")
    since = Memory()
    since.keep("b", "2", {"x": "known since"})
    second.known |= since.kept
    assert second.recall_all([], Output(tmp_path, tmp_path))
    second.keep("c", "3", {"x": "new"})
    second.save()
    third = Memory.opened(tmp_path / "memory.json", "era")
    assert third.known == second.kept
    assert [third.value(name, key) for name, key in zip("abc", "123", strict=True)] == [
        {"x": "a,\n"},
        {"x": "known since"},
        {"x": "new"},
    ]
