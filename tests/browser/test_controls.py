"""What a reader may choose in a figure: pages, looks and steps, by pointer, by key and by address."""

from __future__ import annotations

import pytest

from figures import artifact
from tests.browser import drawings, sample
from tests.browser.resting import rest, stir
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

TEXT = """

## Choices

:::{pages}
:name: pages

Tiles on pages.
:::

:::{steps}
:name: steps

Arcs in steps.
:::

## After

The end.
"""
SEEN = """(id) => [...document.querySelectorAll(`#${id} .staged`)].filter((one) => one.getClientRects().length)
  .map((one) => Object.values(JSON.parse(one.dataset.shown)).sort().join(" "))"""
TOP = "(id) => document.getElementById(id).nextElementSibling.getBoundingClientRect().top + scrollY"
BOXES = """() => [...document.querySelectorAll('#fig-pages .staged:not([hidden])')].map((one) => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return [one.dataset.shown.includes('turned'), +getComputedStyle(one).opacity, [left, top + scrollY, width, height]];
})"""
# Clicked and stopped in one task, so that no fade is over before it is looked at.
CLICK_AND_STOP_HALFWAY = """() => {
  [...document.querySelectorAll('#fig-pages label')].find((one) => one.textContent.includes('turned')).click();
  for (const film of document.getAnimations()) {
    film.pause();
    film.currentTime = film.effect.getComputedTiming().duration / 2;
  }
}"""
GO_ON = """() => {
  const films = document.getAnimations();
  for (const film of films) film.play();
  return Promise.all(films.map((film) => film.finished)).then(() => films.length);
}"""
CLICK_QUICKLY = """(words) => {
  const labels = [...document.querySelectorAll('#fig-pages label')];
  for (const word of words) labels.find((one) => one.textContent.includes(word)).click();
}"""
HEIGHTS = "() => [...document.querySelectorAll('#fig-stack-1 .mark-area path')].map((one) => one.getBBox().height)"
# What is seen from now on, each time it changes, until it has changed and then stayed for half a second.
FILM = """(read) => {
  const look = eval(read), seen = [look()];
  window.filmed = new Promise((done) => {
    let since = 0;
    const frame = (now) => {
      const found = look();
      if (String(found) !== String(seen.at(-1))) { seen.push(found); since = now; }
      if (since && now - since > 500) done(seen);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}"""
