"""Which colours a picture may have: those of the images, as independent directions."""

from __future__ import annotations

import math

import numpy as np
import torch

from figures.methods import datasets, scan
from figures.methods.feature_visualization.recipe import Recipe
from figures.methods.models import Model

_GLYPHS = "glyphs:512"
_NATURAL = ((0.26, 0.09, 0.02), (0.27, 0.00, -0.05), (0.27, -0.09, 0.03))
"""The square root of the colour covariance of ImageNet (Olah et al., 2017, the code of lucid)."""


def colours_of(dataset: datasets.Dataset) -> np.ndarray:
    """Return the colour covariance (channel, channel) of a data set, to six digits.

    Rounded, so that machines that sum in another order agree on it.
    """
    covariance = np.atleast_2d(scan.colour_covariance(dataset)["covariance"])
    largest = np.abs(covariance).max()
    return np.round(covariance, 5 - math.floor(math.log10(largest))) if largest > 0 else covariance


def mixing(model: Model, recipe: Recipe, covariance: np.ndarray | None) -> torch.Tensor:
    """Return the matrix (channel, component) that makes colours of a model's input from independent components.

    Without a covariance: the colours of the images it was trained on for the embedded networks,
    of natural images for others that take three channels, and independent channels elsewhere.
    A covariance of other channels than the model's leaves shades of grey.
    """
    if recipe.colour == "grey" or model.channels == 1:
        return grey_matrix(model.channels)
    if covariance is None:
        return _default(model)
    fits = np.shape(covariance) == (model.channels, model.channels) and np.trace(covariance) > 0
    return colour_matrix(covariance) if fits else grey_matrix(model.channels)


def _default(model: Model) -> torch.Tensor:
    if model.name.partition("-")[0].partition("@")[0] == "glyphs":
        return colour_matrix(colours_of(datasets.load(_GLYPHS)))
    if model.channels == 3:
        root = torch.tensor(_NATURAL)
        return root / root.norm(dim=0).max()
    return torch.eye(model.channels)


def colour_matrix(covariance: np.ndarray) -> torch.Tensor:
    """Return the symmetric square root (channel, component) of a colour covariance, longest column 1."""
    values, vectors = np.linalg.eigh(covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    return torch.tensor(root / np.linalg.norm(root, axis=0).max(), dtype=torch.float32)


def grey_matrix(channels: int) -> torch.Tensor:
    """Return the matrix (channel, 1) of pictures in shades of grey."""
    return torch.ones(channels, 1)
