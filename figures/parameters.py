"""The types of figure parameters, as they stand in annotations and in the documentation."""

from __future__ import annotations

Unit = str
"""One unit: `mixed3b:17`; at one place of its map (row, column) `mixed3b:17@4,5`; its other direction `mixed3b:17-`."""

Units = tuple[str, ...]
"""Several units: `mixed3b:3, mixed3b:17`, `mixed3b:3,17` or `mixed3b:0..15`."""

Layer = str
"""A layer of the model, by its alias or its dotted path: `mixed3b`; `mixed3b.pre` before its last nonlinearity."""

Model = str
"""A network by name: `glyphs`, `torchvision/googlenet`, or a name that the site's settings give."""

Models = tuple[str, ...]
"""Several networks: `glyphs, glyphs-texture`."""

Dataset = str
"""A data set, with how many of its images to use: `glyphs:6000`, `data/photos:500`."""

Families = tuple[str, ...]
"""Families of synthetic stimuli by name: `arcs, filled, coloured`, or those that a script of the site registers."""
