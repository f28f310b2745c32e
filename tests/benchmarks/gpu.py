"""A GPU against the CPU of the same machine: are the answers the same, and how much sooner are they there?

Run: python -m tests.benchmarks gpu [--device cuda] [--quick] [--report FILE.json]

Nothing is drawn, so that neither Altair nor a browser is needed. One line for each question, some minutes for all:
equality with the CPU, steps of feature visualization by how many pictures there are beside the peak of products of
matrices, bfloat16 beside float32, scans of images in memory beside the network alone, too little memory, and two
processes on one device. `--quick` asks for less of everything, to try the script where there is no GPU
(`--device cpu`). The report holds the same lines as data.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from figures import lab
from figures.methods import datasets, finding, models, scan, tuning
from figures.methods.activations import activations, prepared, read
from figures.methods.feature_visualization import Recipe, climbing, visualize
from figures.methods.feature_visualization.accentuation import accentuate, halfway
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.glances import Glances
from figures.methods.feature_visualization.optimize import Ascent

GLYPHS, LITE = ("glyphs", "mixed3b"), ("efficientnet-lite0", "block7.depthwise")
CASES = ((*GLYPHS, "glyphs:512"), (*LITE, "photographs:256"))
GOOGLENET = ("torchvision/googlenet@none", "inception4a")


@dataclass(frozen=True)
class Size:
    """How much is asked."""

    images: int = 256
    units: int = 16
    steps: int = 64
    orientations: int = 90
    batches: tuple[int, ...] = (1, 16, 64, 256, 1024)
    many: int = 96
    scanned: int = 4096
    matrix: int = 8192


QUICK = Size(images=8, units=2, steps=2, orientations=8, batches=(1, 2), many=3, scanned=96, matrix=512)


@dataclass
class Report:
    """Lines, told as they come and kept."""

    device: str
    size: Size
    lines: list[dict[str, object]]

    @property
    def gpu(self) -> bool:
        return self.device.startswith("cuda")

    def say(self, what: str, **values: object) -> None:
        self.lines.append({"what": what, **values})
        told = (
            f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}" for name, value in values.items()
        )
        print(f"{what}: {', '.join(told)}", flush=True)


def settled(work: Callable[[], object]) -> tuple[object, float]:
    """Return what some work gives, and its seconds until the device is done."""
    start = time.perf_counter()
    result = work()
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return result, time.perf_counter() - start


def on(device: str, work: Callable[[], object], *, warm: bool = True) -> tuple[object, float]:
    """Do some work on a device, before that once to warm up; return its result and its seconds."""
    with lab.using(lab.Lab(device=device)):
        if warm:
            work()
        return settled(work)


def peaks(report: Report) -> None:
    """Time products of matrices."""
    side = report.size.matrix
    for kind in (torch.float32, torch.bfloat16):
        matrix = torch.randn(side, side, device=report.device).to(kind)
        settled(partial(torch.mm, matrix, matrix))
        seconds = min(settled(partial(torch.mm, matrix, matrix))[1] for _ in range(5))
        report.say(f"products of {kind}", tflops=2 * side**3 / seconds / 1e12)


def questions(name: str, layer: str, data: str, size: Size) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is compared: a title, and work that returns an array."""
    model, dataset = models.load(name), datasets.load(data)
    units = tuple(f"{layer}:{index}" for index in range(size.units))
    pictures = dataset.sized(model.input_size, model.channels).images(range(size.images))
    recipe = Recipe(steps=size.steps)
    yield f"activations of {size.images} images", lambda: activations(model, pictures, layer).numpy()
    if size is not QUICK:
        yield "scan: means", lambda: np.asarray(scan.of(model, dataset, layer).mean)
        yield "scan: samples", lambda: np.nan_to_num(scan.of(model, dataset, layer).sample_value)
        yield "curve units", lambda: finding.curve_tuning(model, dataset, layer, images=size.images).curve
    yield (
        f"arcs of {size.units} units",
        lambda: tuning.of(model, units, orientations=size.orientations).summary.peak,
    )
    yield (
        f"what {size.units} feature visualizations reach, {size.steps} steps",
        lambda: visualize(model, units, recipe=recipe).held_out,
    )
    image, held = pictures[0].numpy(), halfway(model, units)
    yield (
        f"what one picture accentuated for {size.units} units reaches, {size.steps} steps",
        lambda: accentuate(model, units, image=image, keep_layer=held, steps=size.steps).after,
    )


