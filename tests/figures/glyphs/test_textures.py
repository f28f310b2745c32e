"""Textures as fields: their range, their period, and the noise that some of them take."""

from dataclasses import replace

import numpy as np
import pytest

from figures.glyphs.dataset import render
from figures.glyphs.textures import BANK_PX, FIELDS, TEXTURES, Frame, noise_bank
from tests.figures.glyphs.variants import SPARE


@pytest.mark.parametrize("name", TEXTURES)
def test_every_texture_varies(name):
    variant = replace(SPARE, texture_contrast=(0.6, 0.6), scale=(3.0, 3.0))
    images, _ = render(range(6), variant=variant, shape=[0] * 6, texture=[TEXTURES.index(name)] * 6)
    assert (images.mean(1).std(dim=(1, 2)) > 0.04).all()


def frame(u: np.ndarray, v: np.ndarray) -> Frame:
    return Frame(u, v, u, v, lambda kind: noise_bank()[kind][None, : u.shape[1], : u.shape[2]])


@pytest.mark.parametrize("name", TEXTURES)
def test_a_texture_is_a_field_between_nothing_and_one(name: str) -> None:
    u, v = np.random.default_rng(0).uniform(-9, 9, (2, 1, 40, 40)).astype(np.float32)
    field = FIELDS[name](frame(u, v))
    assert field.shape == u.shape
    assert field.min() >= 0
    assert field.max() <= 1
    assert np.ptp(field) > 0.5


@pytest.mark.parametrize(("name", "along", "across"), [("stripes", 1, 0.37), ("dots", 1, 1), ("bricks", 2, 4),
                                                       ("waves", 1, 2.5), ("zigzag", 1, 2.5), ("grid", 1.25, 1.25)])  # fmt: skip
def test_a_texture_comes_back_after_its_period(name: str, along: float, across: float) -> None:
    u, v = np.random.default_rng(0).uniform(-3, 3, (2, 1, 30, 30))
    assert np.allclose(FIELDS[name](frame(u, v)), FIELDS[name](frame(u + along, v + across)), atol=1e-6)


def test_noise_is_of_zero_mean_and_unit_variance_and_wraps() -> None:
    for field in noise_bank().values():
        whole = field[:BANK_PX, :BANK_PX]
        assert abs(whole.mean()) < 1e-4
        assert abs(whole.std() - 1) < 1e-4
        assert np.array_equal(field[BANK_PX:], field[: len(field) - BANK_PX])
        assert np.array_equal(field[:, BANK_PX:], field[:, : len(field) - BANK_PX])


def test_steeper_spectra_are_smoother() -> None:
    def step(kind: str) -> float:
        return float(np.abs(np.diff(noise_bank()[kind], axis=0)).mean())

    assert step("rough") > step("pink") > step("cloud")
