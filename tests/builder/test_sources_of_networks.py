"""A source of networks is one file: lists, directives, keys and builds know it."""

import importlib
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder import settings, site
from builder.commands.models import models
from builder.engine import setup as engines
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded
from tests.sources_of_networks import added

ARTICLE = """\
---
title: A toy
model: toynet@none
---

A unit {unit}`1:3`.

:::{probe}
:name: one
:units: 1:4
:log: LOG

Two.
:::
"""


@pytest.fixture(autouse=True)
def sources(tmp_path_factory: pytest.TempPathFactory):
    engines.forget_figures()
    folder = tmp_path_factory.mktemp("sources")
    with added(folder, "toynet", "other"):
        yield folder
    engines.forget_figures()


def bound(root: Path, model: str):
    house = plan.open_house(settings.load(root), Recorded())
    asked = Asked(
        "probe", {"units": "1:3" if "@" in model else "mixed3b:1", "log": "x", "model": model}, {}, Place(root), root
    )
    return house.binder.bind(asked, {"seed": 0})


def test_it_is_in_the_list_and_can_be_shown(root: Path) -> None:
    listed = CliRunner().invoke(models, ["list", "toynet", "--site", str(root)]).output.splitlines()
    assert listed[:2] == ["Toys", "  toynet    32 px  not on disk"]
    shown = CliRunner().invoke(models, ["show", "toynet@none", "--site", str(root)]).output
    assert "  images   32 x 32 px, 3 channels\n" in shown
    assert "random: nobody trained them" in shown


def test_a_directive_names_it_and_a_wrong_name_is_told_the_nearest(root: Path) -> None:
    request, problems = bound(root, "toynet@none")
    assert (problems, request.parameters["model"]) == ([], "toynet@none")
    _, [problem] = bound(root, "toynett@none")
    assert "did you mean 'toynet'?" in problem.message


@pytest.mark.slow
def test_a_build_measures_it(root: Path) -> None:
    (root / "articles" / "a.md").write_text(ARTICLE.replace("LOG", str(root / "log.txt")))
    result = site.build(settings.load(root), Recorded(), site.Options(device="cpu"))
    assert [str(problem) for problem in result.problems] == []
    assert {path.name for path in (root / "site/units/toynet-at-none").glob("1-*.html")} == {"1-3.html"}


@pytest.mark.slow
def test_its_code_decides_the_keys_of_its_own_networks_only(root: Path, sources: Path) -> None:
    names = ("toynet@none", "other@none", "glyphs", "glyphs-untrained")
    before = {name: bound(root, name)[0].key for name in names}
    assert {name: bound(root, name)[0].key for name in names} == before
    file = sources / "toynet.py"
    file.write_text(file.read_text().replace("CHANNELS = 8", "CHANNELS = 9"))
    sys.modules.pop("figures.methods.networks.toynet")
    importlib.invalidate_caches()
    after = {name: bound(root, name)[0].key for name in names}
    assert {name for name in names if before[name] != after[name]} == {"toynet@none"}
