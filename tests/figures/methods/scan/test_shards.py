"""Scans that are kept shard by shard: broken off and gone on with, one layer after another, on pictures that break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from figures import lab, specs
from figures.methods import activations, datasets, models, scan
from figures.methods.datasets.glyphs import Glyphs
from figures.methods.datasets.pictures import Files
from figures.methods.scan import shards, threads


class Stopped(Exception):
    pass


@dataclass
class Entry:
    meta: Mapping[str, object]
    objects: Mapping[str, bytes]

    def read(self, digest: str) -> bytes:
        return self.objects[digest]


@dataclass
class Store:
    """A store in memory that fails at the n-th write."""

    fails_at: int = -1
    entries: dict[str, Entry] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)

    def get(self, kind: str, key: str) -> Entry | None:
        return self.entries.get(key)

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        if len(self.puts) == self.fails_at:
            raise Stopped
        self.puts.append(str(meta["measurement"]).rpartition(".")[2])
        self.entries[key] = Entry(meta, dict(objects))


@pytest.fixture
def drawn(monkeypatch) -> list[int]:
    """The indices of all glyphs that are drawn."""
    found: list[int] = []
    plain = Glyphs.usable

    def usable(self: Glyphs, indices):
        found.extend(self.start + int(i) for i in indices)
        return plain(self, indices)

    monkeypatch.setattr(Glyphs, "usable", usable)
    return found


@pytest.fixture
def passes(monkeypatch) -> list[tuple[str, ...]]:
    """The layers that each pass of the network has read."""
    found: list[tuple[str, ...]] = []
    plain = shards.read
    monkeypatch.setattr(
        shards, "read", lambda model, images, layers: found.append(layers) or plain(model, images, layers)
    )
    return found


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs-untrained")


def remembering(store: Store) -> lab.Lab:
    return lab.Lab(store=store, closure=lambda code: code.__name__, site=lab.current().site)


def same(one: object, other: object) -> bool:
    if not is_dataclass(one):
        known = np.asarray(one)
        return np.array_equal(known, other, equal_nan=known.dtype.kind == "f")
    return type(one) is type(other) and all(same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


def test_a_scan_that_breaks_off_goes_on_from_its_last_finished_shard(model, drawn):
    data, store = datasets.load("glyphs:50"), Store(fails_at=5)
    expected = scan.of(model, data, "conv2", shard=16)
    drawn.clear()
    with lab.using(remembering(store)), pytest.raises(Stopped):
        scan.of(model, data, "conv2", shard=16)
    assert drawn == list(range(48))  # a shard is two records: the images' and the layer's
    drawn.clear()
    store.fails_at = -1
    with lab.using(remembering(store)):
        found = scan.of(model, data, "conv2", shard=16)
        assert drawn == list(range(32, 50))
        assert same(found, expected)
        drawn.clear()
        assert same(scan.of(model, data, "conv2", shard=16), expected)
        assert drawn == []
    assert store.puts.count("scan") == 1


def test_layers_are_read_in_one_pass_and_only_the_missing_ones(model, drawn, passes):
    data, store = datasets.load("glyphs:20"), Store()
    with lab.using(remembering(store)):
        alone = scan.of(model, data, "mixed3a", shard=64)
        assert passes == [("mixed3a",)]
        several = scan.by_layer(model, data, ("conv1", "mixed3a", "shape", "conv1"), shard=64)
        assert passes[1:] == [("conv1", "shape")]
        again = scan.by_layer(model, data, ("shape", "conv1"), shard=64)
    assert len(passes) == 2
    assert list(several) == ["conv1", "mixed3a", "shape"]
    assert same(alone, several["mixed3a"])
    assert same(again["shape"], several["shape"])
    assert [several[layer].mean.shape for layer in several] == [(32,), (128,), (16,)]


def test_a_larger_data_set_goes_on_where_a_smaller_one_ended(model, drawn):
    store = Store()
    with lab.using(remembering(store)):
        scan.of(model, datasets.load("glyphs:32"), "conv1", shard=16)
        drawn.clear()
        scan.of(model, datasets.load("glyphs:40"), "conv1", shard=16)
    assert drawn == list(range(32, 40))


@pytest.mark.slow
def test_shards_of_any_size_give_the_same(model):
    """Batches of the same images, so that even the network's rounding is the same."""
    data = datasets.load("glyphs:128")
    one, other = (scan.of(model, data, "mixed3a", shard=size) for size in (128, 64))
    assert same(one, other)


def test_another_depth_is_another_scan(model):
    with lab.using(remembering(Store())):
        some = scan.of(model, datasets.load("glyphs:6"), "conv1", top=2, reservoir=3)
        more = scan.of(model, datasets.load("glyphs:6"), "conv1", top=4)
    assert (some.top.value.shape[1], more.top.value.shape[1]) == (2, 4)
    assert np.array_equal(some.top.value, more.top.value[:, :2])
    assert set(some.reservoir.image) < set(more.reservoir.image)


