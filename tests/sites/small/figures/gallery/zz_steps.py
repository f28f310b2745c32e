"""How high are the steps?"""

from figures.artifact import Artifact, Image, Sprite, Table, Tile
from figures.parameters import Dataset, Model, Unit, Units
from figures.registry import figure

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
CURVE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0,20Q20,-20 40,20"/></svg>'


@figure("steps")
def steps(*, units: Units, model: Model = "glyphs", seed: int = 0) -> Artifact:
    """Draw a step for each unit."""
    image = Image(SQUARE, "image/svg+xml", 20 * len(units), 20, "Steps", name="sheet")
    sheet = Sprite(image, tuple(Tile(f"Step of {u}", u, (u,)) for u in units), 20, len(units), name="steps")
    rows = tuple((unit, i + 0.5) for i, unit in enumerate(units))
    return Artifact(
        "Steps.", (sheet,), Table(("unit", "height"), rows), {"count": len(units), "share": 0.5}, ("A fact.",)
    )


@figure("unit-card")
def card(*, unit: Unit, model: Model = "glyphs", dataset: Dataset = "glyphs:6000") -> Artifact:
    """Show one unit."""
    image = Image(SQUARE, "image/svg+xml", 20, 20, f"Feature visualization of {unit}", name="feature-visualization")
    return Artifact(f"The unit {unit}.", (image,), Table(("unit",), ((unit,),)), {"activation_reached": 1.5})


@figure("tuning-curve")
def tuning(*, units: Units, model: Model = "glyphs") -> Artifact:
    """Show the tuning of units."""
    image = Image(CURVE, "image/svg+xml", 40, 20, f"Tuning of {units[0]}", name="tuning")
    return Artifact(f"Tuning of {units[0]}", (image,), Table(("unit",), ((units[0],),)))
