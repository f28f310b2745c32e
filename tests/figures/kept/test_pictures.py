"""A picture is known by its bytes, and must be whole."""

import io

import pytest
from PIL import Image

from figures.kept import pictures

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0,0H4"/></svg>'


def encoded(format: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((40, 20), 90).convert("RGB").save(buffer, format, **how)
    return buffer.getvalue()


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_that_is_cut_short_or_of_another_size_is_told(format):
    data, media_type = encoded(format), f"image/{format.lower()}"
    assert list(pictures.whole(data, media_type, 40, 20)) == []
    assert list(pictures.whole(data, media_type, 20, 40)) == [
        "width and height are 20 and 40; the picture has 40 x 20 px"
    ]
    for length in (20, len(data) // 2):
        (problem,) = pictures.whole(data[:length], media_type, 40, 20)
        assert problem.startswith("data cannot be decoded: ")


def test_moving_pictures_are_pictures():
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert list(pictures.whole(buffer.getvalue(), "image/gif", 40, 20)) == []


def test_a_drawing_has_any_size_and_says_that_it_is_one():
    assert list(pictures.whole(SVG, "image/svg+xml", 400, 7)) == []
    (problem,) = pictures.whole(b"<svg><path/></svg>", "image/svg+xml", 4, 4)
    assert problem.startswith('the drawing lacks xmlns="http://www.w3.org/2000/svg"')
    assert list(pictures.drawn(b"<svg><path/></svg>")) == []
    (problem,) = pictures.drawn(SVG[:-3])
    assert problem.startswith("the drawing is not well-formed")
