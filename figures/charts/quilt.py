"""Lay pictures in columns by a unit's activation, on pages that a reader turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Control, Sprite, Tile
from figures.charts import brackets, sprites

if TYPE_CHECKING:
    from figures.methods.quilt import Quilt


def draw(
    seen: Quilt, looks: Mapping[str, np.ndarray], titles: Sequence[str], joined: Sequence[str] = (), *,
    tile: int = 34, name: str = "quilt", alt_text: str,
) -> list[Sprite]:  # fmt: skip
    """Draw every page in every look, with a title below each column and a line before zero.

    `looks` are the pictures of all patches (patch, side, side, channel), column by column; `joined` are words below
    columns, as `brackets.spans` reads them. A page's alternative text is `alt_text` with its number.
    """
    turned = controls(seen, looks)
    return [
        sprites.sprite(
            _laid(pictures, order), _tiles(seen, look, order), display_px=tile, per_row=len(seen.patches),
            name=f"{name}-{look}-{page}", alt=f"{alt_text}, page {page}",
            shown={control.name: {"look": look, "page": str(page)}[control.name] for control in turned},
            columns_titles=tuple(titles), rule_before=brackets.zero(seen.inner),
            brackets=brackets.spans(joined, seen.inner),
        )
        for page, order in enumerate(_orders(seen), 1) for look, pictures in looks.items()
    ]  # fmt: skip


def controls(seen: Quilt, looks: Mapping[str, np.ndarray]) -> tuple[Control, ...]:
    """Return what a reader chooses: the look and the page, where there are several."""
    pages = tuple(str(page + 1) for page in range(seen.pages))
    toggle = (Control("look", "toggle", tuple(looks), "Show"),) if len(looks) > 1 else ()
    return (*toggle, *((Control("page", "pages", pages),) if len(pages) > 1 else ()))


def _orders(seen: Quilt) -> list[np.ndarray]:
    """Return for each page which patches stand on it, row by row; -1 where a column has no more."""
    there = seen.patches.there
    place = np.where(there, np.cumsum(there).reshape(there.shape) - 1, -1)
    return [part.T.ravel() for part in np.split(place, seen.pages, axis=1)]


def _tiles(seen: Quilt, look: str, order: np.ndarray) -> list[Tile]:
    what, shown = "What drives the unit in image" if look == "attribution" else "Image", seen.patches.known
    dataset, image, value = seen.scanned.dataset, shown.image.tolist(), shown.value.tolist()
    return [
        Tile(f"{what} {image[patch]} of {dataset}, activation {value[patch]:.2f}" if patch >= 0 else "no image")
        for patch in order
    ]


def _laid(pictures: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Put pictures in order, and nothing where that is -1."""
    if (order >= 0).all():
        return pictures[order]
    clear = _with_alpha(pictures)
    return np.append(clear, 0 * clear[:1], axis=0)[order]


def _with_alpha(pictures: np.ndarray) -> np.ndarray:
    """Give pictures (n, side, side, channel) an alpha channel where they have none."""
    if pictures.shape[-1] == 4:
        return pictures
    colours = np.broadcast_to(pictures, (*pictures.shape[:-1], 3))
    return np.concatenate([colours, np.full_like(colours[..., :1], 255)], axis=-1)
