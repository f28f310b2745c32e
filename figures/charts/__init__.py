"""Presentation: arrays in, Altair charts or Pillow images out; no torch."""