RANGE = "#fig-steps input[type=range] >> nth=0"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    more = {"pages": sample.pages(), "steps": sample.steps()}
    return sample.build(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source"), sample.TEXT + TEXT, more)


def seen(tab, figure: str) -> list[str]:
    return tab.evaluate(SEEN, f"fig-{figure}")


def fragment(tab) -> str:
    rest(tab, 250)
    return tab.evaluate("location.hash.slice(1)")


def test_pages_go_on_and_back_and_say_where_they_are(at):
    tab = at()
    assert seen(tab, "pages") == ["1 image"]
    said = tab.locator("#fig-pages [role=status]")
    assert said.inner_text() == "1 of 3"
    more, back = (tab.get_by_role("button", name=name) for name in ("Load more", "Previous"))
    assert back.get_attribute("aria-disabled") == "true"
    for place in (2, 3, 3):
        more.press("Enter")
        assert said.inner_text() == f"{place} of 3"
        assert seen(tab, "pages") == [f"{place} image"]
    assert more.get_attribute("aria-disabled") == "true"
    back.click()
    assert seen(tab, "pages") == ["2 image"]


def test_a_shorter_page_moves_nothing_below_it(at):
    tab = at()
    before = tab.evaluate(TOP, "fig-pages")
    for _ in range(2):
        tab.get_by_role("button", name="Load more").click()
    tab.locator("#fig-pages label", has_text="turned").click()
    assert seen(tab, "pages") == ["3 turned"]
    assert tab.evaluate(TOP, "fig-pages") == before


def test_a_look_fades_into_the_other_at_one_place(at):
    tab = at(reduced_motion="no-preference")
    [[_, _, box]] = tab.evaluate(BOXES)
    tab.evaluate(CLICK_AND_STOP_HALFWAY)
    half = tab.evaluate(BOXES)
    assert [turned for turned, *_ in half] == [False, True]
    assert sum(opacity for _, opacity, _ in half) == pytest.approx(1, abs=0.1)
    assert all(0.02 < opacity < 0.98 for _, opacity, _ in half)
    assert all(one == box for *_, one in half)
    tab.evaluate(GO_ON)
    rest(tab, 0)
    assert seen(tab, "pages") == ["1 turned"]


@pytest.mark.parametrize("words", [("turned", "image"), ("turned", "image", "turned")])
def test_looks_that_change_in_mid_air_end_at_the_last_one(at, words):
    tab = at(reduced_motion="no-preference")
    tab.evaluate(CLICK_QUICKLY, words)
    rest(tab, 400)
    assert seen(tab, "pages") == [f"1 {words[-1]}"]
    assert tab.locator("#fig-pages .staged[inert]").count() == 0


def test_with_less_motion_a_look_changes_at_once_and_nothing_plays(at):
    tab = at()
    tab.locator("#fig-pages label", has_text="turned").click()
    assert seen(tab, "pages") == ["1 turned"]
    assert tab.locator(".control-play:visible").count() == 0


def test_arrow_keys_choose_a_look(at):
    tab = at()
    tab.locator("#fig-pages input[value=image]").focus()
    tab.keyboard.press("ArrowRight")
    assert seen(tab, "pages") == ["1 turned"]
    assert tab.locator("#fig-pages [role=radiogroup]").get_attribute("aria-label") == "Show"


def test_sliders_of_one_name_move_together(at):
    tab = at()
    assert seen(tab, "steps") == ["0", "0"]
    tab.locator(RANGE).focus()
    for _ in range(2):
        tab.keyboard.press("ArrowRight")
    assert seen(tab, "steps") == ["20", "20"]
    ranges = tab.locator("#fig-steps input[type=range]")
    assert [ranges.nth(i).input_value() for i in range(2)] == ["2", "2"]
    assert ranges.nth(1).get_attribute("aria-valuetext") == "20"
    assert ranges.nth(1).get_attribute("aria-label") == "Again"
    assert tab.locator("#fig-steps output").all_inner_texts() == ["20", "20"]
    assert tab.locator("#fig-steps .picture >> nth=0").is_visible()


def test_play_goes_to_the_end_and_stops(at):
    tab = at(reduced_motion="no-preference")
    play = tab.locator("#fig-steps .control-play >> nth=0")
    play.click()
    assert play.inner_text() == "Pause"
    play.click()
    assert play.inner_text() == "Play"
    play.click()
    tab.wait_for_function("() => document.querySelector('#fig-steps input[type=range]').value === '3'")
    assert play.inner_text() == "Play"
    assert seen(tab, "steps") == ["30", "30"]


def test_what_comes_is_loaded_and_alive(at):
    tab = at()
    tab.locator(RANGE).scroll_into_view_if_needed()
    tab.locator(RANGE).fill("3")
    tab.wait_for_selector("#fig-steps .staged:not([hidden]) .chart[data-live]")
    tab.wait_for_function("() => document.querySelector('#fig-steps .staged:not([hidden]) img').naturalWidth === 224")


def test_the_address_says_what_is_chosen_and_brings_it_back(at):
    tab = at()
    tab.locator("#fig-pages label", has_text="turned").click()
    tab.get_by_role("button", name="Load more").click()
    tab.locator(RANGE).fill("1")
    assert fragment(tab) == "fig-pages.look=turned&fig-pages.page=2&fig-steps.step=10"
    tab.get_by_role("button", name="Previous").click()
    assert fragment(tab) == "fig-pages.look=turned&fig-steps.step=10"
    other = at("#fig-pages.look=turned&fig-pages.page=3&fig-steps.step=nowhere")
    assert seen(other, "pages") == ["3 turned"]
    assert seen(other, "steps") == ["0", "0"]
    other.evaluate("location.hash = 'fig-pages.look=image&fig-pages.page=2'")
    rest(other, 200)
    assert seen(other, "pages") == ["2 image"]


def test_enlarged_are_the_pictures_that_are_seen(at):
    tab = at("#fig-pages.page=3")
    tab.locator("#fig-pages .staged:not([hidden]) .tile >> nth=1").click()
    assert tab.locator(".zoom-place").inner_text() == "2 of 4"


def test_sheets_that_nobody_has_seen_are_made_and_fetched_when_they_may_be_asked_for(at):
    hidden = "#fig-pages .staged[hidden]"
    loaded = (
        """(within) => [...document.querySelectorAll(`${within} img`)].filter(image => image.naturalWidth).length"""
    )
    tab = at()
    sheets = tab.locator(hidden).count()
    assert sheets
    assert (tab.locator(f"{hidden} > template").count(), tab.locator(f"{hidden} img").count()) == (sheets, 0)
    tab.locator("#fig-pages").hover()
    tab.wait_for_function("(within) => !document.querySelector(`${within} > template`)", arg=hidden)
    tiles = tab.locator(f"{hidden} img").count()
    assert tiles >= sheets
    tab.wait_for_function(f"([within, count]) => ({loaded})(within) === count", arg=[hidden, tiles])
    other = at("#fig-pages.page=3")
    shown = other.locator("#fig-pages .staged:not([hidden]) img")
    assert shown.count() == 4
    shown.first.scroll_into_view_if_needed()
    other.wait_for_function(
        "() => [...document.querySelectorAll('#fig-pages .staged:not([hidden]) img')].every(i => i.complete && i.naturalWidth)"
    )
    assert other.locator(f"{hidden} > template").count() > 0


def test_without_scripts_the_first_choice_stands(at):
    tab = at(java_script_enabled=False)
    kept = tab.locator("#fig-pages .staged:visible")
    assert kept.count() == 1
    assert "image" in kept.first.get_attribute("data-shown")
    assert tab.locator(".control:visible").count() == 0


def test_controls_take_their_place_before_scripts_run(at, site):
    tab = at()
    after = tab.evaluate(TOP, "fig-pages")
    tab.evaluate(
        "for (const one of document.querySelectorAll('.control')) { one.hidden = true; one.replaceChildren(); }"
    )
    assert tab.evaluate(TOP, "fig-pages") == pytest.approx(after, abs=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_can_be_read_by_all(at, axe, scheme):  # noqa: F811
    tab = at(color_scheme=scheme)
    tab.evaluate(axe)
    assert [one["id"] for one in tab.evaluate(RUN)["violations"]] == []


def test_isolated_areas_rise_and_sink(visit, tmp_path_factory):
    chart = drawings.stack("proportion")
    more = {"stack": artifact.Artifact(chart.alt, (chart,), sample.lines().table)}
    text = sample.TEXT + "\n:::{stack}\n:name: stack\n\nAreas.\n:::\n"
    pages = sample.build(tmp_path_factory.mktemp("stack"), tmp_path_factory.mktemp("stacked"), text, more)
    tab = visit("404.html", reduced_motion="no-preference")
    tab.goto(pages["arcs/index.html"].as_uri())
    stir(tab)
    tab.locator("#fig-stack-1").scroll_into_view_if_needed()
    tab.wait_for_selector("#fig-stack-1[data-live]")
    tab.evaluate(FILM, HEIGHTS)
    tab.locator("#fig-stack-1 .role-legend-label text", has_text="unrelated").click()
    start, *between, end = tab.evaluate("filmed")
    assert max(end) > 10 * min(end)
    assert start != end
    assert any(abs(middle - last) > 5 for one in between for middle, last in zip(one, end, strict=True))
