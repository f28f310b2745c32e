"""Files under names that tell their content; what is unchanged is left alone, what is stale goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder.errors import BuildError
from builder.output import Output


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "site", tmp_path / "output.json")


def test_an_asset_is_named_for_what_it_holds(output: Output) -> None:
    name = output.asset("sizes", "css", b".a{}")
    assert (output.folder / name).read_bytes() == b".a{}"
    assert output.asset("sizes", "css", b".a{}") == name != output.asset("sizes", "css", b".b{}")


def test_the_name_follows_the_content_and_a_second_build_changes_nothing(output: Output) -> None:
    def build(rules: bytes) -> Output:
        again = Output(output.folder, output.manifest)
        again.write("index.html", again.asset("sizes", "css", rules))
        again.prune(set())
        return again

    assert len(build(b"1").changed) == 2
    assert build(b"1").changed == []
    changed = build(b"2").changed
    assert "index.html" in changed
    assert len(list((output.folder / "assets").iterdir())) == 1


def test_nothing_outside_is_written_or_removed(output: Output, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "x").write_text("mine")
    output.write("index.html", "1")
    (output.folder / "link").symlink_to(precious)
    bad = ["../precious/x", str(precious / "x"), "link/x", "a\0b", ["index.html"], 3]
    output.manifest.write_text(json.dumps(bad))
    with output.manifest.with_suffix(".journal").open("a") as journal:
        journal.writelines(f"{json.dumps(name)}\n" for name in bad)
    again = Output(output.folder, output.manifest)
    again.write("index.html", "1")
    again.prune(set())
    assert (precious / "x").read_text() == "mine"
    with pytest.raises(BuildError, match="leads out of its folder"):
        again.write("../y", "1")
    with pytest.raises(BuildError, match="a link leads out of the folder of the site"):
        again.write("link/y", "1")
    assert [path.name for path in precious.iterdir()] == ["x"]


def test_a_name_that_cannot_be_written_is_known_to_no_later_build(output: Output) -> None:
    output.write("page.html", "1")
    for name in ("page.html/x", "x" * 300, "a\0b"):
        with pytest.raises(BuildError, match="cannot be written"):
            output.write(name, "1")
    output.prune(set())
    assert json.loads(output.manifest.read_text()) == ["page.html"]
    again = Output(output.folder, output.manifest)
    again.write("page.html/index.html", "1")  # what stood in the way was of the build before
    again.prune(set())
    assert [path.name for path in (output.folder / "page.html").iterdir()] == ["index.html"]


def test_pages_that_are_taken_back_leave_no_folder(output: Output) -> None:
    output.write("old/index.html", "text")
    output.prune(set())
    again = Output(output.folder, output.manifest)
    again.write("new/index.html", "text")
    again.write("old/index.html", "other")
    again.take_back(["new/index.html", "old/index.html"])
    assert sorted(path.name for path in output.folder.iterdir()) == ["old"]
    assert again.changed == ["old/index.html"]


@pytest.mark.parametrize(
    "damage", [b"\xff\xfe\0", b"[" * 100_000, b'{"a": 1}', b"3", b'[3, null, "../x", "/etc/passwd"]']
)
def test_lists_that_are_damaged_stop_nothing(output: Output, damage: bytes) -> None:
    for file in (output.manifest, output.manifest.with_suffix(".journal")):
        file.write_bytes(damage)
    output.write("page.html", "1")
    assert output.prune(set()) == []
    assert json.loads(output.manifest.read_text()) == ["page.html"]


def test_what_another_build_wrote_meanwhile_is_known(output: Output) -> None:
    output.write("a.html", "1")
    output.prune(set())
    late = Output(output.folder, output.manifest)
    late.write("a.html", "2")
    other = Output(output.folder, output.manifest)
    for name in ("a.html", "b.html"):
        other.write(name, "3")
    other.prune(set())
    late.look_anew()
    assert late.prune(set()) == ["b.html"]
