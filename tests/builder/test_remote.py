"""Stores at an address: in memory, on an S3-compatible server, and where they cannot be reached."""

import hashlib
import os
import pickle
import re
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import engine as engines
from builder import needs, plan, settings, site
from builder.commands.store import store as command
from builder.reporter import Recorded
from builder.store import Store, StoreError, builds, opened, sync, upkeep
from builder.store.records import object_name, record_name

ARTICLE = """\
---
title: First
---

Text about {{unit}}`mixed3b:4`.

:::{{probe}}
:units: mixed3b:1,2
:log: {log}

Numbers.
:::
"""


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


@pytest.fixture
def address() -> str:
    return f"memory://{uuid.uuid4().hex}/store"


@pytest.fixture(scope="module")
def server():
    from moto.server import ThreadedMotoServer

    one = ThreadedMotoServer(port=0, verbose=False)
    one.start()
    yield "http://{}:{}".format(*one.get_host_and_port()).replace("0.0.0.0", "127.0.0.1")
    one.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket."""
    import boto3

    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{uuid.uuid4().hex[:12]}"
    boto3.client("s3").create_bucket(Bucket=name)
    return f"s3://{name}/some/folder"


@pytest.fixture(params=["address", "bucket"])
def place(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


def test_gives_back_what_was_put(place: str) -> None:
    store = Store(place)
    store.put("figure", "ab12", {"n": 1}, objects(b"one", b"two"))
    entry = store.get("figure", "ab12")
    assert entry.meta == {"n": 1}
    assert entry.objects == objects(b"one", b"two")
    assert store.get("figure", "other") is None
    assert store.keys("figure") == ["ab12"]
    assert store.keys("network") == []
    again = pickle.loads(pickle.dumps(store))
    assert again.get("figure", "ab12").objects == entry.objects


def test_damage_is_set_aside_reported_and_mended_by_the_next_put(place: str) -> None:
    said: list[str] = []
    store = Store(place, said.append)
    store.put("figure", "ab12", {}, objects(b"one"))
    name = object_name(next(iter(objects(b"one"))))
    store.place.write(name, b"One")
    assert store.get("figure", "ab12") is None
    assert f"set aside in {place}/damaged" in said[0]
    assert store.place.read([f"damaged/{name.rpartition('/')[2]}"]) == [b"One"]
    store.put("figure", "ab12", {}, objects(b"one"))
    assert store.get("figure", "ab12").objects == objects(b"one")


def test_upkeep_works_at_an_address(place: str) -> None:
    store = Store(place)
    store.put("figure", "ab12", {"name": "mine"}, objects(b"one", b"two"))
    store.put("figure", "cd34", {"name": "yours"}, objects(b"two", b"three"))
    assert [row.name for row in upkeep.listing(store).rows] == ["mine", "yours"]
    assert upkeep.verify(store, Recorded()).damaged == ()
    assert upkeep.gc(store, {("figure", "ab12")}, [], grace_s=3600, delete=True).records == 0
    swept = upkeep.gc(store, {("figure", "ab12")}, [], grace_s=-3600, delete=True)
    assert (swept.records, swept.objects, swept.kept) == (1, 1, 1)
    assert store.get("figure", "ab12").objects == objects(b"one", b"two")
    record = record_name("figure", "ab12")
    store.place.write(record, store.place.read([record])[0][:-4])
    assert upkeep.verify(store, Recorded()).damaged == (record,)


def test_objects_are_kept_near_by_and_checked_there_too(address: str, tmp_path: Path) -> None:
    far, near = Store(address), Store(address, cache=tmp_path)
    far.put("figure", "ab12", {}, objects(b"one"))
    assert near.get("figure", "ab12").objects == objects(b"one")
    name = object_name(next(iter(objects(b"one"))))
    far.place.write(name, b"gone bad")
    assert near.get("figure", "ab12").objects == objects(b"one")
    (tmp_path / name).write_bytes(b"bad too")
    assert near.get("figure", "ab12") is None
    assert not (tmp_path / "records").exists()


def test_only_what_the_other_side_lacks_is_moved(place: str, tmp_path: Path) -> None:
    here, there = Store(tmp_path), Store(place)
    for number in range(20):
        here.put("figure", f"a{number}", {"n": number}, objects(b"shared", bytes([number])))
    wanted = [("figure", f"a{number}") for number in range(20)]
    first = sync.move(here, there, wanted[:10], Recorded())
    assert (first.records, first.there, first.missing) == (10, 0, ())
    second = sync.move(here, there, [*wanted, ("figure", "none")], Recorded())
    assert (second.records, second.there, second.missing) == (10, 10, (("figure", "none"),))
    assert sync.move(here, there, wanted, Recorded()).size == 0
    assert upkeep.verify(there, Recorded()).records == 20


def test_a_push_mends_what_verify_set_aside(place: str, tmp_path: Path) -> None:
    here, there = Store(tmp_path), Store(place)
    here.put("figure", "ab12", {}, objects(b"one"))
    sync.move(here, there, [("figure", "ab12")], Recorded())
    there.place.write(object_name(next(iter(objects(b"one")))), b"bad")
    assert len(upkeep.verify(there, Recorded()).damaged) == 2
    assert sync.move(here, there, [("figure", "ab12")], Recorded()).records == 1
    assert there.get("figure", "ab12").objects == objects(b"one")


def test_a_damaged_object_is_not_pushed(place: str, tmp_path: Path) -> None:
    said: list[str] = []
    here, there = Store(tmp_path, said.append), Store(place)
    here.put("figure", "ab12", {}, objects(b"one"))
    (tmp_path / object_name(next(iter(objects(b"one"))))).write_bytes(b"bad")
    assert sync.move(here, there, [("figure", "ab12")], Recorded()).missing == (("figure", "ab12"),)
    assert upkeep.listing(there).rows == ()
    assert "damaged" in said[0]


def test_a_lost_remote_is_a_clear_error(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    lost = Store(f"{bucket}/lost")
    clear = "Could not connect to the endpoint URL"
    with pytest.raises(StoreError, match=f"cannot read the store: {clear}"):
        lost.get("figure", "ab12")
    with pytest.raises(StoreError, match=f"cannot write to the store: {clear}"):
        lost.put("figure", "ab12", {}, {})
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_bucket_that_is_not_there_and_missing_credentials_are_clear_errors(
    bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="cannot write to the store: The specified bucket does not exist"):
        Store("s3://not-there-at-all/x").put("figure", "ab12", {}, {})
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(StoreError, match="Unable to locate credentials"):
        Store(f"{bucket}/x").get("figure", "ab12")
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("sys.modules['fsspec'] = None", r"pip install 'microscribe\[remote\]'"),
        ("sys.modules['s3fs'] = None", r"pip install 'microscribe\[remote\]'"),
    ],
)
def test_a_missing_package_is_named(code: str, message: str) -> None:
    program = (
        f"import sys\n{code}\nfrom builder.store import Store, StoreError\n"
        "try: Store('s3://bucket/x').get('figure', 'a')\nexcept StoreError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.search(message, done.stdout)


def test_an_unknown_address_is_a_clear_error() -> None:
    with pytest.raises(StoreError, match="Protocol not known: gopher"):
        Store("gopher://x").get("figure", "a")


@pytest.fixture
def build(root: Path):
    def run(folder: Path = root, **options):
        return site.build(settings.load(folder), Recorded(), site.Options(device="cpu", **options))

    (root / "articles" / "first.md").write_text(ARTICLE.format(log=root / "log.txt"))
    yield run
    engines.forget_figures()


def clone(root: Path, to: Path) -> Path:
    """Copy a site without its store, as a checkout elsewhere."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns(".microscribe", "site", "log.txt"))
    return to


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root / "site")): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


