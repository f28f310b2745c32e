"""The types of figure parameters, as they stand in annotations and in the documentation."""

from __future__ import annotations

Unit = str
"""One unit: `mixed3b:17`."""

Units = tuple[str, ...]
"""Several units: `mixed3b:3, mixed3b:17`, `mixed3b:3,17` or `mixed3b:0..15`."""

Layer = str
"""A named layer of the model: `mixed3b`."""

Model = str
"""A network by name: `glyphs`."""

Models = tuple[str, ...]
"""Several networks: `glyphs, glyphs-texture`."""

Dataset = str
"""A data set, with how many of its images to use: `glyphs:6000`."""
