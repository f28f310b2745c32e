"""The reference: an article written from the words of the code: each figure with a live example, and all else."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from builder import atomic, keys, syntax
from builder.plan.catalogue.signatures import Parameter, Signature

SLUG = "reference"
SAMPLES: Mapping[str, str] = {
    "Unit": "mixed3b:188",
    "Units": "mixed3b:163,188,96,175",
    "Layer": "mixed3b",
    "Layers": "mixed3b",
    "Pictures": "1, 4",
}
"""What examples ask of `glyphs` where a parameter has no default."""

LESS: Mapping[str, Mapping[str, str]] = {
    "ablation": {"layer": "mixed3b", "images": "48", "random": "8"},
    "accuracy-by-cue": {"per_class": "2"},
    "activation-atlas": {"positions": "600", "grids": "8", "steps": "32"},
    "cue-conditions": {"image": "star"},
    "cue-conflict": {"method": "render"},
    "bag-of-features": {"dataset": "glyphs:200"},
    "dimensionality": {"layers": "conv2, mixed4b", "exemplars": "2"},
    "embedding": {"images": "144"},
    "feature-hierarchy": {"dataset": "glyphs:512", "units_per_layer": "2", "count": "4", "steps": "32"},
    "informative-patches": {"model": "glyphs-bag-17", "dataset": "glyphs:400"},
    "joint-tuning": {"examples": "4", "step": "10"},
    "linear-probes": {"layers": "conv2, mixed4b", "exemplars": "4", "textures": "1", "folds": "3"},
    "network-dissection": {"layers": "mixed4b", "images": "160"},
    "saliency": {"image": "1", "methods": "gradient, integrated-gradients, grad-cam"},
    "tile-shuffle": {"dataset": "glyphs:100"},
    "receptive-fields": {"models": "glyphs, glyphs-texture", "images": "2", "test_images": "24"},
    "robustness": {"corruption": "noise, blur", "images": "40"},
}
"""What examples ask for besides, by figure: what no sample of a kind can say, and less than by default, for all are
measured when the reference is new."""

HEAD = """\
---
title: The figures
description: Every figure that an article can name, with a live example; the dialect, keys, settings and commands.
model: glyphs
dataset: glyphs:6000
seed: 0
---

Each directive below can be copied into an article. `:name:`, `:alt:`, `:width:` and `:class:` belong to every figure;
parameters that are left out take the value in the table. At the end stand the pieces of the
[dialect](#writing), the [commands](#commands), the [keys of an article](#keys-of-an-article) and the
[settings of a site](#settings-of-a-site).
"""


def write(signatures: Mapping[str, Signature], folder: Path) -> Path:
    """Write the reference as an article into a folder; return its file."""
    path = folder / SLUG / "index.md"
    figures = (section(one) for _, one in sorted(signatures.items()))
    text = "\n".join([HEAD, *figures, syntax.sections(), keys.sections()])
    if not path.is_file() or path.read_text("utf-8") != text:
        atomic.write(path, text.encode())
    return path


def section(signature: Signature) -> str:
    """Describe one figure in Markdown: its question, its parameters, the directive, the figure itself."""
    directive = example(signature)
    lines = [f"## `{signature.figure}`", "", signature.question.strip(), "", *_table(signature.parameters.values()), ""]
    lines += ["```markdown", directive, "```", ""]
    if directive_is_whole(signature):
        lines += [directive, ""]
    return "\n".join(lines)


def example(signature: Signature) -> str:
    """Write a directive that draws the figure on `glyphs`."""
    options = [f":name: {re.sub(r'[^a-z0-9-]', '-', signature.figure)}"]
    required = {p.name: SAMPLES.get(p.kind, "…") for p in signature.parameters.values() if p.required}
    options += [f":{name}: {value}" for name, value in {**required, **LESS.get(signature.figure, {})}.items()]
    caption = textwrap.fill(signature.summary.strip().rstrip(".?!") + ".", 60)
    return "\n".join([f":::{{{signature.figure}}}", *options, "", caption, ":::"])


def directive_is_whole(signature: Signature) -> bool:
    """Tell whether the example can be drawn: nothing that is required is left open."""
    given = LESS.get(signature.figure, {})
    return all(p.kind in SAMPLES or p.name in given for p in signature.parameters.values() if p.required)


def _table(parameters: Iterable[Parameter]) -> Iterator[str]:
    rows = list(parameters)
    if rows:
        yield "| parameter | what it does |"
        yield "|---|---|"
        for one in rows:
            text = written(one.default)
            default = "*required*" if one.required else "optional" if text in ("", "none") else f"`{text}` unless given"
            about = one.about.strip().rstrip(".")
            yield f"| `{one.name}` | {_cell(about)} ({_cell(one.describe())}; {default}) |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def written(value: object) -> str:
    """Write a default as an author would."""
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
