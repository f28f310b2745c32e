"""Jekyll: kramdown and Rouge; formulas are MathJax's, in the browser."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.sites.flavours import Flavour
from tests.benchmarks.sites.tool import IN_BROWSER, Tool, Unavailable

CONFIG = """\
title: Settings 0
permalink: /:slug/
future: true
markdown: kramdown
collections:
  texts:
    output: true
    permalink: /:name/
defaults:
  - scope: { path: "", type: texts }
    values: { layout: article }
"""
BASE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ page.title }} · {{ site.title }}</title>
<meta name="description" content="{{ page.description }}">
<script src="https://cdn.example.org/mathjax.js" async></script>
</head>
<body>
<header><a href="/">{{ site.title }}</a></header>
{{ content }}
</body>
</html>
"""
ARTICLE = """\
---
layout: base
---
<article>
<h1>{{ page.title }}</h1>
<p>{{ page.date }} {% for tag in page.tags %}{{ tag }} {% endfor %}</p>
{{ content }}
</article>
<footer>Template 0</footer>
"""
INDEX = """\
---
layout: base
title: Articles
---
<ul>{% for one in site.texts %}
<li><a href="{{ one.url }}">{{ one.title }}</a> {{ one.description }}</li>{% endfor %}
</ul>
"""


def _install(_environment: Path) -> None:
    if shutil.which("jekyll") is None:
        raise Unavailable("there is no program jekyll; Debian has it: jekyll ruby-kramdown-parser-gfm")


def _version(_environment: Path) -> str:
    return subprocess.run(["jekyll", "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]


JEKYLL = Tool(
    name="jekyll",
    flavour=Flavour(
        file="_texts/{slug}.md",
        pictures="pictures",
        link="../{slug}/",
        picture="../pictures/{}",
        formula="$${}$$",
    ),
    files={"_config.yml": CONFIG, "_layouts/base.html": BASE, "_layouts/article.html": ARTICLE, "index.html": INDEX},
    template="_layouts/article.html",
    settings="_config.yml",
    install=_install,
    command=lambda _: ["jekyll", "build", "--quiet"],
    version=_version,
    output="_site",
    page="_site/{slug}/index.html",
    caches=(".jekyll-cache",),
    maths=IN_BROWSER,
    remark="no pages of tags",
)