def equality(report: Report) -> None:
    """Set answers of the device beside those of the CPU.

    Climbs of deep networks part on their way, after a rounding as after any other: what they reach is compared.
    """
    for case in CASES:
        for what, work in questions(*case, report.size):
            fast, device_s = on(report.device, work)
            plain, cpu_s = on("cpu", work, warm=False)
            here, there = np.asarray(plain, float).ravel(), np.asarray(fast, float).ravel()
            report.say(
                f"{case[0]}, {what}", times=cpu_s / device_s, cpu_s=cpu_s, device_s=device_s,
                largest_difference_of_spread=float(np.abs(here - there).max() / (here.std() or 1.0)),
                r=float(np.corrcoef(here, there)[0, 1]), ratio=float(there.sum() / here.sum()),
            )  # fmt: skip


def paces(report: Report) -> None:
    """Time steps of feature visualization by how many pictures climb together, and count their operations."""
    for name, layer, side in ((*GLYPHS, 0), (*LITE, 0), (*GOOGLENET, 128)):
        for count in report.size.batches:
            pace, flops = pace_of(name, layer, side, count, report.device)
            report.say(
                f"{name}, {layer}, {count} pictures", step_ms=pace * 1e3, pictures_per_s=count / pace,
                tflops=flops / pace / 1e12,
            )  # fmt: skip


def pace_of(name: str, layer: str, side: int, count: int, device: str) -> tuple[float, int]:
    """Return seconds and operations of a step that so many pictures climb together."""
    model, recipe = models.load(name), Recipe(steps=24, size_px=side)
    units = [model.unit(f"{layer}:{index % model.size(layer)}") for index in range(count)]
    with lab.using(lab.Lab(device=device)):
        ascent = Ascent.start(model, units, range(count), recipe, mixing(model, recipe, None).to(device))
        glances = list(Glances.draw(ascent.generators, recipe.steps, ascent._mapped, torch.device(device)))
        steps = climbing.steps(ascent.goal, ascent.spectrum.coefficients, recipe.rate)
        with FlopCounterMode(display=False) as counted:
            climbing.Steps.take(steps, glances[0], False)
        for glance in glances[1:12]:
            steps.take(glance, False)
        _, seconds = settled(lambda: [steps.take(glance, False) for glance in glances[12:]])
    return seconds / len(glances[12:]), counted.get_total_flops()


def bfloat16(report: Report) -> None:
    """Set what pictures reach in bfloat16 beside float32, and seconds of a first and of a later call."""
    for case in (GLYPHS, LITE):
        found = {precision: reached_in(precision, *case, report) for precision in lab.PRECISIONS}
        seconds = {
            f"{name}_{which}_s": took
            for name, (_, *both) in found.items()
            for which, took in zip("12", both, strict=True)
        }
        ratio = found[lab.BFLOAT16][0] / found[lab.FLOAT32][0]
        report.say(f"{case[0]}, {report.size.many} units in bfloat16", ratio=ratio, **seconds)


def reached_in(precision: str, name: str, layer: str, report: Report) -> tuple[float, float, float]:
    """Return what pictures of many units reach together, and the seconds of two calls."""
    model, recipe = models.load(name), Recipe(steps=report.size.steps)
    units = tuple(f"{layer}:{index}" for index in range(report.size.many))
    with lab.using(lab.Lab(device=report.device, precision=precision)):
        _, first_s = settled(lambda: visualize(model, units, recipe=recipe))
        found, second_s = settled(lambda: visualize(model, units, recipe=recipe))
    return float(found.held_out.sum()), first_s, second_s


def scans(report: Report) -> None:
    """Time scans of images in memory beside the same part of the network alone."""
    for name, layer in (GLYPHS, LITE):
        model = models.load(name)
        drawn = datasets.load(f"glyphs:{report.size.scanned}").sized(model.input_size, model.channels)
        images = drawn.images(range(min(512, report.size.scanned)))
        held = Held(drawn, images)
        with lab.using(lab.Lab(device=report.device)), torch.inference_mode():
            batches = prepared(images, report.device).split(64)
            alone = pace(partial(forward, model, batches, layer), len(images))
            in_memory = pace(partial(scan.of, model, held, layer), len(held))
            as_drawn = pace(partial(scan.of, model, drawn, layer), len(drawn))
        report.say(
            f"{name}, {layer}, scan", in_memory_per_s=in_memory, drawn_per_s=as_drawn, network_alone_per_s=alone,
        )  # fmt: skip


