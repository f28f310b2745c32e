"""What every chart must be: without a ground, at its true size, with its own ids, always the same bytes."""

import json
import re
import xml.etree.ElementTree as ET

import altair as alt
import pytest
from altair.utils import schemapi

from figures.charts import theme, vega

SVG = "{http://www.w3.org/2000/svg}"


def drawing(colour: str = theme.ACCENT) -> alt.Chart:
    rows = [{"x": i + 0.123456789, "y": i * i % 7 / 3, "u": f"mixed3b:{i % 3}"} for i in range(12)]
    mark = alt.Chart(alt.Data(values=rows)).mark_line(clip=True)
    scale = alt.Scale(range=[colour, theme.orientation_colour(20), theme.SERIES[1]])
    return mark.encode(x="x:Q", y="y:Q", color=alt.Color("u:N", scale=scale)).properties(width=300, height=200)


def bare() -> alt.Chart:
    return alt.Chart(alt.Data(values=[{}])).mark_rect(fill=theme.INK).properties(width=300, height=200)


def ids(svg: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', svg))


def test_there_is_no_ground_behind_a_chart() -> None:
    made = vega.chart(drawing(), name="a", alt="A")
    root = ET.fromstring(made.svg)
    assert "background" not in made.spec
    drawn = [e for e in root.iter(f"{SVG}rect") if e.get("width") == str(made.width)]
    assert not drawn
    assert "white" not in made.svg


def test_the_size_is_the_outer_size() -> None:
    made = vega.chart(bare(), name="a", alt="A")
    root = ET.fromstring(made.svg)
    pad = theme.config()["padding"]
    assert (made.width, made.height) == (300 + 2 * pad, 200 + 2 * pad)
    assert (root.get("width"), root.get("height")) == (str(made.width), str(made.height))
    assert root.get("viewBox") == f"0 0 {made.width} {made.height}"


def test_the_picture_says_what_it_shows() -> None:
    made = vega.chart(bare(), name="a", alt='Rising & "falling" <curves>')
    root = ET.fromstring(made.svg)
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.find(f"{SVG}title").text == 'Rising & "falling" <curves>'
    assert made.spec["description"] == made.alt == 'Rising & "falling" <curves>'
    assert made.svg.count("role=") == 1  # nothing inside speaks


def test_only_what_is_wider_than_a_narrow_page_has_a_form_for_one() -> None:
    wide, small = (drawing().properties(width=width) for width in (500, 200))
    chart = vega.chart(wide, narrow=small, name="a", alt="A")
    assert chart.narrow is not None
    assert (chart.narrow.name, chart.narrow.alt) == ("a", "A")
    assert chart.narrow.spec["config"]["legend"]["layout"]["top"]["direction"] == "vertical"
    assert vega.chart(small, narrow=small, name="a", alt="A").narrow is None


def test_colours_stay_custom_properties() -> None:
    made = vega.chart(drawing(), name="a", alt="A")
    assert f'stroke="{theme.ACCENT}"' in made.svg
    assert f'fill="{theme.QUIET}"' in made.svg
    assert theme.ACCENT in json.dumps(made.spec)


def test_ids_of_two_charts_do_not_meet() -> None:
    one = vega.chart(drawing(), name="first", alt="A")
    same_name = vega.chart(drawing(theme.INK), name="first", alt="A")
    other = vega.chart(drawing(), name="second", alt="A")
    every = [ids(made.svg) for made in (one, same_name, other)]
    assert all(every)
    assert len(set.union(*every)) == sum(map(len, every))
    assert all(name.startswith("first-") for name in every[0] | every[1])
    for made in (one, same_name, other):
        assert set(re.findall(r"url\(#([^)]+)\)", made.svg)) <= ids(made.svg)


def test_equal_charts_are_equal_bytes_whatever_came_between() -> None:
    first = vega.chart(drawing(), name="a", alt="A")
    vega.chart(drawing(theme.INK), name="b", alt="B")
    again = vega.chart(drawing(), name="a", alt="A")
    assert again.svg == first.svg
    assert json.dumps(again.spec) == json.dumps(first.spec)


def test_coordinates_have_at_most_two_decimals() -> None:
    svg = vega.chart(drawing(), name="a", alt="A").svg
    paths = re.findall(r' (?:d|transform)="([^"]*)"', svg)
    assert paths
    assert not [path for path in paths if re.search(r"\.\d{3}|\de-\d", path)]


def test_labels_keep_their_numbers() -> None:
    text = alt.Chart(alt.Data(values=[{}])).mark_text(text="0.123456")
    assert ">0.123456<" in vega.chart(text, name="a", alt="A").svg


def test_the_charts_own_configuration_goes_first() -> None:
    made = vega.chart(drawing().configure_axis(labelColor=theme.INK), name="a", alt="A")
    assert f'fill="{theme.QUIET}"' not in made.svg.split("role-legend")[0]
    assert f'font-family="{theme.FONT}"' in made.svg


def test_pointing_at_a_named_view_sets_the_series_to_look_at() -> None:
    from figures.charts import focus

    fading = drawing().encode(opacity=focus.opacity("u")).properties(name="lines")
    made = vega.chart(fading.add_params(*focus.parameters()), name="a", alt="A", pointed={"lines": "u"})
    signals = {signal["name"]: signal for signal in made.spec["signals"]}
    events = [on["events"] for on in signals["pointed"]["on"]]
    assert [event for event in events if event.startswith("@lines_")] == events
    assert {event.partition(":")[2] for event in events} == {"pointerover", "pointerout"}
    assert events[0].partition(":")[0].removeprefix("@") in json.dumps(made.spec["marks"])
    assert "opacity" not in made.svg.split("role-legend")[0]  # until then everything shows


def test_charts_that_are_not_checked_are_the_same_and_those_of_tests_are_checked():
    checked = vega.chart(drawing(), name="a", alt="A")
    with vega.unchecked():
        assert vega.chart(drawing(), name="a", alt="A") == checked
        alt.X("x", axis=alt.Axis(grid="perhaps"))
    with pytest.raises(schemapi.SchemaValidationError):
        alt.X("x", axis=alt.Axis(grid="perhaps"))
