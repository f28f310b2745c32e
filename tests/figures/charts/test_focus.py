"""Clicks and pointers are wired to the marks of named charts, wherever compiling put them."""

import pytest

from figures.charts import focus, theme


def spec(*names: str) -> dict:
    """Return a compiled specification with a nested group of marks, and a legend in it."""
    inner = {"name": "cell_group", "marks": [{"name": name} for name in names], "legends": [{"fill": "c"}]}
    signals = [{"name": focus.ISOLATED, "value": ""}, {"name": focus.POINTED, "value": ""}]
    return {"signals": signals, "marks": [inner]}


def wired(drawn: dict) -> dict[str, list[dict]]:
    return {signal["name"]: signal.get("on", []) for signal in drawn["signals"]}


def test_marks_are_found_by_the_names_of_their_charts_with_and_without_numbers() -> None:
    drawn = spec("lines_marks", "lines_0_marks", "lines_12_marks", "lines", "outlines_marks", "lines_marks_more")
    found = focus.marks_of(drawn, {"lines": "u"})
    assert found == dict.fromkeys(["lines_marks", "lines_0_marks", "lines_12_marks", "lines"], "u")
    with pytest.raises(KeyError, match="no chart named 'line' is drawn"):
        focus.marks_of(drawn, {"line": "u"})


def test_a_click_on_a_mark_or_on_a_legend_isolates_and_a_second_one_brings_back() -> None:
    on = wired(focus.interactive(spec("bars_marks"), clicked={"bars": "u"}))[focus.ISOLATED]
    updates = {event["events"]: event["update"] for event in on}
    assert updates["@bars_marks:click"] == "datum.u === isolated ? '' : datum.u"
    assert set(updates) == {"@bars_marks:click", "@legend-label:click", "@legend-symbol:click"}


def test_the_pointer_sets_and_clears_and_nothing_listens_where_nothing_was_asked_for() -> None:
    on = wired(focus.interactive(spec("bars_marks"), pointed={"bars": "u"}))[focus.POINTED]
    assert [(event["events"], event["update"]) for event in on] == [
        ("@bars_marks:pointerover", "datum.u"),
        ("@bars_marks:pointerout", "''"),
    ]
    assert wired(focus.interactive(spec("bars_marks")))[focus.POINTED] == []


def test_entries_of_legends_can_be_touched_wherever_the_legend_is() -> None:
    (legend,) = focus.interactive(spec("bars_marks"))["marks"][0]["legends"]
    for part in ("label", "symbol"):
        block = legend["encode"][f"{part}s"]
        assert (block["name"], block["interactive"]) == (f"legend-{part}", True)


def test_signals_begin_empty_so_that_everything_is_shown() -> None:
    assert {one.name: one.param.value for one in focus.parameters()} == {focus.ISOLATED: "", focus.POINTED: ""}


def test_the_others_fade_by_as_much_as_they_are_seen() -> None:
    faded = focus.opacity("u", shown=0.5)
    assert faded["condition"]["test"] == focus.others("u")
    assert faded["condition"]["value"] == pytest.approx(theme.FADED * 0.5)
    assert faded["value"] == 0.5


def test_a_series_may_go_by_either_of_two_names():
    told = focus.others("cue", "from")
    assert told.count("!== datum.") == 2
    assert "datum.cue && " in told
    assert told.endswith("datum.from")
