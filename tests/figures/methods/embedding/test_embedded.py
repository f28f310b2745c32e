"""Images whose codes are alike lie together, each once, beside what an untrained network says of them."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.embedding import embedded as module
from figures.methods.embedding.embedded import Embedded, Recipe
from tests.figures import embedded_records
from tests.figures.coloured import network, pictures

NET, DATA = network(), pictures(6, 8)
"""Six red pictures and eight others, none of which looks red to the network."""


def lay(grid: bool = True, control: bool = False, images: int = 100) -> Embedded:
    recipe = Recipe(method="pca", grid=grid)
    return module.of(NET, DATA, "1", images=images, colour="label", recipe=recipe, control=control, side_px=4)


@pytest.fixture(scope="module")
def seen() -> Embedded:
    return lay()


def test_neighbours_have_the_same_colour_and_are_never_the_image_itself(seen: Embedded) -> None:
    assert seen.near.shape == (14, 5)
    assert all(i not in row for i, row in enumerate(seen.near.tolist()))
    assert seen.trained.purity == 1
    assert seen.columns()["of the same"] == [5] * 14
    assert 0 < seen.chance < 1


def test_each_image_has_a_cell_of_its_own_and_lies_in_its_middle(seen: Embedded) -> None:
    assert seen.side == 4
    assert len({*seen.cell.tolist()}) == 14
    assert np.array_equal(np.floor(seen.points * 4).astype(int), np.stack([seen.cell % 4, seen.cell // 4], axis=1))
    assert seen.sheet_rows == seen.cell.max() // 4 + 1


def test_without_a_grid_images_lie_where_their_codes_put_them() -> None:
    loose = lay(grid=False)
    assert loose.control is None
    assert np.isnan(loose.trained.grid)
    assert loose.cell.tolist() == list(range(14))
    assert (loose.points.min(), loose.points.max()) == pytest.approx((0, 1))
    red, other = loose.points[:6], loose.points[6:]
    assert np.linalg.norm(red.mean(axis=0) - other.mean(axis=0)) > max(np.ptp(red), np.ptp(other)) / 2


def test_what_is_told_of_the_layer_and_the_images(seen: Embedded) -> None:
    assert (seen.network, seen.layer, seen.dataset) == ("coloured", "1", "plain")
    assert (seen.numbers, seen.size, seen.pictures.shape) == (3, 14, (14, 4, 4, 3))
    assert seen.names == DATA.given


def test_the_control_is_worth_as_much_where_training_changed_nothing(seen: Embedded, monkeypatch) -> None:
    monkeypatch.setattr(module.models, "untrained", lambda model: model)
    assert lay(control=True).control == seen.trained
    assert seen.control is None


def test_the_typical_image_is_in_the_middle_by_how_near_others_are() -> None:
    far = np.arange(14.0)
    far[[2, 7]] = 7, 2
    assert embedded_records.embedded(distance=far).typical == 2


def test_too_few_images_are_an_error() -> None:
    with pytest.raises(ValueError, match="plain: 11 images that can be read; expected at least 12"):
        lay(images=11)
