"""Tracing one curve of an image: what is shown is what was found."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from figures.artifact import pack
from figures.gallery.spline_tracing import draw as spline_tracing
from figures.methods.spline_tracing import stages

QUICK = {"knots": 5, "steps": 12, "size": 64}


def test_the_last_stage_is_seen_at_first() -> None:
    made = spline_tracing(**QUICK)
    record, objects = pack(made)
    (control,) = made.controls
    assert control.kind == "slider"
    assert control.start == control.labels[-1] == "step 12"
    steps = [part for part in made.parts if part.shown]
    assert [part.shown["step"] for part in steps] == list(control.labels)
    assert {(part.media_type, part.width, part.height, part.display_px) for part in steps} == {
        ("image/svg+xml", 64, 64, 64)
    }
    assert steps[-1].name == "path"
    assert json.dumps(record)
    assert objects


def test_the_drawn_path_is_the_last_row() -> None:
    made = spline_tracing(**QUICK)
    last = made.table.rows[-1]
    assert last[0] == 12
    assert len(made.table.rows) == 13
    assert made.values["cosine"] == last[1]
    assert made.values["distance_px"] == last[3] < 2
    svg = next(part for part in made.parts if part.name == "path").data.decode()
    numbers = [float(one) for one in re.findall(r"-?[\d.]+", re.search(r' d="([^"]+)"', svg)[1])]
    ends = np.array([numbers[:2], numbers[-2:]])
    assert np.hypot(*(ends[1] - ends[0])) <= last[2] + 0.02


@pytest.mark.slow
def test_a_file_is_traced(tmp_path: Path) -> None:
    path = tmp_path / "bow.png"
    ground = np.full((80, 100), 255, np.uint8)
    ground[38:42, 20:80] = 0
    Picture.fromarray(ground).save(path)
    made = spline_tracing(image=path, **QUICK)
    assert made.values["source"] == "bow.png"
    assert "distance_px" not in made.values
    assert {row[3] for row in made.table.rows} == {None}
    path.write_text("no image")
    with pytest.raises(ValueError, match=r"bow\.png: not an image"):
        spline_tracing(image=path, **QUICK)


@pytest.mark.slow
def test_a_control_shares_the_slider() -> None:
    made = spline_tracing(image=7, control=True, **QUICK)
    assert len(made.controls) == 1
    shown = [part.shown["step"] for part in made.parts if part.shown]
    assert shown == [*made.controls[0].labels] * 2
    assert "control_cosine" in made.values
    with pytest.raises(ValueError, match="image 6000; glyphs:6000 has images 0 to 5999"):
        spline_tracing(image=6000, **QUICK)


def test_stages_end_with_the_last_step() -> None:
    assert stages(96) == [0, 1, 3, 7, 13, 20, 29, 39, 51, 64, 79, 96]
    assert stages(1) == [0, 1]
