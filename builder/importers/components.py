"""Components of MDX: `<Neuron layer="mixed3b" neuron={379} />` is a unit, `<RadialTuning units="…" />` a figure."""

from __future__ import annotations

import re

from builder.importers.boxes import Picture, directive, missing, picture, unnumbered
from builder.importers.draft import Edit
from builder.importers.tags import Element, braced, elements, outermost, tags
from builder.importers.work import Work

IMPORT = re.compile(
    r"^(?:import\s+(?:([\w*{}\s,]+?)\s+from\s+)?[\"']([^\"'\n]+)[\"'];?|export\s+(?:const|default)\s[^\n]*)[ \t]*\n?",
    re.MULTILINE,
)
REMARK = re.compile(r"\{/\*(.*?)\*/\}", re.DOTALL)
SPACE = re.compile(r"\{\s*([\"'`])(\s*)\1\s*\}")
COMPONENT = re.compile(r"[A-Z]\w*(?:\.\w+)*")
HEADING = re.compile(r"H[1-6]")
UNITS = frozenset({"Neuron", "Unit", "Channel", "NeuronLink"})
PICTURES = frozenset({"Image", "Img", "Figure", "Picture"})
FURNITURE = frozenset(
    {
        "Sidebar",
        "PrevNext",
        "Colab",
        "Nav",
        "Navigation",
        "Header",
        "Footer",
        "Layout",
        "Seo",
        "SEO",
        "Head",
        "TOC",
        "Toc",
    }
)
"""What a page here has by itself, or has no place for."""
ALIKE = {
    "Radial": "radial-tuning",
    "RadialLayer": "radial-tuning",
    "CurvesFeatureVis": "feature-visualization",
    "FeatureVis": "feature-visualization",
    "CurveDataset": "dataset-examples",
    "Exponential": "activation-distribution",
    "DatasetQuilt": "dataset-quilt",
    "Quilt": "dataset-quilt",
    "HumanLabels": "label-stackplot",
    "Tuning": "joint-tuning",
    "SyntheticMain": "tuning-heatmap",
    "SyntheticIntro": "stimulus-grid",
    "ToCurves": "angle-to-curve",
    "FamiliesModel": "curve-families",
    "Extraction": "curve-extraction",
    "Tracing": "spline-tracing",
    "Butterfly": "factor-tracing",
    "CombingEffect": "combing",
    "CombingDataset": "combing",
}
"""What published articles call figures that have another name here."""
PLAIN = re.compile(r"[\"'`]?([^{}()\"'`\[\]]*)[\"'`]?")


def modules(work: Work) -> None:
    """Take out imports, and keep from which file each component comes; tell remarks."""
    draft = work.draft

    def out(match: re.Match[str]) -> str:
        for name in re.findall(r"\w+", match[1] or ""):
            work.components[name] = match[2]
        if not match[2]:
            draft.note(match.start(), "code of the page is left out", match[0])
        return ""

    def told(match: re.Match[str]) -> str:
        draft.note(match.start(), "a remark of the author's, which no page shows, is left out", match[1])
        return ""

    draft.sub(IMPORT, out)
    draft.sub(REMARK, told)
    draft.sub(SPACE, lambda match: match[2])


def units(work: Work) -> None:
    """Turn the mention of a neuron into that of a unit, where the network has it."""
    draft = work.draft
    draft.edit([Edit(one.start, one.end, _unit(work, one)) for one in elements(draft, UNITS.__contains__)])


def _unit(work: Work, one: Element) -> str:
    index = next((one.props[key] for key in ("neuron", "unit", "channel", "index") if key in one.props), "")
    name = f"{one.props.get('layer', '')}:{PLAIN.sub(lambda match: match[1], index)}"
    why = work.site.unit(name)
    if not why:
        return f"{{unit}}`{name}`"
    work.draft.note(one.start, f"unit {name}: {why}; it stands as code: --model names the network that is meant")
    return f"`{name}`"


