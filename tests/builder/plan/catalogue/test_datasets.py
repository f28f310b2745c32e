"""Data sets by name, and the digests of their images."""

from pathlib import Path

import pytest

from tests.builder.plan.catalogue.sample import open_catalogue


def photos(root: Path, count: int = 3) -> Path:
    folder = root / "data" / "photos"
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        (folder / f"{index}.png").write_bytes(f"image {index}".encode())
    return folder


@pytest.mark.parametrize("text", ["data/photos", "photos", "photos:2"])
def test_a_data_set_changes_exactly_with_its_images(tmp_path: Path, text: str) -> None:
    tables = {"photos": {"path": "data/photos"}}
    folder = photos(tmp_path)

    def digest() -> str:
        return open_catalogue(tmp_path, datasets=tables).dataset(text)[1]

    before = digest()
    assert digest() == before
    (folder / "notes.txt").write_text("no image")
    assert digest() == before
    (folder / "1.png").write_bytes(b"another")
    assert digest() != before


def test_a_data_set_that_is_not_here_is_the_one_last_seen(tmp_path: Path) -> None:
    tables = {"photos": {"path": "data/photos"}}
    folder = photos(tmp_path)
    for text in ("data/photos", "photos"):
        seen = open_catalogue(tmp_path, datasets=tables)
        before = seen.dataset(text)
        folder.rename(tmp_path / "away")
        absent = open_catalogue(tmp_path, datasets=tables)
        assert absent.dataset(text) == before
        assert absent.used == seen.used != set()
        with pytest.raises(ValueError, match="photos:2"):
            open_catalogue(tmp_path, datasets=tables).dataset(f"{text}:2")
        (tmp_path / "away").rename(folder)


def test_an_empty_folder_is_not_taken_for_an_absent_one(tmp_path: Path) -> None:
    folder = photos(tmp_path)
    open_catalogue(tmp_path).dataset("data/photos")
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(ValueError, match="no image"):
        open_catalogue(tmp_path).dataset("data/photos")


@pytest.mark.parametrize(
    ("text", "message"),
    [("glyps:10", "no data set 'glyps:10'; did you mean 'glyphs'"), ("glyphs:0", "expected glyphs:N with N images")],
)
def test_a_wrong_data_set_names_the_nearest(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        open_catalogue(tmp_path).dataset(text)


def test_a_picture_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    photos(tmp_path, count=1)
    known = open_catalogue(tmp_path).datasets
    with pytest.raises(ValueError, match=r"photographs:40 has no image 'cofee'; did you mean 'coffee'"):
        known.check_picture("photographs:40", "cofee")
    with pytest.raises(ValueError, match=r"data/photos has no image '0.pgn'"):
        known.check_picture("data/photos", "0.pgn")
    for name, written in {"data/photos": "0.png", "photographs": "coffee", "glyphs:6": "plaid", "away": "any"}.items():
        known.check_picture(name, written)
