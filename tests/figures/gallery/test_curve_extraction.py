"""Curves drawn, and what two methods find of them: the figure says which wins."""

from types import SimpleNamespace

import numpy as np
import pytest

from figures import run
from figures.artifact import Artifact, pack
from figures.gallery.curve_extraction import curve_extraction
from figures.methods import extraction as methods
from figures.methods import models
from figures.methods.extraction import Extraction


def rows_of(made: Artifact) -> list[dict[str, object]]:
    return [dict(zip(made.table.columns, row, strict=True)) for row in made.table.rows]


def found(**options: object) -> Extraction:
    """Stand in for the measurement, which has tests of its own."""
    noises, images = options["noises"], options["images"]
    shape = (len(noises), images, 8, 8)
    random = np.random.default_rng(0)
    scores = random.uniform(0.1, 0.9, (2, len(noises), images, 3))
    scores[0] += 0.05
    masks = {name: random.random(shape) > 0.5 for name in ("curves", "canny", "attribution")}
    return Extraction(
        scenes=random.random(shape), traces=random.random(shape), **masks, by_image=scores,
        rates=scores.mean(axis=2), everything=np.full((len(noises), 3), 0.2), settings=np.full((len(noises), 3), 0.5),
    )  # fmt: skip


def test_curve_extraction_tells_which_method_wins(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[object, ...]] = []

    def measured(network: models.Model, layer: str, units: tuple[int, ...], **options: object):
        asked.append((network.name, layer, units))
        return found(**options)

    monkeypatch.setattr(methods, "extraction", measured)
    made = curve_extraction(
        layer="mixed3b", units=("mixed3b:3", "mixed3b:17"), noises=(0.0, 0.1, 0.4), images=2, control=True
    )
    assert asked == [("glyphs", "mixed3b", (3, 17)), ("glyphs-untrained", "mixed3b", (3, 17))]
    rows = [row for row in rows_of(made) if row["shown"] == "figure"]
    f = {(row["method"], row["noise"]): row["F"] for row in rows}
    wins = sum(f["attribution", noise] > f["Canny", noise] for noise in (0.0, 0.1, 0.4))
    assert made.values["attribution_wins"] == wins
    assert made.values["canny_wins"] == 3 - wins
    assert f"Canny is better at {3 - wins}, attribution at {wins}" in made.alt
    assert made.values["canny_f_last"] == f["Canny", 0.4]
    first = made.parts[0]
    assert [tile.lines for tile in first.tiles] == [("0",)] * 2 + [("0.1",)] * 2 + [("0.4",)] * 2
    assert len(made.parts) == 8
    assert all(part.per_row == len(part.tiles) == 6 for part in made.parts)
    assert pack(made)


def test_curve_extraction_uses_the_whole_family_unless_told(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[int, ...]] = []
    monkeypatch.setattr(methods, "extraction", lambda _n, _l, units, **rest: asked.append(units) or found(**rest))
    monkeypatch.setattr(methods, "curve_family", lambda *_: SimpleNamespace(units=np.array([5, 2])))
    curve_extraction(layer="mixed3b", images=1)
    assert asked == [(5, 2)]
    monkeypatch.setattr(methods, "curve_family", lambda *_: SimpleNamespace(units=np.array([], int)))
    with pytest.raises(ValueError, match="no unit of mixed3b of glyphs meets the rule"):
        curve_extraction(layer="mixed3b", images=1)


@pytest.mark.parametrize(("options", "words"), [
    ({"units": ("mixed3a:3",)}, "mixed3a:3; expected whole channels of mixed3b"),
    ({"noises": (-0.1,)}, "noises: -0.1; expected numbers, each 0 to 10"),
    ({"tuning": 0}, "tuning: 0; expected 1 to 500"),
    ({"tolerance_px": -1.0}, "tolerance_px: -1.0; expected 0 to 100"),
])  # fmt: skip
def test_curve_extraction_says_what_it_expected(options, words):
    with pytest.raises(ValueError, match=words):
        run.figure("curve-extraction", layer="mixed3b", **options)
