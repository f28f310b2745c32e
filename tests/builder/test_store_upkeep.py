import hashlib
import json
import os
import re
import shutil
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import engine as engines
from builder import settings, site
from builder.commands.store import store as command
from builder.errors import UsageError
from builder.reporter import Recorded
from builder.store import Store, StoreError, builds, upkeep

ARTICLE = """\
---
title: First
---

:::{{probe}}
:name: numbers
:units: mixed3b:1..{last}
:log: {log}

Numbers.
:::
"""


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def put(store: Store, key: str, *contents: bytes, kind: str = "figure") -> None:
    store.put(kind, key, {"name": f"of {key}"}, objects(*contents))


def aged(folder: Path) -> None:
    """Make everything a day old."""
    for path in [*folder.rglob("*.json"), *(folder / "objects").rglob("*")]:
        os.utime(path, (time.time() - 86400,) * 2)


@pytest.fixture
def small(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    put(store, "aa11", b"mine", b"shared")
    put(store, "bb22", b"shared", b"other", kind="measurement")
    aged(tmp_path)
    return store


def test_the_listing_counts_shared_objects_once(small: Store) -> None:
    listed = upkeep.listing(small)
    assert [(row.kind, row.key, row.name) for row in listed.rows] == [
        ("figure", "aa11", "of aa11"),
        ("measurement", "bb22", "of bb22"),
    ]
    files = [path.stat().st_size for path in small.folder.rglob("*") if path.is_file() and path.name != "lock"]
    assert listed.size == sum(files)
    assert sum(row.size for row in listed.rows) == listed.size + len(b"shared")


def test_verify_names_every_kind_of_damage_and_sets_it_aside(small: Store) -> None:
    put(small, "cc33", b"third")
    put(small, "dd44", b"fourth")
    mine, third = (next(iter(objects(data))) for data in (b"mine", b"third"))
    (small.folder / "objects" / mine[:2] / mine).write_bytes(b"Mine")
    (small.folder / "objects" / third[:2] / third).unlink()
    record = small.folder / "records" / "figure" / "dd" / "dd44.json"
    record.write_bytes(record.read_bytes()[:-9])
    found = upkeep.verify(small, Recorded())
    assert set(found.damaged) == {
        f"objects/{mine[:2]}/{mine}",
        f"records/figure/aa/aa11.json: its object {mine} is missing",
        f"records/figure/cc/cc33.json: its object {third} is missing",
        "records/figure/dd/dd44.json",
    }
    assert upkeep.verify(small, Recorded()).damaged == ()
    assert small.get("measurement", "bb22") is not None
    assert len(list((small.folder / "damaged").iterdir())) == 4


def test_a_record_that_stands_under_the_name_of_another_is_not_taken_for_it(small: Store) -> None:
    place = small.folder / "records" / "figure"
    shutil.copy(place / "aa" / "aa11.json", place / "aa" / "aa99.json")
    assert small.get("figure", "aa99") is None
    assert small.get("figure", "aa11") is not None


def test_a_name_that_leads_out_of_the_store_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    store = Store(tmp_path / "store")
    put(store, "aa11", b"x")
    path = store.folder / "records" / "figure" / "aa" / "aa11.json"
    body = json.loads(path.read_bytes())["record"].replace(next(iter(objects(b"x"))), "../../../secret")
    path.write_bytes(json.dumps({"record": body, "sha256": hashlib.sha256(body.encode()).hexdigest()}).encode())
    assert store.get("figure", "aa11") is None
    assert (tmp_path / "secret").exists()


def test_gc_counts_first_and_deletes_when_told(small: Store) -> None:
    before = upkeep.listing(small)
    keep = {("figure", "aa11")}
    counted = upkeep.gc(small, keep, [])
    assert upkeep.listing(small) == before
    assert (counted.records, counted.objects, counted.kept) == (1, 1, 1)
    assert upkeep.gc(small, keep, [], delete=True) == counted
    assert before.size - upkeep.listing(small).size == counted.size
    assert small.get("figure", "aa11").objects == objects(b"mine", b"shared")
    assert small.get("measurement", "bb22") is None
    assert upkeep.gc(small, keep, [], delete=True).records == 0


def test_gc_spares_what_was_used_since_a_running_build_began(small: Store) -> None:
    put(small, "cc33", b"fresh")
    running = builds.Log("x.log", "Trial", time.time() - 5, True, frozenset())
    assert upkeep.gc(small, [], [running], delete=True).records == 2
    assert small.get("figure", "cc33") is not None
    small.get("figure", "cc33")
    assert upkeep.gc(small, [], [], grace_s=3600, delete=True).records == 0
    assert upkeep.gc(small, [], [], delete=True).records == 1
    assert upkeep.listing(small).size == 0


def test_finding_marks_a_record_as_used(small: Store) -> None:
    small.get("figure", "aa11")
    used = {row.key: row.time for row in upkeep.listing(small).rows}
    assert used["aa11"] - used["bb22"] > 80000


def test_the_beginning_of_a_key_is_enough(small: Store) -> None:
    assert upkeep.find(small, "a")[:2] == ("figure", "aa11")
    put(small, "ab12", b"x")
    with pytest.raises(UsageError, match=r"2 keys begin with 'a' \(figure aa11, figure ab12\)"):
        upkeep.find(small, "a")
    with pytest.raises(UsageError, match="begins with 'ff'"):
        upkeep.find(small, "ff")


def test_a_log_tells_what_a_build_used_and_whether_it_runs(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "aa11", b"before")
    with builds.recorded(store, tmp_path, "Trial"):
        put(store, "bb22", b"x")
        store.get("figure", "bb22")
        store.get("figure", "none")
        (log,) = builds.logs(tmp_path)
        assert (log.site, log.running, log.keys) == ("Trial", True, {("figure", "bb22")})
    (log,) = builds.logs(tmp_path)
    assert not log.running


def test_a_log_cut_off_anywhere_is_read_as_far_as_it_goes() -> None:
    whole = b'{"site": "Trial", "start": 1.0}\nfigure aa11\nmeasurement bb22\nend\n'
    assert builds.parse("x", whole).keys == {("figure", "aa11"), ("measurement", "bb22")}
    for length in range(len(whole)):
        log = builds.parse("x", whole[:length])
        assert ("figure", "aa11") in log.keys or length < whole.index(b"11\n") + 2


def test_a_build_that_used_all_that_the_last_one_used_takes_its_place(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for used in (["a"], ["a", "b"], ["b"], ["b"], ["c"]):
        with builds.recorded(store, tmp_path, "Trial"):
            for key in used:
                put(store, key, b"x")
    keys = [sorted(key for _, key in log.keys) for log in builds.logs(tmp_path)]
    assert keys == [["a", "b"], ["b"], ["c"]]
    assert [sorted(key for _, key in log.keys) for log in builds.last(builds.logs(tmp_path), 2)] == [["b"], ["c"]]
    assert builds.last(builds.logs(tmp_path), 0) == []


def call(root: Path, *arguments: str):
    return CliRunner().invoke(command, [arguments[0], "--site", str(root), *arguments[1:]])


@pytest.fixture
def write(root: Path):
    def one(last: int) -> None:
        (root / "articles" / "first.md").write_text(ARTICLE.format(last=last, log=root / "log.txt"))

    yield one
    engines.forget_figures()


@pytest.fixture
def build(root: Path):
    def run(**options):
        return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))

    return run


