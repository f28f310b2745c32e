"""Figures, and boxes for those that are missing."""

from builder.importers.boxes import unnumbered


def test_a_typed_number_becomes_a_label_and_a_mention_a_reference(convert) -> None:
    made = convert(
        "See Figure 3 and fig. 4.\n\nSee Figure 3 of [that](https://x.org), Figure 9.\n\n"
        "<figure><img src='a_b.png' alt='A.'><figcaption>Figure 3: Dots.</figcaption></figure>\n\n"
        "<figure><img src='none.png'><figcaption><b>Fig. 4.</b> Lost.</figcaption></figure>\n",
        files=("a_b.png",),
    )
    assert made.body.startswith("See @fig-a-b and [Figure 4](#none).")
    assert "See Figure 3 of [that](https://x.org), Figure 9." in made.body
    assert ":::{image} a_b.png\n:name: a-b\n:alt: A.\n\nDots.\n:::" in made.body
    assert ":::{attention} Picture missing: `none.png`" in made.body
    assert "Lost." in made.body
    assert list(made.new.copies) == ["a_b.png"]
    assert "picture 'none.png' is not beside the source" in made.told


def test_a_number_may_be_bold_or_none() -> None:
    assert unnumbered("**Figure 3:** Dots.") == ("Dots.", "3")
    assert unnumbered("**Figure 3: Dots.** More") == ("**Dots.** More", "3")
    assert unnumbered("Figures are fun. 3") == ("Figures are fun. 3", "")


def test_a_caption_stands_for_words_that_lack(convert) -> None:
    made = convert("<figure><img src='a.png'><figcaption>Two *dots*.</figcaption></figure>", files=("a.png",))
    assert ":alt: Two dots." in made.body
    assert "1: picture 'a.png' has no alternative text" in made.told
