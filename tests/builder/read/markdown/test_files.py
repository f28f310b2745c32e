"""Files beside an article: those that are there and may be published."""

from pathlib import Path

import pytest

from builder.read.markdown.files import is_private, located
from builder.read.markdown.source import Source


@pytest.fixture
def source(tmp_path: Path) -> Source:
    folder = tmp_path / "articles" / "first"
    (folder / "more").mkdir(parents=True)
    (folder / "plate.png").touch()
    (folder / ".secret.png").touch()
    (tmp_path / "shared.png").touch()
    return Source(Path("articles/first/index.md"), folder)


@pytest.mark.parametrize("name", ["plate.png", "../../shared.png"])
def test_what_is_there_is_found_without_a_word(source: Source, name: str) -> None:
    assert located(name, source, 3) == (source.folder / name).resolve()
    assert source.problems == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("plaet.png", "no image 'plaet.png' beside the article; did you mean 'plate.png'?"),
        ("https://example.org/a.png", "lies on another host; keep a copy beside the article"),
        ("data:image/png;base64,AA==", "is no file; keep it as one beside the article"),
        (".secret.png", "is not a file to publish"),
        ("../../../outside.png", "is not a file to publish"),
    ],
)
def test_what_may_not_be_published_or_is_not_there_is_a_problem_at_its_line(source: Source, name, message) -> None:
    located(name, source, 3)
    [problem] = source.problems
    assert problem.place.line == 3
    assert message in problem.message


def test_the_site_ends_where_its_root_does(source: Source, tmp_path: Path) -> None:
    assert not is_private(tmp_path / "shared.png", source)
    assert is_private(tmp_path.parent / "shared.png", source)
    assert is_private(tmp_path / ".store" / "shared.png", source)
    (tmp_path / "file.png").symlink_to(tmp_path.parent / "shared.png")
    (tmp_path / "folder").symlink_to(tmp_path.parent)
    assert is_private(tmp_path / "file.png", source)
    assert is_private(tmp_path / "folder" / "shared.png", source)
    assert not is_private(tmp_path / "folder" / tmp_path.name / "shared.png", source)
