"""The picture that other sites show of an article."""

import io

import pytest
from PIL import Image, ImageChops

from builder.press import social


@pytest.mark.parametrize("title", ["Short", "A title of very many words that goes on and on " * 4, "Donaudampf" * 12])
def test_a_card_holds_any_title(tmp_path, title: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 90), "red").save(buffer, "PNG")
    data = social.card(tmp_path, title, "Site", social.Picture(buffer.getvalue(), 1, 2))
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (1200, 630)
        colours = {colour for _, colour in picture.getcolors(maxcolors=100000)}
    assert (255, 0, 0) in colours
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("size", "least"), [((1300, 400), 900), ((600, 600), 480)])
def test_a_card_gives_a_chart_room_below_the_title_or_beside_it(tmp_path, size: tuple[int, int], least: int) -> None:
    width, height = size
    sides = f'width="{width / 2}" height="{height / 2}"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {sides}><rect {sides} fill="red"/></svg>'
    for title in ("Short", "A title of very many words that goes on and on " * 4):
        data = social.card(tmp_path, title, "Site", social.Picture(drawing.encode(), chart=True))
        with Image.open(io.BytesIO(data)) as picture:
            red, green, _ = picture.convert("RGB").split()
        box = ImageChops.multiply(red.point(lambda v: 255 * (v > 250)), green.point(lambda v: 255 * (v < 5))).getbbox()
        assert box[2] - box[0] >= least
        assert (box[2] - box[0]) / (box[3] - box[1]) == pytest.approx(size[0] / size[1], rel=0.02)
        assert box[1] >= 60
        assert box[3] <= 630 - 60
