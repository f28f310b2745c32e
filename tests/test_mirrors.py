"""Each module of thirty lines or more has a test file at its own place, so that one knows where to look."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHORT = 30
CASES = ROOT / "tests" / "builder" / "markdown" / "cases"
"""The rules of the Markdown dialect are tested by cases: a file of them is the test file of its rule."""

YET: dict[str, str] = {
    "figures": "dispatch hints lab parameters provenance ranges reading rows run scripts signature",
    "figures/charts": "combing confusion curve_units diagram distribution drawings equivariance focus icons panels radial_rows ridges stimulus_grid tuning_curves zoom",
    "figures/gallery": "angle_to_curve combing curve_extraction dataset_examples factor_tracing false_positives radial_tuning shape_texture_examples spline_tracing stimulus_grid tuning_curve tuning_heatmap unit_card",
    "figures/glyphs": "counter evaluation geometry painting recipes shapes storage textures",
    "figures/kept": "checks parts plain record",
    "figures/manifests": "folder listing memory shards table",
    "figures/methods": "combing contributions distribution factor_tracing layers reading ridges stimulus_looks stimulus_tuning tuning_curves views",
    "figures/methods/datasets": "decoding glyphs huggingface pictures",
    "figures/methods/feature_visualization": "weighted",
    "figures/methods/networks": "__init__ anatomy blueprint cards checkpoints flow graphs inceptionv1 instances layouts literature own_code random rules timm_networks torchvision_networks watching",
    "figures/methods/scan": "colours views",
    "figures/words": "__init__",
}
"""Modules that still share the test file of a neighbour; none is to come to this list."""


def modules(package: str) -> list[Path]:
    return sorted(path for path in (ROOT / package).rglob("*.py") if len(path.read_text("utf-8").splitlines()) >= SHORT)


def places(module: Path) -> list[Path]:
    """Give where the test file of a module may lie: that of a package, in its folder or beside it."""
    package = module.name == "__init__.py"
    path = (module.parent if package else module.with_suffix("")).relative_to(ROOT)
    folders = [path.parent, path] if package else [path.parent]
    return [ROOT / "tests" / folder / f"test_{path.name}.py" for folder in folders]


def is_tested(module: Path) -> bool:
    rule = module.parent == ROOT / "builder" / "markdown" and (CASES / f"{module.stem}.txt").is_file()
    return rule or any(place.is_file() for place in places(module))


@pytest.mark.parametrize("package", ["builder", "figures"])
def test_every_module_has_its_test_file(package: str) -> None:
    found = modules(package)
    assert len(found) > 50
    missing = {str(one.relative_to(ROOT)) for one in found if not is_tested(one)}
    waiting = {f"{folder}/{name}.py" for folder, names in YET.items() for name in names.split()}
    assert missing - waiting == set()


def test_the_place_is_told_from_the_name() -> None:
    tests = ROOT / "tests" / "builder"
    assert places(ROOT / "builder" / "plan.py") == [tests / "test_plan.py"]
    assert places(ROOT / "builder" / "store" / "sync.py") == [tests / "store" / "test_sync.py"]
    package = places(ROOT / "builder" / "store" / "__init__.py")
    assert package == [tests / "test_store.py", tests / "store" / "test_store.py"]
