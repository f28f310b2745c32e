"""A folder for an article, and a function that writes and reads it."""

from pathlib import Path

import pytest

from builder.read.article import Article, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles" / "curves"
    folder.mkdir(parents=True)
    (folder / "works.bib").write_text("@misc{olah2020, author={Olah, Chris}, title={Zoom}, year=2020}\n")
    return folder


@pytest.fixture
def article(folder: Path):
    def write(text: str | bytes, name: str = "index.md") -> Article:
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(folder / name, folder.parent.parent)

    return write
