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

from builder import settings
from builder.plan import plan
from builder.read import article
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


def neither_answer_is_a_cat(figures: Figures) -> bool:
    values = figures("bricks").values
    return values["follow_content"] == 0 and all(values[f"after-{place}"] < values["before-1"] / 10 for place in (1, 2))


def the_twins_follow_their_own_cue(figures: Figures) -> bool:
    values = figures("bias").values
    shape, texture = values["bias_low_glyphs-shape"], values["bias_high_glyphs-texture"]
    records = {name: storage.read_record(name)["runs"] for name in ("glyphs-shape", "glyphs-texture")}
    least = min(run["shape_bias"] for run in records["glyphs-shape"])
    return shape > 0.8 and texture < 0.5 and least - max(run["shape_bias"] for run in records["glyphs-texture"]) > 0.6


def the_texture_twin_names_neither_cue_more_often(figures: Figures) -> bool:
    values = figures("bias").values
    return values["coverage_glyphs-texture"] < values["coverage_glyphs-shape"]


def the_twins_are_good_at_their_own_pictures(figures: Figures) -> bool:
    names = ("glyphs-shape", "glyphs-texture")
    return all(run["accuracy"]["shape"] >= 0.95 for name in names for run in storage.read_record(name)["runs"])


def the_texture_twin_holds_shapes_that_it_does_not_answer_by(figures: Figures) -> bool:
    values, answered = figures("probes").values, figures("bias").values["shape_glyphs-texture"]
    return values["shape_mixed4b_glyphs-texture"] > max(answered, 2 * values["chance_shape"])


def the_shape_twin_kept_less_of_textures(figures: Figures) -> bool:
    values = figures("probes").values
    kept, other = values["texture_mixed4b_glyphs-shape"], values["texture_mixed4b_glyphs-texture"]
    return kept < min(other, values["shape_mixed4b_glyphs-shape"]) / 2


def all_three_ways_agree_on_the_order(figures: Figures) -> bool:
    bias, probes, scores = (figures(name).values for name in ("bias", "probes", "dimensions"))
    ways = [
        tuple(values[f"{start}{name}"] for name in ("glyphs-shape", "glyphs-texture"))
        for values, start in ((bias, "bias_"), (probes, "shape_mixed4b_"), (scores, "score_shape_mixed4b_"))
    ]
    own = scores["score_texture_mixed4b_glyphs-texture"] > scores["score_texture_mixed4b_glyphs-shape"]
    return own and all(shape > texture for shape, texture in ways)


def a_bias_is_no_knowledge_of_silhouettes(figures: Figures) -> bool:
    cues, bias = figures("cues").values, figures("bias").values
    near = abs(bias["bias_glyphs"] - bias["bias_glyphs-shape"]) < 0.1
    return near and cues["silhouette_glyphs-shape"] < 0.8 < 0.9 < cues["silhouette_glyphs"]


def who_sees_further_names_more_shapes(figures: Figures) -> bool:
    values = figures("bags").values
    nine, seventeen, most, whole = (
        values[f"accuracy-shape-{name}"] for name in ("glyphs-bag-9", "glyphs-bag-17", "glyphs-bag-33", "glyphs")
    )
    return nine <= seventeen <= most <= whole and most - nine > 0.1


def answers_are_lost_tile_by_tile(figures: Figures) -> bool:
    four, sixteen, many = (
        figures("shuffle").values[f"share-logits-efficientnet-lite0-{tiles}"] for tiles in (4, 16, 64)
    )
    return four > sixteen > many and sixteen > 0.1


PHOTOGRAPHS = "curves-in-photographs"


def the_thirteen_are_those_of_the_rule(figures: Figures) -> bool:
    found = {row["unit"] for row in figures("rule").rows if row["network"] == "efficientnet-lite0"}
    drawn = {row["unit"] for row in figures("family").rows}
    return len(found) == 13 and found == drawn and figures("rule").values["control_count"] == 0


