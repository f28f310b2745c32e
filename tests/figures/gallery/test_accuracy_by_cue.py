"""The figure of accuracy sets people beside networks."""

from __future__ import annotations

from figures.artifact import pack
from figures.gallery.accuracy_by_cue import accuracy_by_cue

PEOPLE = """\
subj,session,trial,rt,object_response,category,condition,imagename
subject-01,1,1,0.6,arrow,arrow,silhouettes,0001_x_s01_0_arrow_00_arrow1.png
subject-01,1,2,0.7,disc,arrow,silhouettes,0002_x_s01_0_arrow_00_arrow2.png
"""


def test_networks_and_people(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    made = accuracy_by_cue(models=("glyphs",), per_class=1, responses=(tmp_path / "people.csv",))
    assert pack(made)
    assert made.values["silhouette_humans"] == 0.5
    assert made.values["silhouette_glyphs"] > 0.5
    assert len(made.table.rows) == 8
