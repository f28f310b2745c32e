"""Heads of other systems."""

import datetime
from pathlib import Path

import pytest

from builder.importers import heads
from builder.importers.files import Files


def read(text: str) -> tuple[dict, str]:
    old, _ = heads.split(text)
    return heads.converted(old, Files(Path("old.md"))), "\n".join(f"{r.line}: {r.message}" for r in old.remarks)


def test_keys_of_other_systems_are_those_of_here() -> None:
    new, told = read(
        "---\ntitle: A\nauthor: B\nauthorLink: https://b.org\ndate: 2020-05-08T23:04:39+08:00\npublished: false\n"
        "tags: [x]\ncategories: y, x\ntoc: {enable: false}\nlastmod: May 9, 2020\nlayout: post\n---\n"
    )
    assert new == {
        "title": "A",
        "authors": [{"name": "B", "url": "https://b.org"}],
        "date": datetime.date(2020, 5, 8),
        "updated": datetime.date(2020, 5, 9),
        "tags": ["x", "y"],
        "draft": True,
        "toc": False,
    }
    assert "11: no key 'layout' here" in told


def test_authors_of_distill_have_places_and_addresses() -> None:
    new, _ = read(
        "---\ntitle: A\nauthors:\n- author: B\n  authorURL: https://b.org\n  affiliation: C\n- name: D\n---\n"
    )
    assert new["authors"] == [{"name": "B", "url": "https://b.org", "affiliations": "C"}, "D"]


@pytest.mark.parametrize("text", ['+++\ntitle = "A"\n+++\nb', '{\n"title": "A"\n}\nb', "---\ntitle: A\n...\nb"])
def test_a_head_is_yaml_toml_or_json(text: str) -> None:
    old, body = heads.split(text)
    assert (old.values, body, old.before) == ({"title": "A"}, "b", 3)


def test_what_cannot_be_read_is_told() -> None:
    assert "the head cannot be read" in read("---\ntitle: a: b\n---\n")[1]
    assert "2: date: '32 May' is not a date" in read("---\ndate: 32 May\n---\n")[1]
    assert "2: featuredImage: no file '/a.jpg'" in read("---\nfeaturedImage: /a.jpg\n---\n")[1]


def test_a_file_may_be_named_one_level_down(convert) -> None:
    made = convert('+++\ntitle = "A"\n[cover]\nimage = "a.png"\n+++\nwords\n', files=("a.png",))
    assert "hero: a.png\n" in made.text
    assert "no file" not in made.told
