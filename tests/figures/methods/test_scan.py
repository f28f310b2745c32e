"""The scan against brute force on a small data set."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import activations, datasets, models
from figures.methods import scan as scans
from figures.methods.scan import shards

LAYER = "mixed3b"
COUNT = 30


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data() -> datasets.Glyphs:
    return datasets.load(f"glyphs:{COUNT}")


@pytest.fixture(scope="module")
def maps(model, data) -> np.ndarray:
    return activations.activations(model, data.images(range(COUNT)), LAYER).numpy()


@pytest.fixture(scope="module")
def found(model, data) -> scans.LayerScan:
    return scans.of(model, data, LAYER, top=5, bins=32, samples_per_bin=4, seed=1)


def test_top_positions_are_those_of_brute_force(found, maps):
    peaks = maps.max(axis=(2, 3)).T
    order = np.argsort(-peaks, axis=1)[:, :5]
    assert np.allclose(found.top.value, np.take_along_axis(peaks, order, axis=1), atol=1e-4)
    channel = np.arange(len(peaks))[:, None]
    at = maps[found.top.image, channel, found.top.y, found.top.x]
    assert np.allclose(at, found.top.value, atol=1e-4)


def test_top_positions_come_from_different_images_and_descend(found):
    assert all(len(set(row)) == 5 for row in found.top.image)
    assert (np.diff(found.top.value, axis=1) <= 0).all()


def test_bottom_positions_are_those_of_brute_force(found, maps):
    lows = maps.min(axis=(2, 3)).T
    assert np.allclose(found.bottom.value, np.sort(lows, axis=1)[:, :5], atol=1e-4)
    channel = np.arange(len(lows))[:, None]
    at = maps[found.bottom.image, channel, found.bottom.y, found.bottom.x]
    assert np.allclose(at, found.bottom.value, atol=1e-4)


def test_the_reservoir_has_one_position_of_each_image(found, maps):
    assert np.array_equal(found.reservoir.image, np.arange(COUNT))
    at = maps[np.arange(COUNT), :, found.reservoir.y, found.reservoir.x]
    assert np.allclose(found.reservoir.value, at, rtol=2e-3, atol=1e-3)
    places = found.reservoir.y.astype(int) * 16 + found.reservoir.x
    assert len(set(places)) > COUNT / 2


def test_the_spectrum_is_the_mean_amplitude_of_the_images(found, data):
    images = data.images(range(COUNT)).double().numpy()
    expected = np.abs(np.fft.rfft2(images, norm="ortho")).mean(axis=0)
    assert found.spectrum.shape == (3, 64, 33)
    assert np.allclose(found.spectrum, expected, rtol=1e-4, atol=1e-5)


def test_counts_sum_to_the_number_of_positions(found):
    assert (found.histogram.sum(axis=1) == COUNT * 16 * 16).all()


def test_counts_are_those_of_left_closed_bins(found, maps):
    for channel in (0, 17, 255):
        values, edges = maps[:, channel].flatten().astype(np.float64), found.edges[channel]
        expected = [((values >= low) & (values < high)).sum() for low, high in zip(edges, edges[1:], strict=False)]
        assert np.abs(found.histogram[channel] - expected).sum() <= 4  # rounding of values at an edge


def test_zero_is_an_edge_and_bins_are_well_used(found):
    assert all(0.0 in edges for edges, low in zip(found.edges, found.edges[:, 0], strict=True) if low <= 0)
    used = (found.histogram.cumsum(axis=1) < found.histogram.sum(axis=1, keepdims=True)).sum(axis=1) + 1
    assert (used > 12).all()


def test_moments_are_those_of_all_positions(found, maps):
    flat = np.moveaxis(maps, 1, 0).reshape(256, -1).astype(np.float64)
    assert np.allclose(found.mean, flat.mean(axis=1), atol=1e-3)
    assert np.allclose(found.std, flat.std(axis=1), rtol=1e-3, atol=1e-4)
    assert np.allclose(found.rectified_mean, np.maximum(flat, 0).mean(axis=1), atol=1e-3)
    assert np.allclose(found.rectified_std, np.maximum(flat, 0).std(axis=1), rtol=1e-3, atol=1e-4)


def test_samples_lie_in_their_bins_and_fill_them(found, maps):
    channel, bin_, rank = (found.samples.image >= 0).nonzero()
    value = found.samples.value[channel, bin_, rank].astype(np.float64)
    assert (value >= found.edges[channel, bin_]).all()
    assert (value < found.edges[channel, bin_ + 1]).all()
    image, y, x = found.samples[channel, bin_, rank].indices
    assert np.allclose(maps[image, channel, y, x], value, atol=1e-4)
    assert ((found.samples.image >= 0).sum(axis=2) == np.minimum(found.histogram, 4)).all()


def test_samples_are_spread_over_images(found):
    fullest = found.histogram.argmax(axis=1)
    images = found.samples.image[np.arange(256), fullest]
    assert len(np.unique(images)) > COUNT / 2


def test_the_scan_does_not_depend_on_batches(model, data, found, monkeypatch):
    monkeypatch.setattr(shards, "_batch", lambda size_px: 7)
    again = scans.of(model, data, LAYER, top=5, bins=32, samples_per_bin=4, seed=1, shard=11)
    assert np.array_equal(again.edges, found.edges)
    assert np.abs(again.histogram - found.histogram).sum() <= 256
    assert (again.top.image == found.top.image).mean() > 0.99
    assert (again.samples.image == found.samples.image).mean() > 0.99
    assert np.array_equal(again.reservoir.image, found.reservoir.image)
    assert np.allclose(again.reservoir.value, found.reservoir.value, rtol=2e-3, atol=1e-3)
    assert np.allclose(again.spectrum, found.spectrum, rtol=1e-5)


def test_another_seed_draws_other_samples(model, data, found):
    other = scans.of(model, data, LAYER, top=5, bins=32, samples_per_bin=4, seed=2)
    assert np.array_equal(other.histogram, found.histogram)
    full = found.histogram > 100
    assert (other.samples.image[full] != found.samples.image[full]).mean() > 0.5


def test_a_head_is_scanned_like_a_layer(model, data):
    found = scans.of(model, data, "shape", top=COUNT + 2)
    expected = activations.logits(model, data.images(range(COUNT)), "shape").numpy()
    assert np.allclose(np.sort(expected[:, 3])[::-1], found.top.value[3, :COUNT], atol=1e-4)
    assert (found.top.image[:, COUNT:] == -1).all()


def test_a_crop_gives_back_its_activation(model, data, found):
    """Inside the image a receptive field holds all that matters: put it elsewhere, read the same."""
    inside = [(c, r) for c in range(256) for r in range(5) if _inside(found.top.y[c, r], found.top.x[c, r])]
    channel, rank = (np.array(column) for column in zip(*inside[:20], strict=True))
    (image, y, x), value = found.top[channel, rank].indices, found.top.value[channel, rank]
    crops = scans.crops(model, data, LAYER, image, y, x)
    canvas = torch.rand(len(crops), 3, 64, 64)
    canvas[:, :, 7:53, 7:53] = crops  # what position 7 sees
    again = activations.activations(model, canvas, LAYER).numpy()[np.arange(len(crops)), channel, 7, 7]
    assert np.allclose(again, value, atol=1e-3)


def _inside(y: int, x: int) -> bool:
    return 6 <= y <= 9 and 6 <= x <= 9
