"""Steps up: none waits for the device, and what is hardly felt is made larger."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe, climbing
from figures.methods.feature_visualization.glances import Glances
from figures.methods.feature_visualization.optimize import Ascent
from figures.units import Unit

SEEDS = (1, 2, 3, 4)


@pytest.mark.parametrize("recipe", [
    Recipe(), Recipe(objective="channel", diversity=2), Recipe(alpha=True), Recipe(colour="grey"),
    Recipe(objective="channel", negative=True, size_px=48),
])  # fmt: skip
def test_a_step_neither_asks_the_device_for_anything_nor_brings_it_anything(recipe: Recipe) -> None:
    """Tensors of the meta device hold nothing: to read one, or to compute with one that lies elsewhere, is an error."""
    units = [Unit("mixed3b", index) for index in range(4 // recipe.diversity)]
    begun = Ascent.start(models.load("glyphs"), units, SEEDS, recipe, torch.eye(3))
    with lab.using(lab.Lab(device="meta")):
        ascent = moved(begun, "meta")
        glances = Glances.draw(ascent.generators, 2, ascent._mapped, torch.device("meta"))
        steps = climbing.Steps(ascent.goal, ascent.spectrum.coefficients, recipe.rate)
        for redirected, glance in zip((True, False), glances, strict=True):
            steps.take(glance, redirected)
        with pytest.raises(RuntimeError):
            float(steps.lift.sum())


def moved(ascent: Ascent, device: str) -> Ascent:
    """Bring what an ascent holds to a device."""
    spectrum = ascent.spectrum
    waves = replace(
        spectrum,
        coefficients=spectrum.coefficients.detach().to(device).requires_grad_(),
        colours=spectrum.colours.to(device),
        envelope=spectrum.envelope.to(device),
    )
    own = {name: getattr(ascent, name).to(device) for name in ("channels", "signs", "places")}
    return replace(ascent, spectrum=waves, **own)


def test_gradients_are_lifted_once_and_for_all() -> None:
    gradient = torch.tensor([[1e-6, -2e-6], [0.0, 0.0], [0.5, 0.1]])
    lift = climbing.lifted(gradient, torch.zeros(3))
    assert lift.tolist() == pytest.approx([500, 0, 1])
    assert gradient[0].tolist() == pytest.approx([5e-4, -1e-3])
    assert climbing.lifted(torch.ones(3, 2), lift).tolist() == pytest.approx([500, 1, 1])


@pytest.mark.skipif(not torch.cuda.is_available(), reason="records steps of a GPU")
def test_recorded_steps_are_those_that_were_not() -> None:
    recipe = Recipe(steps=12, redirected_steps=5)
    with lab.using(lab.Lab(device="cuda")):
        found = []
        for kind in (climbing.Steps, climbing.RecordedSteps):
            ascent = Ascent.start(
                models.load("glyphs"), [Unit("conv2", index) for index in range(4)], SEEDS, recipe,
                torch.eye(3, device="cuda"),
            )  # fmt: skip
            steps = kind(ascent.goal, ascent.spectrum.coefficients, recipe.rate)
            for number, glance in enumerate(Glances.draw(ascent.generators, 12, ascent._mapped, torch.device("cuda"))):
                steps.take(glance, number < 5)
            found.append(ascent.spectrum.decode().detach().cpu())
    assert (found[0] - found[1]).abs().max() < 1e-3
