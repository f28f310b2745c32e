"""The colours can be read on both papers, and say the same thing everywhere."""

import numpy as np
import pytest

from figures.charts import theme

THEMES = (0, 1)


def linear(colour: str) -> np.ndarray:
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def oklab(colour: str) -> np.ndarray:
    to_lms = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                       [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
    to_lab = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                       [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip
    return to_lab @ np.cbrt(to_lms @ linear(colour))


def contrast(one: str, other: str) -> float:
    high, low = sorted((linear(colour) @ [0.2126, 0.7152, 0.0722] + 0.05 for colour in (one, other)), reverse=True)
    return high / low


@pytest.mark.parametrize("dark", THEMES)
def test_words_can_be_read(dark: int) -> None:
    paper = theme.TOKENS["paper"][dark]
    assert contrast(theme.TOKENS["ink"][dark], paper) >= 7
    assert contrast(theme.TOKENS["quiet"][dark], paper) >= 4.5
    assert all(contrast(theme.TOKENS[f"series-{i}"][dark], paper) >= 3 for i in range(8))


def test_orientation_is_a_circle_of_equal_lightness_and_chroma() -> None:
    colours = [theme.orientation_colour(angle) for angle in range(0, 360, 5)]
    lab = np.array([oklab(colour) for colour in colours])
    hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1])) % 360
    assert np.ptp(lab[:, 0]) < 0.01
    assert np.ptp(np.hypot(lab[:, 1], lab[:, 2])) < 0.01
    assert np.abs((hue - np.arange(0, 360, 5) + 180) % 360 - 180).max() < 2
    assert theme.orientation_colour(-90) == theme.orientation_colour(270)
    assert all(contrast(colour, paper) >= 3 for colour in colours for paper in theme.TOKENS["paper"])


@pytest.mark.parametrize("dark", THEMES)
def test_activation_moves_away_from_the_paper_in_even_steps(dark: int) -> None:
    steps = [theme.TOKENS[f"seq-{i}"][dark] for i in range(theme.STEPS)]
    lightness = np.array([oklab(colour)[0] for colour in [theme.TOKENS["paper"][dark], *steps]])
    change = np.diff(lightness) * (1 if dark else -1)
    assert (change > 0).all()
    assert change[1:].max() < 1.6 * change[1:].min()


@pytest.mark.parametrize("dark", THEMES)
def test_signed_values_have_the_paper_in_the_middle(dark: int) -> None:
    steps = [oklab(theme.TOKENS[f"div-{i}"][dark]) for i in range(theme.STEPS + 1)]
    middle, paper = steps[theme.STEPS // 2], oklab(theme.TOKENS["paper"][dark])
    assert np.abs(middle - paper).max() < 0.06
    away = np.array([np.linalg.norm(step - middle) for step in steps])
    assert (np.diff(away[: theme.STEPS // 2 + 1]) < 0).all()
    assert (np.diff(away[theme.STEPS // 2 :]) > 0).all()
    assert steps[0][2] < 0 < steps[-1][2]  # blue below, warm above


def test_a_token_falls_back_to_light_and_resolves_to_either() -> None:
    assert theme.INK == "var(--ink, #1c1b19)"
    assert theme.resolve(f"<g fill='{theme.INK}'/>", dark=True) == "<g fill='#e8e5de'/>"
    assert theme.resolve(theme.SEQUENTIAL[1]) == theme.TOKENS["seq-1"][0]


def test_observers_differ_and_humans_keep_their_mark() -> None:
    alone, among = theme.observers(["humans"]), theme.observers(["glyphs", "alexnet", "humans", "vgg"])
    assert alone["humans"] == among["humans"]
    assert len(set(among.values())) == 4
    many = theme.observers([f"network-{i}" for i in range(24)])
    assert len(set(many.values())) == 24


def test_text_is_set_in_the_installed_font() -> None:
    import vl_convert

    theme.register_fonts()

    def width(font: str) -> float:
        text = {
            "type": "text",
            "encode": {"enter": {"text": {"value": "mixed3b:379 orientation"}, "font": {"value": font}}},
        }
        svg = vl_convert.vega_to_svg({"marks": [text], "padding": 0, "autosize": "pad"})
        return float(svg.split('width="')[1].split('"')[0])

    assert width(theme.FONT) != width("sans-serif")
