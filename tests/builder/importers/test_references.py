"""Works that a source cites."""

TEXT = """\
---
title: A
---
One[^1], two [^2] and three[^3].

[^1]:Dotter, A. B., & Liner, C. (2013). Seeing dots. Retrieved from https://arxiv.org/abs/1311.2901
[^2]: Dots, https://doi.org/10.1000/dots.7
[^3]: Just a note, https://x.org
"""


def test_footnotes_that_are_works_are_offered(convert) -> None:
    made = convert(TEXT)
    assert "[^1]" in made.body
    assert "6: footnote '1' is a work: --cite makes [@dotter2013seeing] of it" in made.told
    assert "author = {Dotter, A. B. and Liner, C.}" in made.new.report
    assert made.new.bibliography == {}


def test_they_are_cited_where_that_is_asked_for(convert) -> None:
    made = convert(TEXT, cites=True)
    assert made.body == "One [@dotter2013seeing], two [@workdots] and three[^3].\n\n[^3]: Just a note, https://x.org"
    works = made.new.bibliography["works.bib"]
    assert "eprint = {1311.2901}" in works
    assert "doi = {10.1000/dots.7}" in works
    assert "bibliography: works.bib" in made.text


def test_a_bibliography_beside_the_source_comes_along(convert, tmp_path) -> None:
    (tmp_path / "mine.bib").write_text("@misc{dot2020,\n  title = {Dot},\n}\n")
    made = convert("---\ntitle: A\n---\nOne [@dot2020].")
    assert made.new.bibliography == {"mine.bib": "@misc{dot2020,\n  title = {Dot},\n}\n"}
    assert made.told == ""
