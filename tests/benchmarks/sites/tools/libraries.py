"""The libraries that Microscribe stands on, alone: how little a build could take that did nothing else."""

from __future__ import annotations

import sys

from builder import __version__
from tests.benchmarks.sites.flavours import Flavour
from tests.benchmarks.sites.tool import Tool
from tests.benchmarks.sites.tools.microscribe import ROOT

TEMPLATE = """\
<!doctype html>
<title>{{ front.title }} | {{ site }}</title>
<h1>{{ front.title }}</h1>
{{ body | safe }}
<footer>Template 0</footer>
"""

LIBRARIES = Tool(
    name="libraries",
    flavour=Flavour(
        file="articles/{slug}/index.md",
        pictures="site/pictures",
        link="../{slug}/index.html",
        picture="../pictures/{}",
    ),
    files={"site.toml": 'title = "Settings 0"\n', "article.html": TEMPLATE},
    template="article.html",
    settings="site.toml",
    install=lambda _: None,
    command=lambda _: [sys.executable, "-m", "tests.benchmarks.sites.alone"],
    version=lambda _: __version__,
    output="site",
    page="site/{slug}/index.html",
    variables=lambda _: {"PYTHONPATH": str(ROOT)},
    remark="no generator, but a loop over what Microscribe stands on: nothing is checked, numbered or remembered",
)
