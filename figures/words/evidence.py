"""What places of pictures say for classes, how well patches do, and what shuffling leaves, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.cards import share as share_of
from figures.words import Value, Words
from figures.words.phrases import listed, written

if TYPE_CHECKING:
    from figures.methods.evidence.bag import BagOfFeatures, TileShuffle
    from figures.methods.evidence.evidence import Seen, Strip
    from figures.methods.evidence.patches import Informative
    from figures.methods.evidence.tiles import Share

VOTES = (
    "The logit is the mean of what places say: behind the last maps come a mean and one linear layer, so that every "
    "place has a vote."
)


def class_evidence(seen: Strip) -> Words:
    """Say which places speak for which class, how much each network sees at once, and how sure it is."""
    values: dict[str, Value] = {"classes": len(seen.classes), "networks": len(seen.seen)}
    return Words(_alt_of_strip(seen), {**values, **_values_of_strip(seen)}, tuple(_of_strip(seen)))


def _alt_of_strip(seen: Strip) -> str:
    classes = listed([one.name for one in seen.classes])
    networks = listed([f"{one.network} ({_field(one)})" for one in seen.seen])
    told = [
        f"{one.network} takes it for {seen.classes[place].name} with {float(each.probability[0]):.0%}"
        for one in seen.seen
        for place, each in one.evidence.items()
    ]
    return f"The picture {seen.word} beside maps of what each place says for {classes}: {networks}. {'; '.join(told)}."


def _field(one: Seen) -> str:
    return f"places see {one.field_px} px" if _has_square(one) else "places see the whole picture"


def _has_square(one: Seen) -> bool:
    return one.field_px < one.side_px


def _values_of_strip(seen: Strip) -> dict[str, Value]:
    """Quote by class and network: `logit-star-glyphs`, `probability-star-glyphs`; and `field-glyphs`."""
    values: dict[str, Value] = {f"field-{one.network}": one.field_px for one in seen.seen}
    for one in seen.seen:
        for place, each in one.evidence.items():
            name = f"{seen.classes[place].name}-{one.network}"
            values |= {f"logit-{name}": float(each.logits[0]), f"probability-{name}": float(each.probability[0])}
    return values


def _of_strip(seen: Strip) -> Iterator[str]:
    if not seen.chosen:
        yield f"The classes are the likeliest by {seen.by}; below each map stands how likely its own network finds it."
    yield VOTES
    square = " The square is what the strongest place sees." if any(map(_has_square, seen.seen)) else ""
    yield (
        "Every map has its own scale, full at the 99th percentile of its absolute values: red for, blue against, with "
        f"the picture's edges in grey.{square}"
    )
    patches = [one.network for one in seen.seen if one.patches]
    others = [f"{one.network} ({_field(one)})" for one in seen.seen if not one.patches]
    if patches:
        yield (
            f"Of {listed(patches)} the patch around every pixel was asked, with nothing around the picture; the mean "
            "of such a map is not the logit."
        )
    if others:
        yield (
            f"Of {listed(others)} the votes of the last layer's places are drawn, enlarged: what lies at a place is "
            "not all that its vote goes by."
        )


def bag_of_features(seen: BagOfFeatures) -> Words:
    """Say how often networks are right by how much they see, and what their places say of one picture."""
    told = [f"{one.network} ({_sees(one, seen.side_px)}) {one.head} {one.share:.0%}" for one in seen.shares]
    alt = f"Right answers by how much of a picture places see: {'; '.join(told)}. {_alt_of_strip(seen.strip)}"
    values: dict[str, Value] = {"images": seen.images}
    values |= {f"accuracy-{one.head}-{one.network}": one.share for one in seen.shares}
    return Words(alt, {**values, **_values_of_strip(seen.strip)}, tuple(_of_bag(seen)))


def _sees(one: Share, side_px: int) -> str:
    return f"{one.field_px} px" if one.field_px < side_px else "all"


def _of_bag(seen: BagOfFeatures) -> Iterator[str]:
    chance = listed(list(dict.fromkeys(f"{one.chance:.1%}" for one in seen.shares)))
    yield (
        f"Answers to {seen.images} images of {seen.dataset}; bars are Wilson's 95 % intervals, dashes are chance "
        f"({chance})."
    )
    if seen.whole:
        yield (
            f"Places of {listed(list(seen.whole))} see more than patches, borders among it. It is another kind of "
            "network, so that its accuracy is no point of the same line."
        )
    yield from _of_strip(seen.strip)


def informative_patches(seen: Informative) -> Words:
    """Say how often the patches that say most for a class come from images of it."""
    known = [right for one in seen.classes for right in one.right if right is not None]
    names = listed([one.name for one in seen.classes])
    alt = f"The patches of {seen.dataset} that say most for {names} of {seen.network}, a row for each class."
    values: dict[str, Value] = {"classes": len(seen.classes), "field": seen.field_px, "images": seen.images}
    if known:
        alt = f"{alt} {sum(known)} of {len(known)} come from images of their class."
        values |= {"patches": len(known), "right": sum(known)}
    return Words(alt, values, tuple(_of_patches(seen, bool(known))))


def _of_patches(seen: Informative, known: bool) -> Iterator[str]:
    yield f"{VOTES} Below a patch stands its vote; no image has two in a row."
    if seen.side_px < seen.field_px:
        yield f"A place sees {seen.field_px} px; drawn are the {seen.side_px} px around its middle."
    else:
        yield f"A patch is all that a place sees: {seen.field_px} px, enlarged."
    if known:
        yield "A tick: the image is of the class. A cross: it is not, and only its patch looks like the class."
    yield f"Looked through: {seen.images} images of {seen.dataset}."


def tile_shuffle(seen: TileShuffle) -> Words:
    """Say how much of each network's answers is left as pictures are cut into ever more tiles."""
    most = max(seen.counts)
    ends = [
        f"{f'{name} {head}' if _several_heads(seen) else name} {whole.share:.0%} whole, "
        f"{cut.share:.0%} in {most**2} tiles"
        for (name, head), (whole, cut) in _ends(seen).items()
    ]
    kind = "Right answers" if seen.known else "Answers as to the whole picture"
    alt = (
        f"{kind} as pictures are cut into shuffled tiles: {'; '.join(ends)}. Beneath, such pictures with their answers."
    )
    values: dict[str, Value] = {"images": seen.images, "tiles": most**2}
    values |= {f"share-{one.head}-{one.network}-{one.tiles**2}": one.share for one in seen.shares}
    return Words(alt, values, tuple(_of_shuffle(seen)))


