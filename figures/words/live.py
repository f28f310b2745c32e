"""What a live figure shows before anyone has touched it, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.live.ablation import LiveAblation
    from figures.methods.live.classes import LiveClasses
    from figures.methods.live.scenes import Scene
    from figures.methods.live.units import LiveUnits

_NOUNS = {"arcs": "an arc", "filled": "a filled shape", "lines": "a line", "angles": "a corner"}
_LIVE = "The network itself is in the page: the answers to what a reader shows it are computed there."


def units(seen: LiveUnits) -> Words:
    """Say what the units answer to the first picture."""
    told = ", ".join(f"{unit} {answer:.2f}" for unit, answer in zip(seen.units, seen.answers.tolist(), strict=True))
    alt = f"{_sentence(seen.scene)} Answers of units of {seen.network} to it: {told}."
    values: dict[str, Value] = {
        "units": len(seen.units),
        "first": float(seen.answers[0]),
        "orientation_deg": seen.scene.orientation_deg,
    }
    kind = "Rectified answers" if seen.rectified else "Answers"
    return Words(alt, values, (f"{kind}, each unit read where it answers arcs most. {_LIVE}",))


def classes(seen: LiveClasses) -> Words:
    """Say what the head answers to the first picture; values go by rank, as in `top_answers`."""
    names, shares = [seen.classes[number] for number in seen.listed], seen.probability[seen.listed].tolist()
    told = ", ".join(f"{name} {share:.0%}" for name, share in zip(names, shares, strict=True))
    alt = f"{_sentence(seen.scene)} Likeliest classes of {seen.network} for it: {told}."
    values: dict[str, Value] = {"pictures": len(seen.scene.names), "answer": names[0], "probability": shares[0]}
    for rank, (name, share) in enumerate(zip(names, shares, strict=True), start=1):
        values |= {f"answer-{rank}": name, f"probability-{rank}": share}
    return Words(alt, values, (f"Bars are the softmax of {len(seen.classes)} logits. {_LIVE}",))


def ablation(seen: LiveAblation) -> Words:
    """Say what switching the units off does to the classes of the first picture."""
    rows = [(seen.classes[number], seen.on[number], seen.off[number]) for number in seen.listed]
    told = ", ".join(f"{name} {on:.0%} and {off:.0%}" for name, on, off in rows)
    units = ", ".join(seen.units)
    alt = f"{_sentence(seen.scene)} Classes of {seen.network} for it with {units} on, and with them off: {told}."
    values: dict[str, Value] = {"units": len(seen.units)}
    for when, shares in (("on", seen.on), ("off", seen.off)):
        best = int(shares.argmax())
        values |= {f"answer-{when}": seen.classes[best], f"probability-{when}": float(shares[best])}
    note = "The upper half of a bar is the probability now, the lower half that with all units on."
    return Words(alt, values, (f"{note} {_LIVE}",))


def _sentence(scene: Scene) -> str:
    second = next((one for one in scene.seconds if one.family == scene.first), None)
    if second is None:
        return f"The picture {scene.first}."
    return (
        f"{_NOUNS[scene.first].capitalize()} in black on white that points to {scene.orientation_deg:.0f} degrees, "
        f"{second.name} {second.start:g}{second.unit if second.unit == '°' else ' ' + second.unit}."
    )
