"""Names of files below a folder, and those that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.inside import is_below, is_inside


@pytest.mark.parametrize("name", ["index.html", "a/b.c.css", "résumé/方法 1.html", ".well-known/x"])
def test_files_below_a_folder_have_their_names(name: str) -> None:
    assert is_inside(name)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "a/../../x",
        "a//b",
        "a/",
        "",
        ".",
        "C:/x",
        "..\\x",
        "a\0b",
        "a\nb",
        "\ud800",
        "x" * 256,
        3,
        None,
        ["x"],
    ],
)
def test_what_leads_elsewhere_or_cannot_be_written_is_no_such_name(name: object) -> None:
    assert not is_inside(name)


def test_a_link_may_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "pages").mkdir(parents=True)
    (folder / "away").symlink_to(tmp_path)
    assert is_below(folder, "pages/x")
    assert not is_below(folder, "away/x")
