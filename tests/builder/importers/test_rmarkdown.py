"""R Markdown."""

SAMPLE = """\
---
title: A
output: distill::distill_article
---

```{r setup, include=FALSE}
library(ggplot2)
```

Dots [@dot2020] are `r n`, see Figure \\@ref(fig:plot).

```{r plot, fig.cap="A plot."}
plot(1)
```

```{r echo=FALSE, fig.cap="A dot.", fig.alt="One."}
knitr::include_graphics("a.png")
```

<aside>Aside.</aside>
"""


def test_chunks_are_code_pictures_or_boxes(convert) -> None:
    made = convert(SAMPLE, "old.Rmd", files=("a.png",))
    assert made.new.dialect == "R Markdown"
    assert "library" not in made.body
    assert "| library(ggplot2)" in made.new.report
    assert "```r\nplot(1)\n```\n\n:::{attention} Figure missing\n:name: plot\n" in made.body
    assert ":::{image} a.png\n:name: a\n:alt: One.\n\nA dot.\n:::" in made.body
    assert made.body.endswith(":::{margin}\n\nAside.\n:::")
    assert "see [Figure](#plot)." in made.body
    assert "10: '`r n`' is a value that would be computed" in made.told


def test_tables_labels_of_equations_and_parts(convert) -> None:
    text = r"""
```{r t}
knitr::kable(x, caption = "Some \\@ref(eq:m).")
```

\begin{equation}
y (\#eq:m)
\end{equation}

```{r, child="part.Rmd"}
```

```{r, child="gone.Rmd"}
```

See \@ref(tab:t).

## References {.unnumbered}
"""
    made = convert(text, "old.Rmd", files=("part.Rmd",))
    assert ":::{attention} Table missing\n:name: t\n:class: missing\n\nSome @eq-m." in made.body
    assert r"\label{eq:m}" in made.body
    assert "\n\npicture\n\n`gone.Rmd`\n\nSee [Table](#t)." in made.body
    assert made.body.endswith("(#t).")
    assert "10: the text of 'part.Rmd' stands in its place" in made.told
    assert "13: 'gone.Rmd', which is included here, is not beside the source" in made.told
