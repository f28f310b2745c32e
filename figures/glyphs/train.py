"""Train the networks that come with Microscribe: `python -m figures.glyphs.train NAME`.

`glyphs` learns shape and texture, first on clean images with a curriculum, then on
images moved by one adversarial step, which makes its features smooth enough to read
(Engstrom et al., 2019, "Adversarial robustness as a prior for learned representations").
`glyphs-shape` and `glyphs-texture` are a controlled pair: the same images, seeds and
schedule; only in the second does the texture give the class away. `glyphs-bag-9` and its siblings
see patches of 9, 17 or 33 px by themselves.

Training is reproducible in kind, not bit for bit: the processor (whether it has bfloat16) and the number of
threads matter.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from torch.nn import functional

from figures.glyphs import cards, storage
from figures.glyphs.dataset import SHAPES, SIZE_PX, TEXTURES, Variant, cue_conflict, render
from figures.glyphs.evaluation import accuracies, curves_in, shape_bias
from figures.glyphs.kinds import built
from figures.glyphs.muon import optimizers, pace
from figures.glyphs.network import Network, initialise
from figures.glyphs.recipes import RECIPES, Recipe
from figures.glyphs.scraps import with_scraps
from figures.methods.curves import CEILING_IMAGES
from figures.methods.precision import has_bfloat16

CLASSES = {"shape": SHAPES, "texture": TEXTURES}

#: Images that a recorded accuracy is measured on.
HELD_OUT_IMAGES = 2000

#: Images that the accuracy of a network on its way is measured on.
SNAPSHOT_IMAGES = 400

#: Images from this index on measure the statistics of the batch norms.
_CALIBRATION = 1 << 29

#: How many batches of 128 such images.
CALIBRATION_BATCHES = 16

#: The layer whose curve units are counted.
_CURVES = "mixed3b"

#: After how many images a run says how well it does.
SAY_EVERY_IMAGES = 8000

Say = Callable[["Run", float], None]


class Run:
    """One training run: a network, its optimizer, and how far it has come."""

    def __init__(self, recipe: Recipe, seed: int):
        heads = {head: len(CLASSES[head]) for head in recipe.heads}
        self.recipe, self.seed = recipe, seed
        self.network = initialise(built({"heads": heads, **recipe.architecture}), seed=seed)
        self.network.to(memory_format=torch.channels_last)
        self.phase, self.step, self.seconds = 0, 0, 0.0
        self.optimizers = optimizers(self.network, self.recipe)

    @property
    def images_seen(self) -> int:
        """Count the images drawn so far, which is also the index of the next one."""
        before = sum(p.steps * p.batch for p in self.recipe.phases[: self.phase])
        return before if self.finished else before + self.step * self.recipe.phases[self.phase].batch

    @property
    def finished(self) -> bool:
        """Say whether every phase is done."""
        return self.phase >= len(self.recipe.phases)

    def save(self, path: Path) -> None:
        """Write a checkpoint, replacing the file at once."""
        path.parent.mkdir(parents=True, exist_ok=True)
        state = {"network": self.network.state_dict(), "optimizers": [each.state_dict() for each in self.optimizers],
                 "at": (self.phase, self.step, self.seconds)}  # fmt: skip
        torch.save(state, path.with_suffix(".draft"))
        os.replace(path.with_suffix(".draft"), path)

    def restore(self, path: Path) -> None:
        """Go back to what `save` wrote."""
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        for optimizer, known in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(known)
        self.phase, self.step, self.seconds = state["at"]

    def advance(self) -> float:
        """Take one step of the current phase and return the loss."""
        started, phase = time.monotonic(), self.recipe.phases[self.phase]
        progress = self.step / phase.steps
        pace(self.optimizers, phase.rate(progress))
        images, labels = self.batch(phase.batch, phase.eased(self.recipe.variant, progress))
        images = _middle(images, phase.crop_px) if phase.crop_px else images
        self.network.train()
        if phase.attack:
            images = self.attacked(images, labels, phase.length(progress))
        loss = self.loss(images, labels)
        self._descend(loss)
        self.step += 1
        if self.step == phase.steps:
            self.phase, self.step, self.optimizers = self.phase + 1, 0, optimizers(self.network, self.recipe)
        self.seconds += time.monotonic() - started
        return float(loss.detach())

    def _descend(self, loss: torch.Tensor) -> None:
        self.network.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        for optimizer in self.optimizers:
            optimizer.step()

    def batch(self, size: int, variant: Variant) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """Return the next images and the true class numbers for every head."""
        indices = self.images_seen + torch.arange(size)
        share = self.recipe.phases[self.phase].scrap_share
        images, truth = with_scraps(indices, share, seed=self.seed, variant=variant)
        labels = {head: getattr(truth, head) for head in self.recipe.heads}
        return images.contiguous(memory_format=torch.channels_last), labels

    def loss(self, images: torch.Tensor, labels: dict[str, torch.Tensor]) -> torch.Tensor:
        """Return the weighted sum of the heads' cross-entropies."""
        weights = self.recipe.phases[min(self.phase, len(self.recipe.phases) - 1)].heads
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            logits = self.network(images)
        losses = [
            weight * functional.cross_entropy(logits[head].float(), labels[head]) for head, weight in weights.items()
        ]
        return torch.stack(losses).sum()

    def attacked(self, images: torch.Tensor, labels: dict[str, torch.Tensor], length: float) -> torch.Tensor:
        """Move each image by an L2 step of `length` that raises the loss.

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

    def recalibrate(self) -> None:
        """Measure the batch norms' statistics again, as plain means over clean images."""
        norms = [m for m in self.network.modules() if isinstance(m, torch.nn.BatchNorm2d)]
        for norm in norms:
            norm.reset_running_stats()
            norm.momentum = None
        self.network.train()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            for k in range(CALIBRATION_BATCHES):
                indices = _CALIBRATION + torch.arange(k * 128, (k + 1) * 128)
                images, _ = render(indices, seed=self.seed, variant=self.recipe.variant)
                self.network(images.contiguous(memory_format=torch.channels_last))
        for norm in norms:
            norm.momentum = 0.1
        self.network.eval()


