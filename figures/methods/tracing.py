"""Draw an image as a network's curve units see it: one spline, bent until the layer before answers alike.

With h the activations of the layer before, and z the sum of a family's pre-activations over all of its
positions, A = |h * dz/dh| says what in the image the family rests on. The knots of a spline climb

    <A, |dz/dh| * h(drawing)> / (|A| * ||dz/dh| * h(drawing)|),

the cosine between the image's attribution and the drawing's, both under the image's own slopes. A cosine,
because the plain product <A, h(drawing)> never ceases to grow with more ink. 1 is reached where the drawing
is the image.

After Cammarata et al. (2020, "Curve Detectors", section "Curve tracing"), who do not publish their recipe.
We differ in the cosine, and in starting from paths along the attribution's own ridges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from figures import lab
from figures.measurement import measurement
from figures.methods import strokes
from figures.methods.activations import as_maps, key, prepared
from figures.methods.batches import in_batches
from figures.methods.contributions import layer_before
from figures.methods.models import Model
from figures.methods.ridges import along_ridges
from figures.units import whole_channel

FAINT = "the units rest on nothing in the image; expected one with curves"
_PACE, _LAST = 0.01, 0.02
_WIDTH, _MARGIN = 1 / 32, 0.14
_GUESS = 2**17


@dataclass(frozen=True)
class Search:
    """How a spline is sought: its knots, how many starts are tried, and how many steps the best `kept` are bent.

    `width_px` is the stroke's; by default a 32nd of the image's side. The drawing is dark on light.
    """

    knots: int = 7
    starts: int = 32
    kept: int = 3
    steps: int = 96
    width_px: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for name, least in (("knots", 2), ("starts", 1), ("kept", 1), ("steps", 1)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} {getattr(self, name)}; expected at least {least}")

    def width(self, size_px: int) -> float:
        """Return the stroke's width in images of a size."""
        return self.width_px or _WIDTH * size_px


@dataclass(frozen=True)
class Wanted:
    """What drawings are to bring about in a layer: attributions A, and the slopes |dz/dh|, both (n, c, height, width).

    `hidden` are the images' own activations h.
    """

    layer: str
    attribution: torch.Tensor
    slope: torch.Tensor
    hidden: torch.Tensor

    def at(self, index: torch.Tensor) -> Wanted:
        """Return the wish for some images, each as often as it is named."""
        return Wanted(self.layer, self.attribution[index], self.slope[index], self.hidden[index])

    def likeness(self, hidden: torch.Tensor) -> torch.Tensor:
        """Return the cosines (n,) that drawings of these activations reach; see the module's words."""
        wanted, got = self.attribution.flatten(1), (self.slope * hidden).abs().flatten(1)
        return functional.cosine_similarity(wanted, got, dim=1, eps=1e-12)


def family(model: Model, units: Sequence[str]) -> tuple[str, list[int]]:
    """Return the layer and the channels of units; raises ValueError unless they are whole channels of one layer."""
    wanted = [whole_channel(model.unit(unit), minus=False) for unit in units]
    layers = list(dict.fromkeys(unit.layer for unit in wanted))
    if len(layers) != 1:
        raise ValueError(f"units of {', '.join(layers) or 'no layer'}; expected units of one layer")
    return layers[0], [unit.index for unit in wanted]


def wanted(model: Model, images: np.ndarray | torch.Tensor, units: Sequence[str]) -> Wanted:
    """Attribute a family's summed pre-activations in images (n, channel, size, size) to the layer before."""
    layer, channels = family(model, units)
    source = layer_before(model, layer)
    before, own = key(model, source, False), key(model, layer, True)
    shown = prepared(images, lab.device(), model.channels)
    with torch.inference_mode(False), torch.enable_grad():
        found = model.reader((before, own))(shown.clone().requires_grad_())
        hidden = found[before]
        total = as_maps(model, layer, found[own])[:, channels].sum()
        (slope,) = torch.autograd.grad(total, hidden, allow_unused=True)
    if slope is None:
        raise ValueError(f"{source} does not reach {layer}; expected units of a layer that builds on {source}")
    hidden, slope = (as_maps(model, source, one.detach()) for one in (hidden, slope))
    return Wanted(source, (hidden * slope).abs(), slope.abs(), hidden)


@dataclass(frozen=True)
class Bent:
    """Splines on their way, one for each of n wishes.

    knots (n, steps + 1, k, 2): at every step, in pixels, (x, y). score (n, steps + 1): the cosine. starts
    (n, starts): the cosines of all starts.
    """

    knots: np.ndarray
    score: np.ndarray
    starts: np.ndarray


@dataclass(frozen=True)
class Trace:
    """One spline on its way, as in `Bent`, and attribution (height, width): A summed over channels."""

    knots: np.ndarray
    score: np.ndarray
    starts: np.ndarray
    attribution: np.ndarray


@measurement
def trace(model: Model, image: np.ndarray, units: Sequence[str], *, search: Search = Search()) -> Trace:
    """Trace one image (channel, size, size) in [0, 1] with one spline.

    Raises ValueError where the units rest on nothing in the image, and as `family` does.
    """
    goal = wanted(model, torch.as_tensor(image)[None], units)
    if not bool(bright(goal).all()):
        raise ValueError(FAINT)
    bent = bend(model, goal, search)
    return Trace(bent.knots[0], bent.score[0], bent.starts[0], goal.attribution[0].sum(0).cpu().numpy())


