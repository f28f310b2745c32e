"""The mean amplitude spectrum of images, whatever the parts in which they come."""

import numpy as np
import torch

from figures.methods.scan.spectrum import Pixels

IMAGES = torch.rand(11, 3, 8, 8, generator=torch.Generator().manual_seed(0))


def seen(images: torch.Tensor, broken: tuple[str, ...] = ()) -> Pixels:
    pixels = Pixels(3, 8, broken)
    pixels.add(images)
    return pixels


def test_the_spectrum_is_the_mean_amplitude() -> None:
    whole = seen(IMAGES).result()
    expected = np.abs(np.fft.rfft2(IMAGES.numpy(), norm="ortho")).mean(0)
    np.testing.assert_allclose(whole["spectrum"], expected, rtol=1e-5)
    assert whole["images"] == 11


def test_parts_join_to_the_whole_and_keep_the_names_of_broken_images() -> None:
    whole, first, second = seen(IMAGES, ("a", "b")), seen(IMAGES[:4], ("a",)), seen(IMAGES[4:], ("b",))
    first.join(second.count, second.amplitude, np.array(second.broken))
    assert first.result()["broken"].tolist() == whole.result()["broken"].tolist() == ["a", "b"]
    np.testing.assert_allclose(first.result()["spectrum"], whole.result()["spectrum"], rtol=1e-6)
