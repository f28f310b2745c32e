"""Components of MDX."""

from builder.importers.components import kebab

SAMPLE = """\
import Neuron from 'components/neuron'
import { Odd } from './odd'

<Sidebar />

<H2>Dots</H2>

The neuron <Neuron layer="mixed3b" neuron={17} /> fires, <Neuron layer="mixed3b" unit={379} /> does not.{/* sure? */}

<RadialTuning units="mixed3b:17">Figure 1. Turned.</RadialTuning>

<Radial data={require('./x.json')} />

<Odd yAxisProps={{ label: "Share" }}>What is odd.</Odd>

As Figure 1 shows, {props.share} are.
"""


def test_units_figures_and_boxes(convert) -> None:
    made = convert(SAMPLE, "old.mdx")
    assert "## Dots\n\nThe neuron {unit}`mixed3b:17` fires, `mixed3b:379` does not.\n" in made.body
    assert ":::{radial-tuning}\n:name: radial-tuning\n:units: mixed3b:17\n\nTurned.\n:::" in made.body
    assert ":::{attention} Figure missing: Radial\n" in made.body
    assert "`{radial-tuning}` makes such a figure" in made.body
    assert ":::{attention} Figure missing: Odd\n:name: odd\n:class: missing\n\nWhat is odd.\n" in made.body
    assert '- `yAxisProps`: `{ label: "Share" }`' in made.body
    assert "from `./odd` here" in made.body
    assert made.body.endswith("As @fig-radial-tuning shows, `{props.share}` are.")
    assert "import" not in made.body


def test_every_line_that_is_not_kept_is_told(convert) -> None:
    told = convert(SAMPLE, "old.mdx").told
    for start in ("4: <Sidebar>", "8: unit mixed3b:379", "8: a remark", "12: <Radial>", "14: <Odd>", "16: '{props"):
        assert f"\n{start}" in f"\n{told}", start


def test_names_of_components_are_written_as_figures_are() -> None:
    assert kebab("RadialTuning") == "radial-tuning"
    assert kebab("Curve1") == "curve1"
