"""The embedded default: a procedural data set of glyphs, and small networks trained on it."""