def _middle(images: torch.Tensor, side_px: int) -> torch.Tensor:
    start = (SIZE_PX - side_px) // 2
    part = images[:, :, start : start + side_px, start : start + side_px]
    return part.contiguous(memory_format=torch.channels_last)


def _unit(x: torch.Tensor) -> torch.Tensor:
    return x / x.flatten(1).norm(dim=1).clamp(min=1e-12)[:, None, None, None]


def train(
    run: Run, checkpoint: Path, say: Say, *, every: int = 100, limit: int | None = None, keep: Sequence[int] = ()
) -> Run:
    """Take every step that is left (at most `limit`), saving a checkpoint each `every` steps.

    `say` is called after every step with the run and its loss. What it knows after each count
    of images in `keep` stays beside the checkpoint; see `snapshot`.
    """
    taken = 0
    while not run.finished and (limit is None or taken < limit):
        before, loss = run.images_seen, run.advance()
        taken += 1
        if any(before < count <= run.images_seen for count in keep):
            snapshot(run, checkpoint)
        if taken % every == 0 or run.step == 0:
            run.save(checkpoint)
        say(run, loss)
    run.save(checkpoint)
    return run


def snapshot(run: Run, checkpoint: Path) -> Path:
    """Write the folded network of now beside a checkpoint, as `STEM-IMAGES.safetensors`, with a record.

    Training goes on as if nothing had happened: its steps do not read the statistics measured here.
    """
    run.recalibrate()
    record = {
        "seed": run.seed,
        "images_seen": run.images_seen,
        "accuracy": scores(run.network, run.recipe, SNAPSHOT_IMAGES),
    }
    return storage.save(run.network, f"{checkpoint.stem}-{run.images_seen}", record, checkpoint.parent)


