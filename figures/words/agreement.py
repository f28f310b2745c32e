"""How far annotators agree, in words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.labels import told

if TYPE_CHECKING:
    from figures.methods.agreement import Agreement
    from figures.methods.written_rubric import Meaning

FORMULA = (
    "κ = (P − Pₑ) / (1 − Pₑ): P is the agreement found, Pₑ that of chance, 1 would be full agreement; for two "
    "annotators after Cohen (1960), for all together after Fleiss (1971)."
)
RUBRIC = "No person is behind the rubric: its labels are computed from the true outlines of the generated images."
SHUFFLED = "Control: labels shuffled among the crops"


def agreement(seen: Agreement, *, rubric: bool = False, meanings: Iterable[Meaning] = ()) -> Words:
    """Say how far annotators agree; `rubric` tells whether the computed one is one of them."""
    alt = f"A square of counts, what one annotator said against what another said. {summary(seen)}{_confused(seen)}"
    return Words(alt, values(seen), (summary(seen) + told(meanings), FORMULA, *([RUBRIC] if rubric else [])))


def who(seen: Agreement) -> tuple[str, str]:
    """Name whose labels are rows and whose are columns."""
    one, other = seen.annotators if len(seen.annotators) == 2 else ("one annotator", "another annotator")
    return one, other


def summary(seen: Agreement) -> str:
    """Sum up all annotators."""
    told = "" if np.isnan(seen.fleiss_kappa) else f"; Fleiss' κ {seen.fleiss_kappa:.2f}"
    return (
        f"{seen.crops} crops with labels by at least two of {len(seen.annotators)} annotators, who agree on "
        f"{seen.share:.0%} of pairs{told}."
    )


def values(seen: Agreement) -> dict[str, Value]:
    """Quote all annotators together, pairs of them, and how each label fares; what chance leaves open is left out."""
    kappas = {f"kappa_{_word(pair.one)}_{_word(pair.other)}": pair.kappa for pair in seen.pairs}
    known = [kappa for kappa in kappas.values() if not np.isnan(kappa)]
    spread = {"mean_kappa": np.mean(known), "least_kappa": min(known), "greatest_kappa": max(known)} if known else {}
    labels = {f"agreement_{name}": share for name, share in zip(seen.names, seen.by_label, strict=True)}
    numbers = {"agreement": seen.share, "fleiss_kappa": seen.fleiss_kappa, **kappas, **spread, **labels}
    return {
        "annotators": len(seen.annotators),
        "crops": seen.crops,
        **{name: float(number) for name, number in numbers.items() if not np.isnan(number)},
    }


def _word(name: str) -> str:
    return re.sub(r"\W+", "_", name.lower())


def _confused(seen: Agreement) -> str:
    mixed = seen.confusion + seen.confusion.T - 2 * np.diag(np.diag(seen.confusion))
    one, other = np.unravel_index(mixed.argmax(), mixed.shape)
    return f" Most often taken for each other: {seen.names[one]} and {seen.names[other]}." if mixed.max() > 0 else ""
