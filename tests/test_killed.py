"""Builds that are killed leave nothing wrong; `python -m tests.benchmarks killed` does the same 200 times."""

from pathlib import Path

import pytest

from tests.benchmarks import killed


@pytest.mark.slow
def test_builds_killed_at_random_moments_leave_no_wrong_page_and_no_damaged_object(tmp_path: Path) -> None:
    found = killed.run(tmp_path, kills=3)
    assert found.kills == 3
    assert found.pages == []
    assert found.objects == []
    assert found.after == []
    assert found.left == []


def test_a_wrong_page_would_be_noticed(tmp_path: Path) -> None:
    trial = killed.Trial(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_bytes(b"half a pa")
    whole = {"index.html": b"half a page"}
    assert trial.wrong(whole, {"index.html": b"another page"}) == ["index.html"]
    assert trial.wrong(whole, {"index.html": b"half a pa"}) == []


def test_a_page_that_is_there_early_is_whole_and_what_it_shows_has_its_digest_in_its_name() -> None:
    page = b"<!doctype html>\n<p>Text</p>\n</html>\n"
    assert killed.is_early("a1/index.html", page)
    assert killed.is_early("figures/a2/waves.html", page)
    assert not killed.is_early("a1/index.html", page[:-12])
    assert not killed.is_early("index.html", page)
    assert killed.is_early("assets/sizes.e3b0c44298fc.css", b"")
    assert not killed.is_early("assets/sizes.e3b0c44298fc.css", b"a")
