"""Files that a source shows."""

from pathlib import Path

import pytest

from builder.importers.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    for name in ("content/posts/a.png", "static/images/a.png", "static/images/b c.png", ".secret/key.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    return Files(tmp_path / "content" / "posts" / "old.md")


def test_they_are_found_beside_the_source_or_where_the_site_serves_them(files: Files) -> None:
    assert files.take("a.png") == "a.png"
    assert files.take("/images/a.png") == "images-a.png"
    assert files.take("/images/a.png") == "images-a.png"
    assert files.take("/images/b%20c.png") == "b-c.png"
    assert {name: path.read_text() for name, path in files.taken.items()}["a.png"] == "content/posts/a.png"


@pytest.mark.parametrize("target", ["none.png", "https://x.org/a.png", "../../.secret/key.png", "", "a\0.png"])
def test_what_is_hidden_elsewhere_or_nowhere_is_not_taken(files: Files, target: str) -> None:
    assert files.take(target) == ""
    assert files.taken == {}
