"""Why a figure is made again, from the command line."""

from pathlib import Path

from click.testing import CliRunner

from builder.commands.why import why

ONE = "---\ntitle: One\nmodel: glyphs\n---\n\n:::{probe}\n:name: dot\n:units: mixed3b:1\n:log: log.txt\n:power: 1 | 2\n\nA.\n:::\n"


def asked(root: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(why, ["--site", str(root), "one", *words])
    return done.exit_code, done.output


def test_one_of_several_figures_is_asked_about_by_its_values(root: Path) -> None:
    (root / "articles" / "one.md").write_text(ONE)
    code, told = asked(root, "dot")
    assert (code, told.splitlines()[0]) == (
        0,
        "fig-dot[power=1] and fig-dot[power=2] will be made again at the next build:",
    )
    assert asked(root, "fig-dot[power=2]")[1].startswith("fig-dot[power=2] will be made again")
    for words, wrong in [
        ("dot[power=3]", "fig-dot has no power '3'; expected one of 1 | 2"),
        ("dot[colour=3]", "fig-dot has no values of 'colour' to choose among"),
        ("dots", "one has no figure 'fig-dots'; did you mean 'fig-dot'?"),
    ]:
        code, told = asked(root, words)
        assert code == 2
        assert wrong in told