def bend(model: Model, goal: Wanted, search: Search) -> Bent:
    """Bend one spline to each of n wishes."""
    torch.set_flush_denormal(True)
    with torch.inference_mode(False):
        begun, first = _starts(model, goal, search)
        kept = min(search.kept, search.starts)
        best = first.topk(kept, dim=1).indices
        knots = begun.gather(1, best[..., None, None].expand(-1, -1, *begun.shape[2:]))
        path, scores = _climb(model, goal.at(_repeated(len(knots), kept)), knots.flatten(0, 1), search)
    scores = scores.unflatten(1, (-1, kept))
    path = path.unflatten(1, (-1, kept))
    winner, each = scores[-1].argmax(dim=1), torch.arange(len(knots))
    return Bent(
        knots=path[:, each, winner].movedim(0, 1).numpy(),
        score=scores[:, each, winner].movedim(0, 1).numpy(),
        starts=first.cpu().numpy(),
    )


def drawn(model: Model, knots: torch.Tensor, search: Search) -> torch.Tensor:
    """Draw splines (n, k, 2) as the network is shown them, (n, channels, size, size)."""
    size = model.input_size
    return strokes.strokes(knots, size_px=size, width_px=search.width(size), channels=model.channels)


def bright(goal: Wanted) -> torch.Tensor:
    """Tell for each wish (n,) whether its attribution rises anywhere above its median."""
    mass = goal.attribution.sum(1).flatten(1)
    return mass.amax(dim=1) > mass.median(dim=1).values


def curve(size_px: int, seed: int, knots: int = 6) -> np.ndarray:
    """Draw lots for a gentle curve that stays inside an image of `size_px` and clear of itself, knots (k, 2)."""
    drawn = np.random.default_rng(seed)
    while True:
        turns = drawn.normal(0, 0.5, knots - 1) + drawn.normal(0, 0.35)
        headings = drawn.uniform(0, 2 * np.pi) + turns.cumsum()
        steps = np.stack([np.cos(headings), np.sin(headings)], axis=1) * drawn.uniform(0.12, 0.19)
        line = np.concatenate([[[0, 0]], steps.cumsum(axis=0)]) + drawn.uniform(size=2)
        if line.min() > _MARGIN and line.max() < 1 - _MARGIN and _clear(line):
            return line * size_px


def _clear(line: np.ndarray) -> bool:
    """Tell whether a line's far knots keep apart."""
    apart = np.linalg.norm(line[:, None] - line[None], axis=-1)
    far = np.abs(np.subtract.outer(np.arange(len(line)), np.arange(len(line)))) > 1
    return bool(apart[far].min() > _MARGIN)


def _repeated(count: int, times: int) -> torch.Tensor:
    return torch.arange(count).repeat_interleave(times)


def _hidden(model: Model, layer: str, images: torch.Tensor) -> torch.Tensor:
    wanted = key(model, layer, False)
    return as_maps(model, layer, model.reader((wanted,))(images)[wanted])


@torch.no_grad()
def _starts(model: Model, goal: Wanted, search: Search) -> tuple[torch.Tensor, torch.Tensor]:
    """Return starts (n, starts, k, 2) for each wish and their cosines (n, starts)."""
    where = [_ridges(model, goal.layer, one, search) for one in goal.attribution.sum(1).cpu()]
    knots = torch.stack(where).to(goal.attribution)
    flat, owner = knots.flatten(0, 1), _repeated(len(knots), search.starts)

    def scored(some: slice) -> torch.Tensor:
        return goal.at(owner[some]).likeness(_hidden(model, goal.layer, drawn(model, flat[some], search)))

    guess = max(1, _GUESS // model.input_size**2)
    return knots, torch.cat(list(in_batches(len(flat), guess, scored))).view(len(knots), -1)


def _ridges(model: Model, layer: str, mass: torch.Tensor, search: Search) -> torch.Tensor:
    """Begin along the ridges of an attribution (height, width), knots (starts, k, 2) in pixels."""
    field = model.receptive_field(layer)
    lines = along_ridges(mass.numpy(), search.starts, search.knots, search.seed)
    return torch.tensor(field.place_px(lines) + 0.5).clamp(0, model.input_size)


def _climb(model: Model, goal: Wanted, knots: torch.Tensor, search: Search) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the knots (steps + 1, n, k, 2) and cosines (steps + 1, n) of every step, on the CPU."""
    knots = knots.clone().requires_grad_()
    pace = _PACE * model.input_size
    adam = torch.optim.Adam([knots], lr=pace)
    path, scores = [], []
    for step in lab.track(range(search.steps + 1), "tracing"):
        score = goal.likeness(_hidden(model, goal.layer, drawn(model, knots, search)))
        path.append(knots.detach().cpu().clone())
        scores.append(score.detach().cpu())
        if step == search.steps:
            break
        adam.param_groups[0]["lr"] = pace * (1 - (1 - _LAST) * step / search.steps)
        (knots.grad,) = torch.autograd.grad(-score.sum(), knots)
        adam.step()
    return torch.stack(path), torch.stack(scores)