def _several_heads(seen: TileShuffle) -> bool:
    return len({one.head for one in seen.shares}) > 1


def _ends(seen: TileShuffle) -> dict[tuple[str, str], tuple[Share, Share]]:
    """Return the shares of each network and head with the fewest and with the most tiles."""
    ends: dict[tuple[str, str], tuple[Share, Share]] = {}
    for one in seen.shares:
        first, last = ends.get((one.network, one.head), (one, one))
        ends[one.network, one.head] = min(first, one, key=_count), max(last, one, key=_count)
    return ends


def _count(one: Share) -> int:
    return one.tiles


def _of_shuffle(seen: TileShuffle) -> Iterator[str]:
    yield (
        f"All {seen.images} images of {seen.dataset}, each in an order of its own; bars are Wilson's 95 % intervals."
    )
    if seen.known:
        yield "Dashes: chance, one of the classes."
    else:
        chance = sum(one.chance for one in seen.shares) / len(seen.shares)
        yield (
            "No label is a class of the network: counted is whether it answers as to the whole picture. Dashes: as "
            f"often as when its answers were dealt out anew ({written(100 * chance, '.1f')} %)."
        )
    fields = dict.fromkeys((one.network, one.field_px) for one in seen.shares)
    side = seen.rows[0][0].image.shape[-1] if seen.rows else 0
    told = [f"{name} {field} px, {share_of(field, side)} of the side" for name, field in fields]
    yield f"A place sees: {'; '.join(told)}."
    yield (
        "Tiles keep what is smaller than they are, and bring borders that no picture has: who only counts local "
        "features loses by these alone."
    )
