"""BibTeX as it is written: strings, crossrefs, broken entries."""

from pathlib import Path

from builder.read.bibtex import parsed


def read(text: str):
    entries, problems = parsed(text, Path("w.bib"))
    return {key: dict(raw.fields) for key, raw in entries.items()}, list(map(str, problems))


def test_a_part_of_a_book_has_what_its_book_says() -> None:
    entries, problems = read(
        "@inproceedings{a, crossref={b}, title={A}}\n@proceedings{b, title={P}, year=2019, publisher={Q}}\n"
        "@inproceedings{c, crossref={bb}, title={C}}"
    )
    assert entries["a"] == {"crossref": "b", "title": "A", "booktitle": "P", "year": "2019", "publisher": "Q"}
    assert problems == ["w.bib:3: bibliography: c: crossref: no entry 'bb'; did you mean 'b'?"]


def test_fields_that_nothing_shows_are_not_looked_at() -> None:
    entries, problems = read("@misc{a, title={A}, abstract = nothing # here, file={x}, keywords={y}}")
    assert (entries, problems) == ({"a": {"title": "A"}}, [])


def test_a_broken_entry_costs_only_itself() -> None:
    entries, problems = read("@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, title={C}}")
    assert set(entries) == {"a", "c"}
    assert len(problems) == 1
    assert problems[0].startswith("w.bib:2: ")


def test_strings_are_joined_without_a_space() -> None:
    assert (
        read('@string{a = "Na"}\n@misc{x, title={T}, journal = a # "ture", year = "20" # "20"}')[0]["x"]["year"]
        == "2020"
    )


def test_what_biblatex_shares_and_renames() -> None:
    entries, _ = read("@xdata{p, publisher={P}}\n@book{a, title={T}, xdata={p}, ids={b, c}}\n@inbook{d, crossref={A}}")
    assert entries["a"]["publisher"] == entries["b"]["publisher"] == "P"
    assert entries["d"]["booktitle"] == "T"
