"""The reference: articles written from the words of the code: each figure with a live example, and all else.

One page lists all by name; the others explain some each, so that none is long.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from builder import atomic, keys, syntax
from builder.plan.catalogue.signatures import Parameter, Signature
from builder.read.markdown import headings
from builder.topics import COMMANDS, FIGURES, OWN, SETTINGS, SLUG, WRITING, Topic

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
title: {title}
description: {about}
---
"""
NETWORK = HEAD.replace("---\n", "---\nmodel: glyphs\ndataset: glyphs:6000\nseed: 0\n", 1)
"""Of pages with something to measure."""
LEAD = """
Each directive below can be copied into an article. `:name:`, `:alt:`, `:width:` and `:class:` belong to every figure;
parameters that are left out take the value in the table.
"""
BACK = f"[The reference](../{SLUG}/index.html) lists all there is by name.\n"
ABOUT = "Every figure that an article can name, with a live example; the dialect, the commands, keys and settings."
_HEADING = re.compile(r"^(`{3,}).*?^\1$|^## ([^\n]+)$", re.MULTILINE | re.DOTALL)


def write(signatures: Mapping[str, Signature], folder: Path) -> list[Path]:
    """Write the reference as articles into a folder; return their files, that which lists all others first."""
    texts = pages(signatures)
    paths = [folder / SLUG / ("index.md" if slug == SLUG else f"{slug}.md") for slug in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        if not path.is_file() or path.read_text("utf-8") != text:
            atomic.write(path, text.encode())
    return paths


def pages(signatures: Mapping[str, Signature]) -> dict[str, str]:
    """Write every page of the reference in Markdown, by slug; the first lists what the others explain."""
    figures = grouped(signatures)
    written = {topic.slug: _explained(topic, map(section, some)) for topic, some in figures.items()}
    others = {WRITING: syntax.pieces(), COMMANDS: syntax.commands(), SETTINGS: keys.sections()}
    written |= {topic.slug: "\n".join([_head(NETWORK, topic), BACK, text]) for topic, text in others.items()}
    lists = [_figures(topic, some) for topic, some in figures.items()]
    lists += [_links(topic, text) for topic, text in others.items()]
    return {SLUG: "\n".join([HEAD.format(title="The reference", about=json.dumps(ABOUT)), *lists]), **written}


def grouped(signatures: Mapping[str, Signature]) -> dict[Topic, list[Signature]]:
    """Put figures where they are explained, those of no topic among the site's own; no topic is empty."""
    known = {name for topic in FIGURES for name in topic.figures}
    others = sorted(set(signatures) - known)
    names = {topic: [*topic.figures, *(others if topic is OWN else [])] for topic in FIGURES}
    found = {topic: [signatures[name] for name in some if name in signatures] for topic, some in names.items()}
    return {topic: some for topic, some in found.items() if some}


def _head(head: str, topic: Topic) -> str:
    return head.format(title=json.dumps(topic.title), about=json.dumps(topic.about))


def _explained(topic: Topic, sections: Iterable[str]) -> str:
    return "\n".join([_head(NETWORK, topic), LEAD.strip(), BACK, *sections])


def _figures(topic: Topic, figures: Iterable[Signature]) -> str:
    rows = [f"| {_link(topic, f'`{one.figure}`')} | {_cell(one.summary)} |" for one in figures]
    return "\n".join([f"## {topic.title}", "", topic.about, "", "| figure | what it does |", "|---|---|", *rows, ""])


def _links(topic: Topic, text: str) -> str:
    titles = [match[2] for match in _HEADING.finditer(text) if match[2]]
    return "\n".join([f"## {topic.title}", "", topic.about, "", *(f"- {_link(topic, one)}" for one in titles), ""])


def _link(topic: Topic, title: str) -> str:
    """Link to a section; who comes for it finds the link under the section's own name."""
    name = headings.slug(title)
    return f"[{title}](../{topic.slug}/index.html#{name}){{#{name}}}"


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
