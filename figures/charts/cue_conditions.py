"""Draw one picture under all conditions, each above the answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.artifact import Sprite, Tile
from figures.charts import answer_cards, icons, sprites
from figures.charts.answer_cards import RIGHT_SIGN, WRONG_SIGN, Answer

if TYPE_CHECKING:
    from figures.methods.cues.seen_conditions import SeenConditions


def draw(seen: SeenConditions, *, tile: int = 96, alt_text: str) -> Sprite:
    """Draw a row of pictures; what is right and what is wrong is marked."""
    pixels = icons.pixels(seen.answers.shown.images)
    tiles = [
        Tile(f"{seen.word}, {condition}", "", (condition, *map(answer_cards.line, answers(seen, place))))
        for place, condition in enumerate(seen.conditions)
    ]
    large = [sprites.resized(one, max(len(one), 2 * tile)) for one in pixels]
    return sprites.sprite(large, tiles, display_px=tile, per_row=len(tiles), name="conditions", alt=alt_text)


def answers(seen: SeenConditions, place: int) -> list[Answer]:
    """Return the answers under a condition; the picture's class is right, a first other and the style's are wrong."""
    several = zip(
        seen.answers.index[place].tolist(), seen.answers.names[place], seen.answers.probability[place].tolist(),
        strict=True,
    )  # fmt: skip
    signs = {"content": RIGHT_SIGN, "style": WRONG_SIGN}
    return [
        Answer(name, share, signs.get(seen.cue(place, number), "" if rank else WRONG_SIGN))
        for rank, (number, name, share) in enumerate(several)
    ]
