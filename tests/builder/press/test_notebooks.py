"""A notebook of one figure, run as a script."""

import json
from dataclasses import replace

import pytest

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
