"""Signatures read from source text, and from the functions that it makes: they are the same."""

import ast
import importlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from figures import gallery, hints, scripts
from figures.charts import drawings
from figures.parameters import EXPLAINED
from figures.signature import Signature

OURS = Path(gallery.__file__).parent
HEAD = '''\
"""Why?"""

from pathlib import Path
from typing import Annotated, Literal

import figures.ranges
from figures.parameters import Seed, Side, Units
from figures.ranges import AtLeast, Between, Length
from figures.registry import figure

Few = Annotated[int, Between(1, 3)]


'''
SCRIPT = f'''{HEAD}@figure("sample", control=True)
def sample(
    *,
    units: Units,
    some: "Annotated[Units, Length(2)] | None" = None,
    model: "figures.parameters.Model" = "glyphs",
    few: Few = 2,
    shares: Annotated[tuple[float, ...], figures.ranges.AtLeast(0), Length(1, 4)] = (0.5, 1),
    kind: Literal["a", "b"] | None = None,
    tile: Side = 84,
    file: Path | None = None,
    seed: Seed = 0,
):
    """Show it.

    few: a small number,
        of something
    """
'''


def of_text(text: str, folder: Path, name: str = "sample") -> tuple[dict[str, Signature], list[str]]:
    (folder / f"{name}.py").write_text(text)
    signatures, troubles = scripts.read([folder], "scripted")
    return signatures, [f"{trouble.line}: {trouble.message}" for trouble in troubles]


def of_function(text: str, figure: str) -> Signature:
    """Run a script; return the signature of its figure."""
    space: dict[str, object] = {"__name__": __name__}
    exec(compile(text, "script", "exec"), space)  # noqa: S102
    return hints.of(space[figure], figure)


def where_it_is(signature: Signature) -> Signature:
    """Leave out what only one of the two can know."""
    return replace(signature, line=0, module="", question="")


def test_source_and_function_have_one_signature(tmp_path: Path) -> None:
    for future in ("", "from __future__ import annotations\n"):
        text = SCRIPT.replace("from pathlib", f"{future}from pathlib", 1)
        signatures, troubles = of_text(text, tmp_path)
        assert troubles == []
        signature = signatures["sample"]
        assert where_it_is(of_function(text, "sample")) == where_it_is(signature)
        parameters = signature.parameters
        assert (signature.summary, signature.question, signature.control) == ("Show it.", "Why?", True)
        assert ast.parse(text).body[-1].lineno == signature.line
        assert list(parameters)[-1] == "control"
        assert parameters["few"].about == "a small number, of something"
        assert parameters["tile"].about == EXPLAINED["tile"][1]
        assert [p.name for p in parameters.values() if p.required] == ["units"]
        assert [p.name for p in parameters.values() if p.optional] == ["some", "kind", "file"]
        assert parameters["few"].describe() == "whole number, 1 to 3"
        assert parameters["shares"].describe() == "numbers, each at least 0, 1 to 4 of them"
        assert parameters["some"].kind == parameters["units"].kind == "Units"
        assert parameters["kind"].choices == ("a", "b")


@pytest.mark.parametrize("path", sorted(OURS.glob("*.py")), ids=lambda path: path.stem)
def test_source_and_function_agree_on_every_figure_of_ours(path: Path) -> None:
    module = importlib.import_module(f"figures.gallery.{path.stem}")
    for signature in (s for s in scripts.read([OURS])[0].values() if s.module == module.__name__):
        live = hints.of(getattr(module, signature.function), signature.figure)
        assert replace(live, line=signature.line) == signature


def ours() -> list[tuple[str, object]]:
    signatures, troubles = scripts.read([OURS])
    assert troubles == []
    return [(name, parameter) for name, s in signatures.items() for parameter in s.parameters.values()]


def test_every_number_of_our_figures_has_a_range_and_every_parameter_is_explained() -> None:
    numeric = ("int", "float", "tuple[int, ...]", "tuple[float, ...]")
    assert [(figure, p.name) for figure, p in ours() if p.kind in numeric and p.range is None] == []
    assert [(figure, p.name) for figure, p in ours() if not p.about] == []


def test_no_docstring_repeats_what_is_said_once() -> None:
    said = {f"{name}: {words}" for name, (_, words) in EXPLAINED.items()}
    lines = {line.strip().rstrip(".") for path in OURS.glob("*.py") for line in path.read_text("utf-8").splitlines()}
    assert said & lines == set()


def test_there_are_as_many_factors_as_colours() -> None:
    [factors] = [p for figure, p in ours() if figure == "factor-tracing" and p.name == "factors"]
    assert factors.range.high == len(drawings.COLOURS)


