"""Units that answer lines, arcs or an author's own stimuli are found with their directions, on the family's own circle."""

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from figures.methods import curves, datasets, families, models, screening, stimuli, tuning
from figures.methods.families import Family
from figures.methods.finding import listed

sys.path.insert(0, str(Path(__file__).parents[1]))

import arc_networks

ANGLES = (0.0, 40.0, 75.0, 140.0)
DATA = "glyphs:24"


def plus(outward: torch.Tensor, along: torch.Tensor, arm_px: torch.Tensor, pen: families.Pen) -> torch.Tensor:
    half, stroke = arm_px / 2, pen.width_px / 2
    arms = [stimuli.band(one, -half, half) * stimuli.band(other, -stroke, stroke)
            for one, other in ((outward, along), (along, outward))]  # fmt: skip
    return torch.maximum(*arms)


PLUSES = Family("pluses", plus, "arm", "px", (0.3, 0.5))


def lines() -> models.Model:
    drawn = stimuli.arcs(
        list(ANGLES), float("inf"), size_px=arc_networks.FIELD, length_px=15, width_px=2.3, device="cpu"
    )
    dark = drawn.mean(dim=(2, 3), keepdim=True) - drawn
    filters = dark / dark.flatten(1).norm(dim=1)[:, None, None, None]
    return arc_networks.network("lines", ANGLES, filters=filters)


@pytest.fixture(scope="module")
def found() -> screening.FamilyTuning:
    return screening.family_tuning(lines(), datasets.load(DATA), "arcs", family=families.find("lines"))


def test_a_line_is_the_same_after_half_a_turn_a_cross_after_a_quarter_an_arc_after_a_whole() -> None:
    seen = tuning.looking(models.load("glyphs"), "mixed3b", None)
    folds = {
        name: screening.fold(one, seen, 20.0)
        for name, one in {**{n: families.find(n) for n in ("arcs", "lines", "filled")}, "plus": PLUSES}.items()
    }
    assert folds == {"arcs": 1, "lines": 2, "filled": 1, "plus": 4}


def test_units_of_lines_are_found_within_half_a_turn(found: screening.FamilyTuning) -> None:
    assert found.fold == 2
    apart = np.abs((found.preferred_deg - np.array(ANGLES) + 90) % 180 - 90)
    assert apart.max() < 5
    assert found.strict.all()
    assert (found.polarities == 2).all()
    assert found.echo.max() < 0.2
    assert (found.half_width_deg < 45).all()


def test_the_curve_of_a_folded_family_goes_round_the_whole_circle(found: screening.FamilyTuning) -> None:
    assert found.curve.shape == (4, screening.ORIENTATIONS)
    first, second = np.split(found.curve, 2, axis=1)
    assert first == pytest.approx(second, abs=0.05 * float(found.peak.max()))


def test_the_best_second_parameter_is_the_one_with_the_largest_answer(found: screening.FamilyTuning) -> None:
    seen = tuning.looking(lines(), "arcs", None, 0)
    assert set(found.best) <= set(families.find("lines").default_values(seen))
    assert found.best.min() > 10  # as long as the filters, of 15 px


def test_arcs_have_the_echo_that_was_built_in() -> None:
    echoing = arc_networks.network("echoing", ANGLES, echo=0.6)
    told = screening.family_tuning(echoing, datasets.load(DATA), "arcs", family=families.find("arcs"))
    assert told.fold == 1
    assert told.echo == pytest.approx([0.6] * 4, abs=0.1)
    assert not told.strict.any()
    apart = np.abs((told.preferred_deg - np.array(ANGLES) + 180) % 360 - 180)
    assert apart.max() < 15


def test_rows_are_listed_for_a_family() -> None:
    rows = listed(lines(), datasets.load(DATA), "arcs", kind="lines", most=2)
    assert len(rows) == 2
    assert rows[0]["preferred_deg"] < rows[1]["preferred_deg"] < 180
    assert {type(value) for row in rows for value in row.values()} == {int, float, bool}
    with pytest.raises(ValueError, match="no stimulus family 'linse'; did you mean 'lines'"):
        listed(lines(), datasets.load(DATA), "arcs", kind="linse")


def test_the_ceiling_is_that_of_the_curves() -> None:
    model, data = lines(), datasets.load(DATA)
    maps = torch.rand(3, 4, 5, 5, generator=torch.Generator().manual_seed(0))
    assert curves.ceiling([maps], 3, share=0.9) == pytest.approx(
        maps.transpose(0, 1).flatten(1).quantile(0.9, dim=1), abs=0.1
    )
    assert screening.family_tuning(model, data, "arcs", family=PLUSES).ceiling.min() > 0


def test_a_network_of_noise_has_none() -> None:
    told = screening.family_tuning(
        models.load("glyphs-untrained"), datasets.load(DATA), "conv2", family=families.find("lines")
    )
    assert len(told.strict) == 48
    assert not told.strict.any()


def test_images_that_cannot_be_read_give_no_ceiling_and_are_named() -> None:
    broken, whole = (1, 3), torch.arange(6.0).reshape(6, 1, 1, 1)
    there = np.setdiff1d(np.arange(6), broken)
    sized = SimpleNamespace(usable=lambda some: (there[there < len(some)], whole[there[there < len(some)]]),
                            names=lambda some: [f"{index}.png" for index in some])  # fmt: skip
    data = type("Data", (), {"__len__": lambda self: 6, "sized": lambda *_: sized})()
    model = SimpleNamespace(input_size=1, channels=1)
    looked = screening.first_images(model, data, 3)
    assert looked.pixels.flatten().tolist() == [0, 2]
    assert looked.broken == ("1.png",)
    assert looked.told["images"] == 2
    assert screening.first_images(model, data, 400).broken == ("1.png", "3.png")
