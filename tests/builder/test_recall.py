"""A build that remembers gives the very bytes of a build from nothing, whatever was changed between."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from builder import settings, site
from builder.engine import setup as engines
from builder.reporter import Recorded
from tests.builder.conftest import PROBE

STEPS = int(os.environ.get("STEPS", "40"))
SLUGS = ("ants", "bees", "cats", "dogs", "eels")
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
ASIDE = (
    "site",
    ".microscribe/memory.json",
    ".microscribe/output.json",
    ".microscribe/files.json",
    ".microscribe/texts",
    ".microscribe/code",
)
"""What a build knows of the one before."""
SCRIPT = "figures/gallery/zz_probe.py"
VALUE = "{% macro missing(mention) %}<i>later</i>{% endmacro %}\n"


class Trial:
    """A site that somebody works on; each change is one that authors make."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.dice, self.count = root, random.Random(seed), 0
        self.parts = random.Random(seed)
        self.log = root / "log.txt"
        (root / "articles" / "pictures").mkdir()
        self.picture()
        for slug in SLUGS[:4]:
            self.write(slug)

    @property
    def there(self) -> list[str]:
        return sorted(path.stem for path in (self.root / "articles").glob("*.md"))

    def word(self) -> str:
        self.count += 1
        return f"{self.dice.choice(WORDS)}{self.count}"

    def write(self, slug: str) -> None:
        """Write an article: some are in a series, have figures, name units, point to others."""
        pick = self.dice.random
        lines = [f"title: {slug.title()} {self.word()}", f"date: 2026-0{self.dice.randint(1, 9)}-01"]
        lines += [f"tags: [{self.dice.choice(WORDS)}]"] if pick() < 0.5 else []
        lines += ["series: A series"] if pick() < 0.4 else []
        lines += ["draft: true"] if pick() < 0.1 else []
        lines += [f"aliases: [old/{slug}/]"] if pick() < 0.3 else []
        lines += ["hero: dot"] if (shows := pick() < 0.6) else ["hero: pictures/dot.png"] if pick() < 0.3 else []
        others = [other for other in self.there if other != slug]
        body = [f"## A part {{#part}}\n\nThe {self.word()}."]
        body += [f"See [](#part) and [{self.word()}]({self.dice.choice(others)}.md#part)."] if others else []
        body += [f"And [{self.word()}]({self.dice.choice(others)}.md)."] if others and pick() < 0.5 else []
        body += [f"More in [](../articles/{self.dice.choice(others)}.md)."] if others and pick() < 0.5 else []
        body += [f"A formula $x^{{{self.word()}}}$ and $$\\frac{{a}}{{b}}$$"] if pick() < 0.3 else []
        body += [f'![A dot](pictures/dot.png){{width="{self.dice.randint(10, 90)}%"}}'] if pick() < 0.5 else []
        units = " | ".join(f"mixed3b:{unit}" for unit in self.dice.sample(range(1, 5), self.dice.choice((1, 1, 2))))
        asked = f":::{{probe}}\n:name: dot\n:units: {units}\n:log: {self.log}\n\nA dot.\n:::"
        body += [asked, "The sum is {value}`dot.sum`."] if shows else []
        kinds = {"include": "md", "code": "py", "csv-table": "csv"}
        body += [f":::{{{kind}}} pictures/part.{end}\n:::" for kind, end in kinds.items() if self.parts.random() < 0.2]
        body += [f"The unit {{unit}}`mixed3b:{self.dice.randint(1, 3)}`."] if pick() < 0.4 else []
        text = "---\n" + "\n".join(lines) + "\n---\n\n" + "\n\n".join(body) + "\n"
        (self.root / "articles" / f"{slug}.md").write_text(text)

    def sentence(self) -> None:
        path = self.root / "articles" / f"{self.dice.choice(self.there)}.md"
        path.write_text(path.read_text() + f"\nAnd {self.word()}.\n")

    def again(self) -> None:
        self.write(self.dice.choice(SLUGS))

    def away(self) -> None:
        if len(self.there) > 2:
            (self.root / "articles" / f"{self.dice.choice(self.there)}.md").unlink()

    def renamed(self) -> None:
        free = [slug for slug in SLUGS if slug not in self.there]
        if free:
            folder = self.root / "articles"
            (folder / f"{self.dice.choice(self.there)}.md").rename(folder / f"{free[0]}.md")

    def picture(self) -> None:
        colour = tuple(self.dice.randrange(256) for _ in range(3))
        Image.new("RGB", (self.dice.randint(20, 60), 20), colour).save(self.root / "articles" / "pictures" / "dot.png")
        self.part()

    def part(self) -> None:
        """Write what articles take text from."""
        folder, word = self.root / "articles" / "pictures", self.parts.randrange(1000)
        (folder / "part.md").write_text(f"A part {word}.\n\n![A dot](dot.png)\n")
        (folder / "part.py").write_text(f"x = {word}\n")
        (folder / "part.csv").write_text(f"a,b\n1,{word}\n")

    def setting(self) -> None:
        path = self.root / "pyproject.toml"
        kept = [line for line in path.read_text().splitlines() if not line.startswith(("title", "url"))]
        address = ['url = "https://example.org/"'] if self.dice.random() < 0.5 else []
        path.write_text("\n".join([kept[0], f'title = "{self.word()}"', *address, *kept[1:]]) + "\n")

    def template(self) -> None:
        path = self.root / "templates" / "parts" / "value.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(VALUE.replace("later", self.word()))

    def script(self) -> None:
        text = PROBE.replace("FACTOR = 2.0", f"FACTOR = {self.dice.randint(2, 9)}.0")
        (self.root / SCRIPT).write_text(text)
        engines.forget_figures()

    def tampered(self) -> None:
        """Somebody else writes, or removes, a file of the site."""
        path = self.dice.choice(sorted(p for p in (self.root / "site").rglob("*") if p.is_file()))
        if self.dice.random() < 0.5:
            path.write_bytes(b"something else")
        else:
            path.unlink()

    def measured_away(self) -> None:
        """What was measured is lost."""
        shutil.rmtree(self.root / ".microscribe" / "records" / "figure", ignore_errors=True)

    def nothing(self) -> None:
        pass

    @property
    def changes(self) -> list[Callable[[], None]]:
        rare = [self.setting, self.template, self.script, self.tampered, self.measured_away, self.nothing]
        return [self.sentence, self.again, self.away, self.renamed, self.picture] * 2 + rare


