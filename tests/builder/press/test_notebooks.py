"""A notebook of one figure, run as a script."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from builder import __version__, single
from builder.press import notebooks

ROWS = [{"name": 'a "quoted" \\ word', "value": 2.5, "none": None}]
OPTIONS = {"units": "mixed3b:1, mixed3b:2", "model": "glyphs", "seed": "0"}
MADE = notebooks.Made("probe", "Figure 1 of A & B", "Words.", OPTIONS, ["glyphs"], "ab" * 32, ROWS, 1)


def cells(made: notebooks.Made, kind: str = "code") -> list[str]:
    notebook = json.loads(notebooks.written(made))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 4)
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


def test_the_check_holds_for_the_published_rows_and_no_others():
    *_, check = cells(MADE)
    from figures import agreement

    names = {"json": json, "agreement": agreement, "rows": ROWS}
    exec(check, names)
    assert names["published"] == ROWS
    with pytest.raises(ValueError, match=r"value: 3\.5, not 2\.5"):
        exec(check, names | {"rows": [{**ROWS[0], "value": 3.5}]})


def test_the_figure_is_asked_for_as_its_article_does():
    install, made, *_ = cells(MADE)
    assert install.startswith("%pip install --quiet microscribe==")
    assert "'units': 'mixed3b:1, mixed3b:2'," in made
    assert "run.figure('probe', **parameters)" in made


def test_one_that_reads_files_of_its_site_fetches_that_first():
    made = replace(MADE, clone="https://github.com/ada/atlas", folder="articles/one", models=["torchvision/googlenet"])
    install, clone, command, *_ = cells(made)
    assert install.endswith("!microscribe models pull torchvision/googlenet")
    assert clone.endswith("https://github.com/ada/atlas its-site\n%cd its-site/articles/one")
    assert command == f"!{notebooks.command('probe', OPTIONS)}"


def test_a_part_of_the_table_is_called_one():
    assert "(the first 1 of 7 rows)" in "".join(cells(replace(MADE, count=7), "markdown"))


def test_the_command_is_one_that_a_shell_takes():
    assert notebooks.command("probe", OPTIONS) == (
        "microscribe figure run probe -p 'units=mixed3b:1, mixed3b:2' --model=glyphs --seed=0 --out=probe"
    )


@pytest.mark.parametrize(
    ("origin", "asked"),
    [
        ({}, f"microscribe[timm]=={__version__}"),
        ({"url": "file:///ada/tool", "dir_info": {"editable": True}}, f"microscribe[timm]=={__version__}"),
        (
            {"url": "https://host/tool", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "microscribe[timm] @ git+https://host/tool@abc",
        ),
        ({"url": "https://host/tool.whl", "archive_info": {}}, "microscribe[timm] @ https://host/tool.whl"),
    ],
)
def test_it_installs_the_tool_from_where_that_of_the_site_is(origin, asked):
    assert notebooks.requirement("[timm]", json.dumps(origin)) == asked


@pytest.mark.slow
def test_it_gives_the_same_key_and_table_where_only_a_wheel_of_the_tool_is(tmp_path, monkeypatch):
    from figures import run

    monkeypatch.chdir(tmp_path)
    options = {"models": "glyphs"}
    rows = json.loads(run.figure("receptive-fields", **options).table.json())
    key = single.key("receptive-fields", options)
    wheel(tmp_path / "checkout", tmp_path / "wheels")
    code = cells(notebooks.Made("receptive-fields", "Figure 1", "Words.", options, ["glyphs"], key, rows, len(rows)))
    (tmp_path / "notebook.py").write_text(scripted("\n".join([*code, "import builder", "print(builder.__file__)"])))
    told = run_alone(tmp_path, "notebook.py")
    assert rows, "there must be something to compare"
    assert told.splitlines() == ["the same key", str(tmp_path / "installed" / "builder" / "__init__.py")]


def wheel(checkout: Path, wheels: Path) -> None:
    root = Path(notebooks.__file__).parents[2]
    for room in ("builder", "figures", "templates"):
        shutil.copytree(root / room, checkout / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / file, checkout)
    command = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", f"--wheel-dir={wheels}", str(checkout)]
    subprocess.run([sys.executable, "-m", *command], check=True)


def scripted(code: str) -> str:
    """Write the one line that only notebooks know as Python."""
    first, rest = code.split("\n", 1)
    words = ["-m", *first.removeprefix("%").replace("--quiet ", "").split()]
    return f"import subprocess, sys\nsubprocess.run([sys.executable, *{words}], check=True)\n{rest}\n"


def run_alone(folder: Path, script: str) -> str:
    """Run a script to which the project is what pip installs into `installed`; all else is installed already."""
    (folder / "installed").mkdir()  # Python never looks again where nothing was when it began
    pip = {"PIP_TARGET": "installed", "PIP_FIND_LINKS": "wheels", "PIP_NO_DEPS": "1", "PIP_NO_INDEX": "1"}
    environment = {**os.environ, **pip, "PIP_QUIET": "1", "PYTHONPATH": str(folder / "installed")}
    command = [sys.executable, script]
    return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout
