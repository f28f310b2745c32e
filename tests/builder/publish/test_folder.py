import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.errors import UsageError
from builder.publish import folder
from builder.publish.failure import PublishError
from builder.publish.plan import MANIFEST, Item, item
from builder.reporter import Recorded
from builder.settings import Settings

SITE = {"index.html": "1", "assets/a.0123456789ab.css": "a", "first/index.html": "first", "sitemap.xml": "s"}
NEXT = {"index.html": "2", "assets/b.0123456789cd.css": "b", "first/index.html": "First", "second/index.html": "x"}


@pytest.fixture
def items(tmp_path: Path):
    def make(files: Mapping[str, str]) -> tuple[Item, ...]:
        for name, text in files.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return tuple(item(name, tmp_path / "site" / name, text.encode()) for name, text in files.items())

    return make


def send(target: Path, items: tuple[Item, ...]):
    prepared = folder.prepare(target, items)
    if prepared.changes:
        prepared.carry_out(Recorded())
    return prepared.changes


def held(target: Path) -> dict[str, str]:
    files = {p.relative_to(target).as_posix(): p.read_text() for p in target.rglob("*") if p.is_file()}
    files.pop(MANIFEST, None)
    return files


def stamps(target: Path) -> dict[str, int]:
    return {str(p): p.stat().st_mtime_ns for p in target.rglob("*")}


def test_a_folder_is_made_and_filled(tmp_path: Path, items) -> None:
    changes = send(tmp_path / "a/b", items(SITE))
    assert held(tmp_path / "a/b") == SITE
    assert len(changes.added) == 4


def test_publishing_twice_touches_nothing(tmp_path: Path, items) -> None:
    send(tmp_path / "out", items(SITE))
    before = stamps(tmp_path / "out")
    assert not send(tmp_path / "out", items(SITE))
    assert stamps(tmp_path / "out") == before


def test_what_is_gone_is_removed_and_what_is_not_ours_stays(tmp_path: Path, items) -> None:
    out = tmp_path / "out"
    (out / "mine").mkdir(parents=True)
    (out / "mine" / "a.txt").write_text("mine")
    send(out, items(SITE))
    before = (out / "first/index.html").stat().st_mtime_ns
    changes = send(out, items({"index.html": "2", "first/index.html": "first"}))
    assert changes.removed == ("assets/a.0123456789ab.css", "sitemap.xml")
    assert held(out) == {"index.html": "2", "first/index.html": "first", "mine/a.txt": "mine"}
    assert not (out / "assets").exists()
    assert (out / "first/index.html").stat().st_mtime_ns == before


def test_assets_come_before_pages_and_the_front_page_last(tmp_path: Path, items, monkeypatch) -> None:
    order, replace = [], os.replace
    monkeypatch.setattr(os, "replace", lambda a, b: (order.append(Path(b).name), replace(a, b)))
    send(tmp_path / "out", items({"index.html": "1", "a.html": "a", "logo.png": "l", "assets/z.0123456789ab.js": "z"}))
    assert [name for name in order if name != MANIFEST] == ["z.0123456789ab.js", "logo.png", "a.html", "index.html"]


def test_a_copy_that_fails_leaves_the_old_site_whole(tmp_path: Path, items, monkeypatch) -> None:
    out = tmp_path / "out"
    send(out, items(SITE))
    before = stamps(out)
    site, write, left = items(NEXT), Path.write_bytes, [2]

    def full(path: Path, data: bytes) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        send(out, site)
    assert held(out) == SITE
    assert stamps(out).items() - before.items() <= {(str(out), out.stat().st_mtime_ns)}
    monkeypatch.undo()
    send(out, site)
    assert held(out) == NEXT


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_switch_that_fails_is_taken_back(tmp_path: Path, items, monkeypatch, at: int) -> None:
    out = tmp_path / "out"
    send(out, items(SITE))
    site, replace, moved = items(NEXT), os.replace, []

    def refuse(source: Path, target: Path) -> None:
        if "/new/" in str(source):
            moved.append(target)
            if len(moved) == at:
                raise OSError(13, "Permission denied", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PublishError, match=f"Permission denied; {out} is as it was"):
        send(out, site)
    assert len(moved) == at
    assert held(out) == SITE
    monkeypatch.undo()
    send(out, site)
    assert held(out) == NEXT


def test_a_switch_that_is_interrupted_is_taken_back(tmp_path: Path, items, monkeypatch) -> None:
    send(tmp_path / "out", items(SITE))
    site, replace = items(NEXT), os.replace

    def interrupt(source: Path, target: Path) -> None:
        if Path(target).name == "index.html" and "/new/" in str(source):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        send(tmp_path / "out", site)
    assert held(tmp_path / "out") == SITE


def test_files_of_a_killed_publication_go_in_time(tmp_path: Path, items) -> None:
    out = tmp_path / "out"
    for name in ("old", "new"):
        (out / f".publishing-{name}").mkdir(parents=True)
    os.utime(out / ".publishing-old", (0, 0))
    send(out, items(SITE))
    assert [p.name for p in out.glob(".publishing-*")] == [".publishing-new"]


def test_a_damaged_list_is_explained(tmp_path: Path, items) -> None:
    send(tmp_path / "out", items(SITE))
    (tmp_path / "out" / MANIFEST).write_text("[]")
    with pytest.raises(PublishError, match="not a list of published files; remove it"):
        send(tmp_path / "out", items(SITE))


def test_the_site_is_never_published_upon_its_sources(tmp_path: Path) -> None:
    root = tmp_path / "house" / "art"
    settings = Settings(root=root)
    root.mkdir(parents=True)
    (root / "file").write_text("")
    for place, why in [
        (root / "site", "is where the site is built"),
        (root / "site" / "x", "is where the site is built"),
        (root, "holds the sources"),
        (tmp_path, "holds the sources"),
        (root / "file", "is a file"),
        (root / "articles", "among the articles"),
        (root / "articles" / "public", "among the articles"),
        (root / ".microscribe" / "public", "among the files of the store"),
        (root / "figures", "among the scripts of figures"),
    ]:
        with pytest.raises(UsageError, match=why):
            folder.check(place, settings)
    folder.check(root / "public", settings)


def test_the_list_of_a_folder_names_no_more_than_is_there(tmp_path: Path, items) -> None:
    send(tmp_path / "out", items(SITE))
    send(tmp_path / "out", items(NEXT))
    assert set(json.loads((tmp_path / "out" / MANIFEST).read_text())["files"]) == set(NEXT)


def test_nothing_outside_the_folder_is_removed_whatever_its_list_says(tmp_path: Path, items) -> None:
    target, precious = tmp_path / "www", tmp_path / "precious"
    send(target, items(SITE))
    precious.mkdir()
    (precious / "x").write_text("mine")
    (target / "link").symlink_to(precious)
    names = ["../precious/x", str(precious / "x"), "link/x", "index.html"]
    (target / MANIFEST).write_text(json.dumps({"files": dict.fromkeys(names, {})}))
    send(target, items({"second/index.html": "x"}))
    assert (precious / "x").read_text() == "mine"
    assert not (target / "index.html").exists()
