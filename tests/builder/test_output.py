"""Files under names that tell their content; what is unchanged is left alone, what is stale goes."""

from __future__ import annotations

from pathlib import Path

import pytest

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
