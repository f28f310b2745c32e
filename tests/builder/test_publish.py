import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from builder import publish, settings
from builder.commands.publish import publish as command
from builder.errors import UsageError
from builder.reporter import Recorded

ARTICLE = """\
---
title: {title}
description: A trial.
date: 2026-01-02
{front}---

{text}
"""


@pytest.fixture
def write(root: Path):
    def one(slug: str = "first", text: str = "Words.", front: str = "") -> None:
        (root / "articles" / slug).mkdir(exist_ok=True)
        (root / "articles" / slug / "index.md").write_text(ARTICLE.format(title=slug, text=text, front=front))

    return one


@pytest.fixture
def run(root: Path):
    def with_arguments(*args: str) -> Result:
        return CliRunner().invoke(command, [*args, "--site", str(root)])

    return with_arguments


def site_of(root: Path) -> dict[str, bytes]:
    output = root / "site"
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in output.rglob("*") if p.is_file()}


def held(folder: Path) -> dict[str, bytes]:
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: data for name, data in files.items() if name != ".microscribe.json"}


@pytest.mark.slow
def test_the_site_is_built_and_published_whole_and_once(root: Path, tmp_path_factory, write, run) -> None:
    out = tmp_path_factory.mktemp("out") / "www"
    write()
    first = run("folder", "--folder", str(out))
    assert first.exit_code == 0, first.output
    assert held(out) == site_of(root)
    assert f"{out}: {len(held(out))} added, 0 changed, 0 removed, 0 unchanged; " in first.output
    again = run("folder", "--folder", str(out))
    assert again.output == f"{out}: nothing to publish, it holds this site already\n"
    write(text="Other words.")
    before = held(out)
    run("folder", "--folder", str(out))
    assert held(out) == site_of(root)
    differing = {name for name in held(out) if held(out)[name] != before.get(name)}
    assert "first/index.html" in differing
    assert not any(name.startswith("assets/") for name in differing)


@pytest.mark.slow
def test_hosts_get_their_rules(root: Path, write, run) -> None:
    write(front="aliases: [old/address]\n")
    for target, rule in {"netlify": "/old/address /first/ 301!\n", "cloudflare": "/old/address /first/ 301\n"}.items():
        result = run(target, "--folder", str(root / target))
        assert result.exit_code == 0, result.output
        assert rule in (root / target / "_redirects").read_text()
        assert (
            "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
            in (root / target / "_headers").read_text()
        )
        assert f"deploy {root / target}" in result.output or f"--dir {root / target}" in result.output


def test_a_space_gets_its_head_and_the_command_that_sends_it(root: Path, write, run) -> None:
    write()
    out = root / "space"
    result = run("huggingface-space", "--folder", str(out), "--space", "ada/atlas")
    assert result.exit_code == 0, result.output
    assert (out / "README.md").read_text().startswith('---\ntitle: "Trial"\nsdk: "static"\napp_file: "index.html"\n')
    assert f"hf upload ada/atlas {out} . --repo-type=space" in result.output
    assert "expected an owner and a name" in run("huggingface-space", "--folder", str(out), "--space", "atlas").output


def test_a_branch_gets_the_site(root: Path, write, run) -> None:
    write()
    for args in (["init", "-q", "--bare", "bare.git"], ["init", "-q"], ["remote", "add", "pages", "bare.git"]):
        subprocess.run(["git", *args], cwd=root, check=True)
    result = run("github-pages", "--remote", "pages", "--message", "Out")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("branch gh-pages of pages (bare.git): ")
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "gh-pages"], cwd=root / "bare.git", capture_output=True, text=True
    )
    assert set(listed.stdout.splitlines()) == {*site_of(root), ".nojekyll"}
    assert "nothing to publish" in run("github-pages", "--remote", "pages").output


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"brnch": "x"}, r"no setting 'brnch' in \[tool.microscribe.publish\]; did you mean 'branch'\?"),
        ({"branch": 3}, r"'branch' in \[tool.microscribe.publish\] must be a string, not 3"),
        ({"keep": "previews"}, r"'keep' in .* must be a list of strings, not 'previews'"),
    ],
)
def test_wrong_settings_are_named(table: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        publish.options(SimpleNamespace(publish=table))


def test_the_command_line_goes_before_the_settings_and_adds_to_lists() -> None:
    table = {"remote": "pages", "branch": "www", "keep": ["previews/", "v1"]}
    chosen = publish.options(SimpleNamespace(publish=table), branch="site", remote="", keep=("/v2", "v1"))
    assert (chosen.remote, chosen.branch, chosen.keep) == ("pages", "site", ("previews", "v1", "v2"))
    assert publish.options(SimpleNamespace()) == publish.Options(remote="origin", branch="gh-pages")


def test_nothing_is_sent_without_consent(root: Path, write) -> None:
    write()
    chosen = publish.Options(folder="www")
    asked = []
    done = publish.publish(
        settings.load(root), "folder", Recorded(), chosen, agreed=lambda plan: bool(asked.append(plan.where))
    )
    assert asked == [str(root / "www")]
    assert not done.published
    assert done.changes
    assert not (root / "www").exists()
