"""Microscribe itself, from this repository."""

from __future__ import annotations

import sys
from pathlib import Path

from builder import __version__
from tests.benchmarks.sites.flavours import Flavour
from tests.benchmarks.sites.tool import Tool

ROOT = Path(__file__).parents[4]
SETTINGS = '[tool.microscribe]\ntitle = "Settings 0"\n'
TEMPLATE = """\
{% extends "microscribe/article.html" %}
{% block content %}
{{ super() }}
<footer>Template 0</footer>
{% endblock %}
"""


def run(*arguments: str) -> list[str]:
    """Return a command line."""
    return [sys.executable, "-m", "builder", *arguments]


MICROSCRIBE = Tool(
    name="microscribe",
    flavour=Flavour(
        file="articles/{slug}/index.md",
        pictures="articles/pictures",
        link="../{slug}/index.md",
        picture="../pictures/{}",
    ),
    files={"pyproject.toml": SETTINGS, "templates/article.html": TEMPLATE},
    template="templates/article.html",
    settings="pyproject.toml",
    install=lambda _: None,
    command=lambda _: run("build", "--site", "."),
    version=lambda _: __version__,
    output="site",
    page="site/{slug}/index.html",
    caches=(".microscribe",),
    variables=lambda _: {"PYTHONPATH": str(ROOT)},
)
