"""Families cover what they say; what units answer to a stimulus is what it regenerates."""

import inspect
import math

import numpy as np
import pytest
import torch

from figures import lab
from figures.methods import families, models, tuning, tuning_curves
from figures.methods.activations import activations
from tests.figures.methods.corner_networks import PREFERRED, UNITS, cover, load


@pytest.fixture(scope="module")
def corners() -> models.Model:
    return load()


@pytest.fixture(scope="module")
def seen(corners: models.Model) -> tuning.View:
    return tuning.view(corners, "edges")


@pytest.fixture(scope="module")
def answered(corners: models.Model) -> dict[str, np.ndarray]:
    kind = families.find("angles")
    return families.family_responses(corners, UNITS, family=kind, orientations=72, values=(60.0, 100.0, 150.0), reach=0)


def test_a_network_of_angles_prefers_those_angles(answered: dict[str, np.ndarray]) -> None:
    curves = tuning_curves.rectify(answered.pre_activation)
    assert [curves[i].max(axis=0).argmax() for i in range(3)] == [1, 1, 1]  # 100 degrees, their own opening
    assert [curves[i, :, 1].argmax() * 5 for i in range(3)] == list(PREFERRED)
    assert answered.value.tolist() == [[60.0, 100.0, 150.0]] * 4


@pytest.mark.parametrize("name", ["arcs", "filled", "coloured", "lines", "rounded", "angles", "combs"])
def test_a_cell_is_regenerated_by_its_stimulus(name: str, corners: models.Model, seen: tuning.View) -> None:
    kind = families.find(name)
    got = families.family_responses(corners, UNITS, family=kind, orientations=12)
    for unit, (turn, at) in enumerate([(3, 0), (7, 2), (0, 1), (11, 3)]):
        image = families.draw(kind, seen, turn * 30.0, float(got.value[unit, at]))
        row, column = np.array(seen.index) + got.offset[unit]
        again = activations(corners, image, "edges")[0, unit, row, column]
        assert float(again) == pytest.approx(float(got.pre_activation[unit, turn, at]), abs=1e-4)


def test_families_are_read_where_the_unit_answers_to_arcs(corners: models.Model) -> None:
    kind, arcs = families.find("lines"), tuning.arc_responses(corners, UNITS, orientations=24)
    got = families.family_responses(corners, UNITS, family=kind, orientations=24)
    assert np.array_equal(got.offset, arcs.offset)
    assert got.offset[3, 1] < 0
    own = families.family_responses(corners, UNITS, family=kind, orientations=24, read="own")
    best = [tuning_curves.rectify(one.pre_activation).mean(axis=2).max(axis=1) for one in (got, own)]
    assert (best[1] >= best[0]).all()


def test_the_family_of_arcs_is_what_arc_responses_show(corners: models.Model, seen: tuning.View) -> None:
    shown = families.draw(families.find("arcs"), seen, [10.0, 200.0], [4.0, 40.0])
    assert torch.equal(shown, tuning.draw(seen, [10.0, 200.0], [4.0, 40.0]))
    got = families.family_responses(corners, UNITS, family=families.find("arcs"), orientations=12)
    same = tuning.arc_responses(corners, UNITS, orientations=12)
    assert got.pre_activation == pytest.approx(same.pre_activation, abs=1e-6)
    assert np.array_equal(got.value, same.radius_px)


def test_an_angle_of_180_degrees_is_a_straight_line() -> None:
    assert torch.allclose(cover("angles", 180.0), cover("lines", 30.0), atol=1e-3)


@pytest.mark.parametrize("opening", [60.0, 120.0])
def test_rounding_leads_from_the_angle_to_the_arc(opening: float) -> None:
    assert torch.allclose(cover("rounded", opening, roundness=0.0), cover("angles", opening), atol=1e-4)
    arc = cover("arcs", 30.0 / math.radians(180 - opening))
    steps = [float((cover("rounded", opening, roundness=share) - arc).abs().sum()) for share in (0, 0.33, 0.67, 1)]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] < 0.01 * float(arc.sum())


@pytest.mark.parametrize("opening", [50.0, 90.0, 140.0])
def test_arms_have_their_opening_and_their_length(opening: float) -> None:
    ink = cover("angles", opening)
    assert float(ink.sum()) == pytest.approx(30.0 * 3.0, rel=0.12)  # less the overlap in the corner
    pixel = torch.arange(65) + 0.5 - 32.5
    y, x = torch.meshgrid(pixel, pixel, indexing="ij")
    far = (torch.hypot(x, y) > 9) & (ink > 0.6)
    angle = torch.rad2deg(torch.atan2(y[far], x[far])) - (25 + 180)
    arms = (angle + 180) % 360 - 180
    assert float(arms[arms > 0].mean() - arms[arms < 0].mean()) == pytest.approx(opening, abs=3)


def test_neighbouring_orientations_have_other_colours_and_each_comes_as_often() -> None:
    kind = families.find("coloured")
    pairs = kind.pair(torch.arange(720) / 2)
    assert (pairs[1:] != pairs[:-1]).all()
    assert torch.bincount(pairs).tolist() == pytest.approx([120] * 6, abs=4)
    assert all(len(set(pairs[i : i + 6].tolist())) >= 4 for i in range(0, 720, 6))


def test_an_author_adds_a_family_in_a_few_lines(corners: models.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "FAMILIES", dict(families.FAMILIES))
    example = inspect.getdoc(families).partition("import torch\n")[2].partition("\nAfter")[0]
    source = "import torch\n" + inspect.cleandoc("    " + example)
    names = {}
    monkeypatch.setattr(inspect, "getsource", lambda function: source)
    exec(compile(source, "crosses.py", "exec"), names)  # noqa: S102 - the example of the documentation
    kind = families.find("crosses")
    assert (kind.second, kind.values) == ("arm", (0.1, 0.2, 0.4))
    got = families.family_responses(corners, UNITS, family=kind, orientations=4)
    assert got.pre_activation.shape == (4, 4, 3)
    assert np.ptp(got.pre_activation[:, 1::2] - got.pre_activation[:, ::2]) < 1e-2  # a cross has quarter turns
    assert len(kind.digest) == 64


def test_a_family_may_draw_whole_images(seen: tuning.View) -> None:
    def fogged(outward: torch.Tensor, along: torch.Tensor, value: torch.Tensor, pen: families.Pen) -> torch.Tensor:
        return (outward.square() + along.square() < value**2)[:, None].float().expand(-1, 3, -1, -1)

    kind = families.Family("fog", fogged, "radius", "px", (0.2,))
    assert families.draw(kind, seen, [0.0, 9.0], 3.0).shape == (2, 3, seen.size_px, seen.size_px)
    assert families.draw(kind, seen, 0.0, 3.0, channels=1).shape[1] == 1
    assert families.ink(kind, seen, 3.0, side_px=20) is None


def test_a_family_is_known_by_what_decides_its_pictures() -> None:
    rounded = families.find("rounded")
    digests = {rounded.digest, rounded.using(roundness=0.1).digest, families.find("angles").digest}
    assert len(digests) == 3
    assert rounded.digest == families.find("rounded").using(roundness=0.5).digest
    with lab.using(lab.Lab(device="cpu", closure=lambda function: "edited")):
        assert rounded.digest not in digests


def test_an_unknown_family_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"no stimulus family 'angels'; did you mean 'angles'\? \(there are arcs, "):
        families.find("angels")
    with pytest.raises(ValueError, match="orientations 3; expected at least 4"):
        families.family_responses(None, ("a:1",), family=families.find("arcs"), orientations=3)
