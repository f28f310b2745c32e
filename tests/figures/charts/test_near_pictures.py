"""All images are one picture, through whose windows an image and its nearest are seen."""

from __future__ import annotations

import base64
import io
import math
from typing import Any

import numpy as np
import pytest
from PIL import Image

from figures.charts import near_pictures
from figures.charts.near_pictures import GAP_PX, Pictures
from tests.figures.embedded_records import embedded


def opened(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))


def test_thumbnails_are_one_picture_with_a_cell_for_each() -> None:
    seen = embedded()
    data = base64.b64decode(near_pictures.sheet(seen).partition(",")[2])
    sheet = Image.open(io.BytesIO(data))
    assert sheet.size == (4 * 16, 4 * 16)
    alpha = sheet.convert("RGBA").getchannel("A").resize((4, 4), Image.Resampling.NEAREST)
    assert np.asarray(alpha).ravel().tolist() == [255] * 14 + [0] * 2


def test_an_image_lies_where_its_cell_is() -> None:
    pictures = np.zeros((14, 16, 16, 3), np.uint8)
    pictures[3] = 255
    cell = np.arange(14)[::-1]
    sheet = np.asarray(opened(near_pictures.sheet(embedded(pictures=pictures, cell=cell))).convert("RGBA"))
    white = sheet[8::16, 8::16, :3].mean(axis=2) > 128
    assert np.flatnonzero(white).tolist() == [cell[3]]


def test_what_is_shown_first_is_a_typical_image_and_its_nearest() -> None:
    seen = embedded()
    pictures = Pictures.of(seen)
    assert pictures.start == seen.typical
    assert len(pictures.first) == 1 + seen.near.shape[1]
    assert (pictures.columns, pictures.rows) == (4, 4)
    assert pictures.slots == list(range(14))


def test_images_are_called_by_their_group_or_else_by_their_name() -> None:
    seen = embedded()
    words = Pictures.of(embedded(attribute=type(seen.attribute)("label", ("cat", *[""] * 13), ("cat",)))).words
    assert words == ["cat", *seen.names[1:]]


def test_signals_tell_the_image_that_is_looked_at_and_where_all_lie() -> None:
    parameters = Pictures.of(embedded()).parameters([[0.0, 1.0]])
    told = {one.name: one.param.to_dict()["value"] for one in parameters}
    assert {*told} == {"at", "sheet", "near", "slots", "cells", "words", "places"}
    assert (told["at"], told["places"]) == (7, [[0.0, 1.0]])


@pytest.fixture(scope="module")
def row() -> tuple[Pictures, list[dict[str, Any]]]:
    pictures = Pictures.of(embedded(cell=np.arange(14)[::-1]))
    return pictures, near_pictures.draw(pictures, 600, 8).to_dict(validate=False)["vconcat"][1]["hconcat"]


def test_pictures_and_gaps_are_as_wide_as_the_chart(row: tuple[Pictures, list[dict[str, Any]]]) -> None:
    _, views = row
    assert sum(view["width"] for view in views) + (len(views) - 1) * GAP_PX == pytest.approx(600)


@pytest.mark.parametrize("at", [0, 7, 13])
def test_a_window_shows_the_cell_of_its_image(row: tuple[Pictures, list[dict[str, Any]]], at: int) -> None:
    pictures, views = row
    known = {"at": at, "near": pictures.near, "slots": pictures.slots, "floor": math.floor}
    for image, view in zip([at, *pictures.near[at]], views, strict=True):
        places = view["layer"][1]["encoding"]
        # The sheet is moved; what is written for Vega means the same in Python, but for `||`.
        moved = [places[axis]["value"]["expr"].replace("||", "or") for axis in "xy"]
        x, y = (-eval(text, dict(known)) / view["width"] for text in moved)
        assert (round(y), round(x)) == divmod(pictures.slots[image], pictures.columns)
