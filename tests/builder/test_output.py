"""Files whose name is known only at the end, and the pages that wait for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.output import Output


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "site", tmp_path / "output.json")


def test_a_page_waits_for_what_it_links_to(output: Output) -> None:
    address = output.promise("sizes", "css")
    output.write("a/index.html", f'<link href="../{address}">')
    output.write("b.html", "no link")
    assert not (output.folder / "a/index.html").exists()
    assert {"a/index.html", "b.html"} <= output.current
    name = output.keep(address, b".a{}")
    assert (output.folder / name).read_bytes() == b".a{}"
    assert (output.folder / "a/index.html").read_text() == f'<link href="../{name}">'
    assert address not in output.current


def test_the_name_follows_the_content_and_a_second_build_changes_nothing(output: Output, tmp_path: Path) -> None:
    def build(rules: bytes) -> Output:
        again = Output(output.folder, output.manifest)
        address = again.promise("sizes", "css")
        again.write("index.html", address)
        again.keep(address, rules)
        again.prune(set())
        return again

    assert len(build(b"1").changed) == 2
    assert build(b"1").changed == []
    changed = build(b"2").changed
    assert "index.html" in changed
    assert len(list((output.folder / "assets").iterdir())) == 1
