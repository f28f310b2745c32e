"""What a scan keeps of given maps: against a naive reference, and joined in any order."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.measurement import decode, encode
from figures.methods.scan.batch import Batch, image_chances, position_keys, spots
from figures.methods.scan.samples import Samples
from figures.methods.scan.tally import Depth, Tally

DEPTH = Depth(top=4, bins=16, samples_per_bin=3, reservoir=9, seed=5)
COUNT, CHANNELS, HEIGHT, WIDTH = 40, 5, 3, 4


@pytest.fixture(scope="module")
def maps() -> np.ndarray:
    """Channels of many kinds: gaussian, far from zero, rectified, constant, few values with ties."""
    rng = np.random.default_rng(0)
    values = rng.standard_normal((COUNT, CHANNELS, HEIGHT, WIDTH)).astype(np.float32)
    values[:, 0] *= np.linspace(0.01, 9, COUNT, dtype=np.float32)[:, None, None]  # the bins must grow
    values[:, 1] += 1000
    values[:, 2] = np.maximum(values[:, 2], 0)
    values[:, 3] = 1234.5
    values[:, 4] = np.round(values[:, 4] * 2) / 2
    return values


def tallied(maps: np.ndarray, images: np.ndarray, batch: int, depth: Depth = DEPTH) -> Tally:
    tally = Tally(maps.shape[1], depth)
    for start in range(0, len(images), batch):
        some = images[start : start + batch]
        part = torch.from_numpy(maps[some]).contiguous(memory_format=torch.channels_last)
        tally.add(Batch(part, some, depth.seed))
    return tally


def joined(maps: np.ndarray, shards: list[np.ndarray], batch: int) -> dict[str, np.ndarray]:
    whole = Tally(maps.shape[1], DEPTH)
    for images in shards:
        record = decode(encode(tallied(maps, images, batch).packed(images)))
        whole.join(record, images)
    return whole.result()


def same(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> list[str]:
    return [name for name in one if not np.array_equal(one[name], other[name], equal_nan=one[name].dtype.kind == "f")]


@pytest.mark.parametrize("seed", range(8))
def test_shuffled_shards_and_other_batches_give_the_same_to_the_last_bit(maps, seed):
    rng = np.random.default_rng(seed)
    one_pass = tallied(maps, np.arange(COUNT), COUNT).result()
    cuts = np.sort(rng.choice(np.arange(1, COUNT), size=rng.integers(0, 7), replace=False))
    shards = np.split(np.arange(COUNT), cuts)
    rng.shuffle(shards)
    assert same(one_pass, joined(maps, shards, int(rng.integers(1, 12)))) == []


def test_images_that_are_missing_leave_gaps_and_no_traces(maps):
    kept = np.setdiff1d(np.arange(COUNT), [0, 7, 8, 39])
    found = joined(maps, np.split(kept, [5, 20]), 4)
    assert same(tallied(maps, kept, COUNT).result(), found) == []
    assert not {0, 7, 8, 39} & set(found["sample_image"].flatten().tolist())
    assert found["histogram"].sum() == len(kept) * CHANNELS * HEIGHT * WIDTH


def test_an_empty_shard_changes_nothing(maps):
    found = joined(maps, [np.arange(0, 20), np.zeros(0, np.int64), np.arange(20, COUNT)], 8)
    assert same(tallied(maps, np.arange(COUNT), COUNT).result(), found) == []


def test_counts_are_those_of_numpy(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    for channel in range(CHANNELS):
        values, edges = maps[:, channel].flatten().astype(np.float64), found["edges"][channel]
        expected = [((values >= low) & (values < high)).sum() for low, high in zip(edges, edges[1:], strict=False)]
        assert found["histogram"][channel].tolist() == expected
        assert sum(expected) == values.size


def test_bins_are_the_narrowest_of_a_power_of_two_that_hold_all(maps):
    edges = tallied(maps, np.arange(COUNT), 6).result()["edges"]
    widths = np.diff(edges)
    assert (widths == widths[:, :1]).all()
    assert np.array_equal(np.log2(widths), np.round(np.log2(widths)))
    for channel in (0, 1, 2, 4):
        low, high, half = maps[:, channel].min(), maps[:, channel].max(), widths[channel, 0] / 2
        assert np.floor(high / half) - np.floor(low / half) + 1 > DEPTH.bins


def test_samples_are_the_positions_of_each_bin_with_the_smallest_keys(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    spot = spots(np.arange(COUNT)[:, None], np.arange(HEIGHT * WIDTH)).reshape(-1)
    key = position_keys(DEPTH.seed, spot)
    for channel in range(CHANNELS):
        values = maps[:, channel].reshape(-1)
        bins = np.searchsorted(found["edges"][channel], values.astype(np.float64), side="right") - 1
        for bin_ in range(DEPTH.bins):
            inside = np.flatnonzero(bins == bin_)
            best = inside[np.argsort(key[inside])][: DEPTH.samples_per_bin]
            number = len(best)
            got = {name: found[f"sample_{name}"][channel, bin_] for name in ("image", "y", "x", "value")}
            assert got["image"][:number].tolist() == (best // (HEIGHT * WIDTH)).tolist()
            assert (got["y"] * WIDTH + got["x"])[:number].tolist() == (best % (HEIGHT * WIDTH)).tolist()
            assert got["value"][:number].tolist() == values[best].tolist()
            assert (got["image"][number:] == -1).all()
            assert np.isnan(got["value"][number:]).all()


@pytest.mark.parametrize(("name", "sign"), [("top", 1), ("bottom", -1)])
def test_the_furthest_positions_are_those_of_a_full_sort(maps, name, sign):
    found = tallied(maps, np.arange(COUNT), 6).result()
    flat = sign * maps.reshape(COUNT, CHANNELS, -1)
    for channel in range(CHANNELS):
        peak = flat[:, channel].max(axis=1)
        best = np.lexsort((np.arange(COUNT), -peak))[: DEPTH.top]
        place = flat[best, channel].argmax(axis=1)
        assert found[f"{name}_image"][channel].tolist() == best.tolist()
        assert (found[f"{name}_y"][channel] * WIDTH + found[f"{name}_x"][channel]).tolist() == place.tolist()
        assert found[f"{name}_value"][channel].tolist() == (sign * peak[best]).tolist()


def test_moments_are_those_of_doubles(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    flat = np.moveaxis(maps, 1, 0).reshape(CHANNELS, -1).astype(np.float64)
    assert np.allclose(found["mean"], flat.mean(axis=1), rtol=1e-6, atol=1e-6)
    assert np.allclose(found["rectified_std"], np.maximum(flat, 0).std(axis=1), rtol=1e-2, atol=1e-2)
    assert np.allclose(found["std"][[0, 2, 4]], flat.std(axis=1)[[0, 2, 4]], rtol=1e-5)


def test_the_reservoir_keeps_the_images_with_the_smallest_numbers(maps):
    found = tallied(maps, np.arange(COUNT), 6).result()
    chance = image_chances(DEPTH.seed, np.arange(COUNT))
    chosen = np.sort(np.argsort(chance[:, 0])[: DEPTH.reservoir])
    assert found["reservoir_image"].tolist() == chosen.tolist()
    at = maps[chosen, :, found["reservoir_y"], found["reservoir_x"]]
    assert np.array_equal(found["reservoir_vector"], at.astype(np.float16))


def test_places_of_the_reservoir_are_uniform():
    places = (image_chances(3, np.arange(12000))[:, 1] * 12).astype(int)
    assert np.abs(np.bincount(places) / 1000 - 1).max() < 0.15


def test_huge_activations_stay_finite_in_the_reservoir():
    huge = np.full((2, 1, 1, 1), 1e9, np.float32)
    assert np.isfinite(tallied(huge, np.arange(2), 2).result()["reservoir_vector"]).all()


def test_what_is_not_finite_is_an_error(maps):
    spoiled = maps.copy()
    spoiled[3, 2, 1, 1] = np.nan
    with pytest.raises(ValueError, match="not a finite number"):
        tallied(spoiled, np.arange(COUNT), 6)


@pytest.mark.parametrize("wrong", [{"bins": 1}, {"bins": 257}, {"top": 0}, {"samples_per_bin": 0}, {"reservoir": 0}])
def test_a_depth_that_makes_no_sense_is_refused(wrong):
    name, value = next(iter(wrong.items()))
    with pytest.raises(ValueError, match=f"{name} {value}; expected"):
        Depth(**{"top": 1, "bins": 2, "samples_per_bin": 1, "reservoir": 1, "seed": 0, **wrong})


def test_equal_keys_go_by_spot_whatever_the_order():
    cell, key, spot = np.zeros(6, np.int64), np.array([7, 7, 7, 7, 3, 7]), np.array([5, 1, 4, 2, 9, 0])
    value = spot.astype(np.float32)
    for order in (np.arange(6), np.arange(6)[::-1], np.array([3, 0, 5, 1, 4, 2])):
        samples = Samples(1, 3)
        for some in np.split(order, [2, 3]):
            samples.offer(cell[some], key[some], spot[some], value[some])
            samples._sort_in()
        assert samples.entries()[2].tolist() == [9, 0, 1]


def test_many_entries_are_sorted_in_as_they_come():
    rng = np.random.default_rng(1)
    samples, cells = Samples(7, 4), rng.integers(0, 7, 200_000)
    keys, spot = rng.integers(0, 1 << 40, 200_000), np.arange(200_000)
    for some in np.array_split(np.arange(200_000), 9):
        samples.offer(cells[some], keys[some], spot[some], spot[some].astype(np.float32))
    cell, rank, kept, _ = samples.entries()
    for one in range(7):
        inside = np.flatnonzero(cells == one)
        assert kept[cell == one].tolist() == inside[np.argsort(keys[inside])][:4].tolist()
        assert rank[cell == one].tolist() == [0, 1, 2, 3]


def test_a_record_stays_small():
    """A shard of 1024 images, 256 units: a few megabytes and not the activations."""
    rng = np.random.default_rng(2)
    depth, maps = Depth(16, 64, 16, 4096, 0), rng.standard_normal((64, 32, 8, 8)).astype(np.float32)
    record = encode(tallied(maps, np.arange(64), 64, depth).packed(np.arange(64)))
    assert len(record) < 32 * (64 * (8 + 2 + 16 * 12) + 2 * 16 * 12) + 64 * 32 * 2 + 20_000
