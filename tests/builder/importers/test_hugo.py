"""Shortcodes of Hugo."""

import pytest

HEAD = "---\ntitle: A\n---\n"


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ('{{< figure src="/a.png" title="A dot" >}}', ":::{image} a.png\n:name: a\n:alt: A dot\n\nA dot\n:::"),
        ("{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```"),
        ("{{< mermaid >}}\na --> b\n{{< /mermaid >}}", "```mermaid\na --> b\n```"),
        ("{{% math %}}$x$ {{% /math %}}", "$x$"),
        ('{{< admonition warning "Hot" >}}\nMind.\n{{< /admonition >}}', ":::{warning} Hot\n\nMind.\n:::"),
        ("{{< youtube abc >}}", "[https://www.youtube.com/watch?v=abc](https://www.youtube.com/watch?v=abc)"),
        ('[x]({{< ref "posts/other.md" >}})', "[x](../other/index.md)"),
        ('[x]({{< ref "gone.md" >}})', "x"),
        ("{{< odd >}}", "`{{< odd >}}`"),
        ("`{{< figure >}}`", "`{{< figure >}}`"),
    ],
)
def test_a_shortcode(convert, code: str, body: str) -> None:
    made = convert(HEAD + code, files=("static/a.png",))
    assert made.body == body
