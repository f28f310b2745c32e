"""Pictures of every kind become pixels of one size and one number of channels."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image

from figures.methods.datasets.decoding import decoded
from tests.figures.methods.datasets.picture_files import GREY, close, content, cut, ramp


def test_a_picture_is_resized_on_its_short_side_and_cut_around_its_centre():
    whole = ramp(80, 40)
    expected = Image.fromarray(whole).crop((20, 0, 60, 40)).resize((20, 20), Image.Resampling.BILINEAR)
    assert close(decoded(content(Image.fromarray(whole)), 20, 3), np.asarray(expected), 3)
    assert np.array_equal(decoded(content(Image.fromarray(ramp(20, 20))), 20, 3), ramp(20, 20))


@pytest.mark.parametrize("size", [(451, 300), (300, 451), (640, 427), (33, 97), (301, 301)])
def test_a_picture_of_any_size_is_cut_to_any_size(size):
    picture = Image.new("RGB", size, "teal")
    assert {decoded(picture, side, 3).shape for side in range(1, 300)} == {(side, side, 3) for side in range(1, 300)}


def test_resizing_is_antialiased():
    lines = np.zeros((64, 64, 3), np.uint8)
    lines[:, ::2] = 255
    small = decoded(content(Image.fromarray(lines)), 16, 3)[:, 1:-1]  # the border sees fewer lines
    assert np.abs(small.astype(int) - 127).max() <= 8
    with torch.inference_mode():
        like = torch.nn.functional.interpolate(
            torch.from_numpy(ramp(64, 64)).permute(2, 0, 1)[None].float(), (16, 16), mode="bilinear", antialias=True
        )
    assert close(decoded(content(Image.fromarray(ramp(64, 64))), 16, 3), like[0].permute(1, 2, 0).round().numpy())


AS_RGB = np.repeat(GREY[..., None], 3, axis=2)

DEEP = (GREY.astype(np.uint16) * 257).astype(np.uint16)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (content(Image.fromarray(GREY)), AS_RGB),
        (content(Image.fromarray(DEEP)), AS_RGB),
        (content(Image.fromarray(DEEP), "TIFF"), AS_RGB),
        (content(Image.fromarray(DEEP.astype(np.int32)), "TIFF"), AS_RGB),
        (content(Image.fromarray((GREY / 255).astype(np.float32)), "TIFF"), AS_RGB),
        (content(Image.fromarray(GREY.astype(np.float32)), "TIFF"), AS_RGB),
        (GREY > 100, np.where(AS_RGB > 100, 255, 0)),
        (content(Image.fromarray(ramp()).convert("CMYK"), "TIFF"), ramp()),
        (content(Image.fromarray(GREY > 100)), np.where(AS_RGB > 100, 255, 0)),
    ],
    ids=[
        "grey",
        "16 bits",
        "16-bit TIFF",
        "32-bit TIFF",
        "float TIFF",
        "float TIFF to 255",
        "array of truths",
        "CMYK",
        "bilevel",
    ],
)
def test_pictures_of_every_mode(image, expected):
    assert close(decoded(image, 30, 3), cut(expected), 2)


def test_a_palette_with_and_without_transparency():
    palette = Image.fromarray(ramp()).quantize(200)
    expected = np.asarray(palette.convert("RGB"))
    assert close(decoded(content(palette), 30, 3), cut(expected))
    see_through = decoded(content(palette, transparency=palette.getpixel((20, 15))), 40, 3)
    assert see_through[20, 20].tolist() == [127, 127, 127]


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_laid_over_a_ground(mode):
    image = Image.fromarray(ramp()).convert(mode)
    image.putalpha(Image.fromarray(np.where(ramp()[..., 1] > 128, 255, 0).astype(np.uint8)))
    found, white = decoded(content(image), 40, 3), decoded(content(image), 40, 3, "white")
    assert (found[:8] == 127).all()
    assert (white[:8] == 255).all()
    shown = np.asarray(image.convert("RGB"))
    assert close(found[30:34], shown[25:29], 2)


def test_a_channel_for_transparency_that_is_not_used_changes_nothing():
    image = Image.fromarray(ramp())
    plain = decoded(content(image), 30, 3)
    assert (decoded(content(image.convert("RGBA")), 30, 3) == plain).all()
    assert (decoded(content(image.convert("RGBA")), 30, 3, "white") == plain).all()


def test_orientation_in_exif_is_followed():
    turned = Image.fromarray(ramp())
    exif = Image.Exif()
    exif[0x0112] = 6
    found = decoded(content(turned, "JPEG", exif=exif, quality=100, subsampling=0), 30, 3)
    upright = np.rot90(ramp(), -1)  # 40 high, 30 wide
    assert close(found, upright[5:35], 6)


def test_grey_networks_get_grey_pictures():
    assert close(decoded(content(Image.fromarray(ramp())), 30, 1), cut(GREY[..., None]))


def test_large_photographs_are_decoded_at_a_fraction_and_look_the_same():
    large = Image.fromarray(ramp(1600, 1200))
    expected = np.asarray(large.crop((200, 0, 1400, 1200)).resize((40, 40), Image.Resampling.BILINEAR))
    assert close(decoded(content(large, "JPEG", quality=95), 40, 3), expected, 4)
