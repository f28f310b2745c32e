"""Pictures of units by torch-lucent, as it is shipped or at the size given: run by a Python that has it.

Run: PYTHON tests/benchmarks/lucent_pictures.py LAYER UNITS STEPS [SIDE_PX]; prints seconds and processor seconds of all pictures.
"""

from __future__ import annotations

import sys
import time

import kornia
import torchvision
from kornia.geometry import transform

# torch-lucent 0.1.8 looks for these two where kornia had them before 0.5.
kornia.get_rotation_matrix2d, kornia.warp_affine = transform.get_rotation_matrix2d, transform.warp_affine


def main() -> None:
    """Climb for one unit after the other, as its users do."""
    from lucent.optvis import param, render

    layer, units, steps, *side = sys.argv[1:]
    size = {"fixed_image_size": int(side[0])} if side else {}
    network = torchvision.models.googlenet(weights=None, init_weights=False, aux_logits=False).eval()

    def climb(unit: int, steps: int) -> None:
        render.render_vis(
            network, f"{layer}:{unit}", lambda: param.image(128), thresholds=(steps,), show_image=False, progress=False,
            **size,
        )  # fmt: skip

    climb(0, 1)  # warm up
    start, spent = time.perf_counter(), time.process_time()
    for unit in range(int(units)):
        climb(unit, int(steps))
    print(time.perf_counter() - start, time.process_time() - spent)


if __name__ == "__main__":
    main()
