"""What Pagefind finds in its folder it need not write again, and the index is that of an empty folder all the same."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from builder.press import indexing

PAGES = {f"{name}/index.html": f"Words about {name}, and of all." for name in ("herons", "terns", "auks")}


@pytest.fixture(autouse=True)
def runs(monkeypatch) -> list[str]:
    """Note each run of Pagefind; skip where it is a luxury."""
    if importlib.util.find_spec("pagefind") is None:
        if os.environ.get("CI"):
            pytest.fail("Pagefind is not installed, and CI must test search")
        pytest.skip("Pagefind is not installed")
    run, noted = indexing.run, []
    monkeypatch.setattr(indexing, "run", lambda folder: (noted.append(folder), run(folder)))
    return noted


def index(folder: Path, pages: dict[str, str], changed: set[str] | None = None) -> dict[str, bool]:
    texts = {name: f'<html lang="en"><main data-pagefind-body>{text}</main></html>' for name, text in pages.items()}
    return dict(indexing.index(str(folder), texts, changed))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edited(folder: Path) -> dict[str, bool]:
    """Index pages, then with one of them changed; return the files of the second time."""
    index(folder, PAGES)
    return index(folder, PAGES | {"terns/index.html": "Other words."}, {"terns/index.html"})


@pytest.fixture
def nothing(tmp_path) -> dict[str, bytes]:
    """The index of the changed pages, made of nothing."""
    index(tmp_path / "nothing", PAGES | {"terns/index.html": "Other words."})
    return contents(tmp_path / "nothing" / "made")


def test_files_of_unchanged_pages_stay_and_stale_ones_go(tmp_path, nothing, runs) -> None:
    runs.clear()
    files = edited(tmp_path / "a")
    assert len(runs) == 2
    assert sorted(is_new for name, is_new in files.items() if name.startswith("fragment/")) == [False, False, True]
    assert contents(tmp_path / "a" / "made") == nothing
    assert files.keys() == nothing.keys()


def test_a_file_that_is_in_the_way_of_another_is_found_out(tmp_path, nothing, runs) -> None:
    """The changed page's file stands already, with other words: so it is where two digests begin alike."""
    (name,) = (name for name, is_new in edited(tmp_path / "a").items() if is_new and name.startswith("fragment/"))
    index(tmp_path / "a", PAGES)
    own = tmp_path / "a" / "made" / name
    shutil.copy(next(own.parent.iterdir()), own)
    runs.clear()
    index(tmp_path / "a", PAGES | {"terns/index.html": "Other words."}, {"terns/index.html"})
    assert len(runs) == 2
    assert contents(tmp_path / "a" / "made") == nothing


def test_names_that_had_to_be_told_apart_are_not_trusted(tmp_path, nothing) -> None:
    index(tmp_path / "a", PAGES)
    folder = tmp_path / "a" / "made" / "fragment"
    shutil.copy(next(folder.iterdir()), folder / "en_0123456789.pf_fragment")
    files = index(tmp_path / "a", PAGES | {"terns/index.html": "Other words."}, {"terns/index.html"})
    assert all(files.values())
    assert contents(tmp_path / "a" / "made") == nothing


@pytest.mark.parametrize("lost", ["pages/herons/index.html", "made"])
def test_what_was_lost_is_made_again(tmp_path, nothing, lost) -> None:
    index(tmp_path / "a", PAGES)
    path = tmp_path / "a" / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    index(tmp_path / "a", PAGES | {"terns/index.html": "Other words."}, {"terns/index.html"})
    assert contents(tmp_path / "a" / "made") == nothing


def test_an_index_that_names_its_files_in_another_way_is_made_of_nothing(tmp_path, nothing, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "_named", lambda made: iter(()))
    assert edited(tmp_path / "a").keys() == nothing.keys()
    assert contents(tmp_path / "a" / "made") == nothing