def call(root: Path, *arguments: str):
    return CliRunner().invoke(command, [arguments[0], "--site", str(root), *arguments[1:]])


def test_a_pulled_store_builds_the_same_site_offline(root: Path, build, bucket: str, tmp_path_factory) -> None:
    build()
    here = opened(settings.load(root), print)
    here.put("figure", "dead" * 16, {}, objects(b"of no article"))
    pushed = call(root, "push", bucket)
    assert pushed.exit_code == 0, pushed.output
    assert "of no article" not in str(upkeep.listing(Store(bucket)))
    assert "dead" * 16 not in Store(bucket).keys("figure")
    there = clone(root, tmp_path_factory.mktemp("there") / "site")
    (there / "pyproject.toml").write_text(f"[tool.microscribe]\ntitle = 'Trial'\nremote = '{bucket}'\n")
    pulled = call(there, "pull")
    assert pulled.exit_code == 0, pulled.output
    assert pulled.output.split()[1:4] == pushed.output.split()[1:4]
    os.rename(root / "log.txt", root / "log.old")
    result = build(there, offline=True)
    assert [str(problem) for problem in result.problems] == []
    assert tree(there) == tree(root)
    assert not (root / "log.txt").exists()
    again = call(there, "pull")
    assert "pulled 0 records, 0 bytes; " in again.output


