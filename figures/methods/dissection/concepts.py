"""What is known of the images of a data set, as concepts that units are held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from figures.glyphs.dataset import BACKGROUNDS, SHAPES, TEXTURES, Parameters
from figures.methods.datasets import Dataset, Glyphs
from figures.methods.dissection import regions
from figures.methods.dissection.regions import COLOURS, EDGES, FIGURE, GROUND, WHOLE
from figures.nearest import nearest

GLYPHS = ("shape", "texture", "size", "form", "ground", "colour", "edge", "figure")
LABELLED = ("label", "colour", "edge", "figure")
SIZES_PX = (18.0, 22.5)
"""What divides small, medium and large figures of the glyphs: thirds of the range of their half sizes."""
_BY_PIXELS = ("colour", "edge", "figure")

Term = tuple[str, np.ndarray]
"""A region, and the images (n,) in which it belongs to a concept."""


@dataclass(frozen=True)
class Concepts:
    """Concepts (k), each of a family; `term_*` (t) say which regions of which images are of which concept.

    member (n, t): which images.
    """

    names: tuple[str, ...]
    families: tuple[str, ...]
    term_concept: np.ndarray
    term_region: np.ndarray
    member: np.ndarray

    def of_images(self) -> np.ndarray:
        """Return which images (n, k) have a concept anywhere."""
        whole = np.zeros((len(self.member), len(self.names)), bool)
        for term, concept in enumerate(self.term_concept):
            whole[:, concept] |= self.member[:, term]
        return whole


def families(dataset: Dataset, indices: np.ndarray, asked: Sequence[str], *, masked: bool) -> tuple[str, ...]:
    """Return the families of concepts that are known of images, or those of them that are asked for.

    Without `masked`, only those that whole images have. Raises ValueError for one that there is not.
    """
    known = [one for one in (GLYPHS if isinstance(dataset, Glyphs) else LABELLED) if masked or one not in _BY_PIXELS]
    if "figure" in known and not regions.has_figures(dataset, indices):
        known.remove("figure")
    if "label" in known and not any(dataset.labels(indices)):
        known.remove("label")
    for one in asked:
        if one not in known:
            raise ValueError(
                f"nothing is known of {one!r} in {dataset.name}; expected {', '.join(known) or 'labels'}"
                f"{nearest(one, known)}"
            )
    if not known:
        raise ValueError(
            f"the images of {dataset.name} have no labels; expected a data set with labels, or measure iou"
        )
    return tuple(dict.fromkeys(asked)) or tuple(known)


def of(dataset: Dataset, indices: np.ndarray, chosen: Sequence[str]) -> Concepts:
    """Gather the concepts of some families for images (n,)."""
    listed = [(family, name, terms) for family in chosen for name, terms in _of_family(dataset, indices, family)]
    flat = [(number, term) for number, (_, _, terms) in enumerate(listed) for term in terms]
    return Concepts(
        names=tuple(name for _, name, _ in listed),
        families=tuple(family for family, _, _ in listed),
        term_concept=np.array([number for number, _ in flat]),
        term_region=np.array([regions.REGIONS.index(region) for _, (region, _) in flat]),
        member=np.stack([member for _, (_, member) in flat], axis=1),
    )


def _of_family(dataset: Dataset, indices: np.ndarray, family: str) -> Iterator[tuple[str, list[Term]]]:
    everywhere = np.ones(len(indices), bool)
    if family in ("colour", "edge"):
        for name in COLOURS if family == "colour" else EDGES:
            yield (name if family == "colour" else f"{name} edge"), [(f"{family} {name}", everywhere)]
    elif family == "figure":
        yield "figure", [(FIGURE, everywhere)]
        yield "ground", [(GROUND, everywhere)]
    elif isinstance(dataset, Glyphs):
        yield from _drawn(dataset.parameters(indices), family)
    else:
        labels = np.array(dataset.labels(indices))
        region = FIGURE if regions.has_figures(dataset, indices) else WHOLE
        yield from ((str(name), [(region, labels == name)]) for name in np.unique(labels) if name)


def _drawn(truth: Parameters, family: str) -> Iterator[tuple[str, list[Term]]]:
    """Yield what the glyphs of images are known to be."""
    if family == "shape":
        yield from ((name, [(FIGURE, truth.shape.numpy() == k)]) for k, name in enumerate(SHAPES))
    elif family == "texture":
        behind = np.where(
            truth.background.numpy() == BACKGROUNDS.index("texture"), truth.background_texture.numpy(), -1
        )
        for k, name in enumerate(TEXTURES):
            yield name, [(FIGURE, truth.texture.numpy() == k), (GROUND, behind == k)]
    elif family == "size":
        size = np.digitize(truth.scale_px.numpy(), SIZES_PX)
        yield from ((name, [(FIGURE, size == k)]) for k, name in enumerate(("small", "medium", "large")))
    elif family == "form":
        filled = truth.filled.numpy()
        yield from ((name, [(FIGURE, which)]) for name, which in (("filled", filled), ("outline", ~filled)))
    else:
        behind = truth.background.numpy()
        yield from ((f"{name} ground", [(GROUND, behind == k)]) for k, name in enumerate(BACKGROUNDS))
