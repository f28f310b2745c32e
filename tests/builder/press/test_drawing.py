"""Pictures inside drawings: large ones become files, and each page finds them."""

from __future__ import annotations

import base64

from builder.press import drawing
from builder.press.views import Frame, SiteView

LARGE, SMALL = b"x" * 700, b"y" * 40


def uri(data: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(data).decode()}"


def test_large_pictures_are_published_and_small_ones_stay():
    written = {}

    def publish(extension: str, data: bytes) -> str:
        written[data] = extension
        return "assets/picture.webp"

    svg = f'<svg><image xlink:href="{uri(LARGE)}"/><image href="{uri(SMALL)}"/></svg>'
    lifted = drawing.lifted(svg, publish)
    assert written == {LARGE: "webp"}
    assert uri(LARGE) not in lifted
    assert uri(SMALL) in lifted
    frame = Frame(SiteView("Site"), "units/glyphs/a.html")
    assert '<image xlink:href="../../assets/picture.webp"/>' in drawing.placed(lifted, frame.to)


def test_other_addresses_stay():
    svg = '<svg><use href="#a"/><a href="https://example.org/">site:</a></svg>'
    assert drawing.placed(drawing.lifted(svg, lambda *_: "no"), "x/".__add__) == svg
