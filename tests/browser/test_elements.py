"""Tabs, comparisons, films, pictures with a twin, and paper, in a real browser."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from builder.press import citing, page, policy
from builder.press.parts import PageParts
from builder.press.views import Frame, ImageView
from builder.publish import headers
from builder.read import article as articles
from builder.read import media
from builder.read.markdown import document
from tests.browser import sample
from tests.browser.resting import rest
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser

TEXT = """\
---
title: Plates
description: Every element besides measured figures.
authors: [Ada Sample]
date: 2026-11-21
bibliography: sample.bib
---

A picture with a twin, see @fig-one and @eq-fit, as [others](https://example.org/others) say [@sample2020].^[With
a [link](https://example.org/note).]

:::{image} day.png
:name: one
:dark: night.png
:alt: A disc.

A disc.
:::

## Tabs

::::{tabs}
:::{tab} Words
:sync: a

First words.
:::
:::{tab} Maths
:sync: b

$$ y = x $$ (eq-fit)
:::
:::{tab} Numbers

Table: Numbers. {#tbl-n}

| a | b |
|---|--:|
| 1 | 2 |
:::
::::

::::{tabs}
:::{tab} Other
Other words.
:::
:::{tab} Maths again
:sync: b

More maths.
:::
::::

## A comparison

:::{compare} light.png dark.png
:labels: Paper | Night
:alt: A dark disc. | A light disc.
:width: body

The same disc.
:::

## A film

:::{video} film.webm
:alt: A disc moves.
:poster: light.png
:loop:

It moves.
:::

## Boxes

:::{tip}
Words.
:::

:::{danger} Mind
Words.
:::

:::{note} More
:class: dropdown

Hidden words.
:::
"""


def draw(path: Path, ground: str, ink: str) -> None:
    image = Image.new("RGB", (600, 400), ground)
    ImageDraw.Draw(image).ellipse([200, 100, 400, 300], ink)
    image.save(path)


RECORD = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 90 });
  const context = canvas.getContext("2d"), parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  for (let i = 0; i < 8; i++) {
    context.fillStyle = `hsl(${i * 20} 50% 50%)`;
    context.fillRect(0, 0, 160, 90);
    await new Promise((done) => setTimeout(done, 50));
  }
  recorder.stop();
  await new Promise((done) => { recorder.onstop = done; });
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


@pytest.fixture(scope="module")
def plates(browser, tmp_path_factory) -> Path:
    """The page of an article with one of everything."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("plates")
    draw(source / "light.png", "#fdfcf9", "#1c1b19")
    draw(source / "dark.png", "#141618", "#e8e5de")
    draw(source / "day.png", "#fdfcf9", "#0a6c74")
    draw(source / "night.png", "#141618", "#7fc9cf")
    (source / "sample.bib").write_text(sample.BIB, "utf-8")
    tab = browser.new_page()
    (source / "film.webm").write_bytes(base64.b64decode(tab.evaluate(RECORD)))
    tab.close()
    (source / "index.md").write_text(TEXT, "utf-8")
    article = articles.read(source / "index.md", source)
    assert article.problems == ()
    site = sample.Site(folder)
    env, frame = page.environment([sample.TEMPLATES]), Frame(sample.shared(site), "plates/index.html")
    files = [source / name for name in ("light.png", "dark.png", "day.png", "night.png", "film.webm")]
    views = {file.resolve(): ImageView(site.asset(file.name, file.read_bytes()), *media.sides(file)) for file in files}
    parts = PageParts(env, frame, images=views, marks=citing.marks("author-year", article.bibliography))
    path = site.write(frame.path, page.article(env, frame, article, document.render(article, parts)))
    (folder / "assets" / "sizes.css").write_bytes(page.sizes(env))
    return path


@pytest.fixture
def read(browser, plates):
    """Open that page; settings are those of a browser context."""
    contexts = []

    def opened(anchor: str = "", **given):
        given.setdefault("viewport", {"width": 1440, "height": 900})
        contexts.append(browser.new_context(**given))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(120_000)
        tab.goto(plates.as_uri() + anchor)
        return tab

    yield opened
    for context in contexts:
        context.close()


def chosen(tab) -> list[str]:
    return tab.locator("[role=tab][aria-selected=true]").all_inner_texts()


def test_one_tab_is_seen_and_keys_move(read):
    tab = read(reduced_motion="reduce")
    assert chosen(tab) == ["Words", "Other"]
    assert tab.locator(".tab-panel:visible").count() == 2
    tab.get_by_role("tab", name="Words").focus()
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate("document.activeElement.innerText") == "Numbers"
    assert tab.locator("#tbl-n").is_visible()
    tab.keyboard.press("ArrowRight")
    assert chosen(tab) == ["Words", "Other"]
    tab.keyboard.press("End")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('aria-label')") == "Table 1"


def test_tabs_of_one_kind_move_together_and_what_was_clicked_stays(read):
    tab = read(reduced_motion="reduce")
    last = tab.get_by_role("tab", name="Maths again")
    last.scroll_into_view_if_needed()
    tab.evaluate("scrollBy(0, 200)")
    before = last.bounding_box()["y"]
    last.click()
    assert chosen(tab) == ["Maths", "Maths again"]
    assert last.bounding_box()["y"] == pytest.approx(before, abs=1.5)


@pytest.mark.parametrize("anchor", ["#eq-fit", "#tbl-n"])
def test_a_link_opens_the_tab_that_its_target_is_in(read, anchor):
    tab = read(anchor, reduced_motion="reduce")
    assert tab.locator(anchor).is_visible()
    box = tab.locator(anchor).bounding_box()
    assert 0 <= box["y"] < 900


def test_the_slider_moves_by_keys_and_by_the_pointer(read):
    tab = read(reduced_motion="reduce")
    slider = tab.locator(".compare-slider")
    slider.scroll_into_view_if_needed()
    rest(tab, 100)
    first, second = (one.bounding_box() for one in tab.locator(".compare .picture").all())
    assert first == second
    slider.focus()
    tab.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "100 % Paper"
    for _ in range(10):
        tab.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "90 % Paper"
    assert tab.evaluate("document.querySelector('.compare').style.getPropertyValue('--cut')") == "90%"
    box = slider.bounding_box()
    tab.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + 40)
    assert 20 <= int(slider.input_value()) <= 30


def test_what_shows_left_of_the_line_is_the_first_picture(read):
    tab = read(reduced_motion="reduce")
    tab.locator(".compare-slider").scroll_into_view_if_needed()
    tab.wait_for_function(
        "() => [...document.querySelectorAll('.compare img')].every((i) => i.complete && i.naturalWidth)"
    )
    box = tab.locator(".compare .picture").first.bounding_box()
    shot = Image.open(io.BytesIO(tab.screenshot())).convert("L")
    y = box["y"] + 20
    left, right = (shot.getpixel((int(box["x"] + box["width"] * x), int(y))) for x in (0.2, 0.8))
    assert left > 200 > 60 > right


@pytest.mark.parametrize("width", [390, 1440])
def test_without_scripts_everything_is_there(read, width):
    tab = read(java_script_enabled=False, viewport={"width": width, "height": 900})
    assert tab.locator("[role=tablist]:visible, .compare-slider:visible").count() == 0
    assert tab.locator(".tab-title:visible").all_inner_texts() == ["Words", "Maths", "Numbers", "Other", "Maths again"]
    assert tab.locator("#eq-fit").is_visible()
    first, second = (one.bounding_box() for one in tab.locator(".compare .picture").all())
    assert first["x"] + first["width"] <= second["x"]
    assert first["y"] == second["y"]
    assert tab.locator("video[controls]").is_visible()


@pytest.mark.parametrize(
    ("scheme", "switched", "name"),
    [("light", "", "day"), ("dark", "", "night"), ("light", "dark", "night"), ("dark", "light", "day")],
)
def test_the_twin_follows_the_system_and_the_switch(read, scheme, switched, name):
    tab = read(color_scheme=scheme)
    if switched:
        tab.locator(".theme-switch").click()
        assert tab.evaluate("document.documentElement.dataset.theme") == switched
    pictures = tab.locator("#fig-one .picture:visible")
    assert pictures.count() == 1
    assert f"/{name}." in pictures.get_attribute("src")
    tab.emulate_media(media="print")
    assert "/day." in tab.locator("#fig-one .picture:visible").get_attribute("src")


def test_only_the_twin_that_is_shown_is_fetched(read):
    tab = read(color_scheme="dark")
    tab.locator("#fig-one").scroll_into_view_if_needed()
    tab.wait_for_function("() => document.querySelector('.only-dark').naturalWidth > 0")
    rest(tab, 200)
    assert tab.evaluate("document.querySelector('.only-light').naturalWidth") == 0


def playing(tab) -> bool:
    return tab.evaluate("!document.querySelector('video').paused")


def test_a_film_runs_while_it_is_seen_unless_the_reader_minds(read):
    tab = read(reduced_motion="no-preference")
    assert not playing(tab)
    tab.locator("video").scroll_into_view_if_needed()
    tab.wait_for_function("() => !document.querySelector('video').paused")
    assert tab.evaluate("document.querySelector('video').muted")
    tab.evaluate("document.querySelector('video').pause()")
    rest(tab, 100)
    tab.evaluate("scrollTo(0, 0)")
    rest(tab, 700)
    tab.locator("video").scroll_into_view_if_needed()
    rest(tab, 700)
    assert not playing(tab), "a film that was stopped stays so"


def test_a_film_stays_where_motion_is_unwanted(read):
    tab = read(reduced_motion="reduce")
    tab.locator("video").scroll_into_view_if_needed()
    rest(tab, 500)
    assert not playing(tab)


def test_nothing_moves_when_pictures_and_films_arrive(read):
    tab = read(reduced_motion="reduce")
    before = tab.evaluate("document.documentElement.scrollHeight")
    for place in (".compare", "video", ".callout"):
        tab.locator(place).last.scroll_into_view_if_needed()
        rest(tab, 250)
    tab.evaluate("document.querySelector('video').load()")
    rest(tab, 300)
    assert tab.evaluate("document.documentElement.scrollHeight") == before


@pytest.mark.parametrize("width", [320, 390, 768, 1200, 1440])
@pytest.mark.parametrize("scripts", [True, False])
def test_no_element_is_wider_than_the_window(read, width, scripts):
    tab = read(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_elements(read, axe, width, scheme):  # noqa: F811
    tab = read(viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce")
    for one in range(3):
        tab.get_by_role("tab").nth(one).click()
        tab.evaluate(axe)
        found = tab.evaluate(RUN)["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in found] == []


def test_the_elements_keep_the_strictest_policy(browser, plates):
    context, root = browser.new_context(), plates.parent.parent

    def answer(route):
        file = root / route.request.url.removeprefix("http://plates.test/").partition("#")[0]
        types = {"Content-Type": headers.content_type(file.name), "Content-Security-Policy": policy.POLICY}
        route.fulfill(body=file.read_bytes(), headers=types)

    context.route("http://plates.test/**", answer)
    context.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective));"
    )
    tab = context.new_page()
    tab.goto("http://plates.test/plates/index.html")
    tab.get_by_role("tab", name="Maths", exact=True).click()
    assert chosen(tab) == ["Maths", "Maths again"]
    tab.locator(".compare-slider").focus()
    tab.keyboard.press("End")
    assert tab.evaluate("getComputedStyle(document.querySelector('.compare')).getPropertyValue('--cut')") == "100%"
    tab.locator("video").scroll_into_view_if_needed()
    rest(tab, 800)  # to wait for a condition would evaluate a string in the page
    assert playing(tab)
    assert tab.evaluate("broken") == []
    context.close()


def test_paper_shows_all_and_says_addresses(read):
    tab = read(color_scheme="dark")
    tab.emulate_media(media="print")
    assert tab.locator("[role=tablist]:visible, .compare-slider:visible").count() == 0
    assert tab.locator(".tab-panel:visible").count() == 5
    broken = "(name) => [...document.querySelectorAll(name)].map((one) => getComputedStyle(one).breakInside)"
    assert set(tab.evaluate(broken, ".figure-parts, .caption > p")) == {"avoid"}
    first, second = (one.bounding_box() for one in tab.locator(".compare .picture").all())
    assert first["x"] + first["width"] <= second["x"]
    after = "(name) => getComputedStyle(document.querySelector(name), '::after').content"
    assert "https://example.org/others" in tab.evaluate(after, ".body a[href*=others]")
    assert "https://example.org/note" in tab.evaluate(after, ".footnotes a[href*=note]")
    assert tab.evaluate(after, ".references .reference-doi") in ("none", "normal")
