"""Live figures in a page: first answers are the measured ones, keys and switches move them, and all is said."""

import re

import pytest

from figures.gallery.live_ablation import live_ablation
from figures.gallery.live_classes import live_classes
from figures.gallery.live_unit import live_unit
from tests.browser import sample
from tests.browser.test_accessibility import axe, faults  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TEXT = """

:::{classes}
:name: classes

Classes.
:::

:::{unit}
:name: unit

Units.
:::

:::{off}
:name: off

Units that are off.
:::
"""
NAMES = ("classes", "unit", "off")
# A GPU that is played passes for one; and whether there is even that.
REAL = {
    "webgl": """(() => {
      const own = WebGL2RenderingContext.prototype.getParameter;
      WebGL2RenderingContext.prototype.getParameter = function (name) { return name === 0x9246 ? "A GPU" : own.call(this, name); };
    })()""",
    "webgpu": 'Object.defineProperty(GPUAdapterInfo.prototype, "isFallbackAdapter", { get: () => false })',
}
HAS = {
    "webgl": '() => Boolean(document.createElement("canvas").getContext("webgl2")?.getExtension("EXT_color_buffer_float"))',
    "webgpu": "async () => Boolean(await navigator.gpu?.requestAdapter())",
}
ANSWERED = "([id, times]) => document.querySelector(`#${id} [data-live]`).dataset.answered > times"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    figures = {
        "classes": live_classes(dataset="glyphs:8", images=("3",), count=3),
        "unit": live_unit(units=("mixed3a:3", "mixed3a:17"), dataset="glyphs:8", images=("3",)),
        "off": live_ablation(units=tuple(f"mixed4a:{unit}" for unit in range(12)), dataset="glyphs:8", count=3),
    }
    return sample.build(tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("source"), sample.TEXT + TEXT, figures)


def shares(tab, name: str) -> list[float]:
    told = tab.locator(f"#fig-{name} .live-number").all_inner_texts()
    return [float(re.sub(r"[^0-9.]", "", one)) for one in told]


def widths(tab, name: str) -> list[str]:
    return [one.get_attribute("width") for one in tab.locator(f"#fig-{name} .live-now").all()]


def answered(tab, name: str, act) -> None:
    times = int(tab.locator(f"#fig-{name} [data-live]").get_attribute("data-answered") or 0)
    act()
    tab.wait_for_function(ANSWERED, arg=[f"fig-{name}", times])


@pytest.fixture
def page(visit, site):
    """Open the page with all three, on a device; return it, and what its console says."""

    def opened(before: str | None = None):
        tab, said = visit("404.html", before=before), []
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(site["arcs/index.html"].as_uri())
        return tab, said

    return opened


def begun(tab) -> None:
    """Let each figure answer its first state."""
    for name in NAMES:
        tab.locator(f"#fig-{name}").scroll_into_view_if_needed()
        answered(tab, name, tab.locator(f"#fig-{name}").get_by_role("button", name="As it was").click)


@pytest.mark.parametrize(("device", "before"), [("plain", None), *REAL.items()])
def test_answers_begin_as_measured_on_each_device_from_the_disk(page, device, before):
    tab, said = page(before)
    if device != "plain" and not tab.evaluate(HAS[device]):
        pytest.skip(f"this browser has no {device}")
    before = {name: shares(tab, name) for name in NAMES}
    begun(tab)
    for name in NAMES:
        assert shares(tab, name) == pytest.approx(before[name], abs=0.02 if name == "unit" else 2)
        box = tab.locator(f"#fig-{name} [data-live]")
        assert (box.get_attribute("data-device"), box.get_attribute("data-apart")) == (device, None)
    assert said == []


def test_answers_follow_keys_and_switches(page):
    tab, said = page()
    slider, first = tab.locator("#fig-off").get_by_label("Direction"), widths(tab, "off")
    tab.locator("#fig-off").scroll_into_view_if_needed()
    answered(tab, "off", lambda: slider.press("PageUp"))
    turned = widths(tab, "off")
    assert turned != first
    answered(tab, "off", tab.locator("#fig-off .live-switch input").first.check)
    assert widths(tab, "off") != turned
    assert said == []


def test_a_keyboard_turns_the_stimulus_and_a_reader_hears_of_it(page):
    tab, _ = page()
    own = tab.locator("#fig-unit")
    own.scroll_into_view_if_needed()
    slider, picture, said = (
        own.get_by_role("slider", name="Direction"),
        own.get_by_role("img").first,
        own.get_by_role("status"),
    )
    first = slider.get_attribute("aria-valuetext"), widths(tab, "unit"), own.locator(".live-point").get_attribute("cx")
    own.get_by_role("combobox", name="What the network is shown").focus()
    tab.keyboard.press("Tab")
    assert slider.evaluate("one => one === document.activeElement")
    answered(tab, "unit", lambda: tab.keyboard.press("PageUp"))
    assert (
        slider.get_attribute("aria-valuetext"),
        widths(tab, "unit"),
        own.locator(".live-point").get_attribute("cx"),
    ) != first
    assert slider.get_attribute("aria-valuetext") in picture.get_attribute("aria-label")
    tab.wait_for_function("(one) => /mixed3a:3 answers/.test(one.textContent)", arg=said.element_handle())


def test_every_handle_is_named_and_has_a_value_and_axe_finds_nothing(page, axe):  # noqa: F811
    tab, _ = page()
    begun(tab)
    for name in NAMES:
        sliders = tab.locator(f"#fig-{name}").get_by_role("slider").all()
        told = [(one.get_attribute("aria-label"), one.get_attribute("aria-valuetext")) for one in sliders]
        assert {title for title, _ in told} >= {"Stroke"}
        assert all(title and re.fullmatch(r"[0-9.]+(°| px)", value) for title, value in told)
    tab.evaluate(axe)
    assert faults(tab) == []
