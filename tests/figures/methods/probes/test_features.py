"""Maps become rows: pooled over all places, or laid out over as many places as there is room for."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.probes.features import FLATTENED, MOST, POOLED, features, grid, pixels, rows
from tests.figures.probed import Flat
from tests.figures.small_networks import convolutional, model


def test_pooled_rows_are_means_and_flat_ones_keep_their_places() -> None:
    maps = torch.arange(2 * 3 * 4 * 4.0).reshape(2, 3, 4, 4)
    assert torch.allclose(rows(maps, POOLED), maps.mean(dim=(2, 3)))
    assert torch.equal(rows(maps, FLATTENED), maps.flatten(1))


def test_large_maps_are_averaged_to_what_there_is_room_for() -> None:
    assert grid(3, 64, 64) == (36, 36)
    assert grid(64, 8, 8) == (8, 8)
    assert grid(1280, 7, 7) == (1, 1)
    assert grid(MOST * 2, 7, 7) == (1, 1)
    down, across = grid(32, 64, 32)
    assert (down, across) == (16, 8)


def test_layers_are_read_for_every_picture() -> None:
    made, pictures = model(convolutional), Flat()
    layers = list(made.layers)[:2]
    seen = features(made, pictures, layers, POOLED)
    assert [seen[layer].shape for layer in layers] == [(36, made.size(layer)) for layer in layers]
    same = np.unique(np.stack([pictures.labels().shape, pictures.labels().texture]), axis=1, return_inverse=True)[1]
    assert len(np.unique(seen[layers[0]].round(4), axis=0)) == len(np.unique(same))


def test_pixels_are_averaged_like_maps() -> None:
    assert pixels(Flat(), size_px=8).shape == (36, 3 * 8 * 8)