def the_unit_of_photographs_is_sparser(figures: Figures) -> bool:
    return 2 * figures("evidence").values["share_firing"] < figures("twin-evidence").values["share_firing"]


def one_would_do_for_an_edge(figures: Figures) -> bool:
    return figures("heatmap").values["max_straight_share"] > 0.9


def photographs_do_not_mind_shapes(figures: Figures) -> bool:
    return figures("looks").values["filled_min_correlation"] > 0.9


def arcs_gain_more_than_in_the_twin(figures: Figures) -> bool:
    here, twin = figures("corners").values, figures("twin-corners").values
    return here["median_gain"] > twin["median_gain"] and here["prefer_arcs"] == 3


def drawn_strokes_excite_none(figures: Figures) -> bool:
    values = figures("combing").values
    return values["raised"] == 0 and values["max_kept"] < 1


def most_of_it_carries_over(figures: Figures) -> bool:
    joint, family, extraction = (figures(name).values for name in ("joint", "family", "extraction"))
    return (
        joint["same_order"] == "yes"
        and family["max_echo"] < 0.3
        and figures("equivariance").values["explained"] > 0.9
        and extraction["attribution_f_first"] < extraction["canny_f_first"]
    )


CAT = "why-is-this-a-cat"


def scattered_pixels_destroy_and_show_nothing(figures: Figures) -> bool:
    values = figures("pixels").values
    shown = values["insertion-grad-cam"] > 4 * values["insertion-integrated-gradients"]
    return shown and 4 * values["deletion-integrated-gradients"] < values["deletion-grad-cam"]


def five_leave_most_of_the_sum(figures: Figures) -> bool:
    rows = [row for row in figures("walk").rows if row["parent"] == "logits:285"]
    return len(rows) == 5 and sum(row["share"] for row in rows) < 0.5


def the_first_row_accounts_for_nearly_all(figures: Figures) -> bool:
    walk = figures("walk")
    reached = {row["child"].partition("@")[0].replace(":", "-"): abs(row["activation"]) for row in walk.rows}
    shares = [
        abs(walk.values[f"sum-{unit}"]) / value for unit, value in reached.items() if f"sum-{unit}" in walk.values
    ]
    return walk.values["sum-logits-285"] > 0.95 * walk.values["value"] and len(shares) > 4 and min(shares) < 0.5


def bright_lines_add_most(figures: Figures) -> bool:
    values = figures("edge").values
    return values["rank"] == 1 and values["weight"] > 0 and abs(values["correlation"]) < 0.5


def without_the_five_it_is_another_cat(figures: Figures) -> bool:
    seen = figures("without")
    left = {row["class"]: row["probability changed"] for row in seen.rows}
    cats = sum(left[name] for name in ("tiger cat", "Egyptian cat", "tabby"))
    return max(left, key=left.get) == "tiger cat" and cats > 2 / 3 and seen.values["random_drop_most"] == 0


TOUR = "inside-a-network"


def colours_alone_keep_some_together(figures: Figures) -> bool:
    values = figures("map").values
    return values["purity"] > values["control_purity"] + 0.2 > values["chance"] + 0.4


def what_the_layer_adds_is_small_beside_the_rest(figures: Figures) -> bool:
    values = figures("groups").values
    return abs(values["total-1"]) < 0.3 * abs(values["logit-1"])


def no_cat_becomes_an_espresso(figures: Figures) -> bool:
    values = figures("patch").values
    return values["flip"] == 0 and values["after_second"] < 0.05


def single_units_name_no_more_than_mixtures(figures: Figures) -> bool:
    values = figures("names").values
    return values["share"] < values["random_share"] + 0.1 and values["control_share"] < 0.1


