"""Figures as an article asks for them; `builder.plan.choices` makes several of parameters with several values."""

from __future__ import annotations

from builder.read.markdown.explained import Explained

EXPLAINED = Explained(
    title="Figures that readers choose among",
    text="A parameter may have several values, with bars between; numbers may be a range, `6 ... 24 step 6`. Each is "
    "measured and drawn as by a directive of its own, and readers choose, by a slider or side by side; two such "
    "parameters give two controls. The first one counts where only one can: for measured numbers in prose, on "
    "paper, in the Markdown twin and in a page exported to one file. What is chosen stands in the address of the page. "
    "At most 25 figures may come of it. A bar that belongs to a value is written `\\|`; between texts, as those of "
    "`truth`, which have bars of their own, stand two.",
    example="""\
:::{dataset-examples}
:name: few-or-many
:units: mixed3b:3 | mixed3b:5
:count: 4 ... 12 step 4

The strongest images of a unit.
:::""",
    alone=False,
)
