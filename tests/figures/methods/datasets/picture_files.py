"""Pictures whose colours are known, as the contents of files, and files that hold some of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image


def content(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def ramp(width: int = 40, height: int = 30) -> np.ndarray:
    """Red grows to the right, green downwards; blue is 64."""
    x, y = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return np.stack([x, y, np.full_like(x, 64)], axis=-1).round().astype(np.uint8)


def close(one: np.ndarray, other: np.ndarray, most: int = 2) -> bool:
    return one.shape == other.shape and np.abs(one.astype(int) - other).max() <= most


GREY = np.asarray(Image.fromarray(ramp()).convert("L"))


def cut(pixels: np.ndarray, size: int = 30) -> np.ndarray:
    return pixels[:, (pixels.shape[1] - size) // 2 :][:, :size]


def written(folder: Path) -> Path:
    """Write three good pictures, a text that calls itself a picture, and one that breaks off."""
    for name, data in {
        "a/0.png": content(Image.fromarray(ramp())),
        "a/1.jpg": content(Image.fromarray(ramp(64, 64)), "JPEG", quality=95),
        "b/2.png": b"this is no picture",
        "b/3.png": content(Image.fromarray(ramp(300, 200)))[:400],
        "b/4.webp": content(Image.fromarray(ramp(20, 50)), "WEBP", lossless=True),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
