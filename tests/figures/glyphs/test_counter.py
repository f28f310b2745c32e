"""Random numbers that depend on nothing but what they are numbered by."""

import numpy as np

from figures.glyphs import counter


def test_a_number_does_not_depend_on_its_company() -> None:
    keys = counter.keys(3, np.arange(100))
    assert counter.keys(3, np.array([42]))[0] == keys[42]
    together = counter.uniforms(keys, 20)
    assert np.array_equal(counter.uniforms(keys[42:43], 20)[0], together[42])
    assert np.array_equal(counter.uniforms(keys, 5), together[:, :5])
    assert np.array_equal(counter.gaussians(keys[7:8], 1, 50)[0], counter.gaussians(keys, 1, 50)[7])


def test_seeds_images_and_streams_differ() -> None:
    keys = np.concatenate([counter.keys(seed, np.arange(1000)) for seed in range(5)])
    assert len(set(keys.tolist())) == 5000
    first, second = (counter.gaussians(keys[:1], stream, 4000)[0] for stream in (1, 2))
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.06


def test_uniforms_fill_the_range_evenly_and_apart() -> None:
    drawn = counter.uniforms(counter.keys(0, np.arange(4000)), 2)
    assert drawn.min() >= 0
    assert drawn.max() < 1
    counts = np.histogram(drawn, 10, (0, 1))[0]
    assert np.abs(counts - 800).max() < 5 * np.sqrt(800)
    assert abs(np.corrcoef(drawn.T)[0, 1]) < 0.06


def test_noise_has_zero_mean_unit_variance_and_light_tails() -> None:
    noise = counter.gaussians(counter.keys(0, np.arange(20)), 1, 4096)
    assert abs(noise.mean()) < 0.02
    assert abs(noise.std() - 1) < 0.02
    assert np.abs(noise).max() < 3.5
    assert abs((noise**3).mean()) < 0.05