def forward(model: models.Model, batches: Sequence[torch.Tensor], layer: str) -> None:
    for some in batches:
        read(model, some, [layer])


def pace(work: Callable[[], object], count: int) -> float:
    """Return how many images a second some work does, once it is warm."""
    work()
    return count / settled(work)[1]


@dataclass(frozen=True)
class Held:
    """A data set whose images stand in memory, a few over and over."""

    dataset: datasets.Dataset
    held: torch.Tensor

    def __getattr__(self, name: str) -> object:
        return getattr(self.dataset, name)

    def __len__(self) -> int:
        return len(self.dataset)

    def sized(self, size_px: int, channels: int) -> Held:
        return self

    def part(self, start: int, stop: int) -> Held:
        return Held(self.dataset.part(start, stop), self.held)

    def usable(self, indices: Sequence[int]) -> tuple[np.ndarray, torch.Tensor]:
        wanted = np.asarray(indices)
        return wanted, self.held[torch.from_numpy(wanted % len(self.held))]


def memory(report: Report) -> None:
    """Make pictures where there is hardly any memory for them: they are those that there were."""
    if report.gpu:
        wholes = child("pictures", report.device, "1")
        for share in ("0.02", "0.008"):
            found = child("pictures", report.device, share)
            report.say(
                f"{share} of the memory", seconds=found["seconds"], gib=found["gib"],
                ratio=sum(found["reached"]) / sum(wholes["reached"]), same=found["reached"] == wholes["reached"],
            )  # fmt: skip


def processes(report: Report) -> None:
    """Let two processes use one device at once."""
    if report.gpu:
        alone = child("pictures", report.device, "1")
        both = [start("pictures", report.device, "0.4") for _ in range(2)]
        results = [json.loads(one.communicate()[0].splitlines()[-1]) for one in both]
        report.say(
            "two processes on one device", alone_s=alone["seconds"], each_s=[one["seconds"] for one in results],
            same=all(one["reached"] == alone["reached"] for one in results),
        )  # fmt: skip


def start(*words: str) -> subprocess.Popen[str]:
    """Start this script for one thing."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks", "gpu", "--only", *words], stdout=subprocess.PIPE, text=True
    )


def child(*words: str) -> dict[str, Any]:
    """Return what this script prints of one thing, in a process of its own."""
    return json.loads(start(*words).communicate()[0].splitlines()[-1])


def pictures(device: str, share: str) -> None:
    """Make pictures of 200 units in a share of the memory, and print what they reach and cost."""
    torch.cuda.set_per_process_memory_fraction(float(share))
    name, layer = LITE
    with lab.using(lab.Lab(device=device)):
        model = models.load(name)
        units = tuple(f"{layer}:{index}" for index in range(200))
        found, seconds = settled(lambda: visualize(model, units, recipe=Recipe(steps=24)))
    gib = torch.cuda.max_memory_allocated() / 2**30
    print(json.dumps({"seconds": seconds, "gib": gib, "reached": found.held_out.round(2).tolist()}))


PARTS = (peaks, paces, bfloat16, memory, processes, scans, equality)


def main() -> None:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--only", nargs="+", default=[part.__name__ for part in PARTS], help="some of the parts")
    asked = parser.parse_args()
    if asked.only[0] == "pictures":
        pictures(*asked.only[1:])
        return
    report = Report(asked.device, QUICK if asked.quick else Size(), [])
    title = torch.cuda.get_device_name() if report.gpu else asked.device
    report.say("device", name=title, torch=torch.__version__)
    for part in PARTS:
        if part.__name__ in asked.only:
            _, seconds = settled(partial(part, report))
            report.say(part.__name__, whole_s=seconds)
            if asked.report:
                asked.report.write_text(json.dumps(report.lines, indent=1) + "\n")


if __name__ == "__main__":
    main()
