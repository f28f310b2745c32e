"""MkDocs with Material: Python-Markdown and Pygments; arithmatex only marks formulas for the browser."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.sites.corpus import Article
from tests.benchmarks.sites.environments import pip, pip_version, program
from tests.benchmarks.sites.flavours import Flavour, titled_head
from tests.benchmarks.sites.tool import IN_BROWSER, Tool

CONFIG = """\
site_name: Settings 0
theme:
  name: material
  custom_dir: overrides
  font: false
plugins:
  - tags
nav:
  - index.md
not_in_nav: "*"
markdown_extensions:
  - attr_list
  - footnotes
  - tables
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.arithmatex:
      generic: true
"""
ARTICLE = """\
{% extends "base.html" %}
{% block content %}
{{ super() }}
<footer>Template 0</footer>
{% endblock %}
"""


def _index(articles: list[Article]) -> Mapping[str, str]:
    lines = "".join(f"- [{one.title}]({one.slug}.md) {one.description}\n" for one in articles)
    return {"docs/index.md": f"# Articles\n\n{lines}"}


MKDOCS = Tool(
    name="mkdocs",
    flavour=Flavour(
        file="docs/{slug}.md", pictures="docs/pictures", link="{slug}.md", picture="pictures/{}", head=titled_head
    ),
    files={"mkdocs.yml": CONFIG, "overrides/main.html": ARTICLE},
    listing=_index,
    template="overrides/main.html",
    settings="mkdocs.yml",
    install=lambda environment: pip(environment, ("mkdocs-material>=9,<10",)),
    command=lambda environment: [program(environment, "mkdocs"), "build", "--quiet"],
    version=lambda environment: pip_version(environment, "mkdocs-material"),
    output="site",
    page="site/{slug}/index.html",
    caches=(".cache",),
    maths=IN_BROWSER,
    remark="Material, without its sidebar of all pages and its search",
)
