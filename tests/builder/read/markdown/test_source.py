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
