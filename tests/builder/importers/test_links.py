"""Links."""

import pytest

from builder.importers.links import slug_of


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("_posts/2016-05-08-Why is this.md", "why-is-this"),
        ("content/a-dot/index.md", "a-dot"),
        ("x/old_one.hugo.md", "old-one"),
        ("Ö.md", "article"),
    ],
)
def test_the_slug_is_made_of_the_path(path: str, slug: str) -> None:
    assert slug_of(path) == slug


def test_links_lead_where_there_is_something(convert) -> None:
    made = convert(
        "---\ntitle: A\n---\n## Dots\n\n[a](../other.md#x), [b](gone.md), [c](#dots), [d](#gone), [e](t.csv), "
        "[f](u.csv), [g\nh](https://x.org).\n",
        files=("t.csv",),
    )
    assert made.body.endswith("[a](../other/index.md#x), b, [c](#dots), d, [e](t.csv), f, [g h](https://x.org).")
    assert list(made.new.copies) == ["t.csv"]
    assert "6: link 'gone.md': no such article here" in made.told
    assert "6: link '#gone': the page has no such place" in made.told


def test_an_address_that_is_none_is_no_reason_to_stop(convert) -> None:
    made = convert("---\ntitle: A\n---\n[a](http://[x) ![b](//[y)")
    assert "title: A" in made.text


def test_references_to_what_is_not_there_are_words(convert) -> None:
    made = convert(
        "---\ntitle: A\n---\nSee @fig-gone, @tbl-n and a@fig-b.\n\nTable: N {#tbl-n}\n\n| a |\n|---|\n| 1 |\n"
    )
    assert made.body.startswith("See Figure, @tbl-n and a@fig-b.")
    assert "4: no figure 'fig-gone' here: the word stands without a number" in made.told
