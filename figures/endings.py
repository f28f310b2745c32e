"""The files that are taken for images, by the ends of their names; what is in them is known once they are decoded."""

from __future__ import annotations

ENDINGS = frozenset((".bmp", ".gif", ".jpeg", ".jpg", ".pbm", ".pgm", ".png", ".pnm", ".ppm", ".tif", ".tiff", ".webp"))


def is_image(name: str) -> bool:
    """Tell whether a file name ends as those of images do."""
    dot = name.rfind(".")
    return dot >= 0 and name[dot:].lower() in ENDINGS
