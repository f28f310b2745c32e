"""A picture of a unit by Horama, of so many crops a step: run by a Python that has it.

Run: PYTHON tests/benchmarks/horama_pictures.py LAYER STEPS SIDE_PX CROPS; prints seconds and processor seconds.
"""

from __future__ import annotations

import sys
import time

import torch
import torchvision
from horama import fourier


def main() -> None:
    """Climb the mean of a channel, through the network as far as its layer and no further."""
    layer, *numbers = sys.argv[1:]
    steps, side, crops = map(int, numbers)
    network = torchvision.models.googlenet(weights=None, init_weights=False, aux_logits=False).eval()
    parts = dict(network.named_children())
    cut = torch.nn.Sequential(*list(parts.values())[: list(parts).index(layer) + 1])

    def climb(steps: int) -> None:
        fourier(
            lambda images: cut(images)[:, 0].mean(), total_steps=steps, image_size=side, model_input_size=side,
            crops_per_iteration=crops, box_size=(0.8, 0.9), device="cpu",
        )  # fmt: skip

    climb(1)  # warm up
    start, spent = time.perf_counter(), time.process_time()
    climb(steps)
    print(time.perf_counter() - start, time.process_time() - spent)


if __name__ == "__main__":
    main()
