"""The pages of the reference: which figures stand together, and what else has a page."""

from __future__ import annotations

from builder.frozen import frozen

SLUG = "reference"
"""Of the page that lists all others; those of the others begin with it."""


@frozen
class Topic:
    """A page of the reference; `figures` are those that it explains, in order."""

    name: str
    title: str
    about: str
    figures: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Name the folder of its page."""
        return f"{SLUG}-{self.name}"


UNITS = Topic(
    "units",
    "Figures of units",
    "What units look for: in pictures made to please them, and in those of a data set.",
    (
        "feature-visualization", "unit-card", "dataset-examples", "top-patches", "unit-gradients", "dataset-quilt",
        "dataset-sheet", "activation-distribution", "label-stackplot", "label-agreement", "false-positives",
        "feature-accentuation", "patch-test",
    ),
)  # fmt: skip
CURVES = Topic(
    "curves",
    "Figures of curves",
    "What units answer to arcs, angles and strokes, and the curves that they find in pictures.",
    (
        "tuning-curve", "radial-tuning", "tuning-heatmap", "joint-tuning", "stimulus-grid", "angle-to-curve", "combing",
        "equivariance", "curve-units", "curve-families", "curve-extraction", "spline-tracing", "factor-tracing",
    ),
)  # fmt: skip
LAYERS = Topic(
    "layers",
    "Figures of layers",
    "What layers see and hold, and how their units rest on those of the layers before.",
    (
        "network-diagram", "receptive-fields", "feature-hierarchy", "unit-hierarchy", "unit-edge", "attribution",
        "channel-attribution", "building-blocks", "semantic-dictionary", "activation-atlas", "embedding",
        "network-dissection", "toy-network",
    ),
)  # fmt: skip
ANSWERS = Topic(
    "answers",
    "Figures of answers",
    "What in a picture speaks for a class, and what becomes of answers when something is taken away.",
    (
        "top-answers", "saliency", "class-evidence", "class-atlas", "class-comparison", "informative-patches",
        "bag-of-features", "tile-shuffle", "ablation", "robustness",
    ),
)  # fmt: skip
CUES = Topic(
    "cues",
    "Figures of shape and texture",
    "Whether networks go by shape or by texture, beside people who were asked the same.",
    (
        "cue-conflict", "cue-conditions", "shape-texture-examples", "shape-bias", "accuracy-by-cue",
        "error-consistency", "linear-probes", "dimensionality",
    ),
)  # fmt: skip
LIVE = Topic(
    "live",
    "Networks in the page",
    "Small networks that answer to what a reader shows them.",
    ("live-unit", "live-classes", "live-ablation"),
)
OWN = Topic(
    "own",
    "Figures of one's own",
    "Charts of numbers that lie beside the article, and figures of the site's own scripts.",
    ("csv-chart", "vega-lite"),
)
"""Here stands, too, every figure that no other page explains."""
FIGURES = (UNITS, CURVES, LAYERS, ANSWERS, CUES, LIVE, OWN)

WRITING = Topic("writing", "Writing", "What an article is made of: Markdown, and the pieces that belong to it.")
COMMANDS = Topic("commands", "Commands", "What the tool does, by command, as each says itself when asked for help.")
SETTINGS = Topic("settings", "Keys and settings", "What the head of an article may say, and what the site may set.")

SLUGS = frozenset({SLUG, *(topic.slug for topic in (*FIGURES, WRITING, COMMANDS, SETTINGS))})
"""Of all pages that the reference may have."""
