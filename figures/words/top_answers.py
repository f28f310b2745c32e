"""A network's answers to pictures, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.top_answers import TopAnswers


def top_answers(seen: TopAnswers) -> Words:
    """Say the likeliest class of each picture, and whether it is right.

    Values go by the picture's number and the answer's, both from 1: `answer-1-2`, `probability-1-2`; `answer`
    and `probability` are the first of the first.
    """
    names, shares = seen.names, seen.probability.tolist()
    firsts = [
        f"{words}, {row[0]} with {share[0]:.0%}{_verdict(seen, picture)}"
        for picture, (words, row, share) in enumerate(zip(seen.shown.words, names, shares, strict=True))
    ]
    alt = f"What {seen.network} sees in {_counted(len(firsts))}, likely classes with a bar each: {'; '.join(firsts)}."
    values: dict[str, Value] = {"pictures": len(names), "answer": names[0][0], "probability": shares[0][0]}
    for picture, (row, share) in enumerate(zip(names, shares, strict=True), start=1):
        for rank, (name, part) in enumerate(zip(row, share, strict=True), start=1):
            values |= {f"answer-{picture}-{rank}": name, f"probability-{picture}-{rank}": part}
    told = [picture for picture, truth in enumerate(seen.truths) if truth]
    if told:
        values |= {"told": len(told), "right": sum(bool(seen.right[picture, 0]) for picture in told)}
    return Words(alt, values, tuple(_notes(seen, bool(told))))


def _counted(pictures: int) -> str:
    return "one picture" if pictures == 1 else f"{pictures} pictures"


def _verdict(seen: TopAnswers, picture: int) -> str:
    if not seen.truths[picture]:
        return ""
    return ", which is right" if seen.right[picture, 0] else ", which is wrong"


def _notes(seen: TopAnswers, told: bool) -> list[str]:
    side = seen.shown.images.shape[-1]
    notes = [
        f"Each picture as the network sees it: resized on its short side and cut around its centre, {side} x {side} "
        f"pixels. Bars are the softmax of {len(seen.classes)} logits."
    ]
    if told:
        notes.append("A tick marks what is right, a cross a first answer that is wrong, as the author says.")
    return notes
