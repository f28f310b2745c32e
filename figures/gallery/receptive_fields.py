"""How far do the layers of networks see, and how much of it counts?

By arithmetic, by trying on a linear network, and by the gradient over pictures.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Chart, Table
from figures.charts import field_growth, field_squares
from figures.methods import asked_images, datasets
from figures.methods import models as networks
from figures.methods.fields import fields
from figures.parameters import Dataset, Models, Picture, Seed, Side
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import fields as words
from figures.words.phrases import brief


@figure("receptive-fields")
def receptive_fields(
    *,
    models: Annotated[Models, Length(1, 24)] = ("glyphs", "efficientnet-lite0"),
    dataset: Dataset = "photographs",
    layers: tuple[str, ...] = (),
    image: Picture = "0",
    images: Annotated[int, Between(0, 256)] = 4,
    head: str = "",
    test_images: Annotated[int, Between(0, 20_000)] = 200,
    squares: Annotated[int, Between(0, 24)] = 4,
    seed: Seed = 0,
    tile: Side = 184,
) -> Artifact:
    """List the receptive field of each layer, draw how it grows with depth, and lay the largest over a picture.

    models: the networks; weights are needed for the effective fields alone, `torchvision/vgg16@none` is enough
    layers: which layers, of those networks that have them; by default all main ones that have places
    image: the picture under the squares
    images: how many pictures the effective fields are measured on; 0 leaves them out
    head: which head's classes accuracy is about; empty for the first
    test_images: of how many pictures accuracy is measured where two networks can be wrong; 0 leaves it out
    squares: of how many networks at most the fields are laid over the picture
    """
    several = [networks.load(name) for name in models]
    data = datasets.load(dataset)
    seen = fields.of(several, data, layers=layers, images=images, test_images=test_images, head=head, seed=seed)
    said = words.fields(seen)
    parts: list[Chart] = [field_growth.draw(seen, alt_text=said.alt)]
    by_name, short = {model.name: model for model in several}, brief(models)
    for network in seen.networks[:squares]:
        picture = asked_images.shown(by_name[network.network], data, (image,)).images[0]
        name = short[network.network] if len(several) > 1 else ""
        parts.append(field_squares.draw(network, picture, name=name, side=tile, alt_text=words.squares(network)))
    parts += [field_growth.accuracy(seen, alt_text=said.alt)] if len(seen.tested) > 1 else []
    return said.artifact(parts, Table.of(seen.columns(), decimals=None, open=True))
