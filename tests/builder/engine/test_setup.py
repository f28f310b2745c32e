import io
import subprocess
import sys
import zipfile
from pathlib import Path

from builder.engine import setup as engines
from builder.engine.setup import extend_gallery, has_own_scripts, packed

ROOT = Path(__file__).parents[3]


def names(data: bytes) -> list[str]:
    return sorted(zipfile.ZipFile(io.BytesIO(data)).namelist())


def write(folder: Path, *files: str) -> None:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("X = 1\n")


def test_the_code_of_a_site_is_its_scripts_and_modules_but_no_environment(tmp_path: Path) -> None:
    write(tmp_path, "figures/gallery/one.py", "nets.py", "lib/deep/part.py", "notes.txt", ".git/hook.py")
    write(tmp_path, "env/pyvenv.cfg", "env/big.py", "node_modules/x.py", "lib/__pycache__/part.py")
    data = packed(tmp_path, tmp_path / "figures" / "gallery")
    own = ["site/figures/gallery/one.py", "site/lib/deep/part.py", "site/nets.py"]
    assert names(data) == ["gallery/one.py", *own]
    assert packed(tmp_path, tmp_path / "figures" / "gallery") == data


def test_microscribes_own_code_does_not_travel() -> None:
    assert names(packed(ROOT, ROOT / "figures" / "gallery")) == []


def test_a_script_of_the_site_comes_before_ours_of_the_same_name(tmp_path: Path) -> None:
    engines.forget_figures()
    write(tmp_path, "radial_tuning.py")
    extend_gallery(tmp_path)
    try:
        from figures.gallery import radial_tuning

        assert Path(radial_tuning.__file__).parent == tmp_path
    finally:
        engines.forget_figures()


def test_what_the_builder_holds_on_to_stays_and_all_else_is_read_again() -> None:
    from figures import lab, units
    from figures.methods import receptive_field

    engines.forget_figures()
    from figures import lab as lab_again
    from figures import units as units_again
    from figures.methods import receptive_field as field_again

    assert units_again is units
    assert lab_again is not lab
    assert field_again is not receptive_field


def test_what_stays_imports_nothing_of_the_library_that_does_not() -> None:
    code = (
        "import importlib, sys; from builder.engine.setup import KEPT\n"
        "for name in KEPT: importlib.import_module(name)\n"
        "print(sorted(m for m in sys.modules if m.partition('.')[0] == 'figures' and m not in KEPT))\n"
        "print([m for m in ('torch', 'numpy', 'altair', 'PIL') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=ROOT).split() == ["[]", "[]"]


def test_scripts_are_a_sites_own_where_they_are_not_ours(tmp_path: Path) -> None:
    assert not has_own_scripts(tmp_path)
    assert not has_own_scripts(tmp_path / "nothing")
    assert not has_own_scripts(ROOT / "figures" / "gallery")
    write(tmp_path, "one.py")
    assert has_own_scripts(tmp_path)
