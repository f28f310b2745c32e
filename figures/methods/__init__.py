"""Numerics: torch and numpy in, arrays out; no charts, no files."""
