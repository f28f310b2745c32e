"""Tags of Jekyll's templates."""

SAMPLE = """\
---
layout: distill
title: A
---
Seen {% cite dot2020 line2021 %}, [there]({{ site.baseurl }}{% post_url 2020-01-02-other %}).

{% highlight python %}
x = 1
{% endhighlight %}

{% include figure.html path="a.png" caption="A dot." alt="One." %}

{% raw %}{{ x }}{% endraw %} {% odd thing %}

{% comment %}hidden{% endcomment %}
"""


def test_tags_have_counterparts_or_stand_as_code(convert) -> None:
    made = convert(SAMPLE, files=("a.png",))
    assert "Seen [@dot2020; @line2021], [there](../other/index.md)." in made.body
    assert "```python\nx = 1\n```" in made.body
    assert ":::{image} a.png\n:name: a\n:alt: One.\n\nA dot.\n:::" in made.body
    assert "`{% odd thing %}`" in made.body
    assert "`{{ x }}`" in made.body
    assert "hidden" not in made.text
    assert "| hidden" in made.new.report
    assert "line2021" in made.new.bibliography["works.bib"]
    assert "13: '{% odd thing %}' is a tag of Jekyll" in made.told