def test_a_pull_may_leave_the_measurements(root: Path, build, tmp_path_factory) -> None:
    build()
    shared = tmp_path_factory.mktemp("shared")
    assert call(root, "push", str(shared)).exit_code == 0
    assert Store(shared).keys("measurement") != []
    there = clone(root, tmp_path_factory.mktemp("there") / "site")
    assert call(there, "pull", str(shared), "--figures-only").exit_code == 0
    assert opened(settings.load(there), print).keys("measurement") == []
    assert not build(there, offline=True).failed


CARD = {
    "digest": "d" * 64,
    "weights": {"kind": "none", "file": "", "sha256": "", "url": ""},
    "layers": {"mixed3b": {"module": "", "channels": 8, "height": 4, "width": 4, "pre": True, "main": True}},
    "aliases": {},
    "heads": {},
    "random": True,
}


def test_cards_that_only_the_remote_has_are_fetched_before_the_plan(root: Path, build, tmp_path: Path) -> None:
    """A machine that cannot load a network plans with the card that another made of it."""
    article = root / "articles" / "first.md"
    article.write_text(article.read_text().replace("title: First", "title: First\nmodel: torchvision/alexnet@none"))
    site_of = settings.load(root)
    here, there = opened(site_of, print), Store(tmp_path / "remote")
    house = plan.open_house(site_of, Recorded(), offline=True)
    (made,) = needs.plans(house, drafts=False)
    assert made.broken
    ((kind, key),) = [one for one in house.catalogue.used if one[0] == "network"]
    there.put(kind, key, {"card": CARD, "network": "torchvision/alexnet@none"}, {})
    moved, problems = needs.pull(site_of, str(tmp_path / "remote"), Recorded(), drafts=False, measurements=True)
    assert here.keys("network") == [key]
    assert [str(problem) for problem in problems if not problem.warning] == []
    assert len([key for key in moved.missing if key[0] == "figure"]) == 7


def test_push_says_what_is_not_measured_yet(root: Path, build, tmp_path: Path) -> None:
    done = call(root, "push", str(tmp_path / "remote"))
    assert done.exit_code == 0, done.output
    assert "7 figures not in the store yet: `microscribe measure` makes them" in done.output


def test_a_pull_from_the_wrong_place_fails(root: Path, build, tmp_path: Path) -> None:
    shutil.rmtree(root / ".microscribe")
    done = call(root, "pull", str(tmp_path / "nothing"))
    assert done.exit_code == 1
    assert "7 figures not in the remote: `microscribe measure` and `store push` elsewhere bring them" in done.output


def test_logs_of_long_ago_are_deleted_where_they_were_published(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(address)
    for day in range(4):
        store.place.write(f"builds/2026010{day}.log", b'{"site": "Trial", "start": 1.0}\nfigure aa11\n')
    monkeypatch.setattr(builds, "HISTORY", 2)
    upkeep.forget(store, upkeep.history(store, Path("nowhere")))
    assert list(store.list("builds")) == ["builds/20260102.log", "builds/20260103.log"]


def test_push_without_a_remote_says_how_to_name_one(root: Path, build) -> None:
    done = call(root, "push")
    assert done.exit_code == 2
    assert 'set `remote = "s3://bucket/folder"`' in done.output


def test_a_site_may_keep_its_store_at_an_address(root: Path, build, bucket: str, tmp_path_factory) -> None:
    (root / "pyproject.toml").write_text(f"[tool.microscribe]\ntitle = 'Trial'\nstore = '{bucket}'\n")
    here = opened(settings.load(root), print)
    near = Store(root / ".microscribe")
    sync.move(near, here, [("shared", key) for key in near.keys("shared")], Recorded())
    assert build().measured == 7
    assert near.keys("figure") == []
    assert len(here.keys("figure")) == 7
    there = clone(root, tmp_path_factory.mktemp("there") / "site")
    result = build(there, offline=True)
    assert [str(problem) for problem in result.problems] == []
    assert tree(there) == tree(root)
    assert len(here.place.list("builds")) == 2
    done = call(root, "gc", "--builds", "0", "--grace", "0", "--yes")
    assert "deleted 0 records" in done.output
