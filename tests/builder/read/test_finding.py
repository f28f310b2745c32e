"""What in a folder is an article."""

import os
from pathlib import Path

import pytest

from builder.errors import UsageError
from builder.read import finding
from builder.read.article import attempted


def test_hidden_files_and_those_of_other_programs_are_none(tmp_path: Path) -> None:
    for name in ("a.md", ".hidden.md", "._a.md", "README.md", "b/index.md", "b/notes.md", ".git/index.md", "c/x.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / ".#a.md").symlink_to("nobody@nowhere.1")
    assert finding.candidates(tmp_path) == [tmp_path / "a.md", tmp_path / "b" / "index.md"]


def test_links_that_lead_nowhere_stand_for_articles_and_stop_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("")
    for name, to in (("round.md", "round.md"), ("unplugged", "/media/nobody/disk"), ("round", "round")):
        (tmp_path / name).symlink_to(to)
    (tmp_path / "data.zip").symlink_to("gone.zip")
    names = [path.relative_to(tmp_path).as_posix() for path in finding.candidates(tmp_path)]
    assert names == ["a.md", "round/index.md", "round.md", "unplugged/index.md"]


def test_what_only_looks_like_an_article_is_named(tmp_path: Path) -> None:
    for name in (
        "a.md",
        "B.MD",
        "c.markdown",
        "d.txt",
        "README.MD",
        "e/Index.md",
        "f/part.md",
        "_g/x.md",
        "h/i/index.md",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    found = finding.overlooked(tmp_path, finding.candidates(tmp_path), {tmp_path / "f" / "part.md"}.__contains__)
    assert [(path.name, message.partition(";")[0]) for path, message in found] == [
        ("B.MD", "ends in '.MD' and is no article"),
        ("c.markdown", "ends in '.markdown' and is no article"),
        ("e", "holds no 'index.md', and no page comes of Index.md"),
        ("h", "holds no 'index.md', and no page comes of i/index.md"),
    ]


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path, kind: str) -> None:
    make = {"pipe": os.mkfifo, "device": lambda path: path.symlink_to("/dev/zero"), "folder": Path.mkdir}
    make[kind](tmp_path / "a.md")
    [problem] = attempted(tmp_path / "a.md", tmp_path).problems
    assert str(problem).startswith("a.md: the article cannot be read: it is ")


def test_a_folder_that_cannot_be_entered_is_a_problem_and_not_an_empty_site(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a").mkdir()

    def closed(look):
        def into(path):
            if Path(path).name == "a":
                raise PermissionError(13, "Permission denied")
            return look(path)

        return into

    for name in ("listdir", "scandir"):
        monkeypatch.setattr(finding.os, name, closed(getattr(os, name)))
    assert finding.candidates(tmp_path) == [tmp_path / "a" / "index.md"]
    with pytest.raises(UsageError, match="Permission denied"):
        finding.candidates(tmp_path / "a")


def test_whatever_stops_reading_is_a_problem_of_the_article(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "a.md").symlink_to("gone.md")
    assert [str(p) for p in attempted(tmp_path / "a.md", tmp_path).problems] == [
        "a.md: the article cannot be read: No such file or directory"
    ]
    monkeypatch.setattr("builder.read.article.read", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in str(attempted(tmp_path / "b" / "index.md", tmp_path).problems[0])
