"""Glyphs under conditions that take their cues away."""

from __future__ import annotations

import numpy as np

from figures.methods.cues import conditions, glyph_conditions


def test_conditions_share_a_place_and_differ_in_cues():
    made = dict(zip(conditions.CONDITIONS, glyph_conditions.of([0, 1], [3, 13], [4, 5]), strict=True))
    assert made["original"].shape == (2, 3, 64, 64)
    same = glyph_conditions.of([0, 1], [3, 13], [3, 13])
    np.testing.assert_array_equal(same[0], same[conditions.CONDITIONS.index("conflict")])
    assert np.ptp(made["grey"], axis=1).max() < 1e-6
    ink = made["silhouette"][:, 0] < 0.5
    differs = np.abs(made["original"] - made["conflict"]).max(axis=1) > 0.1
    assert (differs & ~ink).mean() < 0.03
    assert (differs & ink).sum() > 0.2 * ink.sum()
    turned = made["turned silhouette"][:, 0] < 0.5
    np.testing.assert_array_equal(turned, np.rot90(ink, -1, axes=(1, 2)))
