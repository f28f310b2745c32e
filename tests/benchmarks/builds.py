"""How long do builds of text-only sites take, beside a peer?

    python -m tests.benchmarks.builds --articles 100 --rounds 3

Cold, with nothing changed, and after one edited sentence, in turns with Pelican (`pip install pelican markdown`)
on the same articles where it is installed. Prints medians in seconds and the ratio peer / microscribe.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = ("unit", "layer", "curve", "edge", "network", "response", "image", "texture", "shape", "field", "weight")


def text(number: int, chance: random.Random) -> str:
    """Write an article of about 1,200 words with code, a table, notes and formulas."""
    parts = [f"---\ntitle: Article {number}\ndate: 2026-01-{number % 28 + 1:02d}\n---\n"]
    for section in range(8):
        parts.append(f"## Section {section} of {number}\n")
        parts += [" ".join(chance.choices(WORDS, k=75)) + ".\n" for _ in range(2)]
        parts.append(f"Formula $x_{{{number}}}^{section} + \\frac{{{section}}}{{y}}$ stands here.[^{section}]\n")
        parts.append(f"[^{section}]: {' '.join(chance.choices(WORDS, k=12))}.\n")
    parts.append("```python\ndef f(x):\n    return x ** 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    return "\n".join(parts)


def ours(folder: Path) -> None:
    """Build with Microscribe."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "builder", "build", "--site", folder], env=environment, check=True, stdout=-3)


def pelican(folder: Path) -> None:
    """Build with Pelican, its content cache on."""
    settings = ["CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"]
    command = [sys.executable, "-m", "pelican", folder / "articles", "-o", folder / "output", "-e", *settings, "-q"]
    subprocess.run(command, cwd=folder, check=True, stdout=-3, stderr=-3)


def seconds(build: Callable[[Path], None], folder: Path) -> float:
    """Time one build as a whole process."""
    start = time.perf_counter()
    build(folder)
    return time.perf_counter() - start


def rounds(build: Callable[[Path], None], articles: int, count: int) -> dict[str, float]:
    """Return median seconds of cold, unchanged and edited builds."""
    found: dict[str, list[float]] = {"cold": [], "unchanged": [], "one edit": []}
    for _ in range(count):
        folder = Path(tempfile.mkdtemp())
        (folder / "articles").mkdir()
        (folder / "pyproject.toml").write_text("[tool.microscribe]\n")
        for number in range(articles):
            (folder / "articles" / f"a{number}.md").write_text(text(number, random.Random(number)))
        found["cold"].append(seconds(build, folder))
        found["unchanged"].append(seconds(build, folder))
        edited = folder / "articles" / "a3.md"
        edited.write_text(edited.read_text().replace("## Section 4", "One more sentence.\n\n## Section 4"))
        found["one edit"].append(seconds(build, folder))
        shutil.rmtree(folder)
    return {name: statistics.median(times) for name, times in found.items()}


def main() -> None:
    """Print a line for each kind of build."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    mine = rounds(ours, options.articles, options.rounds)
    theirs = rounds(pelican, options.articles, options.rounds) if find_spec("pelican") else {}
    for name, took in mine.items():
        ratio = f"  pelican {theirs[name]:6.2f} s  ratio {theirs[name] / took:.2f}" if theirs else ""
        print(f"{name:10}  microscribe {took:6.2f} s{ratio}")


if __name__ == "__main__":
    main()