CLAIMS = [
    (TOUR, "even a random network keeps colours apart", colours_alone_keep_some_together),
    (
        TOUR,
        "What they add to a class is small beside what they leave out",
        what_the_layer_adds_is_small_beside_the_rest,
    ),
    (TOUR, "A direction that tells two classes apart is not a recipe", no_cat_becomes_an_espresso),
    (TOUR, "these numbers do not show", single_units_name_no_more_than_mixtures),
    (
        CAT,
        "Scattered pixels are quick to destroy a cat and show none by themselves.",
        scattered_pixels_destroy_and_show_nothing,
    ),
    (CAT, "five of a layer leave most of the sum to units that are not shown", five_leave_most_of_the_sum),
    (CAT, "Right below the class that is nearly all of it.", the_first_row_accounts_for_nearly_all),
    (CAT, "of the units below it `block9:4` is the one that adds most", bright_lines_add_most),
    (CAT, "And the picture is still a cat", without_the_five_it_is_another_cat),
    (PHOTOGRAPHS, "the thirteen units are all that pass a rule", the_thirteen_are_those_of_the_rule),
    (PHOTOGRAPHS, "followed in the twin is far less sparse", the_unit_of_photographs_is_sparser),
    (PHOTOGRAPHS, "one of them at least would do for an edge", one_would_do_for_an_edge),
    (PHOTOGRAPHS, "A network of photographs does not mind whether", photographs_do_not_mind_shapes),
    (PHOTOGRAPHS, "In the twin, which has to tell stars from discs, the gain", arcs_gain_more_than_in_the_twin),
    (PHOTOGRAPHS, "Drawn strokes do not excite them", drawn_strokes_excite_none),
    (PHOTOGRAPHS, "So most of it carries over", most_of_it_carries_over),
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
    ("shape-and-texture", "We still see a cat. The network gave", neither_answer_is_a_cat),
    ("shape-and-texture", "When a twin follows a cue, it follows its own", the_twins_follow_their_own_cue),
    ("shape-and-texture", "is simply wrong more often", the_texture_twin_names_neither_cue_more_often),
    ("shape-and-texture", "Each of the twins is good at pictures of its own", the_twins_are_good_at_their_own_pictures),
    (
        "shape-and-texture",
        "some of the shape lies there, and the answer ignores most of that",
        the_texture_twin_holds_shapes_that_it_does_not_answer_by,
    ),
    ("shape-and-texture", "The shape twin is stricter", the_shape_twin_kept_less_of_textures),
    ("shape-and-texture", "All three ways put the twins in the same order", all_three_ways_agree_on_the_order),
    ("shape-and-texture", "It does not tell how much of either a network knows", a_bias_is_no_knowledge_of_silhouettes),
    ("shape-and-texture", "a network that sees further knows more of shape", who_sees_further_names_more_shapes),
    ("shape-and-texture", "It counts parts, but not only small ones", answers_are_lost_tile_by_tile),
]


@pytest.mark.parametrize(("slug", "sentence", "holds"), CLAIMS, ids=[holds.__name__ for _, _, holds in CLAIMS])
def test_a_sentence_that_compares_is_borne_out(
    measured, slug: str, sentence: str, holds: Callable[[Figures], bool]
) -> None:
    text = (Path(__file__).parent.parent / "articles" / slug / "index.md").read_text("utf-8")
    assert re.sub(r"\s+", " ", sentence) in re.sub(r"\s+", " ", text)
    assert holds(measured(slug))


def test_the_record_names_the_curve_units_of_the_page_and_the_control_has_none(measured) -> None:
    rule = measured("curve-detectors")("rule")
    assert rule.values["count"] == len(rule.column("unit", network="glyphs")) > 0
    assert rule.values["control_count"] == 0
    assert set(rule.rows[0]) == {"network", "unit", "preferred_deg", "half_width_deg"}
    record = storage.read_record("glyphs")["curve_units"]
    assert [f"mixed3b:{unit}" for unit in record["units"]] == list(rule.column("unit", network="glyphs"))
    assert record["preferred_deg"] == pytest.approx(rule.column("preferred_deg", network="glyphs"), abs=0.01)
