"""What does Lighthouse say of the example articles, on a phone and on a desk?

    python -m tests.benchmarks lighthouse [SITE] --rounds 3 --presets mobile

SITE is a built site (by default `site`); it is served as publishing would, compressed and under the
policy. Every article that it lists in `llms.txt` is judged. Prints the four scores of each page and preset, performance as the median of the rounds.
Ends with status 1 where accessibility, best practices or SEO is below 100.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.browser.conftest import FLAGS
from tests.browser.host import serving
from tests.browser.node import LIGHTHOUSE, NoProgram, npx

PAGES = ("curve-detectors/index.html", "shape-and-texture/index.html")
"""What tests judge."""
PRESETS = ("mobile", "desktop")
SURE = ("accessibility", "best-practices", "seo")
"""What does not depend on how busy the machine is."""


@dataclass(frozen=True)
class Verdict:
    """Scores of one page, of 100, by category; `faults` names the audits that cost points."""

    scores: Mapping[str, float]
    faults: tuple[str, ...]


def judge(address: str, preset: str, categories: Sequence[str]) -> Verdict:
    """Run Lighthouse once. Raises NoProgram where it cannot run."""
    arguments = [address, "--quiet", "--output=json", f"--only-categories={','.join(categories)}"]
    arguments += ["--preset=desktop"] if preset == "desktop" else []
    done = npx(LIGHTHOUSE, *arguments, f"--chrome-flags=--headless=new {' '.join(FLAGS)}")
    try:
        return _verdict(json.loads(done.stdout))
    except ValueError as error:
        raise NoProgram(f"{LIGHTHOUSE} ended with status {done.returncode}: {done.stderr.strip()[-500:]}") from error


def _verdict(report: Mapping) -> Verdict:
    """Read a report; a page that did not load has no score, which is none of the points."""
    if "runtimeError" in report:
        raise NoProgram(f"{LIGHTHOUSE}: {report['runtimeError']['message']}")
    categories, audits = report["categories"], report["audits"]
    weighed = [audits[ref["id"]] for one in categories.values() for ref in one["auditRefs"] if ref["weight"]]
    faults = tuple(f"{a['id']}: {a['title']} {_where(a)}" for a in weighed if a["score"] is not None and a["score"] < 1)
    return Verdict({name: 100 * (one["score"] or 0) for name, one in categories.items()}, faults)


def _where(audit: Mapping) -> str:
    items = (audit.get("details") or {}).get("items") or []
    return "; ".join(item["node"]["snippet"] for item in items[:3] if isinstance(item, dict) and "node" in item)


def articles(site: Path) -> list[str]:
    """List the pages of the articles of a site, beside which their Markdown lies."""
    return sorted(f"{path.parent.name}/index.html" for path in site.glob("*/index.md"))


def report(site: Path, pages: Sequence[str], presets: Sequence[str], rounds: int) -> bool:
    """Print the table; say whether all that is sure is 100."""
    good = True
    print(f"{'page':32}{'preset':9}{'performance':>12}{'accessibility':>14}{'best practices':>15}{'SEO':>5}")
    with serving(site) as root:
        for page in pages:
            for preset in presets:
                verdicts = [judge(root + page, preset, ("performance", *SURE)) for _ in range(rounds)]
                fast = median(one.scores["performance"] for one in verdicts)
                sure = [min(one.scores[name] for one in verdicts) for name in SURE]
                good = good and min(sure) == 100
                print(f"{page:32}{preset:9}{fast:12.0f}{sure[0]:14.0f}{sure[1]:15.0f}{sure[2]:5.0f}", flush=True)
    return good


def main() -> None:
    """Judge a built site."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--presets", nargs="+", choices=PRESETS, default=PRESETS)
    options = parser.parse_args()
    pages = articles(options.site)
    if not pages:
        sys.exit(f"{options.site} has no article: `microscribe build` writes them")
    try:
        sys.exit(0 if report(options.site, pages, options.presets, options.rounds) else 1)
    except NoProgram as error:
        sys.exit(str(error))
