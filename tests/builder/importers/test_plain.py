"""Plain Markdown."""


def test_a_first_heading_is_the_title(convert) -> None:
    made = convert("# Dots *here*\n\n[TOC]\n\n> [!NOTE]\n> Mind\n> this.\n\n## More\n")
    assert made.text.startswith("---\ntitle: Dots *here*\n")
    assert made.body == ":::{note}\n\nMind\nthis.\n:::\n\n## More"
    assert "3: '[TOC]' is left out" in made.told


def test_a_title_that_is_said_twice_is_said_once(convert) -> None:
    assert convert("---\ntitle: Dots?\n---\n\nDots\n====\n\na").body == "a"


def test_headings_begin_below_the_title(convert) -> None:
    assert convert("---\ntitle: A\n---\n\n# One\n\n## Two\n\nThree\n===\n").body == "## One\n\n### Two\n\n## Three"
