"""Where labels come from, and what labelled crops say of a unit, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.images import Scanned, unreadable

if TYPE_CHECKING:
    from figures.methods.label_stack import Stack
    from figures.methods.labelled_crops import LabelledCrops
    from figures.methods.written_rubric import Meaning

RUBRIC = (
    "Labels come from a rubric over the true parameters of the generated images, not from people: "
    "does the outline in the middle of the crop curve the way the unit prefers?"
)
SHUFFLED = "Control: the labels shuffled among the crops"
LABELLED = "As labelled"
OUTPUT = (
    "Each crop counts with its own activation and with the positions it stands for; together they make the mean of "
    "the rectified activation over all positions."
)
NEVER = "never"


def source(crops: LabelledCrops, meanings: Iterable[Meaning] = ()) -> str:
    """Say who gave the labels, and what they were told."""
    if not crops.annotators:
        return RUBRIC
    return f"{crops.votes} labels of image crops by {' and '.join(crops.annotators)}.{told(meanings)}"


def told(meanings: Iterable[Meaning]) -> str:
    """Say what annotators were told of each label, after other words; nothing where that is not known."""
    said = "; ".join(f"{one.label}: {one.says.rstrip('.')}" for one in meanings if one.says)
    return f" What annotators were told: {said}." if said else ""


def table(stack: Stack, meanings: Iterable[Meaning] = ()) -> str:
    """Say what is known where labels were published as a table of bins."""
    return (
        f"Labels and the density of activations are those of a table of {len(stack.density)} bins, in which a bin "
        f"stands at its left edge.{told(meanings)}"
    )


def stacked(stack: Stack, show: str, unit: str, source: str, scanned: Scanned | None = None) -> Words:
    """Say what a stackplot shows of one unit, where its labels come from, and what of a scan could not be read."""
    own = (OUTPUT,) if show == "expected-value" and stack.counted else ()
    unread = unreadable(scanned) if scanned is not None else ()
    return Words(_alt(stack, show, unit), {"unit": unit, **values(stack)}, (source, *own, *_gaps(stack), *unread))


def values(stack: Stack) -> dict[str, Value]:
    """Quote how often the unit fires, shares of its output, and where labels begin to be the majority.

    `share_error_…` are standard errors; `crossing_…_low` and `_high` the ends of a 95 % interval. Both, and `crops`,
    are left out where nobody knows how many crops there are.
    """
    groups = {"_".join(group): group for group in (*((name,) for name in stack.names), stack.names[:2])}
    crops: dict[str, Value] = {"crops": int(stack.crops.sum())} if stack.crops.sum() >= 0 else {}
    errors = {name: stack.share_error(*group) for name, group in groups.items()}
    crossings = [value for name, group in groups.items() for value in _crossing(stack, name, group)]
    return {
        "share_firing": stack.share_firing,
        **crops,
        "bins": int(stack.held.sum()),
        "mean_output": stack.area,
        **{f"share_{name}": stack.share_of(*group) for name, group in groups.items()},
        **{f"share_error_{name}": error for name, error in errors.items() if error >= 0},
        **dict(crossings),
    }


def _crossing(stack: Stack, name: str, group: tuple[str, ...]) -> list[tuple[str, Value]]:
    """Name a crossing and, where it is known, the ends of its interval."""
    ends = zip(("_low", "_high"), stack.crossing_interval(*group), strict=True) if stack.counted else ()
    said = {"": stack.crossing(*group), **dict(ends)}
    return [(f"crossing_{name}{key}", NEVER if value is None else value) for key, value in said.items()]


def _gaps(stack: Stack) -> tuple[str, ...]:
    if not stack.unlabelled_share:
        return ()
    return (f"No crop was labelled in the bins that hold {stack.unlabelled_share:.1%} of positions; they stay empty.",)


def _alt(stack: Stack, show: str, unit: str) -> str:
    shares = ", ".join(f"{name} {stack.share_of(name):.0%}" for name in stack.names)
    return (
        f"Stacked areas of {stack.title(show)} against the activation of {unit}, for {', '.join(stack.names)}: "
        f"{_turn(stack)} at the highest activations. Shares of the expected activation: {shares}."
    )


def _turn(stack: Stack) -> str:
    """Say from where on the first two labels are the majority, and how sure that is."""
    both = stack.names[:2]
    at = stack.crossing(*both)
    if at is None:
        return f"{stack.names[0]} is no majority"
    low, high = stack.crossing_interval(*both)
    ends = f" (95 % interval {low:.3g} to {NEVER if high is None else f'{high:.3g}'})" if low is not None else ""
    return f"from {at:.3g} on{ends} more than half are {' or '.join(both)}"
