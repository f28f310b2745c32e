"""A chart as PNG: on its paper, at twice its size, with its colours, words and pictures, always the same bytes."""

import io

import altair as alt
import numpy as np
import pytest
from PIL import Image

from figures.artifact import Artifact, Table
from figures.charts import icons, raster, theme, vega

RED = np.full((40, 40, 3), (214, 20, 30), np.uint8)


def svg(inside: str, width: int = 60, height: int = 40) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{inside}</svg>'


def opened(drawing: str) -> Image.Image:
    return Image.open(io.BytesIO(raster.png(drawing.encode())))


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_colours_are_those_of_the_light_theme_on_its_paper() -> None:
    bar = f'<rect x="10" y="10" width="20" height="20" fill="{theme.ACCENT}"/>'
    picture = opened(svg(bar))
    assert picture.size == (120, 80)
    assert picture.convert("RGB").getpixel((2, 2)) == rgb(theme.TOKENS["paper"][0])
    assert picture.convert("RGB").getpixel((40, 40)) == rgb(theme.TOKENS["accent"][0])


def test_what_is_translucent_lets_the_paper_through_in_its_own_colour() -> None:
    picture = opened(svg('<rect width="60" height="40" fill="#2997b8" fill-opacity="0.28"/>')).convert("RGB")
    blended = [0.28 * a + 0.72 * b for a, b in zip(rgb("#2997b8"), rgb(theme.TOKENS["paper"][0]), strict=True)]
    assert picture.getpixel((40, 40)) == pytest.approx(blended, abs=1.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('fill="var(--ink, #1c1b19)"', 'fill="#1c1b19"'),
        ('fill="var(--own,rgb(1, 2, 3))" stroke="var(--x, none)"', 'fill="rgb(1, 2, 3)" stroke="none"'),
        ('fill="#123456"', 'fill="#123456"'),
    ],
)
def test_properties_give_way_to_their_fallbacks(text: str, expected: str) -> None:
    assert raster.plain(text) == expected


def test_a_chart_says_its_words_and_shows_its_pictures() -> None:
    data = alt.Data(values=[{"url": icons.uri(RED, side_px=40, corner=0)}])
    picture = alt.Chart(data).mark_image(width=40, height=40, x=30, y=30).encode(url="url:N")
    words = alt.Chart(data).mark_text(text="W W W W", x=120, y=40, fontSize=20)
    made = vega.chart((picture + words).properties(width=200, height=60), name="a", alt="A")
    assert "data:image/webp" in made.svg
    pixels = np.asarray(opened(made.svg).convert("RGB")).astype(int)
    reds = (np.abs(pixels - RED[0, 0]).max(-1) < 60).sum()
    assert reds == pytest.approx(80 * 80, rel=0.1)
    dark = (pixels.max(-1) < 90).sum()
    assert dark > 300  # the letters


def test_a_chart_with_many_colours_keeps_those_of_its_large_areas() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    image = f'<image href="{icons.uri(noise, side_px=40)}" x="60" y="0" width="40" height="40"/>'
    areas = [f'<rect x="{20 * i}" y="20" width="20" height="20" fill="#{i + 5:02x}c{i}a0"/>' for i in range(3)]
    picture = opened(svg(image + "".join(areas), 100))
    found = picture.convert("RGB")
    assert len(found.getcolors(1 << 16)) <= raster.COLOURS
    for i in range(3):
        assert found.getpixel((40 * i + 20, 60)) == rgb(f"{i + 5:02x}c{i}a0")


def test_equal_charts_give_equal_bytes_and_a_size_for_print() -> None:
    drawing = svg('<circle cx="20" cy="20" r="12" fill="var(--ink, #1c1b19)"/>')
    assert raster.png(drawing.encode()) == raster.png(drawing.encode())
    assert opened(drawing).info["dpi"] == pytest.approx((192, 192), abs=0.1)


def test_every_chart_of_a_figure_is_saved_with_its_picture(tmp_path) -> None:
    made = [vega.chart(bars(i), name="bars", alt="Bars.") for i in (1, 2)]
    artifact = Artifact("Bars.", tuple(made), Table(("a",), ((1,),)))
    names = {path.name for path in artifact.save(tmp_path)}
    assert {"bars.png", "bars.svg", "bars.vega.json", "bars-2.png"} <= names
    assert (tmp_path / "bars.png").read_bytes() == raster.png(made[0].svg.encode())
    assert Image.open(tmp_path / "bars-2.png").size == (2 * made[1].width, 2 * made[1].height)


def bars(count: int) -> alt.Chart:
    rows = [{"x": str(i), "y": i + 1} for i in range(count)]
    return alt.Chart(alt.Data(values=rows)).mark_bar().encode(x="x:N", y="y:Q").properties(width=120, height=60)
