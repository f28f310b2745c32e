"""Pelican: Python-Markdown and Pygments; formulas are MathJax's, in the browser."""

from __future__ import annotations

from tests.benchmarks.sites.environments import pip, pip_version, program
from tests.benchmarks.sites.flavours import Flavour, plain_head
from tests.benchmarks.sites.tool import IN_BROWSER, Tool

CONFIG = """\
SITENAME = "Settings 0"
AUTHOR = "Somebody"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "simple"
THEME_TEMPLATES_OVERRIDES = ["templates"]
ARTICLE_PATHS = ["articles"]
STATIC_PATHS = ["pictures"]
ARTICLE_URL, ARTICLE_SAVE_AS = "{slug}/", "{slug}/index.html"
DIRECT_TEMPLATES = ["index"]
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
TIMEZONE = "UTC"
PLUGINS = ["pelican.plugins.render_math"]
MARKDOWN = {
    "extension_configs": {"markdown.extensions.codehilite": {}, "markdown.extensions.extra": {}},
    "output_format": "html5",
}
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CACHE_PATH = "cache"
"""
ARTICLE = """\
{% extends "!simple/article.html" %}
{% block content %}
{{ super() }}
<footer>Template 0</footer>
{% endblock %}
"""

PELICAN = Tool(
    name="pelican",
    flavour=Flavour(
        file="content/articles/{slug}.md",
        pictures="content/pictures",
        link="{{filename}}/articles/{slug}.md",
        picture="{{static}}/pictures/{}",
        head=plain_head,
    ),
    files={"pelicanconf.py": CONFIG, "templates/article.html": ARTICLE},
    template="templates/article.html",
    settings="pelicanconf.py",
    install=lambda environment: pip(environment, ("pelican[markdown]>=4.11,<5", "pelican-render-math>=1")),
    command=lambda environment: [program(environment, "pelican"), "-q", "-s", "pelicanconf.py"],
    version=lambda environment: pip_version(environment, "pelican"),
    output="output",
    page="output/{slug}/index.html",
    caches=("cache", "__pycache__"),
    maths=IN_BROWSER,
    remark="its content cache is on",
)
