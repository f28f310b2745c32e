import ast
import os
from pathlib import Path

import pytest

from builder.plan.closure import Sources

FILES = {
    "__init__.py": "",
    "a.py": (
        "from figures.deep import b\nfrom figures.deep.b import third as renamed\nimport math\n"
        "SCALE = 2\n\ndef one():\n    '''Say.'''\n    return b.second(SCALE) + math.pi\n\n"
        "def two():\n    return renamed()\n\ndef alone():\n    return 1\n"
    ),
    "deep/__init__.py": "",
    "deep/b.py": "def second(x):\n    return x + helper()\n\ndef helper():\n    return 1\n\ndef third():\n    return 3\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "figures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "figures"


def digests(tree: Path) -> tuple[str, str, str]:
    sources = Sources({"figures": tree})
    return tuple(sources.digest("figures.a", name) for name in ("one", "two", "alone"))


def edit(tree: Path, name: str, old: str, new: str) -> None:
    path = tree / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_reaches_through_imports_to_what_is_named_and_no_further(tree: Path) -> None:
    reached = set(Sources({"figures": tree}).parts("figures.a", "one"))
    assert reached == {"figures.a:one", "figures.a:SCALE", "figures.deep.b:second", "figures.deep.b:helper"}


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        ("deep/b.py", "return 1", "return 2", (True, False, False)),
        ("deep/b.py", "return 3", "return 4", (False, True, False)),
        ("a.py", "SCALE = 2", "SCALE = 3", (True, False, False)),
        ("a.py", "return 1", "return 7", (False, False, True)),
        ("a.py", "'''Say.'''", "'''Say something else.'''  # why", (False, False, False)),
        ("deep/b.py", "def helper():\n", "def helper():  # a comment\n\n", (False, False, False)),
    ],
)
def test_a_change_shows_in_exactly_the_functions_that_reach_it(tree: Path, name, old, new, changed) -> None:
    before = digests(tree)
    edit(tree, name, old, new)
    assert tuple(a != b for a, b in zip(before, digests(tree), strict=True)) == changed


def test_a_module_passed_as_a_value_counts_whole(tree: Path) -> None:
    edit(tree, "a.py", "return 1", "return getattr(b, 'third')")
    assert "figures.deep.b:*" in Sources({"figures": tree}).parts("figures.a", "alone")


def test_statements_that_run_on_import_count(tree: Path) -> None:
    before = digests(tree)
    edit(tree, "deep/b.py", "def second", "print('side effect')\n\ndef second")
    after = digests(tree)
    assert before[0] != after[0]
    assert before[2] == after[2]


def test_what_a_function_imports_where_it_needs_it_counts_for_that_function(tree: Path) -> None:
    """Also where it has the name of something else outside."""
    edit(tree, "a.py", "def alone():\n", "def alone():\n    from figures.deep.b import third as SCALE\n    SCALE()\n")
    reached = set(Sources({"figures": tree}).parts("figures.a", "alone"))
    assert reached == {"figures.a:alone", "figures.deep.b:third"}
    before = digests(tree)
    edit(tree, "deep/b.py", "return 3", "return 4")
    assert digests(tree)[2] != before[2]
    assert digests(tree)[0] == before[0]


def test_a_package_may_lie_in_several_folders(tree: Path, tmp_path: Path) -> None:
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "c.py").write_text("def fourth():\n    return 4\n")
    (extra / "b.py").write_text("def second(x):\n    return x\n")
    sources = Sources({"figures": tree, "figures.deep": [tree / "deep", extra]})
    assert sources.find("figures.deep.c") == extra / "c.py"
    assert sources.find("figures.deep.b") == tree / "deep" / "b.py"
    assert Sources({"figures": tree, "figures.deep": [extra]}).find("figures.deep.b") == extra / "b.py"


def test_a_file_is_parsed_again_only_where_it_changed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = ast.parse
    monkeypatch.setattr(ast, "parse", lambda source, name: (parsed.append(Path(name).name), parse(source, name))[1])
    for name in FILES:
        os.utime(tree / name, (1e9, 1e9))
    before = digests(tree)
    assert sorted(set(parsed)) == sorted(parsed)
    assert {"a.py", "b.py"} <= set(parsed)
    parsed.clear()
    assert digests(tree) == before
    assert parsed == []
    edit(tree, "a.py", "SCALE = 2", "SCALE = 3")
    assert digests(tree) != before
    assert set(parsed) == {"a.py"}