def test_gc_keeps_what_articles_and_the_last_builds_use(root: Path, write, build) -> None:
    for last in (1, 2, 3, 4):
        write(last)
        build()
    done = call(root, "gc", "--builds", "2")
    assert done.exit_code == 0, done.output
    assert "would delete 2 records" in done.output
    assert "gc --yes" in done.output
    done = call(root, "gc", "--builds", "2", "--yes")
    assert "deleted 2 records" in done.output
    write(3)
    assert build(offline=True).problems == ()
    write(2)
    assert build(offline=True).failed
    measured = (root / "log.txt").read_text()
    assert not build().failed
    assert (root / "log.txt").read_text() == measured, "gc must keep measurements of units that are still used"


def test_gc_does_nothing_where_it_cannot_know_what_is_needed(root: Path, write, build) -> None:
    write(2)
    build()
    (root / "articles" / "second.md").write_text("---\ntitle: Second\n---\n\n:::{prob}\n:::\n")
    done = call(root, "gc", "--yes")
    assert done.exit_code == 1
    assert "articles/second.md:5: no figure 'prob'; did you mean 'probe'?" in done.output
    assert "mend this first" in done.output


def test_show_ls_and_verify_read_well(root: Path, write, build) -> None:
    write(2)
    build()
    listed = call(root, "ls", "--kind", "figure").output
    line = next(line for line in listed.splitlines() if " probe " in line)
    shown = call(root, "show", line.split()[1]).output
    assert "kind: figure" in shown
    assert "figure: probe" in shown
    assert "measurements:" in shown
    assert re.search(r"sources: \d+ definitions", shown)
    assert shown.index("provenance:") < shown.index("artifact:") < shown.index("objects:")
    assert "5 figures: " in listed
    done = call(root, "verify")
    assert done.exit_code == 0
    assert ": 0 damaged" in done.output
    path = next((root / ".microscribe" / "objects").glob("*/*"))
    path.write_bytes(path.read_bytes() + b"?")
    done = call(root, "verify")
    assert done.exit_code == 1
    assert f"damaged: objects/{path.parent.name}/{path.name}" in done.output
    assert call(root, "show", "zz").exit_code == 2


def test_a_place_that_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    store = Store(tmp_path)
    put(store, "aa11", b"x")
    path = store.folder / "records" / "figure" / "aa" / "aa11.json"
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="cannot read the store: Is a directory"):
        store.get("figure", "aa11")
