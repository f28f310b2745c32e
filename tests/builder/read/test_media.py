"""The sides of pictures and films, read from their heads."""

import struct
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from builder.read import media


def box(kind: bytes, content: bytes, wide: bool = False) -> bytes:
    if wide:
        return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8, kind) + content


def header(width: int, height: int) -> bytes:
    return box(b"tkhd", bytes(76) + struct.pack(">II", width << 16, height << 16))


def element(name: str, content: bytes, endless: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if endless else (0x4000 | len(content)).to_bytes(2, "big")
    return bytes.fromhex(name) + size + content


@pytest.fixture
def written(tmp_path: Path):
    def write(name: str, data: bytes) -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "gif", "avif"])
def test_pictures(tmp_path: Path, kind: str) -> None:
    Image.new("RGB", (48, 32)).save(tmp_path / f"a.{kind}")
    assert media.sides(tmp_path / f"a.{kind}") == (48, 32)


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_photograph_that_lies_on_its_side(tmp_path: Path, kind: str) -> None:
    turned = Image.Exif()
    turned[media.ORIENTATION] = 6
    Image.new("RGB", (48, 32)).save(tmp_path / f"a.{kind}", exif=turned)
    assert media.sides(tmp_path / f"a.{kind}") == (32, 48)


def test_words_beside_a_png_tell_that_it_is_turned(tmp_path: Path) -> None:
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", '<rdf:Description tiff:Orientation="8"/>')
    Image.new("RGB", (48, 32)).save(tmp_path / "a.png", pnginfo=words)
    assert media.sides(tmp_path / "a.png") == (32, 48)


@pytest.mark.parametrize(
    ("head", "sides"),
    [
        ('<svg width="40" height="20px" viewBox="0 0 1 1">', (40, 20)),
        ('<?xml version="1.0"?><svg viewBox="0 0 60.4, 30" width="100%">', (60, 30)),
        ("<svg viewBox='0 0 60'>", (0, 0)),
        ("<p>", (0, 0)),
    ],
)
def test_drawings(written, head: str, sides: tuple[int, int]) -> None:
    assert media.sides(written("a.svg", head.encode())) == sides


def test_films(written) -> None:
    sound, picture = box(b"trak", header(0, 0)), box(b"trak", box(b"edts", b"1234") + header(640, 360))
    film = box(b"ftyp", b"isom") + box(b"mdat", bytes(50), wide=True) + box(b"moov", sound + picture)
    assert media.sides(written("a.mp4", film)) == (640, 360)
    track = element("AE", element("E0", element("B0", b"\x01\x40") + element("BA", b"\xc8")))
    body = element("18538067", element("1654AE6B", track), endless=True)
    assert media.sides(written("a.webm", element("1A45DFA3", b"head") + body)) == (320, 200)


def test_a_film_is_told_by_how_it_begins(written) -> None:
    for head in (b"\0\0\0\x20ftypisom", b"\x1a\x45\xdf\xa3\x93", b"OggS\0\2"):
        assert media.is_film(written("a.mp4", head))
    for head in (b"", b"<!doctype html>", b"version https://git-lfs.github.com/spec/v1"):
        assert not media.is_film(written("a.mp4", head))


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.png", "a.svg", "a.csv"])
@pytest.mark.parametrize("data", [b"", b"\x00\x00\x00\x08moov", b"\x00" * 40, b"\xff" * 40, b"\x00\x00\x00\x02moov"])
def test_what_is_none_has_no_sides(written, name: str, data: bytes) -> None:
    assert media.sides(written(name, data)) == (0, 0)


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    assert media.sides(tmp_path / "a.png") == (0, 0)
    for side in (8, 9):
        Image.new("RGB", (side, side), (side * 9, 0, 0)).save(tmp_path / "a.png")
        assert media.sides(tmp_path / "a.png")[0] in (8, 9)
    assert media.sides(tmp_path / "a.png") == (9, 9)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"II*\0" + b"\0" * 60, "TIFF, which"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, "HEIC"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 60, ""),
        (b"%PDF-1.4", "PDF"),
        (b"\n<!DOCTYPE html>", "a web page"),
        (b"version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "cut short"),
        (b"\xff\xd8\xff" + b"\0" * 60, "cut short"),
        (b"\xff\xd8\xff" + b"\0" * 60 + b"\xff\xd9" + b"\0" * media.TAIL_OF_PICTURE, ""),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60 + b"\xff\xd9", ""),
        (b"", ""),
    ],
)
def test_what_browsers_cannot_show_is_named(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "a.png").write_bytes(content)
    assert media.unshown(tmp_path / "a.png").startswith(kind)
    assert bool(media.unshown(tmp_path / "a.png")) == bool(kind)


def test_a_picture_of_any_size_costs_nothing_to_measure(tmp_path: Path, monkeypatch) -> None:
    for name in ("a.png", "a.gif"):
        Image.new("L", (40, 30)).save(tmp_path / name)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert media.sides(tmp_path / "a.gif") == (0, 0)
    assert media.sides(tmp_path / "a.png") == (40, 30)
