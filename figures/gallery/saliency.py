"""Which pixels of a picture move a unit?

Maps by several methods, what each is worth, and the same of a network that has learned nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import deletion_curves, saliency_maps
from figures.methods import datasets, models
from figures.methods.saliency import salient_picture
from figures.methods.saliency.maps import Recipe
from figures.parameters import Dataset, Model, Picture, Seed, Side, Unit
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import saliency as words


@figure("saliency")
def saliency(
    *,
    unit: Unit,
    image: Picture,
    model: Model = "efficientnet-lite0",
    dataset: Dataset = "photographs",
    methods: Annotated[
        tuple[
            Literal[
                "gradient", "guided", "deconvolution", "integrated-gradients", "smooth-grad", "grad-cam", "occlusion"
            ],
            ...,
        ],
        Length(1, 7),
    ] = ("gradient", "guided", "integrated-gradients", "grad-cam", "occlusion"),
    steps: Annotated[int, Between(1, 1000)] = 64,
    patch_px: Annotated[int, Between(0, 1000)] = 0,
    control: bool = True,
    seed: Seed = 0,
    tile: Side = 112,
) -> Artifact:  # fmt: skip
    """Draw a picture beside maps of the pixels that move a unit, above the same of the network before training.

    unit: what is explained: a class by its logit, `logits:tabby`, another unit where it answers most or at its position
    image: the picture: a file beside the article, or an image of the data set by number or name
    dataset: where the picture comes from that is no file
    methods: which maps are drawn, in this order
    steps: how many steps integrated gradients take from grey to the picture
    patch_px: the side of the grey patches of occlusion; 0 for an eighth of the picture's
    control: draw the same maps of the same network before training beneath
    seed: where the noise of smooth-grad starts from
    """
    network = models.load(model)
    recipe = Recipe(steps=steps, patch_px=patch_px or max(1, network.input_size // 8), seed=seed)
    seen = salient_picture.of(network, datasets.load(dataset), image, unit, methods, recipe=recipe, control=control)
    said = words.saliency(seen)
    rows = saliency_maps.draw(seen, tile=tile, alt_text=said.alt)
    curves = [deletion_curves.draw(seen, axis=words.score(seen), alt_text=said.alt)] if len(seen.methods) > 1 else []
    return said.artifact([*rows, *curves], Table.of(seen.columns(), decimals=None))
