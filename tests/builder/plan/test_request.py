import ast
import subprocess
import sys
from pathlib import Path

import pytest

from builder import settings
from builder.engine.setup import KEPT
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded
from figures.cards import Input, NetworkCard, Weights

DEFAULTS = {"model": "glyphs", "dataset": "glyphs:100", "seed": 3}


def asked(folder: Path, figure: str = "probe", **options: str) -> Asked:
    lines = {name: 11 + n for n, name in enumerate(options)}
    return Asked(figure, options, lines, Place(Path("articles/a.md"), 10), folder)


def bind(house, *args, **kwargs):
    return house.binder.bind(asked(house.settings.root, *args, **kwargs), DEFAULTS)


def messages(house, *args, **kwargs) -> list[str]:
    request, problems = bind(house, *args, **kwargs)
    assert request is None
    return [str(problem) for problem in problems]


def test_binds_types_defaults_and_expands_units(house) -> None:
    request, problems = bind(house, units="mixed3b:3,17, mixed4a:0..2", log="x", power="2")
    assert problems == []
    assert request.parameters == {
        "units": ["mixed3b:3", "mixed3b:17", "mixed4a:0", "mixed4a:1", "mixed4a:2"],
        "log": "x", "model": "glyphs", "power": 2, "seed": 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"unots": "mixed3b:1", "units": "mixed3b:1"}, "articles/a.md:11: probe: no parameter 'unots'; did you mean 'units'?"),
        ({"units": "mixed3x:1"}, "articles/a.md:11: probe: units: glyphs has no layer 'mixed3x'; did you mean 'mixed3"),
        ({"units": "mixed3b:9999"}, "articles/a.md:11: probe: units: no unit mixed3b:9999: mixed3b of glyphs has units 0 to"),
        ({"units": "three"}, "articles/a.md:11: probe: units: 'three' is not a unit; expected layer:index"),
        ({"units": "mixed3b:1", "power": "two"}, "articles/a.md:12: probe: power: 'two' is not a whole number"),
        ({"units": "mixed3b:1", "model": "glyph"}, "articles/a.md:12: probe: model: no network 'glyph'; did you mean 'glyphs'?"),
        ({}, "articles/a.md:10: probe: units: is required; expected units"),
    ],
)  # fmt: skip
def test_every_mistake_has_its_line_and_the_nearest_name(house, options, expected) -> None:
    assert messages(house, log="x", **{}) != []
    found = messages(house, **options, log="x")
    assert any(line.startswith(expected) for line in found), found


COMPARE = '''\
"""Which is which?"""

from figures.artifact import Artifact, Image, Table
from figures.parameters import Model, Models
from figures.registry import figure

DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


@figure("compare")
def compare(*, networks: Models = (), model: Model = "glyphs", seed: int = 0) -> Artifact:
    """Show names."""
    return Artifact("Names.", (DOT,), Table(("name",), ()))
'''


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"model": "glyphs-untrained"}, ["glyphs-untrained"]),
        ({"networks": "glyphs, glyphs-untrained, glyphs-shape@none"}, []),
        ({"networks": "glyphs-untrained, drawn"}, ["drawn"]),
        ({"networks": "glyphs@none", "model": "glyphs@none"}, ["glyphs@none"]),
    ],
)
def test_random_weights_are_pointed_out_unless_they_are_a_control_that_says_so(root: Path, options, expected) -> None:
    (root / "figures" / "gallery" / "compare.py").write_text(COMPARE)
    table = "[tool.microscribe.models.drawn]\nfactory = 'torchvision/googlenet'\nweights = 'none'\n"
    (root / "pyproject.toml").write_text(f"[tool.microscribe]\n{table}")
    house = plan.open_house(settings.load(root), Recorded())
    house.catalogue.networks.describe = lambda name: NetworkCard(
        name, name, Weights("none"), Input(224, 3, (0.0,), (1.0,)), {}, random=True
    )
    request, problems = bind(house, "compare", **options)
    assert problems == []
    assert list(request.random) == expected


def test_a_directive_that_takes_a_wrong_default_waits_for_its_author(house) -> None:
    """The default is reported where it stands; only what is wrong besides is said here."""
    asked_of = asked(house.settings.root, units="nonsense:1", log="x", powr="2")
    request, problems = house.binder.bind(asked_of, {**DEFAULTS, "model": None})
    assert request is None
    assert [problem.message for problem in problems] == ["probe: no parameter 'powr'; did you mean 'power'?"]
    request, problems = bind(house, units="mixed3b:1", log="x", model="glyphs")
    assert problems == []


def test_an_unknown_figure_names_the_nearest(house) -> None:
    assert messages(house, "prob") == ["articles/a.md:10: no figure 'prob'; did you mean 'probe'?"]
    assert messages(house, "theorm") == ["articles/a.md:10: no figure 'theorm'; did you mean 'theorem'?"]


def test_all_mistakes_of_a_directive_come_at_once(house) -> None:
    assert len(messages(house, units="mixed3b:1", log="x", power="a", seed="b", colour="c")) == 3


def key(root: Path, **options: str) -> str:
    house = plan.open_house(settings.load(root), Recorded())
    return bind(house, **{"units": "mixed3b:1", "log": "x", **options})[0].key


@pytest.mark.slow
def test_the_key_follows_parameters_and_sources_and_nothing_else(root: Path) -> None:
    script = root / "figures" / "gallery" / "zz_probe.py"
    before = key(root)
    assert key(root) == before
    assert key(root, units="  mixed3b:1 ") == before
    assert key(root, power="1") == before
    assert key(root, power="2") != before
    assert key(root, model="glyphs-shape") != before
    script.write_text(script.read_text().replace('"""Show one unit."""', '"""Show."""  # a comment'))
    assert key(root) == before
    script.write_text(script.read_text().replace("return Artifact(unit", "return Artifact(unit + '!'"))
    assert key(root) == before
    script.write_text(script.read_text().replace("FACTOR = 2.0", "FACTOR = 3.0"))
    assert key(root) != before


@pytest.mark.slow
def test_what_sets_a_control_beside_a_figure_counts_only_where_a_control_is_asked_for(house) -> None:
    def sources(**options: str) -> set[str]:
        request, problems = bind(house, "radial-tuning", units="mixed3b:1", **options)
        assert problems == []
        return set(request.parts["sources"])

    alone, beside = sources(), sources(control="true")
    assert {"figures.control:drawn", "figures.control:beside"} <= beside - alone
    assert not any(name.startswith("figures.control:") for name in alone)


@pytest.mark.slow
def test_binding_needs_no_numerics(root: Path) -> None:
    """Of the figure library only the readers of names are imported: they are of the standard library."""
    code = (
        "import sys; from pathlib import Path; from builder import settings; from builder.plan import plan; from builder.reporter import Recorded\n"
        f"house = plan.open_house(settings.load(Path({str(root)!r})), Recorded()); house.catalogue.model('glyphs')\n"
        "print([m for m in ('torch', 'numpy', 'altair', 'rich', 'vl_convert') if m in sys.modules])\n"
        "print(sorted(m for m in sys.modules if m.partition('.')[0] == 'figures'))"
    )
    heavy, ours = subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()
    assert heavy == "[]"
    names = "figures.methods.assembly", "figures.methods.networks"
    other = {one for one in ast.literal_eval(ours) if one not in KEPT and not one.startswith(names)}
    assert other == {"figures.methods"}


ASKS = """\
\"\"\"Who answers?\"\"\"

from figures.artifact import Artifact, Image, Table
from figures.parameters import Dataset, Tables
from figures.registry import figure

DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


@figure("asks")
def asks(*, pictures: Dataset | None = None, responses: Tables = (), seed: int = 0) -> Artifact:
    \"\"\"Show names.\"\"\"
    return Artifact("Names.", (DOT,), Table(("name",), ()))
"""


@pytest.fixture
def asking(root: Path):
    """Bind a directive of an article in a folder of its own; each time anew."""
    (root / "figures" / "gallery" / "asks.py").write_text(ASKS)
    folder = root / "articles" / "b"
    for name in (
        "conflicts/cat/cat1-dog1.png",
        "conflicts/dog/dog1-cat1.png",
        "answers/one/x.csv",
        "answers/two/y.csv",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)

    def bound(**options: str):
        house = plan.open_house(settings.load(root), Recorded())
        return house.binder.bind(asked(folder, "asks", **options), DEFAULTS)

    return folder, bound


def test_a_folder_of_pictures_beside_the_article_counts_with_all_that_is_in_it(asking) -> None:
    folder, bound = asking
    request, problems = bound(pictures="conflicts")
    assert problems == []
    assert request.parameters["pictures"] == "articles/b/conflicts"
    assert bound(pictures="conflicts")[0].key == request.key
    (folder / "conflicts" / "cat" / "cat1-dog1.png").write_text("changed")
    changed = bound(pictures="conflicts")[0].key
    assert changed != request.key
    (folder / "conflicts" / "dog" / "dog1-cat1.png").rename(folder / "conflicts" / "dog" / "dog2-cat1.png")
    assert bound(pictures="conflicts")[0].key not in (changed, request.key)


def test_a_folder_that_was_seen_before_need_not_be_there(asking) -> None:
    folder, bound = asking
    before = bound(pictures="conflicts")[0].key
    (folder / "conflicts").rename(folder.parent.parent / "away")
    assert bound(pictures="conflicts")[0].key == before


@pytest.mark.parametrize(("text", "what"), [
    ("conflict", "no data set 'conflict'"), ("answers", "data set 'articles/b/answers' has no image"),
])  # fmt: skip
def test_a_folder_of_something_else_is_told(asking, text: str, what: str) -> None:
    request, problems = asking[1](pictures=text)
    assert request is None
    assert what in problems[0].message
    assert text != "conflict" or "did you mean 'conflicts'" in problems[0].message


def test_tables_count_with_their_contents_and_with_who_shares_a_folder(asking) -> None:
    folder, bound = asking
    request, problems = bound(responses="answers")
    assert problems == []
    assert [file.name for file in request.files] == ["x.csv", "y.csv"]
    (folder / "answers" / "two" / "y.csv").rename(folder / "answers" / "one" / "y.csv")
    together = bound(responses="answers")[0].key
    assert together != request.key
    (folder / "answers" / "one" / "y.csv").write_text("other")
    assert bound(responses="answers")[0].key != together
    assert "did you mean 'answers'" in bound(responses="answer")[1][0].message