def figures(work: Work) -> None:
    """Turn components into the directives that make them, or into boxes that say what is missing."""
    draft = work.draft
    found = outermost(elements(draft, lambda name: bool(COMPONENT.fullmatch(name)) and not HEADING.fullmatch(name)))
    draft.edit([_component(work, one) for one in found])


def _component(work: Work, one: Element) -> Edit:
    draft, inner = work.draft, work.draft.text[one.inner : one.outer].strip()
    if one.name in FURNITURE:
        draft.note(
            one.start,
            f"<{one.name}> is left out: a page here has furniture of its own",
            draft.text[one.start : one.end],
        )
        return Edit(one.start, one.end, inner)
    if one.name in PICTURES and one.props.get("src"):
        caption = one.props.get("caption") or inner
        shown = Picture(one.props["src"], one.start, one.props.get("alt", ""), caption)
        return draft.block(one.start, one.end, picture(work, shown))
    return draft.block(one.start, one.end, _figure(work, one, inner))


def kebab(name: str) -> str:
    """Write the name of a component as figures are called: `RadialTuning` is `radial-tuning`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


def _figure(work: Work, one: Element, inner: str) -> str:
    """Write a directive where there is such a figure and all that it needs is given; a box otherwise."""
    figure = next(filter(work.site.has_figure, (kebab(one.name), ALIKE.get(one.name, ""))), "")
    caption, number = unnumbered(" ".join((inner or one.props.get("caption", "")).split()))
    label, options = work.name(kebab(one.name)), _options(one)
    why = _wrong(work, one, figure, options)
    if not why:
        if number:
            work.numbers[number] = f"@fig-{label}"
        return directive(figure, "", {"name": label, **options}, caption)
    source = work.components.get(one.name.partition(".")[0], "")
    hint = f"`{{{figure}}}` makes such a figure" if figure else "no figure of that name is made here"
    told = f"<{one.name}>: a box stands in its place: " + (f"{hint}: {why}" if figure else hint)
    work.draft.note(one.start, told, work.draft.text[one.start : one.end])
    said = f"The source shows its component `{one.name}`" + (f" from `{source}`" if source else "") + f" here; {hint}."
    return missing(work, f"Figure missing: {one.name}", label, number, caption, said + _props(one))


def _wrong(work: Work, one: Element, figure: str, options: dict[str, str]) -> str:
    """Say why a component is no figure of here, "" where it is one."""
    if not figure:
        return "no such figure"
    if one.name in ALIKE and not options:
        return f"it needs {', '.join(work.site.needs(figure)) or 'parameters'}"
    return work.site.figure(figure, options, work.files.source.parent)


def _options(one: Element) -> dict[str, str]:
    """Read props as the options of a directive; what is code rather than a value is no option's."""
    values = {kebab(key).replace("-", "_"): value for key, value in one.props.items() if key != "caption"}
    return {key: " ".join(value.strip("\"'`[]").replace('"', "").split()) or "true" for key, value in values.items()}


def _props(one: Element) -> str:
    """List what a component was given, so that it can be given to a directive."""
    given = [f"- `{key}`: `{' '.join(value.replace('`', '').split()) or 'true'}`" for key, value in one.props.items()]
    return "".join(f"\n{line}" for line in ["\n", *given]).replace("\n\n\n", "\n\n") if given else ""


def expressions(work: Work) -> None:
    """Set expressions that are left in code, for a page computes nothing."""
    draft = work.draft
    within = [(tag.start, tag.end) for tag in tags(draft.text)]
    edits = []
    for match in re.finditer(r"(?<![\w$\\`}{])\{(?=[a-z]\w*[.(\[])", draft.text):
        end = braced(draft.text, match.start())
        if any(first < match.start() < last for first, last in within) or draft.is_code(match.start()):
            continue
        if end and "\n" not in draft.text[match.start() : end]:
            text = draft.text[match.start() : end]
            draft.note(match.start(), f"{text!r} is code: it stands as such")
            edits.append(Edit(match.start(), end, f"`{text}`"))
    draft.edit(edits)
