"""Answers of a network to pictures, made up for what draws and says them."""

from __future__ import annotations

import numpy as np

from figures.methods.asked_images import Shown
from figures.methods.top_answers import TopAnswers

CLASSES = ("cat", "dog", "cup", "rocket")


def answered(truths: tuple[tuple[int, ...], ...] = ((0,), (2, 1))) -> TopAnswers:
    """Say cat, then dog, to the first picture, and rocket, then cup, to the second."""
    images = np.random.default_rng(0).random((2, 3, 16, 16), dtype=np.float32)
    shown = Shown(("me.jpg", "7"), ("me.jpg", "image 7 of photographs"), ("", "cup"), images)
    index = np.array([[0, 1], [3, 2]])
    return TopAnswers("net", "logits", CLASSES, shown, index, np.log([[0.7, 0.2], [0.5, 0.0004]]),
                      np.array([[0.7, 0.2], [0.5, 0.0004]]), truths)  # fmt: skip
