"""Sphinx with MyST: docutils and Pygments; formulas are rendered by KaTeX in a Node.js beside it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.benchmarks.sites.corpus import Article
from tests.benchmarks.sites.environments import pip, pip_version, program
from tests.benchmarks.sites.flavours import Flavour, titled_head
from tests.benchmarks.sites.tool import Tool

CONFIG = """\
project = "Settings 0"
extensions = ["myst_parser", "sphinxcontrib.katex"]
myst_enable_extensions = ["dollarmath"]
katex_prerender = True
html_sidebars = {"**": []}
html_use_index = False
html_copy_source = False
templates_path = ["_templates"]
"""
LAYOUT = """\
{% extends "!layout.html" %}
{% block footer %}
{{ super() }}
<footer>Template 0</footer>
{% endblock %}
"""


def _index(articles: list[Article]) -> Mapping[str, str]:
    lines = "".join(f"{one.slug}\n" for one in articles)
    return {"source/index.md": f"# Articles\n\n```{{toctree}}\n{lines}```\n"}


SPHINX = Tool(
    name="sphinx",
    flavour=Flavour(
        file="source/{slug}.md", pictures="source/pictures", link="{slug}.md", picture="pictures/{}", head=titled_head
    ),
    files={"source/conf.py": CONFIG, "source/_templates/layout.html": LAYOUT},
    listing=_index,
    template="source/_templates/layout.html",
    settings="source/conf.py",
    install=lambda environment: pip(environment, ("sphinx>=8", "myst-parser>=4", "sphinxcontrib-katex>=0.9.10")),
    command=lambda environment: [program(environment, "sphinx-build"), "-q", "-j", "2", "source", "_build"],
    version=lambda environment: pip_version(environment, "sphinx"),
    output="_build",
    page="_build/{slug}.html",
    caches=("source/__pycache__",),
    remark="MyST, KaTeX, two processes; its search index cannot be left out",
)
