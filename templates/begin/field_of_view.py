"""How much of an image does each layer see?"""

from figures.artifact import Artifact, Table
from figures.charts import vega
from figures.methods import models
from figures.parameters import Model
from figures.registry import figure


@figure("field-of-view")
def field_of_view(*, model: Model = "glyphs") -> Artifact:
    """Draw the side of every layer's receptive field, which may be larger than an image.

    model: the network
    """
    import altair as alt

    network = models.load(model)
    sides = {layer: network.receptive_field(layer).size_px for layer in network.layers}
    widest = max(sides, key=sides.get)
    data = alt.Data(values=[{"layer": layer, "side": side} for layer, side in sides.items()])
    bars = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("side:Q", title="side of the receptive field, px"),
            y=alt.Y("layer:N", title=None, sort=list(sides)),
        )
    )
    words = (
        f"Bars: the receptive fields of {len(sides)} layers, from {min(sides.values())} to {sides[widest]} pixels; "
        f"images are {network.input_size} pixels wide."
    )
    chart = vega.chart(bars, name="field-of-view", alt=words)
    values = {"widest": widest, "widest_px": sides[widest], "image_px": network.input_size}
    return Artifact(words, (chart,), Table(("layer", "side_px"), tuple(sides.items())), values)
