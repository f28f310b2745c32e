"""What has no counterpart here."""


def test_it_stands_as_code_and_is_told(convert) -> None:
    made = convert("---\ntitle: A\n---\n\n{{< odd >}} and {% x %}\n\n<d-figure>dots</d-figure>\n\n\n\nend\n")
    assert made.body == "`{{< odd >}}` and `{% x %}`\n\ndots\n\nend"
    assert "5: '{{< odd >}}' is a shortcode of Hugo: it stands as code" in made.told
    assert "7: <d-figure> means nothing here" in made.told