@pytest.mark.slow
def test_the_aliases_of_a_layer_are_one_scan(passes):
    network = models.load("torchvision/googlenet@none")
    with lab.using(remembering(Store())):
        found = scan.by_layer(network, datasets.load("glyphs:2"), ("mixed3a", "inception3a"))
        scan.of(network, datasets.load("glyphs:2"), "inception3a")
    assert same(found["mixed3a"], found["inception3a"])
    assert found["mixed3a"].spectrum.shape == (3, 224, 113)
    assert len(passes) == 1


def test_a_wrong_layer_names_the_nearest_before_anything_is_read(model, drawn):
    with pytest.raises(ValueError, match="did you mean 'mixed3a'"):
        scan.by_layer(model, datasets.load("glyphs:9"), ("conv1", "mixd3a"))
    assert drawn == []


# pictures that break


@pytest.fixture
def photos(tmp_path) -> Iterator[datasets.Dataset]:
    """Twelve files, of which 1, 5 and 6 are no pictures."""
    rng = np.random.default_rng(0)
    for index in range(12):
        path = tmp_path / "photos" / f"{index:02d}.png"
        path.parent.mkdir(exist_ok=True)
        pixels = rng.integers(0, 255, (8, 10, 3), dtype=np.uint8)
        Image.fromarray(pixels).resize((90, 70)).save(path)
        if index in (1, 5, 6):
            path.write_bytes(path.read_bytes()[:60] if index == 5 else b"no picture")
    with lab.using(lab.Lab(site=specs.Site(tmp_path))):
        yield datasets.load("photos")


@pytest.mark.parametrize("size", [1024, 4, 1])
def test_broken_pictures_are_named_and_left_out(model, photos, size):
    found = scan.of(model, photos, "mixed3a", shard=size, top=20)
    good = [0, 2, 3, 4, 7, 8, 9, 10, 11]
    assert found.broken == ("01.png", "05.png", "06.png")
    assert found.images == 9
    assert found.histogram.sum() == 9 * 128 * 16 * 16
    assert found.reservoir.image.tolist() == good
    assert all(sorted(row[row >= 0].tolist()) == good for row in found.top.image)
    maps = activations.activations(model, photos.sized(64, 3).images(good), "mixed3a").numpy()
    assert np.allclose(found.mean, maps.mean(axis=(0, 2, 3)), atol=1e-4)
    assert np.allclose(found.top.value[:, 0], maps.max(axis=(0, 2, 3)), atol=1e-4)


def test_what_cannot_even_be_opened_is_named_too(model, photos, tmp_path):
    (tmp_path / "photos" / "99.png").symlink_to(tmp_path / "nowhere")
    found = scan.of(model, datasets.load("photos"), "conv1", shard=4)
    assert found.broken == ("99.png", "01.png", "05.png", "06.png")


def test_a_record_with_broken_pictures_is_kept_and_read_back(model, photos):
    with lab.using(remembering(Store())):
        assert same(scan.of(model, photos, "conv1", shard=4), scan.of(model, photos, "conv1", shard=4))


def test_crops_of_pictures_are_what_the_network_saw(model, photos):
    found = scan.of(model, photos, "mixed3a", top=2)
    where = found.top[:3, 0].indices
    crops = scan.crops(model, photos, "mixed3a", *where)
    rows, columns, side = scan.windows(model, "mixed3a", *where[1:])
    whole = scan.seen(model, photos).images(where[0])
    for crop, one, row, column in zip(crops, whole, rows, columns, strict=True):
        assert torch.equal(crop, one[:, row : row + side, column : column + side])


def test_a_data_set_without_a_usable_picture_is_an_error(model, photos):
    with pytest.raises(ValueError, match=r"no image that can be decoded; the first is 05.png"):
        scan.of(model, photos.part(5, 7), "conv1")


def test_a_picture_that_changes_during_a_scan_stops_it(model, photos, tmp_path):
    (tmp_path / "photos" / "03.png").write_bytes(b"changed")
    with pytest.raises(ValueError, match="changed while in use"):
        scan.of(model, photos, "conv1")


def test_an_activation_that_is_not_finite_stops_the_scan_and_says_where(model, photos, monkeypatch):
    def read(model, images, layers):
        return {layer: torch.full((len(images), 32, 2, 2), float("inf")) for layer in layers}

    monkeypatch.setattr(shards, "read", read)
    with pytest.raises(ValueError, match="conv1 of glyphs-untrained, images 0 to 11: an activation is not a finite"):
        scan.of(model, photos, "conv1")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_images(model, monkeypatch):
    """However far the decoding threads could run ahead, a few pieces are held."""
    held, most = [], []
    plain = threads.Ahead.take

    def take(self: threads.Ahead, some: slice):
        answer = plain(self, some)
        held.append(len(self._pieces))
        return answer

    monkeypatch.setattr(threads.Ahead, "take", take)
    for count in (192, 384):
        held.clear()
        scan.of(model, datasets.load(f"glyphs:{count}"), "conv1")
        most.append(max(held))
    assert most[0] == most[1] <= 6


def test_parts_of_pictures_travel_small(photos):
    assert isinstance(photos.reader, Files)
    assert photos.part(2, 4).reader.manifest.names == ("02.png", "03.png")
    assert isinstance(photos.reader.manifest.listing.root, Path)
