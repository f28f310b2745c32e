"""A network in a page: its answers are those of PyTorch, step by step, and its stimuli those of the library."""

import base64
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import families, tuning
from figures.methods.activations import read
from figures.methods.exported.exported import exported
from figures.methods.live.scenes import FAMILIES
from figures.methods.views import View
from tests.figures import small_networks

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "templates" / "static"
DECODE = "const floats = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);"
APART = f"""([data, picture, expected]) => {{ {DECODE}
  const network = window.microscribe.network.open(data);
  network.answer(floats(picture).map((one) => 1 - one));
  network.answer(floats(picture));
  return Object.entries(expected).map(([layer, text]) => {{
    const wanted = floats(text), answered = network.value(layer), most = Math.max(...wanted.map(Math.abs));
    return Math.max(...wanted.map((one, at) => Math.abs(one - answered[at]))) / most;
  }});
}}"""
PIXELS = f"""([stimulus, text]) => {{ {DECODE}
  const wanted = floats(text), drawn = window.microscribe.stimuli.paint(new Float32Array(wanted.length), [48, 48, 3], stimulus);
  return Math.max(...wanted.map((one, at) => Math.abs(one - drawn[at])));
}}"""


class Various(nn.Module):
    """Every step that a page can take."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Sequential(
            nn.ZeroPad2d((0, 2, 1, 1)), nn.Conv2d(3, 6, 3, bias=False), nn.BatchNorm2d(6), nn.ReLU6()
        )
        self.deep = nn.Conv2d(6, 6, 3, padding=1, groups=6)
        self.grouped = nn.Conv2d(6, 10, 3, padding=2, dilation=2, groups=2)
        self.largest, self.mean = nn.MaxPool2d(3, 2, padding=1), nn.AvgPool2d(2)
        self.last = nn.Conv2d(32, 5, 3, stride=2, padding=1)
        self.logits = nn.Linear(5, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first((x - 0.4) / 0.3)
        x = x + torch.relu(self.deep(x))
        x = torch.relu(torch.cat([self.grouped(x), x], 1))
        x = torch.relu(self.last(torch.cat([self.largest(x), self.mean(x)], 1)))
        return self.logits(x.mean((2, 3))).softmax(1)


def packed(array) -> str:
    return base64.b64encode(np.ascontiguousarray(array, "<f4").tobytes()).decode()


@pytest.fixture(scope="module")
def tab(browser):
    tab = browser.new_page()
    for name in ("network.js", "stimuli.js"):
        tab.add_script_tag(path=str(STATIC / name))
    yield tab
    tab.close()


def test_every_step_answers_as_pytorch_does(tab):
    model = small_networks.model(Various)
    layers = ("first", "deep", "grouped", "largest", "last", *model.heads)
    written = exported(model, layers, kind="f32")
    data = {"graph": json.loads(str(written.graph)), "weights": base64.b64encode(written.weights.tobytes()).decode()}
    picture = torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        answers = read(model, picture, layers, pre=False)
    expected = {layer: packed(one[0].movedim(0, -1)) for layer, one in answers.items()}
    assert max(tab.evaluate(APART, [data, packed(picture[0].movedim(0, -1)), expected])) < 1e-4


@pytest.mark.parametrize("name", FAMILIES)
def test_stimuli_have_the_same_pixels(tab, name):
    seen, family = View(48, (23.5, 24.0), (0, 0), 0, 40), families.find(name)
    pen = {"length": tuning.LENGTH * 40, "width": tuning.WIDTH * 40}
    for angle, value in zip((0.0, 37.0, 213.0), family.default_values(seen)[1::2], strict=False):
        drawn = packed(families.draw(family, seen, angle, value)[0].movedim(0, -1))
        told = {"family": name, "orientation": angle, "second": value, "pen": pen, "centre": [23.5, 24]}
        assert tab.evaluate(PIXELS, [{**told, "ink": [0, 0, 0], "ground": [1, 1, 1]}, drawn]) < 1e-4
