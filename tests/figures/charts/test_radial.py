"""Lobes reach as far as responses, pictures stand at their angles."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from figures.charts import icons, radial, theme
from tests.figures.charts.corners import corners
from tests.figures.narrow_charts import holds_all

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
SIZE = 400
ANGLES = [10.0, 95.0, 200.0, 310.0]
NAMES = [f"mixed3b:{i}" for i in range(4)]
HEIGHTS = np.array([4.0, 2.0, 1.0, 3.0])


def curves(angles: list[float] = ANGLES, heights: np.ndarray = HEIGHTS) -> np.ndarray:
    turn = np.radians(np.arange(720) / 2 - np.array(angles)[:, None])
    return heights[:, None] * np.maximum(np.cos(turn), 0) ** 4


def pictures(count: int) -> list[str]:
    return [icons.uri(np.full((8, 8, 3), 30 * i, np.uint8), side_px=24) for i in range(count)]


def made(angles: list[float] = ANGLES, **options: object) -> tuple[ET.Element, np.ndarray]:
    """Return the drawn SVG and the middle of its ring."""
    names, uris = [f"mixed3b:{i}" for i in range(len(angles))], pictures(len(angles))
    heights = np.linspace(1, 4, len(angles))
    chart = radial.draw(curves(angles, heights), angles, names, uris, size=SIZE, alt_text="A", **options)
    assert holds_all(chart)
    return ET.fromstring(chart.svg), np.array([chart.width / 2, chart.height / 2])


def centers(root: ET.Element) -> list[np.ndarray]:
    """Return the middle of each picture, padding included."""
    found = []
    for image in root.iter(f"{SVG}image"):
        x, y = map(float, re.findall(r"-?[\d.]+", image.get("transform")))
        found.append(np.array([x, y]) + radial.ICON_PX / 2 + theme.config()["padding"])
    return found


def test_every_picture_stands_at_its_angle() -> None:
    root, middle = made()
    offsets = [center - middle for center in centers(root)]
    assert [np.degrees(np.arctan2(y, x)) % 360 for x, y in offsets] == pytest.approx(ANGLES, abs=0.1)
    assert [np.hypot(x, y) for x, y in offsets] == pytest.approx([SIZE / 2] * 4, abs=0.1)


def test_every_picture_is_in_the_still_drawing() -> None:
    root, _ = made()
    assert [image.get(XLINK) for image in root.iter(f"{SVG}image")] == pictures(4)
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words == NAMES


def test_a_lobe_reaches_as_far_as_its_response() -> None:
    reach = SIZE / 3.5
    for curve, angle, height in zip(curves(), ANGLES, HEIGHTS, strict=True):
        path = radial.lobe(curve / 4, reach)
        distance = np.hypot(*path.T)
        far = path[distance.argmax()]
        assert distance.max() == pytest.approx(0.3 * reach + reach * height / 4, rel=0.001)
        assert distance.min() == pytest.approx(0.3 * reach)
        assert np.degrees(np.arctan2(far[1], far[0])) % 360 == pytest.approx(angle, abs=1)


def test_idle_stretches_cost_few_points_and_change_nothing() -> None:
    curve = curves()[0] / 4
    path = radial.lobe(curve, 100)
    angle = np.degrees(np.arctan2(path[:, 1], path[:, 0])) % 360
    assert len(path) < 180
    assert np.interp(angle, np.arange(721) / 2, np.append(curve, curve[0])) == pytest.approx(
        np.hypot(*path.T) / 100 - 0.3, abs=1e-9
    )
    assert np.diff(np.sort(angle)).max() <= 6 + 1e-6


@pytest.mark.slow
def test_lobes_share_a_scale_or_have_their_own() -> None:
    def lengths(**options: object) -> list[float]:
        root, _ = made(**options)
        group = next(g for g in root.iter(f"{SVG}g") if "lobes_pathgroup" in g.get("class", ""))
        far = []
        for path in group.iter(f"{SVG}path"):
            points = np.array(corners(path.get("d")))
            offset = points - (SIZE / 2 + radial.ICON_PX / 2 + radial._LABEL_PX)
            far.append(np.hypot(*offset.T).max() / (SIZE / 3.5))
        return far

    assert lengths() == pytest.approx([0.55, 0.8, 1.05, 1.3], abs=0.01)
    assert lengths(normalise=True) == pytest.approx([1.3] * 4, abs=0.01)


def test_close_pictures_move_apart_but_keep_their_order_and_their_lines() -> None:
    root, middle = made([100.0, 102.0, 104.0, 300.0])
    where = centers(root)
    assert min(np.abs(a - b).max() for i, a in enumerate(where) for b in where[:i]) >= radial.ICON_PX
    angles = [np.degrees(np.arctan2(*(center - middle)[::-1])) % 360 for center in where]
    assert angles == sorted(angles)
    assert np.mean(angles[:3]) == pytest.approx(102, abs=0.5)
    assert angles[3] == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize(
    ("angles", "gap"),
    [([5, 355], 30), ([10, 10, 10], 20), ([350, 355, 0, 5, 90], 25), (list(range(0, 40, 2)), 10), ([], 10), ([7], 10)],
)
def test_spreading_keeps_the_gap_and_the_middle(angles: list[float], gap: float) -> None:
    moved = radial.spread(angles, gap)
    if len(angles) > 1:
        ordered = np.sort(moved)
        assert np.diff(ordered, append=ordered[0] + 360).min() >= gap - 0.01
    shift = (moved - np.array(angles, dtype=float) + 180) % 360 - 180
    assert shift.sum() == pytest.approx(0, abs=0.1)


def test_more_than_fit_share_the_circle() -> None:
    moved = np.sort(radial.spread(range(0, 36), 20))
    assert np.diff(moved, append=moved[0] + 360) == pytest.approx([10] * 36, abs=0.2)


def test_a_silent_unit_has_a_circle_and_no_picture() -> None:
    silent = curves()
    silent[2] = 0
    angles = [10.0, 95.0, np.nan, 310.0]
    chart = radial.draw(silent, angles, NAMES, pictures(4), size=SIZE, normalise=True, alt_text="A")
    root = ET.fromstring(chart.svg)
    assert len(list(root.iter(f"{SVG}image"))) == 3
