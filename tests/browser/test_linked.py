"""Linked views: a unit pointed at or chosen in one place is marked in all, and the address says what is chosen."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pytest

from figures import artifact
from figures.charts import vega
from tests.browser import drawings, sample
from tests.browser.resting import rest

pytestmark = pytest.mark.browser

TEXT = """

## More charts

:::{curves}
:name: curves

Curves that can be isolated.
:::

:::{heat}
:name: heat

Strips of the same units.
:::

:::{knob}
:name: knob

A number that a reader can turn. See @fig-heat.
:::

:::{twins}
:name: twins

Twins.
:::

:::{blocks}
:name: blocks

Blocks.
:::
"""
CHIP = "a.unit-chip >> nth=0"
CHOSEN = "document.querySelector('.chosen-bar:not([hidden])')?.firstChild.textContent.split(' ')[0] ?? ''"
MARKED = """() => [...document.querySelectorAll('#fig-twins .twin-pointed')]
  .map((one) => [...document.querySelectorAll('#fig-twins li')].indexOf(one))"""
LEFTS = "(id) => [...document.querySelectorAll(`#${id} ul`)].map((one) => Math.round(one.getBoundingClientRect().left))"
TOPS = """(id) => [...document.querySelectorAll(`#${id} ul`)]
  .map((one) => new Set([...one.children].map((tile) => Math.round(tile.getBoundingClientRect().top))).size)"""


def knob() -> artifact.Chart:
    turned = alt.param(name="turned", value=2, bind=alt.binding_range(min=1, max=9, step=1))
    rows = [{"a": i, "b": i * i} for i in range(9)]
    size = alt.condition("datum.a < turned", alt.value(200), alt.value(20))
    chart = alt.Chart(alt.Data(values=rows)).mark_point().encode(x="a:Q", y="b:Q", size=size).add_params(turned)
    return vega.chart(chart, name="knob", alt="Points.")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    table = sample.lines().table
    charts = {"curves": drawings.curves(), "heat": drawings.strips(), "knob": knob()}
    tiles = sample.sprite(8, columns=3, units=False, display_px=100)
    sprites = {"twins": replace(tiles, block=4, per_row=2, twins=True), "blocks": replace(tiles, block=2)}
    more = {name: artifact.Artifact(chart.alt, (chart,), table) for name, chart in charts.items()}
    more |= {name: artifact.Artifact("Arcs.", (part,), table) for name, part in sprites.items()}
    return sample.build(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source"), sample.TEXT + TEXT, more)


def enliven(tab, *names: str) -> None:
    for name in names:
        tab.locator(f"#fig-{name}-1").scroll_into_view_if_needed()
        tab.wait_for_selector(f"#fig-{name}-1[data-live]")
    rest(tab, 150)


def bright(tab, name: str) -> set[str]:
    """Name the units of a chart whose marks are not faded."""
    rest(tab, 80)
    return set(
        tab.evaluate("""(id) => [...document.querySelectorAll(`#${id} [class*="role-mark"] > :not(g)`)]
          .map((node) => [[node.__data__].flat()[0].datum, +getComputedStyle(node).opacity])
          .filter(([datum, opacity]) => (datum?.u ?? datum?.unit) && opacity > 0.2).map(([datum]) => datum.u ?? datum.unit)""",
                     f"fig-{name}-1")
    )  # fmt: skip


def marked(tab, name: str = "unit-pointed") -> int:
    return tab.locator(f".{name}:not(.card *)").count()


ALL = {f"mixed3b:{i}" for i in range(4)}
HEAT = {f"mixed3b:{i}" for i in range(3)}  # the fourth answers to nothing


def test_pointing_at_a_name_marks_tiles_and_charts_and_leaving_ends_it(at):
    tab = at()
    enliven(tab, "curves", "heat", "tuning")
    assert (bright(tab, "curves"), bright(tab, "heat")) == (ALL, HEAT)
    tab.locator(CHIP).hover()
    assert marked(tab) == 2
    assert bright(tab, "curves") == bright(tab, "tuning") == {"mixed3b:3"}
    assert bright(tab, "heat") == set()  # its row is empty
    tab.locator("#fig-sheet .sprite a >> nth=1").hover()
    assert bright(tab, "heat") == bright(tab, "curves") == {"mixed3b:1"}
    tab.mouse.move(5, 5)
    assert (bright(tab, "curves"), bright(tab, "heat"), marked(tab)) == (ALL, HEAT, 0)


def test_pointing_at_a_row_of_a_heatmap_marks_the_rest(at):
    tab = at()
    enliven(tab, "curves", "heat")
    tab.locator("#fig-heat-1 [class*=role-mark] > path >> nth=60").hover()
    (unit,) = bright(tab, "heat")
    assert bright(tab, "curves") == {unit}
    assert tab.locator(".unit-pointed").get_attribute("data-unit") == f"sample/{unit}"


def test_the_space_bar_chooses_and_escape_ends_it(at):
    tab = at()
    enliven(tab, "curves")
    tab.locator("#fig-sheet .sprite a >> nth=2").focus()
    before = tab.evaluate("scrollY")
    tab.keyboard.press("Space")
    assert tab.evaluate(CHOSEN) == "mixed3b:2"
    assert tab.evaluate("scrollY") == before
    tab.evaluate("document.activeElement.blur()")
    assert bright(tab, "curves") == {"mixed3b:2"}
    assert marked(tab, "unit-chosen") == 1
    tab.wait_for_function("() => location.hash === '#unit=mixed3b:2'")
    tab.keyboard.press("Escape")  # the card that the focus opened goes first
    tab.keyboard.press("Escape")
    assert tab.evaluate(CHOSEN) == ""
    assert bright(tab, "curves") == ALL
    tab.wait_for_function("() => location.hash === ''")


def test_a_mark_of_a_chart_is_chosen_by_click_and_by_key_and_let_go_by_the_same(at):
    tab = at()
    enliven(tab, "curves", "heat")
    cell = tab.locator("#fig-heat-1 [class*=role-mark] > path >> nth=60")
    cell.click()
    (unit,) = bright(tab, "curves")
    assert tab.evaluate(CHOSEN) == unit
    cell.click()
    assert tab.evaluate(CHOSEN) == ""
    tab.locator("#fig-curves-1 .chart-live").focus()
    for _ in range(2):
        tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Enter")
    assert tab.evaluate(CHOSEN) in ALL
    tab.keyboard.press("Enter")
    assert tab.evaluate(CHOSEN) == ""


def test_a_card_chooses_for_those_who_point(at):
    tab = at()
    tab.locator(CHIP).hover()
    tab.locator(".card .unit-card-choose").click()
    assert tab.evaluate(CHOSEN) == "mixed3b:3"
    assert tab.locator(".card").count() == 0
    tab.locator(".chosen-bar").get_by_text("Clear").click()
    assert tab.evaluate(CHOSEN) == ""


def test_the_line_leads_from_place_to_place(at):
    tab = at("#unit=mixed3b:3")
    seen = []
    for _ in range(2):
        tab.locator(".chosen-bar").get_by_text("Next place").click()
        rest(tab, 100)
        seen.append(tab.evaluate("scrollY"))
    assert seen[0] < seen[1]


@pytest.mark.parametrize("fragment", ["#unit=mixed3b:2", "#unit=sample/mixed3b:2", "#fig-sheet&unit=mixed3b:2"])
def test_what_the_address_chooses_is_chosen_on_arrival(at, fragment):
    tab = at(fragment)
    assert tab.evaluate(CHOSEN) == "mixed3b:2"
    assert tab.locator("#fig-sheet .unit-chosen").count() == 1
    enliven(tab, "curves", "heat")
    assert bright(tab, "curves") == bright(tab, "heat") == {"mixed3b:2"}
    tab.wait_for_function("() => location.hash.endsWith('unit=mixed3b:2')")
    assert ("fig-sheet" in fragment) == tab.evaluate("location.hash.startsWith('#fig-sheet&')")


def test_an_anchor_before_the_choice_is_gone_to(at):
    tab = at("#fig-knob&unit=mixed3b:2")
    rest(tab, 200)
    assert abs(tab.locator("#fig-knob").bounding_box()["y"]) < 700
    assert tab.evaluate("scrollY") > 500


@pytest.mark.parametrize("fragment", ["#fig-heat", "#unit=%", "#unit=nothing", "#a=b&c", "#%E0"])
def test_other_fragments_do_no_harm(at, fragment):
    said = []
    tab = at()
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.evaluate(f"location.hash = {fragment!r}")
    tab.reload()
    rest(tab, 300)
    assert tab.evaluate(CHOSEN) == ""
    assert said == []
    if fragment == "#fig-heat":
        assert tab.evaluate("location.hash") == "#fig-heat"


def test_links_within_the_article_keep_the_choice(at):
    tab = at("#unit=mixed3b:2")
    tab.locator(".contents-side a >> nth=1").click()
    tab.wait_for_function("() => location.hash === '#how-sharply-they-are-tuned&unit=mixed3b:2'")
    assert tab.evaluate(CHOSEN) == "mixed3b:2"
    tab.go_back()
    tab.wait_for_function("() => location.hash === '#unit=mixed3b:2'")


def test_a_link_that_is_followed_while_a_choice_is_written_down_leads_on(at):
    tab = at()
    tab.evaluate("""() => new Promise((done) => {
      const later = window.setTimeout;
      window.setTimeout = (act, wait, ...more) => later(() => {
        if (wait === 150) location.hash = "fig-heat";
        act(...more);
        if (wait === 150) done();
      }, wait);
      microscribe.units.choose("glyphs/mixed3b:2");
    })""")
    tab.wait_for_function("() => location.hash === '#fig-heat&unit=mixed3b:2'")


def test_parameters_stand_in_the_address_and_come_back(at):
    tab = at()
    enliven(tab, "knob")
    length = tab.evaluate("history.length")
    tab.evaluate("microscribe.views['fig-knob-1'].signal('turned', 7).run()")
    tab.wait_for_function("() => location.hash === '#fig-knob-1.turned=7'")
    assert tab.evaluate("history.length") == length
    again = at("#fig-knob-1.turned=7&unit=mixed3b:1")
    enliven(again, "knob")
    assert again.evaluate("microscribe.views['fig-knob-1'].signal('turned')") == 7
    assert again.evaluate("location.hash") == "#unit=mixed3b:1&fig-knob-1.turned=7"
    again.evaluate("microscribe.views['fig-knob-1'].signal('turned', 2).run()")
    again.wait_for_function("() => location.hash === '#unit=mixed3b:1'")


@pytest.mark.parametrize(("mark", "holds", "words"), [
    ('a.crossref[href="#fig-tuning"] >> nth=0', "svg .mark-line", "Figure 2. Response against"),
    ('a.crossref[href="#fig-heat"] >> nth=0', ".drawing:visible", "Figure 6. Strips"),
    ("#fig-sheet .sprite a >> nth=9", ".tile", "mixed3b:9"),
])  # fmt: skip
def test_cards_show_what_stands_elsewhere(at, mark, holds, words):
    tab = at()
    tab.locator(mark).hover()
    tab.wait_for_selector(".card")
    assert tab.locator(f".card {holds}").count() > 0
    assert words in tab.locator(".card").inner_text()
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_a_click_on_a_reference_to_a_figure_goes_there(at):
    tab = at()
    tab.locator('a.crossref[href="#fig-tuning"] >> nth=0').click()
    assert tab.evaluate("location.hash") == "#fig-tuning"
    assert tab.locator(".card").count() == 0


def test_a_pointer_that_passes_over_tiles_opens_no_card(at):
    tab = at()
    tab.clock.install()  # a busy machine may take longer from tile to tile than a reader who rests on one
    tab.clock.pause_at(tab.evaluate("Date.now() + 1000"))
    for i in range(4):
        tab.locator(f"#fig-sheet .sprite a >> nth={i}").hover()
        tab.clock.run_for(50)
    assert tab.locator(".card").count() == 0
    tab.clock.resume()
    tab.wait_for_selector(".card")
    assert "mixed3b:3" in tab.locator(".card").inner_text()


def test_pointing_at_a_tile_marks_its_twin_and_leaving_ends_it(at):
    tab = at()
    tiles = tab.locator("#fig-twins li")
    for index, twins in ((1, [1, 5]), (6, [2, 6])):
        tiles.nth(index).hover()
        assert tab.evaluate(MARKED) == twins
    tab.mouse.move(5, 5)
    assert tab.evaluate(MARKED) == []


def test_keys_stop_once_and_arrows_go_on(at):
    tab = at()
    assert tab.locator("#fig-twins li[tabindex='0']").count() == 1
    tab.locator("#fig-twins li >> nth=0").focus()
    assert tab.evaluate(MARKED) == [0, 4]
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    assert tab.evaluate(MARKED) == [1, 5]
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(MARKED) == [0, 4]
    tab.evaluate("document.activeElement.blur()")
    assert tab.evaluate(MARKED) == []


def test_twins_stay_beside_each_other_and_blocks_go_below_each_other_on_a_phone(at):
    wide, narrow = at(), at(viewport={"width": 390, "height": 800})
    for tab in (wide, narrow):
        left, right = tab.evaluate(LEFTS, "fig-twins")
        assert left < right
        assert tab.evaluate(TOPS, "fig-twins") == [2, 2]
        assert tab.evaluate(TOPS, "fig-blocks") == [1] * 4
    assert len(set(wide.evaluate(LEFTS, "fig-blocks"))) == 3
    assert len(set(narrow.evaluate(LEFTS, "fig-blocks"))) == 1
    assert narrow.evaluate("document.documentElement.scrollWidth") == 390
