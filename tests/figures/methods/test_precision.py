"""Pictures climb in bfloat16 where that is asked for; numbers are measured in float32."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures import lab
from figures.methods import models, precision
from figures.methods.activations import activations
from figures.methods.feature_visualization import Recipe, visualize

QUICK = Recipe(steps=4, picture_px=32)


def test_networks_compute_in_float32_unless_asked() -> None:
    with lab.using(lab.Lab()) as here, here.working() as work, precision.climbing():
        assert not torch.is_autocast_enabled("cpu")
    assert work.where == {"device": "cpu", "precision": "float32"}


@pytest.mark.parametrize("there", [True, False])
def test_bfloat16_is_taken_where_the_processor_has_it(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    monkeypatch.setattr(precision, "has_bfloat16", lambda: there)
    with lab.using(lab.Lab(precision="bfloat16")) as here, here.working() as work, precision.climbing():
        assert torch.is_autocast_enabled("cpu") is there
    assert work.where["precision"] == ("bfloat16" if there else "float32")


@pytest.mark.slow
def test_only_the_climb_is_in_bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "has_bfloat16", lambda: True)
    model = models.load("glyphs")
    with lab.using(lab.Lab(precision="bfloat16")):
        found = visualize(model, ("conv2:3", "conv2:5"), recipe=QUICK)
        maps = activations(model, np.moveaxis(found.inputs, -1, 1) / 255, "conv2")
    exact = visualize(model, ("conv2:3", "conv2:5"), recipe=QUICK)
    assert not np.array_equal(found.images, exact.images)
    assert found.activation == pytest.approx(exact.activation, rel=0.05)
    assert maps.dtype == torch.float32
    assert activations(model, np.moveaxis(found.inputs, -1, 1) / 255, "conv2").equal(maps)


def test_a_gpu_is_told_to_compute_float32_as_such() -> None:
    before = torch.backends.cudnn.allow_tf32
    torch.backends.cudnn.allow_tf32 = True
    try:
        precision.exact("cpu")
        assert torch.backends.cudnn.allow_tf32
        precision.exact("cuda:1")
        assert not torch.backends.cudnn.allow_tf32
    finally:
        torch.backends.cudnn.allow_tf32 = before
