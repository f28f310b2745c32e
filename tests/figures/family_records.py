"""Records of families as measurements give them, made by hand: what they hold is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods import equivariance, tuning_curves
from figures.methods.curve_families import CurveFamily
from figures.methods.equivariance import Compared, Equivariance
from figures.methods.finding import CurveTuning
from figures.methods.joint_tuning import JointTuning, Turning
from figures.methods.network_diagram import Block, Head, LayerShown, NetworkDiagram
from figures.methods.reading import Reading
from figures.methods.tuning import ArcTuning
from figures.methods.wiring import Branch
from figures.units import Unit

HALF_WIDTHS = (30.0, 50.0, 40.0)
ECHOES = (0.1, 0.3, 0.2)


def bells(preferred_deg: tuple[float, ...], count: int = 72, width: float = 4.0) -> np.ndarray:
    """Return one-sided curves with peaks of 1, (units, orientations)."""
    away = np.radians(np.arange(count) * 360 / count - np.array(preferred_deg)[:, None])
    return np.exp(width * (np.cos(away) - 1))


def curve_tuning(preferred_deg: tuple[float, ...]) -> CurveTuning:
    """Return what was measured of a layer whose last unit is silent; the others meet every rule."""
    count = len(preferred_deg) + 1
    curve = np.concatenate([bells(preferred_deg), np.zeros((1, 72))])
    alive = np.arange(count) < count - 1
    ones = np.ones(count)
    return CurveTuning(
        peak=curve.max(axis=1), ceiling=ones, preferred_deg=np.array([*preferred_deg, np.nan]),
        half_width_deg=np.resize(HALF_WIDTHS, count), echo=np.where(alive, np.resize(ECHOES, count), np.nan),
        resultant=np.where(alive, 0.9, np.nan), curve=curve, tuned=alive, lenient=alive, strict=alive,
        opposite=ones, beyond_90_deg=ones, line=ones / 2, radii=np.full(count, 6), colours=np.full(count, 5),
        fills=np.full(count, 4),
    )  # fmt: skip


def curve_family(preferred_deg: tuple[float, ...] = (10.0, 100.0, 200.0), **changes: object) -> CurveFamily:
    """Return a family of units 0, 1, 2 … of a layer of 256."""
    units = np.arange(len(preferred_deg))
    family = CurveFamily("glyphs", "mixed3b", 256, curve_tuning(preferred_deg), units, units, 1.0, True, 400)
    return replace(family, **changes)


def joint_tuning(
    preferred_deg: tuple[float, ...] = (40.0, 130.0, 265.0), expected_deg: tuple[float, ...] = (40.0, 125.0, 260.0),
    chosen: int = 0, left_out: int = 0,
) -> JointTuning:  # fmt: skip
    """Return a family that answers four images alike, as they turn."""
    curves = bells(preferred_deg)
    units = tuple(f"mixed3b:{index}" for index in range(len(curves)))
    responses = np.stack([curves.T * height for height in (1.0, 2.0, 3.0, 4.0)])
    pictures = np.zeros((4, 8, 8, 3), np.uint8)
    turning = Turning("glyphs:24", 7, np.arange(4) * 90.0, pictures, np.array([1.0, -2.0, 0.5, 3.0]))
    return JointTuning(
        "glyphs", "glyphs:24", units, chosen, responses, 4 + left_out, tuning_curves.summary(curves),
        np.array(expected_deg), turning,
    )  # fmt: skip


def arc_tuning(preferred_deg: tuple[float, ...]) -> ArcTuning:
    """Return units of one layer with curves alike."""
    curves, count = bells(preferred_deg), len(preferred_deg)
    units = tuple(f"conv1:{index}" for index in range(count))
    reading = Reading(units, 4, (), (), rectified=True, lowered=False)
    radii = np.array([[6.0, 12.0]] * count)
    return ArcTuning(units, curves, tuning_curves.summary(curves), radii, np.zeros((count, 2), int), reading)


def family_alike(
    preferred_deg: tuple[float, ...] = (0.0, 90.0, 180.0), pictures: Compared | None = None,
    filters: Compared | None = None,
) -> Equivariance:  # fmt: skip
    """Return copies of one unit that prefer other directions."""
    seen = arc_tuning(preferred_deg)
    turned = equivariance.aligned(seen.rectified, seen.summary.preferred_deg)
    score, each = equivariance.explained(turned)
    return Equivariance(seen, turned, score, each, equivariance.agreement(turned), pictures, filters)


def compared(turned: float, still: float, count: int = 3) -> Compared:
    """Return 1 for each unit itself, and one number for all pairs of others."""
    same = np.eye(count)
    return Compared(np.where(same, 1, turned), np.where(same, 1, still))


def layer(name: str, channels: int = 8, sees_px: int = 20, **changes: object) -> LayerShown:
    """Return a layer of a network whose pictures have a side of 40 px."""
    return replace(LayerShown(name, channels, 10, 10, sees_px, 40, (), (), False, ()), **changes)


def network_diagram(**changes: object) -> NetworkDiagram:
    """Return a network of a stem, three layers alike, and one of branches with a unit that is marked."""
    branches = (Branch("1×1", 6), Branch("5×5", 2))
    run = tuple(layer(f"blocks.{index}") for index in range(3))
    mixed = layer("mixed", sees_px=64, before=("blocks.2",), branches=branches, marked=(Unit("mixed", 6),))
    stem = layer("stem", 4, 3, before=("image",), chosen=True)
    return replace(
        NetworkDiagram(
            "net", 40, 3, ("stem",), ("mixed:6", "logits:1"), (stem, *run, mixed),
            (Block((stem,)), Block(run), Block((mixed,))), (Head("logits", 2, (Unit("logits", 1),)),),
            (("image", "stem"), ("stem", "blocks.0 to blocks.2"), ("blocks.0 to blocks.2", "mixed"), ("mixed", "logits")),
            True,
        ),
        **changes,
    )  # fmt: skip
