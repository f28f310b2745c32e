"""Train the networks that come with Microscribe: ``python -m figures.glyphs.train NAME``.

``glyphs`` learns shape and texture, first on clean images with a curriculum, then on
images moved by one adversarial step, which makes its features smooth enough to read
(Engstrom et al., 2019, "Adversarial robustness as a prior for learned representations").
``glyphs-shape`` and ``glyphs-texture`` are a controlled pair: the same images, seeds and
schedule; only in the second does the texture give the class away.

Training is reproducible in kind, not bit for bit: bfloat16 and the number of threads matter.
"""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from figures.glyphs import storage
from figures.glyphs.dataset import (
    CLOSE_UP, LINKED, SHAPES, SIZE_PX, STANDARD, TEXTURES, Variant, cue_conflict, render,
)  # fmt: skip
from figures.glyphs.evaluation import accuracy, shape_bias
from figures.glyphs.network import LAYERS, Glyphs, initialise

CLASSES = {"shape": SHAPES, "texture": TEXTURES}
Say = Callable[[str], None]

#: Images that a recorded accuracy is measured on.
HELD_OUT_IMAGES = 2000


@dataclass(frozen=True)
class Phase:
    """One pass of a schedule: warm-up, then cosine to nothing, over ``images`` images.

    ``heads`` weighs the losses. The two curricula of `Variant` fade out over their shares
    of the phase; ``attack`` is the L2 length of the adversarial step, reached after
    ``attack_ramp`` of the phase. Without a variant of its own, a phase has the recipe's.
    """

    images: int
    peak_rate: float = 3e-3
    warm_up: float = 0.08
    heads: Mapping[str, float] = field(default_factory=lambda: {"shape": 1.0})
    variant: Variant | None = None
    ease_share: float = 0.0
    close_share: float = 0.0
    attack: float = 0.0
    attack_ramp: float = 0.15
    batch: int = 100

    @property
    def steps(self) -> int:
        return math.ceil(self.images / self.batch)

    def rate(self, progress: float) -> float:
        if progress < self.warm_up:
            return self.peak_rate * (0.02 + 0.98 * progress / self.warm_up)
        return self.peak_rate * 0.5 * (1 + math.cos(math.pi * (progress - self.warm_up) / (1 - self.warm_up)))

    def eased(self, variant: Variant, progress: float) -> Variant:
        """Return the distribution of images at a point of the phase."""
        ease, close = (
            max(0.0, 1 - progress / share) if share else 0.0
            for share in (self.ease_share, self.close_share)
        )
        return replace(self.variant or variant, ease=ease, close=close)

    def length(self, progress: float) -> float:
        return self.attack * min(1.0, progress / self.attack_ramp)


@dataclass(frozen=True)
class Recipe:
    """What a network learns, from which images, and how."""

    heads: tuple[str, ...]
    variant: Variant
    phases: tuple[Phase, ...]
    seeds: tuple[int, ...] = (0,)
    stem_stride: int = 1
    decay: float = 0.05
    conv1_decay: float = 0.5
    clip: float = 2.0


_PAIR = Recipe(
    heads=("shape",), variant=CLOSE_UP, phases=(Phase(40_000),),
    seeds=(0, 1, 2), stem_stride=2,
)  # fmt: skip

# Shape is learned first, from figures whose textures are fainter than the standard ones.
_FAINT = replace(STANDARD, texture_contrast=(0.08, 0.55))

RECIPES: dict[str, Recipe] = {
    "glyphs": Recipe(
        heads=("shape", "texture"),
        variant=STANDARD,
        phases=(
            Phase(260_000, ease_share=0.25, variant=_FAINT, heads={"shape": 1.0, "texture": 0.5}),
            Phase(80_000, peak_rate=2e-3, close_share=0.6, heads={"shape": 1.0, "texture": 2.0}),
            Phase(50_000, peak_rate=1.5e-3, warm_up=0.06, attack=1.5,
                  heads={"shape": 1.0, "texture": 1.0}),
        ),
    ),
    "glyphs-shape": _PAIR,
    "glyphs-texture": replace(_PAIR, variant=LINKED),
}


