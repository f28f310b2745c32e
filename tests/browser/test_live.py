"""A network in a page: on each device it answers as PyTorch does, and its stimuli are those of the library."""

import pytest
import torch
from torch import nn

from figures.methods import families, tuning
from figures.methods.activations import read
from figures.methods.exported.exported import exported
from figures.methods.exported.packing import SINGLE
from figures.methods.live.scenes import FAMILIES
from figures.methods.views import View
from tests.browser import devices
from tests.figures import small_networks

pytestmark = pytest.mark.browser

PIXELS = f"""([stimulus, text]) => {{ {devices.FLOATS}
  const wanted = floats(text), drawn = window.microscribe.stimuli.paint(new Float32Array(wanted.length), [48, 48, 3], stimulus);
  return Math.max(...wanted.map((one, at) => Math.abs(one - drawn[at])));
}}"""

# Asks for a picture, then for it with two places changed: as a network that never saw another; then with channels off.
CHANGED = f"""async (text) => {{ {devices.FLOATS}
  const own = window.own, picture = floats(text), other = picture.slice(), layer = "deep";
  for (const at of [0, picture.length - 1]) other[at] = 1 - other[at];
  const far = (one, two) => Math.max(...one.map((value, at) => Math.abs(value - two[at])));
  const ask = async (shown) => (await own.ask(shown, layer)).values;
  await ask(picture);
  const changed = await ask(other);
  await ask(picture.map((one) => 1 - one));
  const fresh = await ask(other);
  own.silence(layer, [1, 4]);
  const silent = await ask(other);
  own.silence(layer, []);
  const again = await ask(other);
  const off = fresh.map((one, at) => ([1, 4].includes(at % 6) ? 0 : one));
  return [far(changed, fresh), far(silent, off), far(again, fresh)];
}}"""
# Contexts and devices are remembered where they are made, to be lost later.
LOSE_GL = "() => window.made.getExtension('WEBGL_lose_context').loseContext()"
LOSE_GPU = "() => window.made.destroy()"


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


@pytest.fixture(scope="module")
def tab(browser):
    tab = devices.blank(browser)
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def various():
    """Return a network that is written down, a picture, and the answers of its layers."""
    model = small_networks.model(Various)
    layers = ("first", "deep", "grouped", "largest", "last", *model.heads)
    picture = torch.rand(1, 3, 8, 8, generator=torch.Generator().manual_seed(1))
    with torch.inference_mode():
        answers = read(model, picture, layers, pre=False)
    return exported(model, layers, bits=SINGLE), picture[0], {layer: one[0] for layer, one in answers.items()}


@pytest.fixture(params=devices.DEVICES)
def device(request, tab, various):
    """Open the network on a device; the plain one is everywhere."""
    if not devices.opened(tab, various[0], request.param):
        assert request.param != "plain"
        pytest.skip(f"this browser has no {request.param}")
    return request.param


def test_every_step_answers_as_pytorch_does(device, tab, various):
    _, picture, answers = various
    assert max(devices.apart(tab, picture, answers).values()) < 1e-4


@pytest.mark.parametrize("bits", [8, 10, 16])
def test_weights_of_few_bits_are_read(tab, various, bits):
    _, picture, answers = various
    written = exported(small_networks.model(Various), tuple(answers), bits=bits)
    assert devices.opened(tab, written, "plain")
    assert max(devices.apart(tab, picture, answers).values()) < 4 / 2**bits


def test_only_what_changed_is_computed_anew_and_channels_are_held_at_zero(device, tab, various):
    _, picture, answers = various
    assert tab.evaluate(CHANGED, devices.packed(picture)) == [0, 0, 0]


@pytest.mark.parametrize(("device", "lose"), [("webgl", LOSE_GL), ("webgpu", LOSE_GPU)])
def test_a_lost_gpu_is_left_for_plain_loops(browser, various, device, lose):
    written, picture, answers = various
    tab = devices.blank(browser)
    if not devices.opened(tab, written, device, "plain"):
        pytest.skip(f"this browser has no {device}")
    devices.apart(tab, picture, answers)
    tab.evaluate(lose)
    assert max(devices.apart(tab, picture.flip(1), answers).values()) > 1e-2
    assert max(devices.apart(tab, picture, answers).values()) < 1e-4
    assert tab.evaluate("() => window.own.device") == "plain"
    tab.close()


@pytest.mark.parametrize("name", FAMILIES)
def test_stimuli_have_the_same_pixels(tab, name):
    seen, family = View(48, (23.5, 24.0), (0, 0), 0, 40), families.find(name)
    pen = {"length": tuning.LENGTH * 40, "width": tuning.WIDTH * 40}
    for angle, value in zip((0.0, 37.0, 213.0), family.default_values(seen)[1::2], strict=False):
        drawn = devices.packed(families.draw(family, seen, angle, value)[0])
        told = {"family": name, "orientation": angle, "second": value, "pen": pen, "centre": [23.5, 24]}
        assert tab.evaluate(PIXELS, [{**told, "ink": [0, 0, 0], "ground": [1, 1, 1]}, drawn]) < 1e-4
