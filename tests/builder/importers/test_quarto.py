"""Quarto."""

SAMPLE = """\
---
title: A
---

See @fig-dot, Figure @fig-plot and @tbl-plot.

::: {.callout-tip collapse="true"}
## Before
Words.

:::: {.column-margin}
Aside.
::::
:::

![A dot, *small*.](a.png){#fig-dot fig-alt="One." width=50%}

::: {#fig-two layout-ncol=2}
![One](a.png){#fig-one}

![Two](a.png)

Both.
:::

::: {#fig-lone}
![Words](a.png)

The *caption*.
:::

::: {.panel-tabset}
## R
`r n`
## Python
words
:::

| a |
|---|
| 1 |

: Numbers {#tbl-n}

```{python}
#| label: fig-plot
#| fig-cap: "A plot."
#| echo: false
import matplotlib
```

```{python}
#| label: tbl-plot
#| tbl-cap: "A table."
print(1)
```

{{< include _part.qmd >}}

::: {.content-visible when-format="pdf"}
On paper.
:::

::: {.odd}
Kept.
:::
"""


def test_boxes_pictures_chunks_and_captions(convert) -> None:
    made = convert(SAMPLE, "old.qmd", files=("a.png", "_part.qmd"))
    assert made.new.dialect == "Quarto"
    for part in (
        "See @fig-dot, [Figure](#fig-plot) and [Table](#tbl-plot).",
        "::::{tip} Before\n:class: dropdown\n\nWords.\n\n:::{margin}\nAside.\n:::\n::::",
        ":::{image} a.png\n:name: dot\n:alt: One.\n:width: 50%\n\nA dot, *small*.\n:::",
        "::::{subfigures}\n:name: two\n:per-row: 2\n\n:::{image} a.png\n:name: one\n:alt: One\n\nOne\n:::\n\n:::{image} a.png\n:name: a\n:alt: Two\n\nTwo\n:::\n\nBoth.\n::::",
        ":::{image} a.png\n:name: lone\n:alt: Words\n\nThe *caption*.\n:::",
        "::::{tabs}\n:::{tab} R\n\n`r n`\n:::\n\n:::{tab} Python\n\nwords\n:::\n::::",
        "Table: Numbers {#tbl-n}\n\n| a |",
        ":::{attention} Figure missing\n:name: fig-plot\n",
        "```python\nprint(1)\n```\n\n:::{attention} Table missing\n:name: tbl-plot\n",
        "\n\npicture\n\n",
        "Kept.",
    ):
        assert part in made.body
    assert "On paper" not in made.body
    assert "    | On paper." in made.new.report
    for line in ("34: '`r n`' is a value", "45: a figure that python would make", "58: the text of '_part.qmd'"):
        assert line in made.told
    assert "60: '{.content-visible when-format=\"pdf\"}' is left out" in made.told
    assert "64: '{.odd}' means nothing here" in made.told
    assert "import matplotlib" not in made.body


def test_fences_without_a_partner_stay_and_are_told(convert) -> None:
    made = convert("::: {.callout-note}\nwords\n", "old.qmd")
    assert "1: " in made.told
