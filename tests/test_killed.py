"""Commands that are killed leave nothing wrong; `KILLS=200` tries more, as `python -m tests.benchmarks killed` does."""

import os
from pathlib import Path

import pytest

from tests.benchmarks import killed, struck, switched

KILLS = int(os.environ.get("KILLS", "5"))


@pytest.mark.slow
def test_commands_killed_at_random_changes_leave_no_wrong_page_no_damaged_object_and_no_torn_memory(
    tmp_path: Path,
) -> None:
    found = killed.run(tmp_path, KILLS)
    assert found.kills.total() == KILLS
    assert set(found.kills) == set(switched.COMMANDS)
    assert found.pages == []
    assert found.objects == []
    assert found.memory == []
    assert found.after == []
    assert found.left == []


def test_a_wrong_page_would_be_noticed(tmp_path: Path) -> None:
    trial = switched.Trial(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_bytes(b"half a pa")
    whole = {"index.html": b"half a page"}
    assert killed.wrong(trial.tree(), whole, {"index.html": b"another page"}) == ["index.html"]
    assert killed.wrong(trial.tree(), whole, {"index.html": b"half a pa"}) == []
    assert killed.differing(trial.tree(), whole) == ["index.html"]
    assert killed.differing(trial.tree(), {}) == ["index.html"]


def test_a_torn_memory_would_be_noticed(tmp_path: Path) -> None:
    trial = switched.Trial(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    trial.store.mkdir()
    (trial.store / "memory.json").write_bytes(b"half a seal")
    (trial.store / "files.json").write_bytes(b'{"a": ')
    assert sorted(trial.torn()) == ["files.json", "memory.json"]


def test_a_page_that_is_there_early_is_whole_and_what_it_shows_has_its_digest_in_its_name() -> None:
    page = b"<!doctype html>\n<p>Text</p>\n</html>\n"
    assert killed.is_early("a1/index.html", page)
    assert killed.is_early("figures/a2/waves.html", page)
    assert not killed.is_early("a1/index.html", page[:-12])
    assert not killed.is_early("index.html", page)
    assert killed.is_early("assets/sizes.e3b0c44298fc.css", b"")
    assert not killed.is_early("assets/sizes.e3b0c44298fc.css", b"a")


def test_what_is_written_moved_or_taken_away_below_the_folder_is_a_change(tmp_path: Path) -> None:
    written = ("page.html", "wb", os.O_WRONLY | os.O_CREAT)
    assert struck.changes("open", written, tmp_path)
    assert struck.changes("open", (str(tmp_path / "page.html"), None, os.O_RDWR), tmp_path)
    assert struck.changes("os.rename", ("new", "old", -1, -1), tmp_path)
    assert struck.changes("os.remove", (b"old", -1), tmp_path)
    assert not struck.changes("open", ("page.html", "rb", os.O_RDONLY), tmp_path)
    assert not struck.changes("open", ("/dev/null", "wb", os.O_WRONLY), tmp_path)
    assert not struck.changes("open", (3, "wb", os.O_WRONLY), tmp_path)
    assert not struck.changes("os.listdir", (".",), tmp_path)
