"""The types of figure parameters, as they stand in annotations, and what those say that many figures have."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from figures.ranges import Between, Kind, Length

Unit = Annotated[str, Kind("Unit")]
"""One unit: `mixed3b:17`; at one place of its map (row, column) `mixed3b:17@4,5`; its other direction `mixed3b:17-`."""

Units = Annotated[tuple[str, ...], Kind("Units")]
"""Several units: `mixed3b:3, mixed3b:17`, `mixed3b:3,17` or `mixed3b:0..15`."""

Edge = Annotated[str, Kind("Edge")]
"""Two units of different layers of the model, with an arrow between: `logits:tabby -> block15:12`."""

Layer = Annotated[str, Kind("Layer")]
"""A layer of the model, by its alias or its dotted path: `mixed3b`; `mixed3b.pre` before its last nonlinearity."""

Layers = Annotated[tuple[str, ...], Kind("Layers")]
"""Several layers: `mixed3a, mixed3b`."""

Outputs = Annotated[tuple[str, ...], Kind("Outputs")]
"""Several layers or heads of the model: `mixed3b, shape`."""

Head = Annotated[str, Kind("Head")]
"""What of the model answers with classes, by name; empty for the first."""

Class = Annotated[str, Kind("Class")]
"""A class of the parameter `head`, or of the model's first head, by name or number: `tabby`."""

Classes = Annotated[tuple[str, ...], Kind("Classes")]
"""Several classes, as `Class`: `tabby, Egyptian cat`."""

Model = Annotated[str, Kind("Model")]
"""A network by name: `glyphs`, `torchvision/googlenet`, or a name that the site's settings give."""

Models = Annotated[tuple[str, ...], Kind("Models")]
"""Several networks: `glyphs, glyphs-texture`."""

Dataset = Annotated[str, Kind("Dataset")]
"""A data set, with how many of its images to use: `glyphs:6000`, `data/photos:500`."""

Families = Annotated[tuple[str, ...], Kind("Families")]
"""Families of synthetic stimuli by name: `arcs, filled, coloured`, or those that a script of the site registers."""

Phrases = Annotated[tuple[str, ...], Kind("Phrases")]
"""Several texts that may hold spaces, with commas between: `lines < 3, curves`."""

SEEDS = Between(0, 2**32 - 1)
Seed = Annotated[int, SEEDS]
"""Where random numbers start from."""

Count = Annotated[int, Between(1, 16)]
"""How many crops or images of a unit are shown: a scan keeps sixteen."""

Side = Annotated[int, Between(8, 2000)]
"""The side, height or diameter of something on the page, in pixels."""

Row = Annotated[float, Between(1, 100)]
"""The height of a row of a chart, in pixels."""

Orientations = Annotated[int, Between(4, 3600)]
"""How many directions a full turn is divided into."""

Radii = Annotated[tuple[float, ...], Between(0.5, 100_000), Length(1, 64)]
"""Radii of arcs in pixels of the network's input; very large ones are straight lines."""

Picture = Annotated[str | Path, Kind("Picture")]
"""A picture: a file beside the article, `cat.jpg`, or an image of the data set by its number or its name."""

Pictures = Annotated[tuple[str | Path, ...], Kind("Pictures"), Length(0, 64)]
"""Several pictures: `cat.jpg, 3, chelsea`."""

Tables = Annotated[tuple[Path, ...], Kind("Tables")]
"""CSV files beside the article, and folders of such files: `people.csv, networks`."""

Specification = Annotated[tuple[Path, ...], Kind("Specification")]
"""A Vega-Lite file beside the article, `chart.json`; behind it come the files of data that it names."""

Knots = Annotated[int, Between(2, 64)]
"""How many points bend a spline."""

Steps = Annotated[int, Between(1, 10_000)]
"""How many steps a picture or a drawing is improved for."""

Stroke = Annotated[float, Between(0.1, 1000)]
"""The width of a stroke in pixels of the network's input."""

PerPair = Annotated[int, Between(1, 100)]
"""How many conflict images are drawn of each pair of a shape and another class's texture."""

EXPLAINED: Mapping[str, tuple[str, str]] = {
    "model": ("Model", "the network"),
    "models": ("Models", "the networks"),
    "dataset": ("Dataset", "where the images come from"),
    "pictures": (
        "Dataset",
        "a folder of conflict images named as the published ones are, cat1-truck3.png; by default drawings, for "
        "networks with a head `shape`",
    ),
    "categories": (
        "Path",
        "a JSON file of the networks' classes by category; by default those of Geirhos et al. for ImageNet",
    ),
    "responses": (
        "Tables",
        "CSV files with published answers of people or networks, one row a trial, or folders of them",
    ),
    "per_pair": ("int", "drawings for each pair of a shape and another class's texture"),
    "seed": ("int", "where random numbers start from"),
    "control": ("bool", "draw the same of the network before training beside it"),
    "unit": ("Unit", "which unit"),
    "units": ("Units", "which units"),
    "layer": ("Layer", "which layer"),
    "tile": ("int", "side of a picture on the page in pixels"),
    "size": ("int", "side of a picture on the page in pixels"),
    "orientations": ("int", "how many directions of bulge to try, evenly spaced"),
    "radii_px": (
        "tuple[float, ...]",
        "the arcs' radii in pixels, over which responses are averaged; by default eight that suit the layer",
    ),
    "knots": ("int", "how many points bend a spline"),
    "width_px": ("float", "width of the stroke in the network's pixels; by default a 32nd of the image's side"),
    "zoom": ("bool", "show the stimulus of a cell that is chosen, over the arc that the unit prefers"),
    "multiples": ("bool", "draw each unit's curve once more below, small and by itself"),
    "signed": ("bool", "what drives the unit in greens and what holds it back in reds, instead of both in grey"),
    "filled": ("bool", "whether all figures are filled; otherwise a third are outlines"),
    "order": ("tuple[str, ...]", "the labels' names"),
    "rubric": ("Path", "what annotators were told: a CSV with columns label,says,examples, the last crop ids or empty"),
    "head": ("str | Head", "which of a network's heads answers; empty for the first that can"),
    "content": (
        "Pictures",
        "besides, shapes of glyphs by name or number, by themselves and in each texture of `style`",
    ),
    "style": ("Pictures", "textures of glyphs by name or number that fill the shapes of `content`"),
    "layout": ("Literal", "how vectors come into the plane: tsne, pca, or umap where umap-learn is installed"),
    "icons": ("Literal", "a feature visualization of each cell's mean vector, or the crop most like it"),
    "method": ("Literal", "what gradients are: guided backpropagation, deconvolution, or the gradient as it is"),
}
"""What a parameter does wherever it has this name and kind, or one of these, and no words of its own."""
