"""What the articles need is pushed and pulled, and no more."""

import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import needs, settings, site
from builder.commands.store import store as command
from builder.engine import setup as engines
from builder.plan import plan
from builder.reporter import Recorded
from builder.store import Store, opened, upkeep
from figures.cards import Input, LayerCard, NetworkCard, Weights

ARTICLE = """\
---
title: First
---

Text about {{unit}}`mixed3b:4`.

:::{{probe}}
:units: mixed3b:1,2
:log: {log}

Numbers.
:::
"""


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


@pytest.fixture
def build(root: Path):
    def run(folder: Path = root, **options):
        return site.build(settings.load(folder), Recorded(), site.Options(device="cpu", **options))

    (root / "articles" / "first.md").write_text(ARTICLE.format(log=root / "log.txt"))
    yield run
    engines.forget_figures()


def clone(root: Path, to: Path) -> Path:
    """Copy a site without its store, as a checkout elsewhere."""
    shutil.copytree(root, to, ignore=shutil.ignore_patterns(".microscribe", "site", "log.txt"))
    return to


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root / "site")): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


def call(root: Path, *arguments: str):
    return CliRunner().invoke(command, [arguments[0], "--site", str(root), *arguments[1:]])


@pytest.mark.slow
def test_a_pulled_store_builds_the_same_site_offline(root: Path, build, bucket: str, tmp_path_factory) -> None:
    build()
    here = opened(settings.load(root), print)
    here.put("figure", "dead" * 16, {}, objects(b"of no article"))
    pushed = call(root, "push", bucket)
    assert pushed.exit_code == 0, pushed.output
    assert "of no article" not in str(upkeep.listing(Store(bucket)))
    assert "dead" * 16 not in Store(bucket).keys("figure")
    there = clone(root, tmp_path_factory.mktemp("there") / "site")
    (there / "pyproject.toml").write_text(f"[tool.microscribe]\ntitle = 'Trial'\nremote = '{bucket}'\n")
    pulled = call(there, "pull")
    assert pulled.exit_code == 0, pulled.output
    moved = [re.search(r"pu(?:sh|ll)ed (\d+ records, [^;\n]+)", one.output)[1] for one in (pushed, pulled)]
    assert moved[0] == moved[1]
    os.rename(root / "log.txt", root / "log.old")
    result = build(there, offline=True)
    assert [str(problem) for problem in result.problems] == []
    assert tree(there) == tree(root)
    assert not (root / "log.txt").exists()
    again = call(there, "pull")
    assert "pulled 0 records, 0 bytes; " in again.output


@pytest.mark.slow
def test_a_pull_may_leave_the_measurements(root: Path, build, tmp_path_factory) -> None:
    build()
    shared = tmp_path_factory.mktemp("shared")
    assert call(root, "push", str(shared)).exit_code == 0
    assert Store(shared).keys("measurement") != []
    there = clone(root, tmp_path_factory.mktemp("there") / "site")
    assert call(there, "pull", str(shared), "--figures-only").exit_code == 0
    assert opened(settings.load(there), print).keys("measurement") == []
    assert not build(there, offline=True).failed


CARD = NetworkCard(
    name="torchvision/alexnet@none",
    digest="d" * 64,
    weights=Weights("none"),
    input=Input(224, 3, (0.0,) * 3, (1.0,) * 3),
    layers={"mixed3b": LayerCard("", channels=8, height=4, width=4, pre=True)},
    random=True,
)


@pytest.mark.slow
def test_cards_that_only_the_remote_has_are_fetched_before_the_plan(root: Path, build, tmp_path: Path) -> None:
    """A machine that cannot load a network plans with the card that another made of it."""
    article = root / "articles" / "first.md"
    article.write_text(article.read_text().replace("title: First", "title: First\nmodel: torchvision/alexnet@none"))
    site_of = settings.load(root)
    here, there = opened(site_of, print), Store(tmp_path / "remote")
    house = plan.open_house(site_of, Recorded(), offline=True)
    (made,) = needs.plans(house, drafts=False)
    assert made.broken
    ((kind, key),) = [one for one in house.catalogue.used if one[0] == "network"]
    there.put(kind, key, {"card": CARD.record, "network": "torchvision/alexnet@none"}, {})
    moved, problems = needs.pull(site_of, str(tmp_path / "remote"), Recorded(), drafts=False, measurements=True)
    assert here.keys("network") == [key]
    assert [str(problem) for problem in problems if not problem.warning] == []
    assert len([key for key in moved.missing if key[0] == "figure"]) == 2


@pytest.mark.slow
def test_push_says_what_is_not_measured_yet(root: Path, build, tmp_path: Path) -> None:
    done = call(root, "push", str(tmp_path / "remote"))
    assert done.exit_code == 0, done.output
    assert "3 figures not in the store yet: `microscribe measure` makes them" in done.output


@pytest.mark.slow
def test_a_pull_from_the_wrong_place_fails(root: Path, build, tmp_path: Path) -> None:
    shutil.rmtree(root / ".microscribe")
    done = call(root, "pull", str(tmp_path / "nothing"))
    assert done.exit_code == 2
    assert "nothing: there is no such folder" in done.output
    (tmp_path / "nothing").mkdir()
    done = call(root, "pull", str(tmp_path / "nothing"))
    assert done.exit_code == 1
    assert "3 figures not in the remote: `microscribe measure` and `store push` elsewhere bring them" in done.output
