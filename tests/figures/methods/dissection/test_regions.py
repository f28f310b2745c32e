"""Colours, edges and figures are where they are."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import datasets
from figures.methods.dissection import regions


def masks(image: torch.Tensor) -> dict[str, torch.Tensor]:
    everywhere = torch.ones((1, *image.shape[1:]), dtype=torch.bool)
    return dict(zip(regions.REGIONS, regions.of(image[None], everywhere)[0], strict=True))


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((0.9, 0.1, 0.1), "red"), ((0.8, 0.8, 0.1), "yellow"), ((0.1, 0.7, 0.2), "green"), ((0.1, 0.8, 0.8), "cyan"),
        ((0.1, 0.1, 0.9), "blue"), ((0.8, 0.1, 0.8), "magenta"), ((0.1, 0.0, 0.0), "black"), ((0.5, 0.5, 0.5), "grey"),
        ((0.95, 0.95, 0.9), "white"),
    ],
)  # fmt: skip
def test_every_pixel_has_one_colour(colour, name):
    found = masks(torch.tensor(colour)[:, None, None].expand(3, 4, 4))
    assert [one for one in regions.COLOURS if found[f"colour {one}"].all()] == [name]
    assert sum(found[f"colour {one}"].sum() for one in regions.COLOURS) == 16


@pytest.mark.parametrize(
    ("right", "down", "name"),
    [(0, 1, "horizontal"), (1, 0, "vertical"), (0, -1, "horizontal"), (1, 1, "rising"), (1, -1, "falling")],
)
def test_edges_run_across_what_gets_lighter(right, down, name):
    y, x = torch.meshgrid(torch.arange(8.0), torch.arange(8.0), indexing="ij")
    found = masks(((right * x + down * y) * 0.08).expand(3, -1, -1))
    inside = {one: bool(found[f"edge {one}"][2:6, 2:6].all()) for one in regions.EDGES}
    assert [one for one, all_of_it in inside.items() if all_of_it] == [name]


def test_an_even_picture_has_no_edges():
    found = masks(torch.full((3, 6, 6), 0.5))
    assert not any(found[f"edge {one}"].any() for one in regions.EDGES)


def test_figures_of_glyphs_are_their_ink_and_of_others_unknown():
    data = datasets.load("glyphs:4")
    figure = regions.figures(data, np.arange(4), 64)
    assert 0.02 < float(figure.float().mean()) < 0.6
    assert regions.has_figures(data, np.arange(4))


def test_the_grid_is_half_of_an_image_or_less():
    assert [regions.side(size) for size in (32, 64, 224, 299)] == [16, 32, 56, 59]
