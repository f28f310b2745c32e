"""Build a site with nothing but libraries: what no generator that stands on them can fall short of.

    python -m tests.benchmarks.sites.alone

reads `articles/*/index.md` of the folder in which it runs and writes `site/`, with all processors. markdown-it-py
parses and renders, Pygments colours code, math-core sets formulas, Jinja fills a template. Nothing is checked,
numbered, cited, copied or remembered.
"""

from __future__ import annotations

import gc
import os
import re
import tomllib
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
import yaml
from markdown_it import MarkdownIt
from math_core import LatexToMathML
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

HEAD = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)


@cache
def parser() -> MarkdownIt:
    """Make a parser of CommonMark with tables, footnotes, formulas and curled quotes."""
    md = MarkdownIt("commonmark", {"typographer": True, "highlight": coloured})
    md.enable(["table", "smartquotes"])
    converter = LatexToMathML()

    def formula(tex: str, options: dict[str, Any]) -> str:
        return converter.convert_with_local_state(tex, displaystyle=bool(options["display_mode"]))

    return md.use(footnote_plugin).use(dollarmath_plugin, renderer=formula)


def coloured(code: str, language: str, _attributes: str) -> str:
    """Colour code."""
    return highlight(code, _lexer(language), _formatter())


@cache
def _lexer(language: str) -> Any:
    return get_lexer_by_name(language or "text")


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(nowrap=True)


@cache
def _template(text: str) -> jinja2.Template:
    return jinja2.Environment(autoescape=True).from_string(text)


def page(path: Path, template: str, site: str) -> None:
    """Write the page of an article."""
    text = path.read_text("utf-8")
    head = HEAD.match(text)
    front = yaml.load(head[1], yaml.CSafeLoader) if head else {}
    body = parser().render(text[head.end() :] if head else text)
    out = Path("site", path.parent.name, "index.html")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(_template(template).render(front=front, body=body, site=site), "utf-8")


def pages(paths: list[Path], template: str, site: str) -> None:
    """Write a share of the pages; texts leave next to no circles behind, so that nobody need look for them."""
    gc.disable()
    for path in paths:
        page(path, template, site)


def main() -> None:
    """Write all pages, each process a share of them."""
    site = tomllib.loads(Path("site.toml").read_text("utf-8"))["title"]
    template, paths = Path("article.html").read_text("utf-8"), sorted(Path("articles").glob("*/index.md"))
    count = os.cpu_count() or 1
    with ProcessPoolExecutor(count) as pool:
        list(pool.map(partial(pages, template=template, site=site), [paths[start::count] for start in range(count)]))


if __name__ == "__main__":
    main()
