"""Draw what each place of a picture says for a class, beside the picture: for in red, against in blue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Sprite, Tile
from figures.charts import icons, sprites
from figures.charts.saliency_maps import AGAINST, FOR, rgb

if TYPE_CHECKING:
    from figures.methods.evidence.evidence import Seen, Strip

_DENSITY = 2
_GREY, _EDGES = (128.0, 126.0, 122.0), 0.55
_STRONG = 99
_FRAME = ((255.0, 255.0, 255.0), (20.0, 20.0, 20.0))


def draw(seen: Strip, *, tile: int = 128, alt_text: str) -> tuple[Sprite, ...]:
    """Draw for each class a row: the picture, then a map of each network that has the class."""
    return tuple(_row(seen, place, tile, alt_text) for place in range(len(seen.classes)))


def _row(seen: Strip, place: int, tile: int, alt_text: str) -> Sprite:
    side, asked = _DENSITY * tile, seen.classes[place]
    there = [one for one in seen.seen if place in one.evidence]
    edges = outlined(seen.picture, side)
    pictures = [_opaque(seen.picture, side), *(heatmap(one, place, edges, side) for one in there)]
    tiles = [Tile(f"{seen.word}, as it is", "", ("picture",))]
    tiles += [
        Tile(f"What places say for {asked.name}, {one.network}", "", (one.network, *_lines(one, place)))
        for one in there
    ]
    return sprites.sprite(
        pictures, tiles, display_px=tile, per_row=len(tiles), name=f"evidence-{place}",
        title=f"Evidence for {asked.head} {asked.name}" if asked.head != "logits" else f"Evidence for {asked.name}",
        alt=alt_text,
    )  # fmt: skip


def _lines(one: Seen, place: int) -> tuple[str, ...]:
    field = f"{one.field_px} px" if one.field_px < one.side_px else "sees all"
    share = float(one.evidence[place].probability[0])
    return field, f"{share:.0%}" if share >= 0.005 else "< 1%"


def heatmap(one: Seen, place: int, edges: np.ndarray, side: int) -> np.ndarray:
    """Draw votes (side, side, 4) uint8, see-through where they say nothing, with edges (side, side) over them.

    A square shows how much the strongest place sees, where that is not the whole picture.
    """
    fine = one.evidence[place].fine[0]
    values = _resized(fine / (float(np.percentile(np.abs(fine), _STRONG)) or 1.0), side)
    strength = np.clip(np.abs(values), 0, 1)[..., None]
    colours = np.where(values[..., None] > 0, rgb(FOR), rgb(AGAINST)).astype(float)
    over = _EDGES * edges[..., None]
    alpha = over + strength * (1 - over)
    mixed = (np.array(_GREY) * over + colours * strength * (1 - over)) / np.maximum(alpha, 1e-6)
    drawn = np.concatenate([mixed, 255 * alpha], axis=-1)
    if one.field_px < one.side_px:
        _frame(drawn, one, place)
    return np.round(drawn).astype(np.uint8)


def _frame(drawn: np.ndarray, one: Seen, place: int) -> None:
    """Frame what the strongest place sees, light around dark, in the pixels of the drawing."""
    scale = len(drawn) / one.side_px
    first = [(middle - (one.field_px - 1) / 2) * scale for middle in one.strongest(place)]
    for inset, colour in zip((0, 2), _FRAME, strict=True):
        (top, bottom), (left, right) = (
            np.clip([round(at) + inset, round(at + one.field_px * scale) - inset], 0, len(drawn) - 1) for at in first
        )
        for edge in (
            np.s_[top : top + 2, left:right], np.s_[bottom - 2 : bottom, left:right],
            np.s_[top:bottom, left : left + 2], np.s_[top:bottom, right - 2 : right],
        ):  # fmt: skip
            drawn[edge] = (*colour, 255)


def outlined(picture: np.ndarray, side: int) -> np.ndarray:
    """Return how strong the edges of a picture (channel, any, any) are, (side, side) in [0, 1]."""
    grey = _resized(picture.mean(axis=0), side)
    down, across = np.gradient(grey)
    steep = np.hypot(down, across)
    edges: np.ndarray = np.clip(steep / (float(np.percentile(steep, _STRONG)) or 1.0), 0, 1)
    return edges


def _resized(values: np.ndarray, side: int) -> np.ndarray:
    """Resample numbers (any, any) smoothly."""
    from PIL import Image

    large = Image.fromarray(values.astype(np.float32), "F").resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(large, dtype=float)


def _opaque(picture: np.ndarray, side: int) -> np.ndarray:
    colours = picture if len(picture) == 3 else np.repeat(picture[:1], 3, axis=0)
    return sprites.resized(icons.pixels(np.concatenate([colours, np.ones_like(colours[:1])])[None])[0], side)
