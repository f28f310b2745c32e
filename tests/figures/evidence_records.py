"""Votes of places, shares of right answers, patches and shuffled pictures, made up for tests of words and drawings."""

from __future__ import annotations

import numpy as np

from figures.methods.evidence.bag import BagOfFeatures, TileShuffle
from figures.methods.evidence.evidence import Asked, Evidence, Seen, Strip
from figures.methods.evidence.patches import Informative, Patches
from figures.methods.evidence.tiles import Share, ShuffledPicture

SIDE = 16
GREY = np.full((3, SIDE, SIDE), 0.5, np.float32)


def votes(strongest: tuple[int, int] = (4, 6), patches: bool = True) -> Evidence:
    """Votes against a class everywhere but around one pixel."""
    fine = np.full((1, SIDE, SIDE), -0.25)
    fine[0][strongest] = 2.0
    return Evidence(fine[:, ::4, ::4], fine, np.array([1.5]), np.array([0.75]), np.array(patches))


def strip(chosen: bool = False) -> Strip:
    """A network that sees patches of 5 px, and one that sees all but has only the first class."""
    small = Seen("small", 5, SIDE, {0: votes(), 1: votes((0, 0))})
    large = Seen("large", 40, SIDE, {0: votes(patches=False)})
    classes = (Asked("shape", 0, "star"), Asked("texture", 1, "dots"))
    return Strip(GREY, "image 0 of some", classes, chosen, "small", (small, large))


def share(network: str, hits: int, *, field: int = 5, head: str = "shape", tiles: int = 1, known: bool = True) -> Share:
    return Share(hits, 40, network=network, field_px=field, head=head, tiles=tiles, known=known, chance=0.25)


def bag() -> BagOfFeatures:
    """Half as many right answers of the network that sees patches."""
    shares = share("small", 10), share("small", 30, head="texture"), share("large", 20, field=40)
    return BagOfFeatures("some", 40, SIDE, shares, ("large",), strip())


def shuffled(known: bool = True) -> TileShuffle:
    """A network that loses by shuffling and one that does not."""
    shares = tuple(
        share(name, hits, tiles=tiles, known=known)
        for name, each in (("large", (30, 12)), ("small", (20, 20)))
        for tiles, hits in zip((1, 4), each, strict=True)
    )
    told = (True, False) if known else (None, None)
    row = tuple(
        ShuffledPicture("image 0 of some", tiles, GREY, ("star", "disc"), (0.5, 0.25), told) for tiles in (1, 4)
    )
    return TileShuffle("some", 40, ("large", "small"), (1, 4), "shape", shares, (row,))


def informative() -> Informative:
    """Two patches for a star, one of them of another image."""
    place = np.array([1, 2])
    pictures = np.full((2, 5, 5, 3), 90, np.uint8)
    star = Patches("star", pictures, np.array([2.0, 1.5]), place, place, place, ("a", "b"), (True, False))
    return Informative("small", "some", 40, "shape", 5, 5, (star,))
