"""kramdown."""

SAMPLE = """\
---
layout: blog
title: Dots
---

Dots
===

<figure markdown="1">
![a dot](a.png){:.center}{: style="width: 50%"}
<figcaption markdown="1">
A dot.[^x]
</figcaption>
</figure>
{:.zoom}

{::comment}
not yet

## Nor this
{:/comment}

Two --- dots, $$x^2$$ of them.
{: .lead}

## More {#there}
{: .wide}

1. one

    <figure markdown="1">
    ![b](b.png)
    </figure>

* TOC
{:toc}

[^x]:
    A note.
{::options parse_block_html="true" /}
"""


def test_attributes_remarks_and_formulas(convert) -> None:
    made = convert(SAMPLE, files=("a.png", "b.png"))
    assert made.new.dialect == "Jekyll"
    assert ":::{image} a.png\n:name: a\n:alt: a dot\n:class: zoom center\n:width: 50%\n\nA dot.[^x]\n:::" in made.body
    assert "{.lead}\nTwo --- dots, $x^2$ of them.\n" in made.body
    assert "\n    :::{image} b.png\n    :name: b\n    :alt: b\n    :::\n" in made.body
    assert made.body.startswith(":::")
    assert "{:" not in made.body
    assert "## Nor this" not in made.text
    assert "    | ## Nor this" in made.new.report
    assert "18: a remark of the author's" in made.told or "17: a remark of the author's" in made.told


def test_code_keeps_what_only_looks_like_it(convert) -> None:
    text = "---\ntitle: A\nlayout: b\n---\n\n`{:.x}` and\n\n```\n{::comment}\n$$a$$ b\n```"
    assert convert(text).body == text.split("---\n\n")[1]


def test_what_stands_behind_an_attribute_list_keeps_its_distance(convert) -> None:
    assert "*dots*{.lead} and" in convert("---\nlayout: x\ntitle: A\n---\nSome *dots*{:.lead} and more.").body