def export(run: Run, name: str, folder: Path, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write the folded network and return its record; accuracies are those of the written file."""
    run.recalibrate()
    storage.save(run.network, name, {}, folder)
    written = storage.load(name, folder)
    record = {
        "input": {"size_px": SIZE_PX, "channels": 3},
        "layers": [{"name": name, "channels": channels} for name, channels in written.layers.items()],
        "heads": [{"name": head, "classes": list(CLASSES[head])} for head in run.recipe.heads],
        "accuracy": scores(written, run.recipe, HELD_OUT_IMAGES),
        **_curves(written),
        "recipe": asdict(run.recipe),
        "seed": run.seed,
        "images_seen": run.images_seen,
        "seconds": round(run.seconds),
        "date": time.strftime("%Y-%m-%d"),
        "torch": torch.__version__.split("+")[0],
        **(extra or {}),
    }
    storage.save(run.network, name, record, folder)
    return cards.write(name, folder)


def _curves(network: Network) -> dict[str, Any]:
    """Return what a record tells of curve units; nothing of a network without the layer where they are looked for."""
    return {"curve_units": _curve_record(network)} if _CURVES in network.layers else {}


def _curve_record(network: Network, layer: str = _CURVES) -> dict[str, Any]:
    found = curves_in(network, layer)
    known = {"layer": layer, "rule": "strict", "images": CEILING_IMAGES, "count": len(found.units)}
    return {**known, "bins": list(found.bins()), **asdict(found)}


def recount(name: str, folder: Path = storage.WEIGHTS) -> dict[str, Any]:
    """Count the curve units of a stored network again and write them into its record; its weights stay."""
    record = {**storage.read_record(name, folder), **_curves(storage.load(name, folder))}
    storage.write_record(folder / f"{name}.json", record)
    return record


def scores(network: Network, recipe: Recipe, n: int) -> dict[str, float]:
    """Return {head: accuracy} of a network on held-out images of its own distribution."""
    network.eval()
    return {head: round(share, 4) for head, share in accuracies(network, n, variant=recipe.variant).items()}


def measured(run: Run) -> dict[str, Any]:
    """Return a run's accuracy and its answers to the conflicts of cues that `shape-bias` shows by default."""
    run.recalibrate()
    answers = shape_bias(run.network, *cue_conflict(2))
    return {
        "seed": run.seed,
        "accuracy": scores(run.network, run.recipe, HELD_OUT_IMAGES),
        "shape_bias": round(answers.bias, 4),
        "coverage": round(answers.coverage, 4),
        "answers": asdict(answers),
    }


def main() -> None:
    """Read the command line, train every seed of the recipe, export the one of median shape bias."""
    parser = argparse.ArgumentParser(prog="python -m figures.glyphs.train", description=__doc__)
    parser.add_argument("name", choices=sorted(RECIPES))
    parser.add_argument("--images", type=int, help="images of the first phase")
    parser.add_argument("--seed", type=int, help="train this seed only")
    parser.add_argument("--recount", action="store_true", help="train nothing; count curve units again")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--snapshots", nargs="*", default=(), type=float, metavar="SHARE",
                        help="keep the network after these shares of the images, 0 to 1")  # fmt: skip
    parser.add_argument("--out", type=Path, default=storage.WEIGHTS)
    parser.add_argument("--checkpoints", type=Path, default=Path(".microscribe/training"))
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    recipe, console = RECIPES[options.name], Console()
    if options.recount:
        console.print(recount(options.name, options.out).get("curve_units"))
        return
    if options.images:
        first, *rest = recipe.phases
        recipe = replace(recipe, phases=(replace(first, images=options.images), *rest))
    seeds = recipe.seeds if options.seed is None else (options.seed,)
    runs = [_trained(options, recipe, seed, console) for seed in seeds]
    console.print(_export_median(options.name, runs, options.out))


def _trained(options: argparse.Namespace, recipe: Recipe, seed: int, console: Console) -> Run:
    run, title = Run(recipe, seed), f"{options.name}-{seed}"
    checkpoint = options.checkpoints / f"{title}.pt"
    if options.resume and checkpoint.exists():
        run.restore(checkpoint)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=recipe.images)

        def say(run: Run, loss: float) -> None:
            progress.update(task, completed=run.images_seen)
            if run.images_seen % SAY_EVERY_IMAGES < run.recipe.phases[-1].batch:
                held_out = ", ".join(f"{k} {v:.3f}" for k, v in scores(run.network, recipe, 400).items())
                speed = run.images_seen / max(run.seconds, 1e-9)
                console.log(f"{title} {run.images_seen} loss {loss:.3f} held out {held_out} {speed:.0f} img/s")

        return train(run, checkpoint, say, keep=[round(share * recipe.images) for share in options.snapshots])


def _export_median(name: str, runs: list[Run], folder: Path) -> dict[str, Any]:
    rows = [measured(run) for run in runs]
    order = sorted(range(len(runs)), key=lambda k: rows[k]["shape_bias"])
    return export(runs[order[len(order) // 2]], name, folder, {"runs": rows})


if __name__ == "__main__":
    main()
