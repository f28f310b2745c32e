"""Each module of thirty lines or more has a test file at its own place, so that one knows where to look."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHORT = 30
CASES = ROOT / "tests" / "builder" / "read" / "markdown" / "cases"
"""The rules of the Markdown dialect are tested by cases: a file of them is the test file of its rule."""

PACKAGES = ("builder", "figures")


def modules(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py") if len(path.read_text("utf-8").splitlines()) >= SHORT)


def places(module: Path) -> list[Path]:
    """Give where the test file of a module may lie: that of a package, in its folder or beside it."""
    package = module.name == "__init__.py"
    path = (module.parent if package else module.with_suffix("")).relative_to(ROOT)
    folders = [path.parent, path] if package else [path.parent]
    return [ROOT / "tests" / folder / f"test_{path.name}.py" for folder in folders]


def is_tested(module: Path) -> bool:
    rule = module.parent == ROOT / "builder" / "read" / "markdown" and (CASES / f"{module.stem}.txt").is_file()
    return rule or any(place.is_file() for place in places(module))


@pytest.mark.parametrize("room", PACKAGES)
def test_every_module_has_its_test_file(room: str) -> None:
    found = modules(room)
    assert len(found) > 50
    assert [str(one.relative_to(ROOT)) for one in found if not is_tested(one)] == []


def test_the_place_is_told_from_the_name() -> None:
    tests = ROOT / "tests" / "builder"
    assert places(ROOT / "builder" / "locks.py") == [tests / "test_locks.py"]
    assert places(ROOT / "builder" / "store" / "sync.py") == [tests / "store" / "test_sync.py"]
    package = places(ROOT / "builder" / "store" / "__init__.py")
    assert package == [tests / "test_store.py", tests / "store" / "test_store.py"]
