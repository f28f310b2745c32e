"""A cell of a heatmap that is clicked, or reached by keys and entered, shows its stimulus and its response."""

from __future__ import annotations

import pytest

from builder.press import vega_runtime
from tests.browser import drawings
from tests.browser.test_expressions import DRAW

pytestmark = pytest.mark.browser

CLICK = """async ({ spec, mark, at }) => {
  const drawn = await made(spec, true);
  const cells = [...drawn.stage.querySelectorAll(`.${mark} path`)];
  const pick = cells[Math.floor(at * (cells.length - 1))];
  const before = drawn.stage.querySelector("svg").outerHTML;
  await point(drawn, pick, ["pointerover", "click"]);
  const data = [pick.__data__].flat()[0].datum;
  const words = [...drawn.stage.querySelectorAll("text")].map((node) => node.textContent);
  const symbols = [...drawn.stage.querySelectorAll(".mark-symbol path")].map((node) => node.getAttribute("transform"));
  const images = [...drawn.stage.querySelectorAll(".mark-image image")].map((node) => node.getAttribute("href"));
  const told = { chosen: drawn.view.signal("chosen"), data, words, symbols, images,
    changed: before !== drawn.stage.querySelector("svg").outerHTML };
  drawn.view.finalize();
  drawn.stage.remove();
  return told;
}"""


WALK = """async ({ spec, keys }) => {
  const drawn = await made(spec, true), tip = document.createElement("div"), live = drawn.stage.querySelector("svg");
  microscribe.walkable(drawn.stage, live, { tip, hideTip: () => {} });
  const told = [];
  let met = null;
  drawn.stage.addEventListener("pointerover", ({ target }) => { met = [target.__data__].flat()[0].datum; });
  for (const key of keys) {
    const [last, ...held] = key.split("+").reverse();
    const holding = { shiftKey: held.includes("Shift"), ctrlKey: held.includes("Control") };
    drawn.stage.dispatchEvent(new KeyboardEvent("keydown", { key: last, ...holding }));
    await drawn.view.runAsync();
    told.push({ u: met.u, x: met.x, y: met.y });
  }
  drawn.view.finalize();
  drawn.stage.remove();
  return told;
}"""


@pytest.fixture(scope="module")
def tab(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.set_content("<!doctype html><title>Cells</title>")
    page.add_script_tag(content=vega_runtime.runtime().decode())
    page.add_script_tag(path="templates/static/expressions.js")
    page.add_script_tag(path="templates/static/keys.js")
    page.add_script_tag(content=DRAW)
    yield page
    page.close()


@pytest.mark.parametrize(("family", "at"), [(0, 0.1), (0, 0.9), (1, 0.5)])
def test_a_click_enlarges_the_cell(tab, family, at):
    told = tab.evaluate(CLICK, {"spec": drawings.cells().spec, "mark": f"cells{family}_marks", "at": at})
    chosen, cell = told["chosen"], told["data"]
    assert told["changed"]
    assert chosen == {"f": family, "o": cell["a"], **{key: cell[key] for key in "uxyr"}, "v": cell["w"]}
    assert chosen["u"] in told["words"]
    name, second = [("thin arcs", f"radius {chosen['r']:g} px"), ("fog", f"depth {chosen['r']:g}°")][family]
    assert f"{name} towards {chosen['o']:.1f}°, {second}" in told["words"]
    assert f"{chosen['v']:.2f} σ" in told["words"]
    assert any(word.startswith("Grey: it likes") for word in told["words"])


def test_the_stimulus_is_turned_to_its_orientation_or_is_the_nearest_picture(tab):
    told = tab.evaluate(CLICK, {"spec": drawings.cells().spec, "mark": "cells0_marks", "at": 0.3})
    assert any(f"rotate({told['chosen']['o']:g})" in (turn or "") for turn in told["symbols"])
    told = tab.evaluate(CLICK, {"spec": drawings.cells().spec, "mark": "cells1_marks", "at": 0.3})
    chosen = told["chosen"]
    expected = drawings.PAINTED.pictures[f"{chosen['r']:g}"][round(chosen["o"] / 60) % 6]
    assert told["images"][-1] == expected


def test_keys_go_by_row_and_column(tab):
    keys = ["ArrowDown", "ArrowDown", "End", "Home", "Shift+ArrowRight", "ArrowDown", "Control+End", "Control+Home"]
    _, first, last, back, on, below, end, start = tab.evaluate(WALK, {"spec": drawings.cells().spec, "keys": keys})
    assert first["u"] == last["u"] == back["u"] == on["u"]
    assert first["y"] == last["y"] == back["y"] == on["y"] < below["y"]
    assert back["x"] <= first["x"] < on["x"] < last["x"]
    assert below["x"] == pytest.approx(on["x"], abs=1)
    assert end["y"] >= below["y"]
    assert start["u"] is None
