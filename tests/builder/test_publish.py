import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from builder import publish, settings
from builder.commands.publish import publish as command
from builder.errors import UsageError
from builder.publish import guard
from builder.publish.failure import PublishError
from builder.publish.plan import made, size
from builder.reporter import Recorded

ARTICLE = """\
---
title: {title}
description: A trial.
date: 2026-01-02
{front}---

{text}
"""
# Put together here, so that this file does not hold what it looks for.
KEY = "AKIA" + "ABCDEFGHIJKLMNOP"
TOKEN = "ghp" + "_" + "0123456789abcdefghijABCDEFGHIJ012345"


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


def test_a_dry_run_prints_the_plan_and_makes_nothing(root: Path, write, run) -> None:
    write()
    result = run("folder", "--folder", str(root / "www"), "--dry-run")
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[0] == f"{root / 'www'}:"
    assert any(line.startswith("  + first/index.html  ") and line.endswith(" kB") for line in lines)
    assert lines[-1] == "nothing was published (--dry-run)"
    assert not (root / "www").exists()


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


def test_a_site_with_errors_is_not_published(root: Path, write, run) -> None:
    write()
    write("second", text=":::{prob}\n:::")
    result = run("folder", "--folder", str(root / "www"))
    assert result.exit_code == 1
    assert "nothing was published: the site has 1 error\n" in result.output
    assert "  articles/second/index.md:7: no figure 'prob'; did you mean 'probe'?" in result.output
    assert not (root / "www").exists()


def test_missing_figures_are_listed_and_not_measured(root: Path, write, run) -> None:
    write(text=f":::{{probe}}\n:name: n\n:units: mixed3b:1\n:log: {root}/log.txt\n\nN.\n:::")
    result = run("folder", "--folder", str(root / "www"))
    assert result.exit_code == 1
    assert "articles/first/index.md:7: probe is not in the store" in result.output
    assert "`microscribe build` measures what is missing" in result.output
    assert not (root / "www").exists()
    assert not (root / "log.txt").exists()


def test_drafts_stay_at_home(root: Path, write, run) -> None:
    from builder import site

    write()
    write("second", front="draft: true\n")
    site.build(settings.load(root), Recorded(), site.Options(drafts=True))
    assert "second/index.html" in site_of(root)
    result = run("folder", "--folder", str(root / "www"))
    assert result.exit_code == 0, result.output
    assert "left out, drafts: second" in result.output
    assert not [name for name in held(root / "www") if "second" in name]
    assert b"second" not in held(root / "www")["index.html"]


def test_a_site_of_drafts_or_nothing_is_not_published(root: Path, write, run) -> None:
    assert "nothing to publish: there are no articles" in run("folder", "--folder", str(root / "www")).output
    write(front="draft: true\n")
    result = run("folder", "--folder", str(root / "www"))
    assert result.exit_code == 1
    assert "nothing to publish: all articles are drafts" in result.output


def test_secrets_stop_the_publication_and_are_not_shown(root: Path, write, run) -> None:
    write(text=f"My key is {KEY}.\n\n```sh\nexport TOKEN={TOKEN}\n```")
    (root / "site").mkdir()
    (root / "site" / ".env").write_text("A=1\n")
    result = run("folder", "--folder", str(root / "www"))
    assert result.exit_code == 1
    assert "site/.env: a file of this name holds secrets; take it out" in result.output
    line = 1 + (root / "site/first/index.html").read_text().partition(KEY)[0].count("\n")
    assert f"site/first/index.html:{line}: looks like an AWS access key; " in result.output
    assert "looks like a GitHub token; " in result.output
    assert KEY not in result.output
    assert not (root / "www").exists()


def test_what_only_looks_secret_may_be_allowed(root: Path, write, run) -> None:
    write(text=f"My key is {KEY}.")
    with (root / "pyproject.toml").open("a") as file:
        file.write("[tool.microscribe.publish]\nallow = ['first/*']\ntarget = 'folder'\nfolder = 'www'\n")
    result = run()
    assert result.exit_code == 0, result.output
    assert held(root / "www") == site_of(root)


def test_files_that_the_build_did_not_write_stay(root: Path, write, run) -> None:
    write()
    (root / "site").mkdir()
    (root / "site" / "mine.txt").write_text("not ours")
    result = run("folder", "--folder", str(root / "www"))
    assert "left out, not written by the build: site/mine.txt" in result.output
    assert "mine.txt" not in held(root / "www")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.html", "<p>\n<b>-----BEGIN RSA</b> PRIVATE KEY-----", ":2: looks like a private key"),
        ("a.html", f"one\n<span>{TOKEN[:9]}</span><span>{TOKEN[9:]}</span>", ":2: looks like a GitHub token"),
        ("a.json", '{"aws_secret_access_key": "' + "aB3/" * 10 + '"}', ":1: looks like an AWS secret key"),
        ("a.csv", f"id\nAWS_ACCESS_KEY_ID={KEY}\n", ":2: looks like an AWS access key"),
        ("a.js", "https://me:" + "hunter22@example.org/", ":1: looks like an address with a password"),
        ("a.txt", "hf" + "_" + "aBcDeFgHiJ" * 3 + "aBcD", ":1: looks like a Hugging Face token"),
        ("keys/id_ed25519", "x", ": a file of this name holds secrets"),
        ("server.pem", "x", ": a file of this name holds secrets"),
    ],
)
def test_what_looks_secret(name: str, text: str, found: str) -> None:
    said = list(guard.findings(name, text.encode()))
    assert len(said) == 1
    assert said[0].startswith(found)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"AKIAIOSFODNN7EXAMPLE, as in the manual"),
        ("a.html", b'<img src="data:image/png;base64,xx' + KEY.encode() + b'yy">'),
        ("a.webp", b"RIFF\0" + KEY.encode()),
        ("a.html", b'<a href="https://example.org:8080/a@b">task-or-not-to-be-or-not-to-be-long</a>'),
        ("a.html", b"-----BEGIN PUBLIC KEY-----"),
    ],
)
def test_what_does_not_look_secret(name: str, data: bytes) -> None:
    assert list(guard.findings(name, data)) == []


def test_targets_and_what_they_need(root: Path, run) -> None:
    for args, said in [
        (
            ["netlfy"],
            "no target 'netlfy'; did you mean 'netlify'?; expected github-pages, folder, s3, netlify, cloudflare",
        ),
        ([], "no target; expected github-pages, folder"),
        (["folder"], "no folder to publish to; give --folder, or `folder` in [tool.microscribe.publish]"),
        (["s3"], "no bucket to publish to; give --url s3://bucket/prefix, or `url` in"),
        (["folder", "--folder", str(root)], "holds the sources of the site"),
    ]:
        result = run(*args)
        assert result.exit_code == 2, result.output
        assert said in result.output


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


def test_a_page_of_a_draft_would_be_noticed() -> None:
    draft = SimpleNamespace(slug="second", name="articles/second/index.md")
    with pytest.raises(PublishError, match="holds pages of articles/second/index.md, which is a draft"):
        guard._no_draft_page([made("second/index.html", b"")], [draft])


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB")]
)
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text
