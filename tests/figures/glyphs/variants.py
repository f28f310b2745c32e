"""Drawings without what distracts: filled, on plain ground, without noise, blur or warp."""

from __future__ import annotations

from dataclasses import replace

from figures.glyphs.dataset import STANDARD

PLAIN = (1.0, 0.0, 0.0, 0.0)
SPARE = replace(STANDARD, filled_share=1.0, background_shares=PLAIN, noise_sd_max=0.0, blur_share=0.0, warp_px_max=0.0)
