"""Fonts and the chart runtime are made once for each version of what they are made of."""

import os
import threading
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from builder import memory
from builder.press import shared, vega_runtime
from builder.store import Store, StoreError


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Make fonts and runtime of nothing, and note how often; their version is what is noted last."""
    names: list[str] = []
    monkeypatch.setenv("MICROSCRIBE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(shared.font_cutter, "version", lambda: "fonts 1")
    monkeypatch.setattr(
        shared.font_cutter, "fonts", lambda: names.append("fonts") or {"a.woff2": b"A", "b.woff2": b"B"}
    )
    monkeypatch.setattr(vega_runtime, "runtime", lambda: names.append("runtime") or b"run")
    monkeypatch.setattr(vega_runtime, "part", lambda: "ours")
    monkeypatch.setattr(vega_runtime, "version", lambda: "vl-convert 1.9.0 ours")
    return names


def without_vl_convert(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> str:
        raise PackageNotFoundError("vl-convert-python")

    monkeypatch.setattr(vega_runtime, "version", absent)


def test_what_was_made_is_found_until_a_version_changes(store: Store, made: list[str], monkeypatch) -> None:
    for _ in range(2):
        assert shared.fonts(store) == {"a.woff2": b"A", "b.woff2": b"B"}
        assert shared.runtime(store) == b"run"
    assert made == ["fonts", "runtime"]
    monkeypatch.setattr(shared.font_cutter, "version", lambda: "fonts 2")
    shared.fonts(store)
    assert made == ["fonts", "runtime", "fonts"]


def test_what_is_prepared_is_made_once_and_only_where_it_is_missing(store: Store, made: list[str], monkeypatch) -> None:
    begun: list[Callable[[], object]] = []
    monkeypatch.setattr(shared.processes, "begin", begun.append)
    monkeypatch.setattr(shared.font_cutter, "version_of_formulas", lambda: "formulas 1")
    monkeypatch.setattr(shared.font_cutter, "of_formulas", lambda: made.append("formulas") or {"m.woff2": b"M"})
    shared.prepare(store, maths=True)
    assert made == []
    copies = [threading.Thread(target=work) for work in (*begun, *begun)]
    for copy in copies:
        copy.start()
    for copy in copies:
        copy.join()
    assert shared.fonts(store).keys() | shared.maths_font(store).keys() == {"a.woff2", "b.woff2", "m.woff2"}
    assert sorted(made) == ["fonts", "formulas"]
    shared.prepare(store, maths=True)
    assert len(begun) == 2


def test_what_no_site_of_the_user_has_used_for_long_is_forgotten_when_another_is_made(store, made, monkeypatch) -> None:
    shared.fonts(store)
    shared.runtime(store)
    cache = Store(shared.cache_folder())
    old, used = (next(cache.folder.glob(f"records/shared/*/{shared._key(*of)}.json")) for of in (
        (shared.FONTS, "fonts 1"), (shared.RUNTIME, "vl-convert 1.9.0 ours")
    ))  # fmt: skip
    for path in cache.folder.rglob("*"):
        os.utime(path, (0, 0))
    os.utime(used)
    monkeypatch.setattr(shared.font_cutter, "version", lambda: "fonts 2")
    shared.fonts(store)
    assert not old.exists()
    assert len(cache.keys(shared.KIND)) == 2
    assert shared.fonts(Store(store.folder / "another")) == {"a.woff2": b"A", "b.woff2": b"B"}
    assert made == ["fonts", "runtime", "fonts"]


def test_the_keys_are_those_under_which_it_is_kept(store: Store, made: list[str]) -> None:
    shared.fonts(store)
    shared.runtime(store)
    assert sorted(shared.keys(store)) == [(shared.KIND, key) for key in store.keys(shared.KIND)]


def test_without_vl_convert_the_newest_runtime_with_our_own_part_is_taken(store: Store, made: list[str], monkeypatch):
    for number, version in enumerate(["vl-convert 1.9.0 ours", "vl-convert 1.10.0 ours", "vl-convert 2.0.0 others"]):
        monkeypatch.setattr(vega_runtime, "version", lambda version=version: version)
        monkeypatch.setattr(vega_runtime, "runtime", lambda number=number: bytes([number]))
        shared.runtime(store)
    without_vl_convert(monkeypatch)
    assert shared.runtime(store) == bytes([1])
    assert (shared.KIND, shared._key(shared.RUNTIME, "vl-convert 1.10.0 ours")) in shared.keys(store)


def test_a_runtime_that_can_neither_be_found_nor_made_says_what_to_do(store: Store, made: list[str], monkeypatch):
    without_vl_convert(monkeypatch)
    with pytest.raises(StoreError, match="`microscribe store pull`, or `pip install vl-convert-python`"):
        shared.runtime(store)
    assert len(shared.keys(store)) == 1


def test_another_site_of_the_user_finds_what_the_first_made(tmp_path: Path, made: list[str]) -> None:
    for name in ("one", "other"):
        assert shared.fonts(Store(tmp_path / name)) == {"a.woff2": b"A", "b.woff2": b"B"}
    assert made == ["fonts"]


def test_what_is_damaged_there_is_made_anew(tmp_path: Path, made: list[str]) -> None:
    shared.fonts(Store(tmp_path / "one"))
    for path in shared.cache_folder().rglob("*"):
        if path.is_file() and "objects" in path.parts:
            path.write_bytes(b"x")
    assert shared.fonts(Store(tmp_path / "other")) == {"a.woff2": b"A", "b.woff2": b"B"}
    assert made == ["fonts", "fonts"]


def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path: Path, made: list[str], monkeypatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("MICROSCRIBE_CACHE", str(tmp_path / "file" / "below"))
    assert shared.fonts(Store(tmp_path / "one")) == {"a.woff2": b"A", "b.woff2": b"B"}
    assert shared.fonts(Store(tmp_path / "one")) == {"a.woff2": b"A", "b.woff2": b"B"}
    assert made == ["fonts"]


@pytest.mark.parametrize(("platform", "variable", "end"), [
    ("linux", "XDG_CACHE_HOME", ".cache/microscribe"),
    ("win32", "LOCALAPPDATA", "AppData/Local/microscribe"),
    ("darwin", "", "Library/Caches/microscribe"),
])  # fmt: skip
def test_it_lies_where_the_system_keeps_such_files(monkeypatch, tmp_path, platform, variable, end) -> None:
    monkeypatch.setattr(shared.sys, "platform", platform)
    monkeypatch.delenv("MICROSCRIBE_CACHE", raising=False)
    monkeypatch.delenv(variable or "NONE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert shared.cache_folder() == tmp_path / end
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "own"))
        assert shared.cache_folder() == tmp_path / "own" / "microscribe"


def test_compiled_templates_belong_to_a_state_of_the_tool(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("MICROSCRIBE_CACHE", str(tmp_path))
    old, late = tmp_path / "templates" / "old", tmp_path / "templates" / "late"
    for folder in (old, late):
        folder.mkdir(parents=True)
    os.utime(old, (1, 1))
    assert shared.templates(memory.tool()) is not None
    (own,) = {path.name for path in (tmp_path / "templates").iterdir()} - {"late"}
    assert memory.tool().startswith(own)
    monkeypatch.setattr(shared, "cache_folder", lambda: Path("/proc/nowhere"))
    assert shared.templates(memory.tool()) is None
