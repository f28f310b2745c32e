"""MyST."""

SAMPLE = """\
---
kernelspec: {name: python3}
---

+++ {"part": "abstract"}

See {numref}`fig-dot`, {cite:p}`dot2020`, {doc}`the other <other>`, H{sub}`2`, {term}`loss`, {odd}`role`.

```{figure} a.png
---
name: fig-dot
alt: One.
---
A dot.
```

````{admonition} Own title
:class: tip dropdown

```{margin}
Aside.
```
````

```{math}
:label: eq-one
x
```

```{code-cell} python
:tags: [hide-input]
print(1)
```

```{list-table} Numbers
:name: tbl-n
:header-rows: 1
* - a
  - b
* - 1 | 2
  - 3
```

% hidden

```{toctree}
other
```

```{exec} now
body
```

```{r}
plot(1)
```
"""


def test_directives_and_roles_are_written_as_here(convert) -> None:
    made = convert(SAMPLE, "old.md", files=("a.png",))
    assert made.new.dialect == "MyST"
    for part in (
        "See {numref}`fig-dot`, [@dot2020], [the other](../other/index.md), H<sub>2</sub>, loss, {odd}`role`.",
        ":::{image} a.png\n:name: dot\n:alt: One.\n\nA dot.\n:::",
        "::::{tip} Own title\n:class: dropdown\n\n:::{margin}\n\nAside.\n:::\n::::",
        ":::{math}\n:name: eq-one\n\nx\n:::",
        "```python\nprint(1)\n```",
        "Table: Numbers {#tbl-n}\n\n| a | b |\n| --- | --- |\n| 1 \\| 2 | 3 |",
        "```\nbody\n```",
    ):
        assert part in made.body
    for line in (
        "5: what a block says of itself is left out",
        "7: '{term}`loss`': its words stand without the role",
        "7: no role 'odd'",
        "44: a remark of the author's",
        "46: 'toctree' is left out",
        "50: the directive 'exec' has no counterpart here: it stands as code",
    ):
        assert line in made.told
    assert "hidden" not in made.body
    assert "    | other" in made.new.report
