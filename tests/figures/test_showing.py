"""An artifact as a notebook shows it."""

import base64
import dataclasses

from figures.artifact import Artifact, Control, Image, Table

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
LEFT = Image(SVG, "image/svg+xml", 8, 8, "A dot.", name="left", shown={"side": "left"})
RIGHT = dataclasses.replace(LEFT, name="right", shown={"side": "right"})


def test_a_notebook_shows_what_a_page_shows_at_first():
    table, control = Table(("a",), ((1,),)), Control("side", "toggle", ("left", "right"), start="right")
    html = Artifact("A <dot>.", (LEFT, RIGHT), table, notes=("A & b.",), controls=(control,))._repr_html_()
    assert html.count("<img") == 1
    assert f"data:image/svg+xml;base64,{base64.b64encode(SVG).decode()}" in html
    assert 'alt="A &lt;dot&gt;."' in html
    assert html.endswith("<p>A &amp; b.</p>")
