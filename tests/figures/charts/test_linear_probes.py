"""A panel a network, a line a cue, chance and controls broken."""

from __future__ import annotations

from figures.charts import linear_probes, theme
from tests.figures.narrow_charts import holds_all
from tests.figures.probed import probes


def test_lines_run_through_the_layers_with_their_band() -> None:
    rows = linear_probes._rows(probes(), "net")
    trained = [row for row in rows if row["from"] == "as trained"]
    assert [(row["layer"], row["cue"], row["accuracy"]) for row in trained][:2] == [
        ("a", "shape", 0.2),
        ("a", "texture", 0.6),
    ]
    assert (trained[0]["low"], trained[0]["high"]) == (0.15, 0.25)
    assert {row["accuracy"] for row in rows if row["from"] == "raw pixels"} == {0.15}


def test_both_cues_have_their_colour_and_chance_its_word() -> None:
    drawn = linear_probes.draw(probes(), alt_text="A")
    assert theme.SERIES[0] in drawn.svg
    assert theme.SERIES[1] in drawn.svg
    for word in ("chance", "shape", "texture"):
        assert f">{word}<" in drawn.svg
    assert ">untrained<" in drawn.svg
    assert ">untrained<" not in linear_probes.draw(probes(control=False), alt_text="A").svg


def test_several_networks_have_a_panel_each() -> None:
    drawn = linear_probes.draw(probes(("one", "two")), alt_text="A")
    assert holds_all(drawn)
    assert ">one<" in drawn.svg
    assert ">two<" in drawn.svg


def test_many_layers_are_written_aslant() -> None:
    assert linear_probes._axis(["a"] * 6, linear_probes.WIDTH).labelAngle == 0
    assert linear_probes._axis(["a"] * 18, linear_probes.WIDTH).labelAngle == -45
    assert linear_probes._axis(["a"] * 6, linear_probes.NARROW).labelAngle == -45
