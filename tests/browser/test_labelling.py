"""People label in a browser: keys, undo, a tab that is closed, pauses, two annotators; and the stackplot shows it."""

import threading

import pytest

from builder import settings, site
from builder.labelling import directive, server
from builder.plan import plan
from builder.reporter import Recorded
from tests.browser.test_accessibility import RUN_ON_SHAPES, axe, faults  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

COUNT = 6
ARTICLE = """\
---
title: What one unit sees
dataset: glyphs:12
---

:::{label-stackplot}
:name: stack
:unit: mixed3b:1
:order: curve, rest
:rubric: rubric.csv
:::
"""
RUBRIC = 'label,says,examples\ncurve,An arc.,"3@4,4"\nrest,All else.,\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("labelled")
    folder = root / "articles" / "one"
    folder.mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.microscribe]\n")
    (folder / "index.md").write_text(ARTICLE)
    (folder / "rubric.csv").write_text(RUBRIC)
    return folder


@pytest.fixture(scope="module")
def address(folder):
    report = Recorded()
    house = plan.open_house(settings.load(folder), report)
    task = directive.task(house, "one", "stack", COUNT)
    desk = server.desk_of(house, site.open_engine(house, report, "cpu"), task, "", 4)
    serving, address = server.opened(desk, 8960, report)
    threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()
    yield address
    serving.shutdown()
    serving.server_close()


@pytest.fixture
def opened(browser, address):
    """Open the page, at a fragment, in a tab that complains of nothing."""
    tabs, complaints = [], []

    def open_(fragment: str = "", **more):
        tabs.append(browser.new_page(reduced_motion="reduce", **more))
        tabs[-1].set_default_timeout(120_000)
        tabs[-1].on("console", lambda message: complaints.append(message.text))
        tabs[-1].on("pageerror", lambda error: complaints.append(str(error)))
        tabs[-1].goto(address + fragment)
        return tabs[-1]

    yield open_
    for tab in tabs:
        tab.close()
    assert complaints == []


def press(tab, keys: str, status: str) -> None:
    """Press keys, each once the page has said what came of the one before."""
    for key in keys:
        before = tab.text_content("[role=status]")
        tab.keyboard.press(key)
        tab.wait_for_function("(before) => document.querySelector('[role=status]').textContent !== before", arg=before)
    assert tab.text_content("[role=status]") == status


def written(folder, who: str) -> list[str]:
    """Return what somebody's labels are, in the order in which they were given."""
    file = folder / "labels.csv"
    lines = file.read_text().splitlines() if file.exists() else []
    return [line.split(",")[2] for line in lines if line.endswith(f",{who}")]


def test_two_people_label_and_the_stackplot_shows_it(opened, folder):
    tab = opened()
    tab.keyboard.type("ann")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=0 of 6 · ann")
    tab.wait_for_selector("[aria-busy=false]")
    press(tab, "12", "Labelled rest. Crop 3 of 6.")
    assert written(folder, "ann") == ["curve", "rest"]
    first = tab.evaluate("document.querySelector('.labelling-crop').src")
    press(tab, "u", "Taken back. Crop 2 of 6.")
    assert written(folder, "ann") == ["curve"]
    press(tab, "1", "Labelled curve. Crop 3 of 6.")
    assert tab.evaluate("document.querySelector('.labelling-crop').src") == first
    tab.keyboard.press("z")
    assert tab.get_attribute("[data-tool=zoom]", "aria-pressed") == "true"
    tab.close()

    tab = opened("#annotator=ann")
    tab.wait_for_selector("text=2 of 6 · ann")
    tab.wait_for_selector("[aria-busy=false]")
    tab.get_by_role("button", name="rest").click()
    tab.wait_for_selector("text=3 of 6 · ann")
    tab.wait_for_selector("[aria-busy=false]")
    press(tab, "2", "Labelled rest. Crop 5 of 6.")
    press(tab, "12", "Labelled rest. All crops are labelled.")
    assert "no crop has labels by two of ann" in tab.inner_text(".labelling-summary")
    assert written(folder, "ann") == ["curve", "curve", "rest", "rest", "curve", "rest"]

    other = opened("#annotator=bob")
    other.wait_for_selector("text=0 of 6 · bob")
    press(other, "111", "Labelled curve. Crop 4 of 6.")
    other.keyboard.press("2")
    other.wait_for_selector("text=A pause")
    other.keyboard.press("Enter")
    other.wait_for_selector("text=4 of 6 · bob")
    press(other, "22", "Labelled rest. All crops are labelled.")
    assert other.locator("tbody td").all_inner_texts()[:3] == ["ann", "bob", "6"]
    assert "must say :labels: labels.csv" in other.inner_text(".labelling-end")

    from figures.gallery.label_stackplot import label_stackplot

    artifact = label_stackplot(
        unit="mixed3b:1", dataset="glyphs:12", labels=folder / "labels.csv", order=("curve", "rest")
    )
    assert artifact.notes[0] == "12 labels of image crops by ann and bob."
    assert artifact.values["crops"] == COUNT


def test_the_page_is_usable_on_a_phone_and_axe_finds_nothing(opened, axe):  # noqa: F811 - the fixture
    tab = opened("#annotator=eve", viewport={"width": 390, "height": 844}, color_scheme="light")
    tab.wait_for_selector("text=0 of 6 · eve")
    tab.wait_for_selector("[aria-busy=false]")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390
    last = tab.locator(".labelling-tools:visible button").last.bounding_box()
    assert last["y"] + last["height"] <= 844
    tab.evaluate(axe)
    assert faults(tab) == []
    tab.keyboard.press("p")
    tab.wait_for_selector("text=A pause")
    assert faults(tab, [("light", RUN_ON_SHAPES)]) == []


def test_a_server_that_is_gone_is_told(opened):
    tab = opened("#annotator=eve")
    tab.wait_for_selector("text=0 of 6 · eve")
    tab.wait_for_selector("[aria-busy=false]")
    tab.route("**/label", lambda route: route.fulfill(status=200, body="gone"))
    tab.keyboard.press("1")
    alert = tab.wait_for_selector("[role=alert]:visible")
    assert "does not answer" in alert.inner_text()
    assert tab.inner_text(".labelling-count") == "0 of 6 · eve"
