"""How soon do networks of different bias fail as pictures become harder to read?

The same pictures with noise, out of focus, pale or turned, ever more so, shown to several networks.
"""

from __future__ import annotations

from typing import Annotated, Literal

from figures.artifact import Artifact, Table
from figures.charts import robustness as charts
from figures.methods import datasets
from figures.methods import models as networks
from figures.methods.robustness import robustness as methods
from figures.parameters import Dataset, Models, Seed, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import robustness as words


@figure("robustness")
def robustness(
    *,
    models: Annotated[Models, Length(1, 12)] = ("glyphs-shape", "glyphs-texture"),
    dataset: Dataset = "glyphs:6000",
    corruption: Annotated[tuple[Literal["noise", "blur", "contrast", "rotation"], ...], Length(1, 4)] = (
        "noise", "blur", "contrast", "rotation",
    ),
    noise_sd: Annotated[tuple[float, ...], Between(0, 4), Length(1, 16)] = (0.05, 0.1, 0.2, 0.4),
    blur_px: Annotated[tuple[float, ...], Between(0, 64), Length(1, 16)] = (0.5, 1.0, 2.0, 4.0),
    contrast: Annotated[tuple[float, ...], Between(0, 1), Length(1, 16)] = (0.5, 0.3, 0.2, 0.1),
    rotation_deg: Annotated[tuple[float, ...], Between(-360, 360), Length(1, 16)] = (15.0, 45.0, 90.0, 180.0),
    score: Literal["accuracy", "consistency"] | None = None,
    head: str = "",
    cues: Literal["agree", "apart"] = "agree",
    images: Annotated[int, Between(1, 20_000)] = 200,
    seed: Seed = 0,
    tile: Side = 64,
) -> Artifact:  # fmt: skip
    """Draw accuracy against the strength of corruptions, a line and its 95 % interval for each network.

    models: the networks to compare
    corruption: what is done to the pictures, a panel each
    noise_sd: standard deviations of Gaussian noise, of pixels in 0 to 1
    blur_px: standard deviations of a Gaussian blur, in pixels of the network's input
    contrast: what is left of a picture's contrast, 1 for all
    rotation_deg: how far pictures are turned
    score: whether the label is right, or the answer to the picture as it is; by default labels where they are classes
    cues: whether the texture of glyphs goes with their shape, so that either tells the class, or is drawn apart
    images: how many pictures, drawn at random
    """
    several = [networks.load(name) for name in models]
    data = methods.with_cues(datasets.load(dataset), cues)
    given = {"noise": noise_sd, "blur": blur_px, "contrast": contrast, "rotation": rotation_deg}
    strengths: dict[str, tuple[float, ...]] = {kind: given[kind] for kind in dict.fromkeys(corruption)}
    seen = methods.of(several, data, strengths, head=head, images=images, score=score, seed=seed)
    said = words.robustness(seen, cues if methods.has_cues(data) else "")
    rows = charts.pictures(methods.shown(several[0], data, seen), seen, tile=tile)
    return said.artifact([charts.draw(seen, alt_text=said.alt), *rows], Table.of(seen.columns()))
