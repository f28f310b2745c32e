"""Does a network in a page answer as PyTorch does, on each device of a browser, and how soon?

Run: python -m tests.benchmarks live [--networks glyphs glyphs-bag-17 efficientnet-lite0] [--bits 32 0]

Every layer of each network is compared, on noise and on a stimulus: the largest difference relative to the largest
answer of the layer, and whether that is within what the weights allow. Then, for the layers that readers wait for:
the bytes of steps and weights as a page fetches them, the time to open, to answer first, and to answer another picture.
Chromium's GPUs are played by the processor here, so their times tell nothing about a GPU's.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import json
import statistics

import torch

from figures.methods import families, models
from figures.methods.activations import read
from figures.methods.exported.exported import Exported, exported
from figures.methods.exported.packing import SINGLE
from figures.methods.live import scenes
from figures.methods.models import Model
from tests.browser import devices

WAITED = {"glyphs": ("mixed3b", "shape"), "glyphs-bag-17": (), "efficientnet-lite0": ("block8",)}
EXACT, ROUNDED = 1e-4, 1e-2
TIMES = f"""async ([data, name, layer, text]) => {{ {devices.FLOATS}
  const picture = floats(text), other = picture.map((one) => 1 - one), times = [];
  const timed = async (act) => {{
    const begun = performance.now();
    await act();
    times.push(performance.now() - begun);
  }};
  let own = null;
  await timed(async () => {{ own = await window.microscribe.network.open(data, {{ [layer]: null }}, {{ names: [name], lenient: true }}); }});
  for (const shown of [picture, other, picture, other, picture, other]) await timed(() => own.ask(shown, layer));
  return times;
}}"""


def pictures(model: Model) -> dict[str, torch.Tensor]:
    """Return noise and an arc, each (1, channel, size, size)."""
    shape = (1, model.channels, model.input_size, model.input_size)
    noise = torch.rand(shape, generator=torch.Generator().manual_seed(1))
    seen = scenes.view_of(model)
    family = families.find("arcs")
    value = family.default_values(seen)[2]
    return {"noise": noise, "arc": families.draw(family, seen, 37.0, value, channels=model.channels).cpu()}


def worst(tab, model: Model, shown: dict[str, torch.Tensor]) -> dict[str, tuple[float, str]]:
    """Compare all layers on what is opened; for each picture how far the worst is, and which that is."""
    layers = (*model.layers, *model.heads)
    far = {}
    for name, picture in shown.items():
        with torch.inference_mode():
            answers = {layer: one[0].cpu() for layer, one in read(model, picture, layers, pre=False).items()}
        far[name] = max((one, layer) for layer, one in devices.apart(tab, picture[0], answers).items())
    return far


def width(written: Exported) -> int:
    """Return how many bits weights have."""
    return min(
        own["bits"]
        for step in json.loads(str(written.graph))["steps"]
        for own in step.values()
        if isinstance(own, dict)
    )


def equal(browser, model: Model, several: list[int]) -> None:
    """Print how far the layers of a network are from PyTorch, by bits of weights and device."""
    shown, layers = pictures(model), (*model.layers, *model.heads)
    for bits in several:
        written = exported(model, layers, bits=bits)
        own = width(written)
        bound = EXACT if own == SINGLE else ROUNDED
        for device in devices.DEVICES:
            tab = devices.blank(browser)
            if devices.opened(tab, written, device):
                far = worst(tab, model, shown)
                told = "  ".join(f"{name} {one:.1e} at {layer:20}" for name, (one, layer) in far.items())
                within = all(one <= bound for one, _ in far.values())
                print(
                    f"{model.name:20}{own:3} bits  {device:8}{len(layers):4} layers  {told}{'within' if within else 'BEYOND'} {bound:.0e}"
                )
            else:
                print(f"{model.name:20}{own:3} bits  {device:8}this browser has none")
            tab.close()


def quick(browser, model: Model, layer: str) -> None:
    """Print bytes and times of a network up to a layer."""
    written, noise = exported(model, (layer,)), devices.packed(pictures(model)["noise"][0])
    data = fetched(written)
    text = json.dumps(data).encode()
    for device in devices.DEVICES:
        tab = devices.blank(browser)
        if devices.opened(tab, written, device):
            opening, first, *others = tab.evaluate(TIMES, [data, device, layer, noise])
            print(
                f"{model.name:20}{width(written):3} bits  {layer:8}{len(text) / 1e6:5.2f} MB, {len(gzip.compress(text, 6)) / 1e6:.2f} sent  {device:8}opened in {opening:5.0f} ms"
                f"  first answer {first:5.0f} ms  another {statistics.median(others):5.0f} ms"
            )
        tab.close()


def fetched(written: Exported) -> dict[str, object]:
    """Return a network as a page fetches it."""
    return {"graph": json.loads(str(written.graph)), "weights": base64.b64encode(written.weights.tobytes()).decode()}


def main() -> None:
    """Print both tables."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import FLAGS
    from tests.browser.node import chromium

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--networks", nargs="+", default=list(WAITED))
    parser.add_argument("--bits", type=int, nargs="+", default=[SINGLE, 0], help="of weights; 0 is the fewest that do")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name in options.networks:
            equal(browser, models.load(name), options.bits)
        for name in options.networks:
            for layer in WAITED.get(name, ()):
                quick(browser, models.load(name), layer)
        browser.close()
