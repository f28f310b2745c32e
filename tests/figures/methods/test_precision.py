import time

import pytest
import torch
from torch import nn

from figures import lab
from figures.methods import models, precision


def test_a_cpu_computes_in_float32_and_gives_images_as_they_are() -> None:
    images = torch.rand(2, 3, 64, 64)
    model = models.load("glyphs")
    with lab.using(lab.Lab()) as here, here.working() as work, precision.running(model, images) as ready:
        assert ready is images
        assert not torch.is_autocast_enabled("cpu")
    assert work.where == {"device": "cpu", "precision": "float32"}


class Slow(nn.Conv2d):
    """A network that is fast in bfloat16 only."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        if not torch.is_autocast_enabled("cpu"):
            time.sleep(0.1)
        return super().forward(images)


class Coarse(Slow):
    """One whose answers in bfloat16 are of no use."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        answer = super().forward(images)
        return answer.roll(1, 0) if torch.is_autocast_enabled("cpu") else answer


@pytest.mark.slow
def test_the_probe_takes_what_is_faster_and_agrees() -> None:
    torch.manual_seed(0)
    assert precision.probe(Slow(3, 8, 3), 3, 32, "cpu").precision == "bfloat16"
    assert precision.probe(Coarse(3, 8, 3), 3, 32, "cpu").precision == "float32"


def test_weights_stay_fit_for_gradients_where_the_probe_runs_in_inference_mode() -> None:
    network = nn.Conv2d(3, 4, 3).requires_grad_(False)
    with torch.inference_mode():
        precision.probe(network, 3, 16, "cpu")
    images = torch.rand(1, 3, 16, 16, requires_grad=True)
    network(images).sum().backward()
    assert images.grad.abs().sum() > 0