class Run:
    """One training run: a network, its optimizer, and how far it has come."""

    def __init__(self, recipe: Recipe, seed: int):
        heads = {head: len(CLASSES[head]) for head in recipe.heads}
        self.recipe, self.seed = recipe, seed
        self.network = initialise(Glyphs(heads, stem_stride=recipe.stem_stride), seed=seed)
        self.network.to(memory_format=torch.channels_last)
        self.phase, self.step, self.seconds = 0, 0, 0.0
        self.optimizer = self._optimizer()

    def _optimizer(self) -> torch.optim.Optimizer:
        first = [self.network.conv1.affine.conv.weight]
        rest = [p for p in self.network.parameters() if p is not first[0]]
        groups = [
            {"params": first, "weight_decay": self.recipe.conv1_decay},
            {"params": rest, "weight_decay": self.recipe.decay},
        ]
        return torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98))

    @property
    def images_seen(self) -> int:
        before = sum(p.steps * p.batch for p in self.recipe.phases[: self.phase])
        done = self.phase >= len(self.recipe.phases)
        return before if done else before + self.step * self.recipe.phases[self.phase].batch

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        state = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict(),
                 "at": (self.phase, self.step, self.seconds)}  # fmt: skip
        torch.save(state, path.with_suffix(".draft"))
        os.replace(path.with_suffix(".draft"), path)

    def restore(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.phase, self.step, self.seconds = state["at"]

    def advance(self) -> float:
        """Take one step of the current phase and return the loss."""
        started, phase = time.monotonic(), self.recipe.phases[self.phase]
        progress = self.step / phase.steps
        for group in self.optimizer.param_groups:
            group["lr"] = phase.rate(progress)
        images, labels = self.batch(phase.batch, phase.eased(self.recipe.variant, progress))
        self.network.train()
        if phase.attack:
            images = self.attacked(images, labels, phase.length(progress))
        loss = self.loss(images, labels)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        self.optimizer.step()
        self.step += 1
        if self.step == phase.steps:
            self.phase, self.step, self.optimizer = self.phase + 1, 0, self._optimizer()
        self.seconds += time.monotonic() - started
        return float(loss.detach())

    def batch(self, size: int, variant: Variant) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Return the next images and the true class numbers for every head."""
        indices = self.images_seen + torch.arange(size)
        images, truth = render(indices, seed=self.seed, variant=variant)
        labels = {head: getattr(truth, head) for head in self.recipe.heads}
        return images.contiguous(memory_format=torch.channels_last), labels

    def loss(self, images: torch.Tensor, labels: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return the weighted sum of the heads' cross-entropies."""
        weights = self.recipe.phases[min(self.phase, len(self.recipe.phases) - 1)].heads
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.network(images)
        losses = [
            weight * functional.cross_entropy(logits[head].float(), labels[head])
            for head, weight in weights.items()
        ]
        return torch.stack(losses).sum()

    def attacked(
        self, images: torch.Tensor, labels: dict[str, torch.Tensor], length: float
    ) -> torch.Tensor:
        """Move each image by an L2 step of ``length`` that raises the loss.

        From a random start inside the ball, projected back to it (Wong, Rice and Kolter,
        2020, "Fast is better than free", there for the maximum norm).
        """
        generator = torch.Generator().manual_seed(self.seed * 1_000_003 + self.images_seen)
        start = _unit(torch.randn(images.shape, generator=generator))
        start *= length * torch.rand(len(images), 1, 1, 1, generator=generator)
        moved = (images + start).requires_grad_()
        (slope,) = torch.autograd.grad(self.loss(moved, labels), moved)
        shift = start + length * _unit(slope)
        norm = shift.flatten(1).norm(dim=1)[:, None, None, None]
        shift *= (length / norm.clamp(min=1e-12)).clamp(max=1.0)
        return (images + shift).clamp(0, 1).detach()

    def recalibrate(self, batches: int = 16) -> None:
        """Measure the batch norms' statistics again, as plain means over clean images."""
        norms = [m for m in self.network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None
        self.network.train()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for k in range(batches):
                indices = (1 << 29) + torch.arange(k * 128, (k + 1) * 128)
                images, _ = render(indices, seed=self.seed, variant=self.recipe.variant)
                self.network(images.contiguous(memory_format=torch.channels_last))
        for norm in norms:
            norm.momentum = 0.1
        self.network.eval()


def _unit(x: torch.Tensor) -> torch.Tensor:
    return x / x.flatten(1).norm(dim=1).clamp(min=1e-12)[:, None, None, None]


def train(run: Run, checkpoint: Path, say: Say, *, every: int = 100, limit: int | None = None) -> Run:
    """Take every step that is left (at most ``limit``), saving a checkpoint each ``every`` steps."""
    taken, total = 0, sum(p.steps * p.batch for p in run.recipe.phases)
    while run.phase < len(run.recipe.phases) and (limit is None or taken < limit):
        loss = run.advance()
        taken += 1
        if taken % every == 0 or run.step == 0:
            run.save(checkpoint)
            say(_line(run, loss, total))
        if run.step == 0:
            run.save(checkpoint.with_suffix(f".phase{run.phase}.pt"))
    run.save(checkpoint)
    return run


def _line(run: Run, loss: float, total: int) -> str:
    run.network.eval()
    scores = ", ".join(
        f"{head} {accuracy(run.network, head, 400, variant=run.recipe.variant):.3f}"
        for head in run.recipe.heads
    )
    speed = run.images_seen / max(run.seconds, 1e-9)
    return f"{run.images_seen:>7} / {total}  loss {loss:.3f}  held out: {scores}  {speed:.0f} img/s"


def export(run: Run, name: str, folder: Path, extra: dict[str, Any] | None = None) -> Path:
    """Write the folded network with its record; accuracies are measured on the written file."""
    run.recalibrate()
    record = {
        "input": {"size_px": SIZE_PX, "channels": 3},
        "layers": dict(LAYERS),
        "heads": {head: list(CLASSES[head]) for head in run.recipe.heads},
        "recipe": asdict(run.recipe),
        "seed": run.seed,
        "images_seen": run.images_seen,
        "seconds": round(run.seconds),
        "date": time.strftime("%Y-%m-%d"),
        "torch": torch.__version__.split("+")[0],
        **(extra or {}),
    }
    path = storage.save(run.network, name, record, folder)
    network = storage.load(name, folder)
    record["accuracy"] = {
        head: round(accuracy(network, head, HELD_OUT_IMAGES, variant=run.recipe.variant), 4)
        for head in run.recipe.heads
    }
    storage.save(network, name, record, folder)
    return path


def measured_bias(run: Run) -> dict[str, float]:
    """Return the cue-conflict answers of a run's network on filled figures."""
    run.network.eval()
    answers = shape_bias(run.network, *cue_conflict(2))
    return {"shape_bias": round(answers.bias, 4), "coverage": round(answers.coverage, 4),
            **asdict(answers)}  # fmt: skip


def main() -> None:
    """Read the command line, train every seed of the recipe, export the median run."""
    parser = argparse.ArgumentParser(prog="python -m figures.glyphs.train", description=__doc__)
    parser.add_argument("name", choices=sorted(RECIPES))
    parser.add_argument("--images", type=int, help="images of the first phase")
    parser.add_argument("--seed", type=int, help="train this seed only")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--out", type=Path, default=storage.WEIGHTS)
    parser.add_argument("--checkpoints", type=Path, default=Path(".microscribe/training"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    recipe = RECIPES[options.name]
    if options.images:
        first, *rest = recipe.phases
        recipe = replace(recipe, phases=(replace(first, images=options.images), *rest))
    seeds = recipe.seeds if options.seed is None else (options.seed,)
    runs = [_trained(options, recipe, seed) for seed in seeds]
    _export_median(options.name, runs, options.out)


def _trained(options: argparse.Namespace, recipe: Recipe, seed: int) -> Run:
    run, checkpoint = Run(recipe, seed), options.checkpoints / f"{options.name}-{seed}.pt"
    if options.resume and checkpoint.exists():
        run.restore(checkpoint)
    return train(run, checkpoint, _say(f"{options.name}-{seed}"))


def _say(title: str) -> Say:
    return lambda line: print(time.strftime("%H:%M:%S"), title, line, flush=True)


def _export_median(name: str, runs: list[Run], folder: Path) -> None:
    """Export the run of median shape bias, with what every run measured."""
    rows: list[dict[str, Any]] = []
    for run in runs:
        run.recalibrate()
        score = {head: accuracy(run.network, head, HELD_OUT_IMAGES, variant=run.recipe.variant)
                 for head in run.recipe.heads}  # fmt: skip
        rows.append({"seed": run.seed, "accuracy": score, **measured_bias(run)})
    order = sorted(range(len(runs)), key=lambda k: rows[k]["shape_bias"])
    middle = order[len(order) // 2]
    path = export(runs[middle], name, folder, {"runs": rows})
    print(f"{path}: seed {runs[middle].seed}, {rows[middle]}", flush=True)


if __name__ == "__main__":
    main()
