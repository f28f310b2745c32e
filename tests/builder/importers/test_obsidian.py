"""Obsidian."""

SAMPLE = """\
---
tags: [vision]
---
#cats/grey #vision

An [[Other]], [[Other|by name]], [[Other#A heading]] and [[Nowhere]]; a [[#Below]], `[[code]]`.

![[edge map.png|300]]

==marked== and %%a hidden
remark%% and a block ^block1

![[talk.pdf#page=3]] and ![[Other]]

> [!quote]- Folded
> Text.

> [!question]
> Why?

## Below
"""


def test_links_pictures_marks_and_boxes(convert) -> None:
    made = convert(SAMPLE, "old.md", files=(".obsidian/app.json", "deep/er/edge map.png", "talk.pdf"))
    assert made.new.dialect == "Obsidian"
    assert "tags:\n- vision\n- cats/grey\n" in made.text.partition("imported:")[0]
    for part in (
        "An [Other](../other/index.md), [by name](../other/index.md), [Other, A heading](../other/index.md#a-heading)"
        " and Nowhere; a [Below](#below), `[[code]]`.",
        ":::{image} edge-map.png\n:name: edge-map\n:alt: Not described yet: edge map.png\n:width: 300\n:::",
        "<mark>marked</mark> and  and a block\n",
        "[talk.pdf, page=3](talk.pdf) and [Other](../other/index.md)",
        ":::{note} Folded\n:class: dropdown\n\nText.\n:::",
        ":::{hint}\n\nWhy?\n:::",
    ):
        assert part in made.body
    assert "6: link 'nowhere.md': no such article here: its words stand without it" in made.told
    assert "    | a hidden\n    | remark" in made.new.report
    assert "11: '^block1' is left out" in made.told
    assert "13: '![[Other]]': what it would show stays where it is" in made.told