def built(root: Path, *, drafts: bool = False) -> tuple[dict[str, bytes], site.Result]:
    result = site.build(settings.load(root), Recorded(), site.Options(device="cpu", drafts=drafts))
    files = (path for path in (root / "site").rglob("*") if path.is_file())
    return {str(path.relative_to(root)): path.read_bytes() for path in files}, result


def afresh(root: Path) -> tuple[dict[str, bytes], site.Result]:
    """Build from nothing but what was measured, beside what stands."""
    aside = root / "aside"
    there = [name for name in ASIDE if (root / name).exists()]
    for name in there:
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).rename(aside / name)
    try:
        return built(root)
    finally:
        for name in ASIDE:
            shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink(missing_ok=True)
        for name in there:
            (aside / name).rename(root / name)


@pytest.fixture
def forgotten() -> Iterator[None]:
    yield
    engines.forget_figures()


@pytest.mark.slow
@pytest.mark.usefixtures("forgotten")
def test_whatever_is_changed_the_bytes_are_those_of_a_build_from_nothing(root: Path, monkeypatch) -> None:
    trial = Trial(root, seed=int(os.environ.get("SEED", "1")))
    built(root)
    for step in range(STEPS):
        change = trial.dice.choice(trial.changes)
        change()
        monkeypatch.setattr(site, "MANY", trial.dice.choice([1, len(SLUGS) + 1]))
        files, result = built(root)
        monkeypatch.setattr(site, "MANY", len(SLUGS) + 1)
        others, anew = afresh(root)
        told = f"step {step}: {change.__name__}"
        assert [str(p) for p in result.problems] == [str(p) for p in anew.problems], told
        if not result.failed:
            assert sorted(files) == sorted(others), told
            assert [name for name in files if files[name] != others[name]] == [], told
        assert built(root)[1].changed == (), told
