"""What stops a publication: problems, figures that are missing, drafts, secrets."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from builder import settings
from builder.commands.publish import publish as command
from builder.publish import guard
from builder.publish.failure import PublishError
from builder.publish.plan import made
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


@pytest.mark.slow
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


def test_a_page_of_a_draft_would_be_noticed() -> None:
    draft = SimpleNamespace(slug="second", name="articles/second/index.md")
    with pytest.raises(PublishError, match="holds pages of articles/second/index.md, which is a draft"):
        guard._no_draft_page([made("second/index.html", b"")], [draft])