@pytest.mark.parametrize(("old", "new", "words"), [
    ("few: Few = 2", "width: int = 2", "sample: parameter 'width' is an option of every directive; expected another name"),
    ("few: Few = 2", "device: str = ''", "sample: parameter 'device' is an option of every directive; expected another name"),
    ("few: Few = 2", "few: Few = 4", "sample: the default of 'few' is 4; expected 1 to 3"),
    ("few: Few = 2", "few: Few = 1.5", "sample: the default of 'few' is 1.5; expected whole number, 1 to 3"),
    ("few: Few = 2", "few: Few = True", "sample: the default of 'few' is True; expected whole number, 1 to 3"),
    ("few: Few = 2", "few: bool = 0", "sample: the default of 'few' is 0; expected true or false"),
    ("few: Few = 2", "few: tuple[int, ...] = 1", "sample: the default of 'few' is 1; expected whole numbers"),
    ("few: Few = 2", "few: Literal['a', 'b'] = 'c'", "sample: the default of 'few' is 'c' is not one of a, b"),
    ("few: Few = 2", "few: dict = 2", "sample: parameter 'few' has type dict; expected one of str, int"),
    ("few: Few = 2", "few: Annotated[int, abs(3)] = 2", "sample: parameter 'few' has type Annotated[int, abs(3)]; expected"),
    ("few: Few = 2", "few: int | str = 2", "sample: parameter 'few' has type int | str; expected one of str, int"),
    ("few: Few = 2", "few: tuple[int, int] = (1, 2)", "sample: parameter 'few' has type tuple[int, int]; expected"),
    ("few: Few = 2", "few=2", "sample: parameter 'few' needs a type"),
    ("few: Few = 2", "few: Few = max(1, 2)", "sample: the default of 'few' must be a plain value"),
    ("few: Few = 2", "control: bool = False", "sample: control=True needs a parameter 'model' and adds one called 'control'"),
    ("    model:", "    network:", "sample: control=True needs a parameter 'model' and adds one called 'control'"),
    ("    *,", "    ", "sample: the parameters of a figure must be keyword-only"),
    ("control=True", "control=Few", "@figure needs control as True or False"),
    ('"sample", ', "Few, ", "@figure needs its name as a plain string"),
])  # fmt: skip
def test_what_cannot_be_read_has_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = SCRIPT.replace(old, new, 1)
    assert text != SCRIPT
    signatures, [trouble] = of_text(text, tmp_path)
    assert signatures == {}
    line, _, message = trouble.partition(": ")
    assert message.startswith(words)
    first = (
        text.splitlines().index('@figure("sample", control=True)') if '@figure("sample", control=True)' in text else 0
    )
    assert int(line) >= first
    assert text.splitlines()[int(line) - 1].strip().startswith((new.strip() or "def", "@figure", "def", "few"))


def test_all_mistakes_of_a_script_are_told_and_its_other_figures_stay(tmp_path: Path) -> None:
    wrong = SCRIPT.replace("few: Few = 2", "width: int = 2").replace("tile: Side = 84", "tile: Side = 1")
    other = '\n\n@figure("other")\ndef other(*, seed: Seed = 0):\n    """Show another."""\n'
    signatures, troubles = of_text(wrong + other, tmp_path)
    assert list(signatures) == ["other"]
    assert len(troubles) == 2


def test_a_later_folder_replaces_figures_and_scripts(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder in (first, second):
        folder.mkdir()
    one = '"""Why?"""\n\n\n@figure("{}")\ndef shown(*, seed: int = 0):\n    """Show {}."""\n'
    (first / "a.py").write_text(one.format("one", "one") + one.format("two", "two"))
    (second / "a.py").write_text(one.format("two", "another"))
    signatures, _ = scripts.read([first, second])
    assert {name: signature.summary for name, signature in signatures.items()} == {"two": "Show another."}


def test_families_are_found_by_their_decorator(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        '@family("crosses", second="arm")\ndef drawn(): ...\n\n\n@family(NAME)\ndef b(): ...\n'
    )
    (tmp_path / "b.py").write_text('@family("rings", second="arm")\ndef rings(): ...\n\n\ndef plain(): ...\n')
    (tmp_path / "c.py").write_text("def broken(:\n")
    found = scripts.families({path.stem: path for path in sorted(tmp_path.glob("*.py"))})
    assert found == {"crosses": ("a", "drawn"), "rings": ("b", "rings")}


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (f"{SCRIPT}\n\n{SCRIPT[len(HEAD) :]}", ": sample: there is a figure 'sample' already, at sample.py:"),
        (SCRIPT.replace("def sample", "async def sample"), ": sample: a figure is a plain function"),
        (f'{HEAD}@figure("sample")\nclass Sample: ...\n', ": Sample: a figure is a plain function"),
        (f'{HEAD}if True:\n    @figure("sample")\n    def inner(): ...\n', ": inner: a figure is a plain function"),
        (SCRIPT.replace('"sample"', '"../a b"'), ": no directive can be called '../a b'"),
        ("x = " + "-" * 100_000 + "1", "1: not valid Python: too deep"),
        (None, "1: not valid Python: it is no file"),
    ],
)
def test_what_can_be_no_figure_is_told_and_never_passed_over(tmp_path: Path, script: str | None, message: str) -> None:
    if script is None:
        os.mkfifo(tmp_path / "sample.py")
    else:
        (tmp_path / "sample.py").write_text(script)
    _, [trouble] = scripts.read([tmp_path], "scripted")
    assert message in f"{trouble.line}: {trouble.message}"
    assert len(scripts.families({"sample": tmp_path / "sample.py"})) == 0
