"""A page with all that it shows in one file."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from builder.export.inlining import inlined

PAGE = """\
<!doctype html>
<html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<script src="../assets/theme.js" data-fonts="../assets/a.woff2"></script>
<link rel="stylesheet" href="../assets/style.css">
<link rel="alternate" type="text/markdown" href="index.md">
<script src="../assets/article.js" defer></script>
<script src="../assets/charts.js" data-runtime="../assets/vega.js" defer></script>
</head><body>
<p>A &amp; b &#39;c&#39; <a href="#x">here</a> <a href="../two/index.html#y">two</a> <a href="../assets/t.csv" download>CSV</a></p>
<div class="chart" data-spec="../assets/spec.js"><svg viewBox="0 0 1 1"><image href="../assets/p.webp"/></svg></div>
<img src="../assets/p.webp" alt="" loading="lazy"><img src="../assets/p.webp" alt="again">
</body></html>
"""
FILES = {
    "theme.js": "theme();", "style.css": "@font-face{src:url(a.woff2)}", "article.js": 'say("</script>");',
    "charts.js": "charts();", "p.webp": "a picture", "a.woff2": "a font", "t.csv": "a\n", "spec.js": "spec", "vega.js": "vega",
}  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Path:
    assets = {f"assets/{name}": text for name, text in FILES.items()}
    for name, text in {**assets, "one/index.html": PAGE}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path / "one" / "index.html"


def held(kind: str, text: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(text.encode()).decode()}"


def test_what_it_shows_is_inside_and_each_picture_once(page: Path):
    html = inlined(page, page.parents[1])
    assert f"src:url({held('font/woff2', 'a font')})" in html
    assert f'<image href="{held("image/webp", "a picture")}"/>' in html
    assert f'<img src="{held("image/webp", "a picture")}" alt="" data-picture="0">' in html
    assert '<img data-same="0" alt="again">' in html
    assert "assets/" not in html
    assert "charts();" not in html
    assert html.index("theme();") < html.index("<body>") < html.index("say(")
    assert "A &amp; b &#39;c&#39;" in html


def test_the_policy_lets_in_its_own_scripts_and_styles_and_nothing_else(page: Path):
    html = inlined(page, page.parents[1])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    texts = re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", html, re.DOTALL)
    assert len(texts) == 4
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts}
    assert hashes == set(re.findall(r"'sha256-[^']*'", policy))
    assert "'self'" not in policy


def test_a_style_of_ones_own_stands_behind_those_of_the_page(page: Path):
    html = inlined(page, page.parents[1], style="p{}")
    assert html.index("@font-face") < html.index("<style>p{}</style>") < html.index("</head>")
    assert base64.b64encode(hashlib.sha256(b"p{}").digest()).decode() in html


def test_links_lead_to_the_site_where_it_has_an_address(page: Path):
    html = inlined(page, page.parents[1], "https://example.org/")
    assert '<a href="#x">' in html
    assert '<a href="https://example.org/two/#y">two</a>' in html
    assert '<a href="https://example.org/assets/t.csv" download>' in html
    alone = inlined(page, page.parents[1])
    assert "<a>two</a>" in alone
    assert f'<a href="{held("text/csv", "a" + chr(10))}" download>' in alone


def test_of_figures_that_readers_choose_among_the_first_comes_along(page: Path) -> None:
    several = (
        '<div class="control control-choice" data-control="power"><span>Power</span></div>'
        '<div class="staged" data-shown="1"><div>one</div></div>'
        '<div class="staged" data-shown="2" hidden data-other><div>two<br><img src="../assets/p.webp"></div>&amp;</div>'
        '<p class="staged" data-shown="2" hidden data-other>Two.</p><p>after</p>'
    )
    page.write_text(PAGE.replace("</body>", f"{several}</body>"))
    html = inlined(page, page.parents[1])
    assert html.partition('alt="again">\n')[2].partition("<script>")[0] == (
        '<div class="staged" data-shown="1"><div>one</div></div><p>after</p>'
    )
