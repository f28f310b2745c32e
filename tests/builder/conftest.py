"""Sites of tests: one with a figure that tells what was measured, and places to keep a store in."""

import shutil
import uuid
from pathlib import Path

import pytest
from PIL import Image

from builder import settings, site
from builder.plan import plan
from builder.press import page
from builder.reporter import Recorded
from tests import once
from tests.builder.pages import TEMPLATES

PROBE = '''\
"""How often is a thing measured?"""

import numpy as np

from figures.artifact import Artifact, Image, Table
from figures.measurement import measurement
from figures.parameters import Model, Seed, Unit, Units
from figures.registry import figure

FACTOR = 2.0
DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


@measurement(each="units")
def probe(units, *, factor: float, log: str):
    with open(log, "a") as file:
        file.write(",".join(units) + "\\n")
    return {"value": np.array([int(unit.partition(":")[2]) * factor for unit in units])}


@figure("probe")
def probe_figure(*, units: Units, log: str, model: Model = "glyphs", power: int = 1, seed: Seed = 0) -> Artifact:
    """Show numbers.

    units: the units to number.
    power: how often to multiply,
        and more.
    """
    values = probe(units, factor=FACTOR, log=log)["value"] ** power
    if power > 5:
        raise ValueError(f"power {power} is too high; expected at most 5")
    rows = tuple((unit, value) for unit, value in zip(units, values, strict=True))
    return Artifact("Numbers.", (DOT,), Table(("unit", "value"), rows), {"sum": values.sum()})


@figure("unit-card")
def card(*, unit: Unit, model: Model = "glyphs") -> Artifact:
    """Show one unit."""
    return Artifact(unit, (DOT,), Table(("unit",), ((unit,),)))

@figure("tuning-curve")
def tuning(*, units: Units, model: Model = "glyphs") -> Artifact:
    """Show the tuning of units."""
    return Artifact(f"Tuning of {units[0]}", (DOT,), Table(("unit",), ((units[0],),)))
'''


def _make_cut(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.microscribe]\n")
    (folder / "articles").mkdir()
    (folder / "articles" / "formula.md").write_text("---\ntitle: A formula\n---\n\n$x$\n")
    site.build(settings.load(folder), Recorded(), site.Options())


@pytest.fixture(scope="session")
def cut(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the fonts and the chart runtime, which take seconds to make."""
    return once.folder(tmp_path_factory, "cut", _make_cut) / ".microscribe"


@pytest.fixture
def root(tmp_path: Path, cut: Path) -> Path:
    """A site with one script of its own and no articles."""
    shutil.copytree(cut, tmp_path / ".microscribe", ignore=shutil.ignore_patterns("output.json"))
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\n")
    (tmp_path / "figures" / "gallery").mkdir(parents=True)
    (tmp_path / "figures" / "gallery" / "zz_probe.py").write_text(PROBE)
    (tmp_path / "articles").mkdir()
    return tmp_path


@pytest.fixture
def house(root: Path):
    return plan.open_house(settings.load(root), Recorded())


@pytest.fixture(scope="module")
def env():
    """The tool's own templates."""
    return page.environment([TEMPLATES])


@pytest.fixture(scope="session")
def server():
    """Stands in for the machines of S3."""
    from moto.server import ThreadedMotoServer

    one = ThreadedMotoServer(port=0, verbose=False)
    one.start()
    yield "http://{}:{}".format(*one.get_host_and_port()).replace("0.0.0.0", "127.0.0.1")
    one.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty bucket."""
    import boto3

    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "someone",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    name = f"bucket-{uuid.uuid4().hex[:12]}"
    boto3.client("s3").create_bucket(Bucket=name)
    return f"s3://{name}/some/folder"


@pytest.fixture
def address() -> str:
    return f"memory://{uuid.uuid4().hex}/store"


@pytest.fixture(params=["address", "bucket"])
def place(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param)


@pytest.fixture
def built(root: Path):
    """Return a function that builds a site of the given articles: its result, and its pages by slug."""

    def build(files: dict[str, str], extra: str = "", **options):
        (root / "pyproject.toml").write_text(f"[tool.microscribe]\ntitle = 'Trial'\n{extra}")
        for name, text in files.items():
            path = root / "articles" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for name, size in (("a.png", (1200, 600)), ("b.png", (1200, 600)), ("square.png", (600, 600))):
            Image.new("RGB", size, (9, 9, ord(name[0]))).save(root / "articles" / "one" / name)
        result = site.build(settings.load(root), Recorded(), site.Options(**options))
        pages = {path.parent.name: path.read_text("utf-8") for path in (root / "site").glob("*/index.html")}
        return [str(problem) for problem in result.problems], pages

    return build
