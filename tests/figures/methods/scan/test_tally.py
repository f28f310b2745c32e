"""What a scan keeps of given maps: against a naive reference, and joined in any order."""

from __future__ import annotations

import numpy as np
import pytest

from figures.measurement import decode, encode
from figures.methods.scan.samples import Samples
from figures.methods.scan.tally import Depth, Tally
from tests.figures.methods.tallied_maps import CHANNELS, COUNT, DEPTH, HEIGHT, WIDTH, tallied


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
