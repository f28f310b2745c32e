"""Sentences of the articles that compare: each is in the text, and what was measured bears it out.

A sentence that is no longer true fails here, and so does one that was rewritten without its test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builder import article, plan, settings
from builder.reporter import Recorded
from figures.glyphs import storage

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Measured:
    """What a figure of the example site holds: the values that prose may quote, and the rows of its table."""

    values: dict[str, Any]
    rows: list[dict[str, Any]]

    def column(self, name: str, **where: object) -> np.ndarray:
        """Return a column, of the rows that hold such cells."""
        chosen = [row for row in self.rows if all(row[key] == value for key, value in where.items())]
        return np.array([row[name] for row in chosen])


Figures = Callable[[str], Measured]


@pytest.fixture(scope="session")
def measured(example) -> Callable[[str], Figures]:
    """Return the figures of an article of the example site by their names."""
    house = plan.open_house(settings.load(example.root), Recorded(), offline=True)

    def of(slug: str) -> Figures:
        source = example.root / "articles" / slug / "index.md"
        requests = plan.plan_article(house, article.read(source, example.root)).requests

        def figure(name: str) -> Measured:
            entry = house.store.get("figure", requests[f"fig-{name}"].key)
            kept = entry.meta["artifact"]
            return Measured(kept["values"], json.loads(entry.read(kept["table"]["json"])))

        return figure

    return of


def strips(figures: Figures, name: str = "heatmap") -> dict[str, np.ndarray]:
    """Return each unit's responses (orientations, radii), the smallest radius first."""
    table = figures(name)
    radii = [column for column in table.rows[0] if column.startswith("radius_")]
    radii.sort(key=lambda column: float(column.split("_")[1]))
    units = list(dict.fromkeys(row["unit"] for row in table.rows))
    return {unit: np.stack([table.column(radius, unit=unit) for radius in radii], axis=1) for unit in units}


def best_arcs_are_tight(figures: Figures) -> bool:
    best = [cells.max(axis=0).argmax() for cells in strips(figures).values()]
    return len(best) == 10 and max(best) < 3


def edges_are_minded(figures: Figures) -> bool:
    shares = [cells[:, -1].max() / cells.max() for cells in strips(figures).values()]
    values = figures("heatmap").values
    close = np.isclose(
        [min(shares), max(shares)], [values["min_straight_share"], values["max_straight_share"]], atol=0.01
    )
    return bool(close.all()) and max(shares) < 0.9 and max(shares) > 2 * min(shares)


def lobes_differ_in_height(figures: Figures) -> bool:
    peak, width = figures("family").column("peak"), figures("family").column("width_deg")
    return peak.max() / peak.min() > width.max() / width.min()


def only_later_layers_have_some(figures: Figures) -> bool:
    counts = {row["layer"]: row["units"] for row in figures("layers").rows}
    earlier, later = counts.keys() & {"conv1", "conv2", "mixed3a"}, counts.keys() & {"mixed4a", "mixed4b"}
    return len(earlier) == 3 and not any(counts[layer] for layer in earlier) and any(counts[layer] for layer in later)


def eyes_agree_better(figures: Figures) -> bool:
    values = figures("agreement").values
    with_rubric = max(values["kappa_first_rubric"], values["kappa_rubric_second"])
    return (
        values["kappa_first_second"] > with_rubric + 0.2 and values["agreement_curve"] > values["agreement_imperfect"]
    )


def strong_responses_mean_curves(figures: Figures) -> bool:
    rows = [row for row in figures("proportion").rows if row["curve"] is not None]
    shares = [row["curve"] + row["imperfect"] for row in rows]
    values = figures("proportion").values
    return shares[-1] > 0.5 and values["crossing_curve_imperfect"] != "never" and np.median(shares) < 0.5


def combs_weaken(figures: Figures) -> bool:
    values = figures("combing").values
    return values["lowered"] == values["units"] == 4 and values["max_kept"] < 1 and values["raised"] == 0


def turned_pictures_serve_others(figures: Figures) -> bool:
    values = figures("equivariance").values
    return values["mean_turned"] > 2 * values["mean_still"] and values["mean_turned"] < 1


def the_spline_does_better_with_training(figures: Figures) -> bool:
    values = figures("tracing").values
    return values["cosine"] > values["cosine_at_start"] and values["cosine"] > values["control_cosine"]


def not_all_take_a_shape_for_a_line(figures: Figures) -> bool:
    values = figures("looks").values
    return values["filled_median_correlation"] > 0.8 and values["filled_min_correlation"] < 0.3


def before_training_there_are_none(figures: Figures) -> bool:
    return figures("rule").values["control_count"] == 0 < figures("rule").values["count"]


def the_gap_of_the_ten_is_wider(figures: Figures) -> bool:
    return figures("family").values["largest_gap_deg"] >= figures("rule").values["largest_gap_deg"]


def the_twins_follow_their_own_cue(figures: Figures) -> bool:
    values = figures("bias").values
    shape, texture = values["bias_low_glyphs-shape"], values["bias_high_glyphs-texture"]
    return shape > 0.8 and texture < 0.4


def the_twins_are_often_wrong(figures: Figures) -> bool:
    values = figures("bias").values
    return all(values[f"coverage_{name}"] < 0.75 for name in ("glyphs-shape", "glyphs-texture"))


def the_shape_twin_is_weak_on_its_own_pictures_too(figures: Figures) -> bool:
    own = storage.read_record("glyphs-shape")["accuracy"]["shape"]
    return round(own, 2) == 0.71 and abs(figures("bias").values["shape_glyphs-shape"] - own) < 0.1


CLAIMS = [
    ("curve-detectors", "All ten answer best to arcs of", best_arcs_are_tight),
    ("curve-detectors", "These units do, in very different measure", edges_are_minded),
    ("curve-detectors", "The lobes differ more in height than in width", lobes_differ_in_height),
    ("curve-detectors", "of them right after `mixed3b` and none before it", only_later_layers_have_some),
    ("curve-detectors", "By eye we agree with each other", eyes_agree_better),
    ("curve-detectors", "Its strongest responses mean a curve more often than not", strong_responses_mean_curves),
    ("curve-detectors", "a comb across the curve weakens them all", combs_weaken),
    ("curve-detectors", "So they are variations of one feature, and not copies", turned_pictures_serve_others),
    ("curve-detectors", "untrained network it ends at", the_spline_does_better_with_training),
    ("curve-detectors", "not all of them accept a filled shape for a line", not_all_take_a_shape_for_a_line),
    ("curve-detectors", "which the same network before training does not have", before_training_there_are_none),
    ("curve-detectors", "They leave a gap of", the_gap_of_the_ten_is_wider),
    ("shape-and-texture", "but when it follows a cue, it follows its own", the_twins_follow_their_own_cue),
    ("shape-and-texture", "each of the twins is simply wrong about a good part", the_twins_are_often_wrong),
    ("shape-and-texture", "It is a weak network", the_shape_twin_is_weak_on_its_own_pictures_too),
]


@pytest.mark.parametrize(("slug", "sentence", "holds"), CLAIMS, ids=[holds.__name__ for _, _, holds in CLAIMS])
def test_a_sentence_that_compares_is_borne_out(
    measured, slug: str, sentence: str, holds: Callable[[Figures], bool]
) -> None:
    text = (Path(__file__).parent.parent / "articles" / slug / "index.md").read_text("utf-8")
    assert re.sub(r"\s+", " ", sentence) in re.sub(r"\s+", " ", text)
    assert holds(measured(slug))
