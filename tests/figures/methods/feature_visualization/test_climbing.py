"""Steps up: none waits for the device, and what is hardly felt is made larger."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
import torch

from figures import lab
from figures.methods import models
from figures.methods.feature_visualization import Recipe, climbing
from figures.methods.feature_visualization.glances import Glance, Glances
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


class Faked(climbing.RecordedSteps):
    """Steps that are recorded and played back by this process."""

    recordings = 0
    broken = False

    def warm(self, glance: Glance, redirected: bool) -> None:
        climbing.Steps.take(self, glance, redirected)

    def record(self, seen: Glance, redirected: bool) -> climbing.Recording:
        if self.broken:
            raise RuntimeError("operation not permitted when stream is capturing")
        self.recordings += 1
        return Played(self, seen, redirected)


@dataclass
class Played:
    steps: climbing.Steps
    seen: Glance
    redirected: bool

    def replay(self) -> None:
        climbing.Steps.take(self.steps, self.seen, self.redirected)


@pytest.mark.parametrize(("broken", "recordings"), [(False, 2), (True, 0)])
def test_recorded_steps_see_what_each_is_to_see(broken: bool, recordings: int) -> None:
    plain, faked = (climbed(kind) for kind in (climbing.Steps, type("Broken", (Faked,), {"broken": broken})))
    assert torch.equal(plain.coefficients, faked.coefficients)
    assert faked.recordings == recordings


def climbed(kind: type[climbing.Steps], device: str = "cpu") -> climbing.Steps:
    """Climb twelve steps, the first five with redirected rectifiers."""
    recipe = Recipe(steps=12)
    with lab.using(lab.Lab(device=device)):
        units = [Unit("conv1", index) for index in range(4)]
        ascent = Ascent.start(models.load("glyphs"), units, SEEDS, recipe, torch.eye(3, device=device))
        steps = kind(ascent.goal, ascent.spectrum.coefficients, recipe.rate)
        for number, glance in enumerate(Glances.draw(ascent.generators, 12, ascent._mapped, torch.device(device))):
            steps.take(glance, number < 5)
    return steps


@pytest.mark.skipif(not torch.cuda.is_available(), reason="records steps of a GPU")
def test_a_gpu_plays_back_what_it_would_have_done() -> None:
    plain, recorded = (climbed(kind, "cuda") for kind in (climbing.Steps, climbing.RecordedSteps))
    assert all(recorded.recorded.values())
    assert (plain.coefficients - recorded.coefficients).abs().max() < 1e-3
