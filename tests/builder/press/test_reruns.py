"""What a reader takes along to make a figure again."""

import json
import re
from pathlib import Path

from builder import settings, single, site
from builder.reporter import Recorded

ONE = "---\ntitle: One\nauthors: [Ada Ütt]\ndate: 2026-11-21\n---\n\n:::{probe}\n:name: dot\n:units: mixed3b:1\n:log: log.txt\n\nA dot.\n:::\n"
FROM = "repository = 'https://github.com/ada/atlas'\n[tool.microscribe.publish]\ntarget = 'github-pages'\n"


def page(root: Path, extra: str, monkeypatch) -> str:
    monkeypatch.chdir(root)
    (root / "articles" / "one.md").write_text(ONE)
    (root / "pyproject.toml").write_text(f"[tool.microscribe]\nurl = 'https://example.org/'\n{extra}")
    assert site.build(settings.load(root), Recorded(), site.Options()).problems == ()
    return (root / "site" / "one" / "index.html").read_text()


def test_a_figure_of_the_sites_own_has_a_notebook_where_its_repository_is_known(root: Path, monkeypatch):
    command = "microscribe figure run probe -p units=mixed3b:1 -p log=log.txt --model=glyphs --seed=0 --out=probe"
    html = page(root, "", monkeypatch)
    assert command in html
    assert "ipynb" not in html
    html = page(root, FROM, monkeypatch)
    notebook = re.search(r'href="\.\./(assets/one-dot\.\w+\.ipynb)"', html)[1]
    assert f"https://colab.research.google.com/github/ada/atlas/blob/gh-pages/{notebook}" in html
    cells = json.loads((root / "site" / notebook).read_text())["cells"]
    text = "".join("".join(cell["source"]) for cell in cells)
    assert "git clone --quiet --depth 1 https://github.com/ada/atlas its-site" in text
    assert '{"unit": "mixed3b:1", "value": 2.0}' in text
    assert f"published_key = '{single.key('probe', {'units': 'mixed3b:1', 'log': 'log.txt'}, root)}'" in text


def test_a_figure_is_cited_by_its_number(root: Path, monkeypatch):
    html = page(root, "", monkeypatch)
    assert "@misc{utt2026one-dot,\n  title = {{Figure 1 of One}},\n  author = {Ada Ütt}," in html
    assert "url = {https://example.org/one/#fig-dot}," in html
