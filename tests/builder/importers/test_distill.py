"""Distill's own elements."""

SAMPLE = """\
<d-front-matter><script type="text/json">{
 "title": "Dots", "authors": [{"author": "B", "authorURL": "https://b.org"}], "katex": {}
}</script></d-front-matter>
<d-title><h1>Dots</h1></d-title>
<d-article>
  <p>Dots <d-cite key="dot2020,line2021"></d-cite> are
  round<d-footnote>Nearly; see <d-cite bibtex-key="dot2020"/>.</d-footnote>: <d-math>x^2</d-math>.</p>
  <d-math block>x = 1</d-math>
  <d-code block language="js">
    let a = 1;
  </d-code>
</d-article>
<d-appendix><d-footnote-list></d-footnote-list></d-appendix>
<script type="text/bibliography">
@misc{dot2020,
  title = {A dot},
}
</script>
"""


def test_elements_of_distill(convert) -> None:
    made = convert(SAMPLE, "old.html")
    assert made.new.dialect == "Distill"
    assert made.text.startswith(
        "---\ntitle: Dots\nauthors:\n- name: B\n  url: https://b.org\nbibliography: works.bib\n"
    )
    assert made.body.startswith(
        "Dots [@dot2020; @line2021] are\nround^[Nearly; see [@dot2020].]: $x^2$.\n\n$$\nx = 1\n$$\n\n```js\n"
    )
    assert made.body.endswith("let a = 1;\n```")
    works = made.new.bibliography["works.bib"]
    assert works.startswith("@misc{dot2020,\n  title = {A dot},\n}")
    assert "@misc{line2021," in works
    assert "lacks 1 of the works cited" in made.told
