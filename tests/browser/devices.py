"""Chromium with a GPU that is played by the processor, and what live networks answer there on each device."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

    from figures.methods.exported.exported import Exported

DEVICES = ("plain", "webgl", "webgpu")
FLAGS = ("--enable-unsafe-swiftshader", "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader")
SCRIPTS = ("network.js", "plain.js", "shaders.js", "webgl.js", "webgpu.js", "stimuli.js")
STATIC = Path(__file__).parents[2] / "templates" / "static"
PAGE = "https://page.test/"
"""An empty page: one that is secure, as devices ask."""

FLOATS = "const floats = (text) => new Float32Array(Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer);"
OPEN = """async ([data, names]) => {
  window.own = await window.microscribe.network.open(data, undefined, { names, lenient: true });
  return window.own.device;
}"""
# What a device is made of is remembered, for those who want to lose it.
REMEMBER = """() => {
  for (const [owner, name] of [[HTMLCanvasElement, "getContext"], [window.GPUAdapter, "requestDevice"]]) {
    const own = owner?.prototype[name];
    if (own) owner.prototype[name] = function (...given) {
      const made = own.apply(this, given);
      Promise.resolve(made).then((one) => { window.made = one; });
      return made;
    };
  }
}"""
ASK = f"""async ([picture, layer, text]) => {{ {FLOATS}
  const wanted = floats(text), {{ values }} = await window.own.ask(floats(picture), layer);
  let most = 0, apart = values.length === wanted.length ? 0 : Infinity;
  for (let i = 0; i < wanted.length; i++) {{
    most = Math.max(most, Math.abs(wanted[i]));
    apart = Math.max(apart, Math.abs(wanted[i] - values[i]));
  }}
  return apart / most;
}}"""


def blank(browser):
    """Open an empty page with all scripts of live networks."""
    tab = browser.new_page()
    tab.route(PAGE, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    tab.goto(PAGE)
    tab.evaluate(REMEMBER)
    for name in SCRIPTS:
        tab.add_script_tag(path=str(STATIC / name))
    return tab


def opened(tab, written: Exported, device: str, *others: str) -> bool:
    """Open a network on a device, with others to fall back to; say whether the browser has it."""
    weights = base64.b64encode(written.weights.tobytes()).decode()
    try:
        return (
            tab.evaluate(OPEN, [{"graph": json.loads(str(written.graph)), "weights": weights}, [device, *others]])
            == device
        )
    except Exception as error:
        if "Nothing here" in str(error):
            return False
        raise


def apart(tab, picture: torch.Tensor, answers: Mapping[str, torch.Tensor]) -> dict[str, float]:
    """Show a picture (channel, height, width), and return how far each layer is from what it should answer.

    Each relative to the largest of its answers.
    """
    return {name: tab.evaluate(ASK, [packed(picture), name, packed(one)]) for name, one in answers.items()}


def packed(maps: torch.Tensor) -> str:
    """Write (channel, ...) down as a page holds it: channels last, in single precision."""
    return base64.b64encode(np.ascontiguousarray(maps.movedim(0, -1).numpy(), "<f4").tobytes()).decode()
