"""What each build used, written while it runs."""

import hashlib
from pathlib import Path

from builder.store import Store, builds


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def put(store: Store, key: str, *contents: bytes, kind: str = "figure") -> None:
    store.put(kind, key, {"name": f"of {key}"}, objects(*contents))


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
