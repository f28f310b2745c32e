"""Eleventy: markdown-it, KaTeX and Prism, all at build time."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.sites.environments import npm
from tests.benchmarks.sites.flavours import Flavour
from tests.benchmarks.sites.tool import Tool

PACKAGES = (
    "@11ty/eleventy@^3",
    "@11ty/eleventy-plugin-syntaxhighlight@^5",
    "@vscode/markdown-it-katex@^1",
    "markdown-it-anchor@^9",
    "markdown-it-footnote@^4",
)
CONFIG = """\
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import katex from "@vscode/markdown-it-katex";
import anchor from "markdown-it-anchor";
import footnote from "markdown-it-footnote";

export default (config) => {
  config.addPlugin(highlight);
  config.amendLibrary("md", (md) => md.use(footnote).use(anchor).use(katex.default ?? katex));
  config.addPassthroughCopy("content/pictures");
  config.addPassthroughCopy({ "node_modules/katex/dist/katex.min.css": "katex/katex.min.css" });
  config.addPassthroughCopy({ "node_modules/katex/dist/fonts": "katex/fonts" });
  return { dir: { input: "content", output: "_site" }, markdownTemplateEngine: false };
};
"""
DATA = """\
export default {
  layout: "article.njk",
  tags: ["article"],
  permalink: (data) => `/${data.page.fileSlug}/index.html`,
};
"""
BASE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ title }} · {{ site.title }}</title>
<meta name="description" content="{{ description }}">
<link rel="stylesheet" href="/katex/katex.min.css">
</head>
<body>
<header><a href="/">{{ site.title }}</a></header>
{{ content | safe }}
</body>
</html>
"""
ARTICLE = """\
---
layout: base.njk
---
<article>
<h1>{{ title }}</h1>
<p>{{ page.date.toISOString() }} {% for tag in tags %}<a href="/tags/{{ tag | slugify }}/">{{ tag }}</a> {% endfor %}</p>
{{ content | safe }}
</article>
<footer>Template 0</footer>
"""
INDEX = """\
---
layout: base.njk
title: Articles
---
<ul>{% for one in collections.article %}
<li><a href="{{ one.url }}">{{ one.data.title }}</a> {{ one.data.description }}</li>{% endfor %}
</ul>
"""
TAG = """\
---
layout: base.njk
pagination: { data: collections, size: 1, alias: tag, filter: [all, article] }
permalink: /tags/{{ tag | slugify }}/index.html
---
<h1>{{ tag }}</h1>
<ul>{% for one in collections[tag] %}
<li><a href="{{ one.url }}">{{ one.data.title }}</a> {{ one.data.description }}</li>{% endfor %}
</ul>
"""


def _version(environment: Path) -> str:
    package = environment / "node_modules" / "@11ty" / "eleventy" / "package.json"
    return json.loads(package.read_text("utf-8"))["version"]


ELEVENTY = Tool(
    name="eleventy",
    flavour=Flavour(
        file="content/articles/{slug}.md",
        pictures="content/pictures",
        link="../{slug}/",
        picture="../pictures/{}",
    ),
    files={
        "eleventy.config.mjs": CONFIG,
        "content/articles/articles.11tydata.mjs": DATA,
        "content/_data/site.json": '{ "title": "Settings 0" }\n',
        "content/_includes/base.njk": BASE,
        "content/_includes/article.njk": ARTICLE,
        "content/index.njk": INDEX,
        "content/tags.njk": TAG,
    },
    template="content/_includes/article.njk",
    settings="content/_data/site.json",
    install=lambda environment: npm(environment, PACKAGES),
    command=lambda environment: [str(environment / "node_modules" / ".bin" / "eleventy"), "--quiet"],
    version=_version,
    output="_site",
    page="_site/{slug}/index.html",
    caches=(".cache",),
    linked=("node_modules",),
    remark="KaTeX, Prism",
)
