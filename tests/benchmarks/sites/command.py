"""Measure builds of whole sites, beside other generators on the same articles.

    python -m tests.benchmarks sites --articles 10,100 --peers eleventy,hugo --json FILE

Every generator gets the same articles in its own dialect, with formulas and highlighting at build time where it
can. Builds are whole processes, timed in turns; tables show medians. Other generators are installed into
environments of their own, once.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.sites import corpus, environments, ours, processes, report, turns
from tests.benchmarks.sites.tool import Tool, Unavailable
from tests.benchmarks.sites.tools import MICROSCRIBE, PEERS, TOOLS
from tests.benchmarks.sites.turns import Result, Site

LARGE = 10_000
LARGE_STEPS = {name: turns.STEPS[name] for name in ("cold", "nothing changed", "one sentence")}


@dataclass
class Bench:
    """What is measured with what: environments by generator, and why others are missing."""

    environments: dict[str, Path] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    results: list[Result] = field(default_factory=list)

    def install(self, names: Iterable[str], folder: Path) -> None:
        """Get generators; one that cannot be had is missing, and the others are measured."""
        for name in names:
            print(f"getting {name}", file=sys.stderr)
            try:
                place = environments.environment(TOOLS[name], folder)
                self.versions[name] = TOOLS[name].version(place)
                self.environments[name] = place
            except (Unavailable, OSError, subprocess.CalledProcessError) as error:
                self.missing[name] = f"not measured: {error}"

    def measure(self, articles: int, runs: int, steps: Mapping[str, turns.Edit], extras: bool) -> None:
        """Make a site for each generator, and build all of them in turns."""
        with tempfile.TemporaryDirectory() as root:
            sites = [self.site(name, Path(root), articles) for name in self.environments]
            self.keep(turns.rounds(sites, articles, runs, steps, self.fail))
            mine = [site for site in sites if site.tool is MICROSCRIBE]
            for site in mine if extras else ():
                self.extras(site, articles, runs)

    def extras(self, site: Site, articles: int, runs: int) -> None:
        """Measure what only Microscribe is asked, where it can be built at all."""
        if site.tool.name in self.environments:
            try:
                self.keep(ours.extras(site, articles, runs))
            except (processes.Failed, OSError) as error:
                self.fail(site.tool, str(error))

    def site(self, name: str, root: Path, articles: int) -> Site:
        """Make the site of a generator."""
        site = Site(TOOLS[name], root / name, self.environments[name])
        site.tool.begin(site.folder, corpus.articles(articles), site.environment)
        return site

    def keep(self, results: Iterator[Result]) -> None:
        """Keep results as they come, and tell of each."""
        for one in results:
            self.results.append(one)
            print(f"{one.articles:6} {one.step:26}{one.tool:12}{one.seconds:8.2f} s", file=sys.stderr)

    def fail(self, tool: Tool, why: str) -> None:
        """Leave a generator out from now on."""
        self.missing[tool.name] = f"failed: {why}"
        self.environments.pop(tool.name)

    @property
    def tools(self) -> Mapping[str, Tool]:
        """All that were asked for."""
        return {name: tool for name, tool in TOOLS.items() if name in self.environments or name in self.missing}


def listed(one: Callable[[str], object]) -> Callable[[str], list]:
    """Return a reader of values between commas; `one` reads each of them."""

    def values(text: str) -> list:
        return [one(part.strip()) for part in text.split(",") if part.strip()]

    return values


def at_least(least: int) -> Callable[[str], int]:
    """Return a reader of whole numbers."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r}; expected a whole number from {least} on")
        return int(text)

    return number


def peer(text: str) -> str:
    """Read the name of a generator."""
    if text not in PEERS:
        raise argparse.ArgumentTypeError(f"no generator {text!r}; expected some of {', '.join(PEERS)}")
    return text


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=listed(at_least(turns.EDITED + 1)), default=[10, 100, 1000], metavar="N,…")
    parser.add_argument("--peers", type=listed(peer), default=list(PEERS), metavar="NAME,…", help=", ".join(PEERS))
    parser.add_argument("--runs", type=at_least(1), default=3)
    parser.add_argument("--large", action="store_true", help=f"also {LARGE:,} articles, once")
    parser.add_argument("--plain", action="store_true", help="leave out what only Microscribe is asked")
    parser.add_argument(
        "--environments", type=Path, default=environments.usual(), help="where generators are installed"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every result here")
    parser.add_argument("--markdown", action="store_true", help="print the tables in Markdown")
    return parser.parse_args()


def main() -> None:
    """Measure and report."""
    asked, bench = options(), Bench()
    bench.install((MICROSCRIBE.name, *asked.peers), asked.environments)
    try:
        for count in asked.articles:
            bench.measure(count, asked.runs, turns.STEPS, extras=not asked.plain)
        if asked.large:
            bench.measure(LARGE, 1, LARGE_STEPS, extras=False)
    except KeyboardInterrupt:
        print("stopped; this was measured", file=sys.stderr)
    tell(bench, asked)


def tell(bench: Bench, asked: argparse.Namespace) -> None:
    """Write the results and print the tables."""
    if asked.json:
        asked.json.write_text(report.as_json(bench.results, bench.versions, bench.missing) + "\n", "utf-8")
    draw = report.markdown if asked.markdown else report.plain
    for title, table in report.tables(report.rows(bench.results), bench.tools, bench.versions, bench.missing):
        print(f"\n{title}\n\n{draw(table)}")
