"""Draw the first state of a live figure, and gather what its script goes on with."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image as Picture

from figures.artifact import Image
from figures.charts import drawings, icons, sprites
from figures.kept.live import Answer, Handle
from figures.live import Live

if TYPE_CHECKING:
    from figures.methods.exported.exported import Exported
    from figures.methods.live.ablation import LiveAblation
    from figures.methods.live.classes import LiveClasses
    from figures.methods.live.scenes import Scene
    from figures.methods.live.units import LiveUnits

DISPLAY_PX = 320
_DIGITS = 4


def units(seen: LiveUnits, *, alt_text: str) -> Live:
    """Draw units with their answers to the first picture, and the first unit's tuning curve."""
    rows = zip(seen.units, seen.channels, seen.places.tolist(), strict=True)
    top, left = seen.places.min(axis=0).tolist()
    bottom, right = (seen.places.max(axis=0) + 1).tolist()
    own = {
        "wanted": {seen.layer: [top, left, bottom, right]},
        "layer": seen.layer,
        "rectified": seen.rectified,
        "units": [{"name": name, "channel": channel, "row": y, "column": x} for name, channel, (y, x) in rows],
        "curves": {one.family: {"values": _short(one.values), "curves": _short(one.curves)} for one in seen.tuned},
        "measured": _short(seen.answers),
    }
    answers = tuple(Answer(name, float(one), name) for name, one in zip(seen.units, seen.answers, strict=True))
    return _live(
        "units", seen.scene, seen.exported, own, answers, alt_text, most=seen.most,
        curve=tuple(seen.curve.tolist()), seen_px=seen.field_px,
    )  # fmt: skip


def classes(seen: LiveClasses, *, alt_text: str) -> Live:
    """Draw the likeliest classes of the first picture."""
    own = {
        "wanted": {seen.head: None}, "head": seen.head, "classes": seen.classes, "measured": _short(seen.probability),
    }  # fmt: skip
    answers = tuple(Answer(seen.classes[number], float(seen.probability[number])) for number in seen.listed)
    return _live("classes", seen.scene, seen.exported, own, answers, alt_text, most=1.0)


def ablation(seen: LiveAblation, *, alt_text: str) -> Live:
    """Draw classes of the first picture with units on and off, and a switch for each unit."""
    own = {
        "wanted": {seen.layer: None, seen.head: None}, "layer": seen.layer, "channels": seen.channels,
        "head": seen.head, "classes": seen.classes, "measured": _short(seen.off),
    }  # fmt: skip
    answers = tuple(
        Answer(seen.classes[number], float(seen.off[number]), before=float(seen.on[number])) for number in seen.listed
    )
    return _live("ablation", seen.scene, seen.exported, own, answers, alt_text, most=1.0, switches=seen.units)


def _live(
    mode: str, scene: Scene, exported: Exported, own: Mapping[str, object], answers: tuple[Answer, ...], alt_text: str,
    **more: object,
) -> Live:  # fmt: skip
    graph = json.loads(str(exported.graph))
    network = {"graph": graph, "weights": base64.b64encode(exported.weights.tobytes()).decode()}
    whole = {
        "pictures": {name: _uri(one) for name, one in zip(scene.names, scene.pictures, strict=True)},
        **own,
    }
    handles = tuple(Handle(one.family, one.name, one.unit, one.low, one.high, one.start) for one in scene.seconds)
    given: dict[str, object] = {
        "size_px": scene.size_px, "handles": handles, "first": scene.first, "names": scene.names,
        "orientation_deg": scene.orientation_deg, "stroke_px": scene.width_px, "length_px": scene.length_px,
        "center_px": scene.center_px, "channels": scene.image.shape[0], "name": f"live-{mode}",
    }  # fmt: skip
    return Live(mode, network, whole, _image(scene.image, alt_text), answers=answers, **{**given, **more})  # type: ignore[arg-type]


def _image(image: np.ndarray, alt_text: str) -> Image:
    pixels = icons.pixels(np.ascontiguousarray(image[None]))[0]
    return sprites.image(drawings.enlarged(pixels, 2 * DISPLAY_PX), alt=alt_text, name="picture", display_px=DISPLAY_PX)


def _uri(image: np.ndarray) -> str:
    """Encode a picture (channel, size, size) without loss."""
    pixels = icons.pixels(np.ascontiguousarray(image[None]))[0]
    buffer = io.BytesIO()
    Picture.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(buffer, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _short(values: np.ndarray) -> list[object]:
    """Round numbers to a few digits, as nested lists."""
    return json.loads(json.dumps(np.asarray(values, float).round(_DIGITS).tolist()))
