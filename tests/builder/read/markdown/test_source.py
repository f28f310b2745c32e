"""The text being read, and what is wrong with it."""

from pathlib import Path

from builder.errors import Place
from builder.read.markdown.source import KEY, Source, source_of


def test_a_mistake_is_noted_once_and_in_its_place() -> None:
    source = Source(Path("a.md"), Path("folder"))
    for line in (3, 3, 4):
        source.problem(line, "wrong")
    source.problem(3, "wrong", warning=True)
    assert list(map(str, source.problems)) == ["a.md:3: wrong", "a.md:4: wrong", "a.md:3: warning: wrong"]
    assert source.place(7) == Place(Path("a.md"), 7)


def test_a_parser_finds_the_source_it_reads() -> None:
    source = Source(Path("a.md"), Path("folder"))
    assert source_of({KEY: source}) is source


def test_lines_of_included_files_are_told_where_they_stand() -> None:
    source = Source(Path("a.md"), Path("folder"), end=10)
    stretch = source.begin(Path("parts/b.md"), Path("folder/parts"), 5)
    source.begin(Path("c.md"), Path("folder"), 3)
    assert (stretch.before, source.end) == (10, 18)
    assert [str(source.place(line)) for line in (10, 11, 15, 16)] == [
        "a.md:10",
        "parts/b.md:1",
        "parts/b.md:5",
        "c.md:1",
    ]
    assert source.stretch(12).folder == Path("folder/parts")
    assert (source.told(3, 4), source.told(3, 12)) == ("line 3", "a.md:3")
