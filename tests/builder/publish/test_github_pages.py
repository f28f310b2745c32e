import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from builder.errors import UsageError
from builder.publish import github_pages
from builder.publish.failure import PublishError
from builder.publish.git import Git
from builder.publish.github_pages import Branch
from builder.publish.plan import Item, item
from builder.reporter import Recorded

SITE = {"index.html": "<p>1</p>", "assets/a.0123456789ab.css": "a", "first/index.html": "first"}


@pytest.fixture(autouse=True)
def no_settings_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a name nor a signing key nor a default branch of the machine."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def git(folder: Path, *args: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath="]
    return subprocess.run(["git", *who, *args], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    path = tmp_path / "bare.git"
    git(tmp_path, "init", "--quiet", "--bare", str(path))
    return path


@pytest.fixture
def work(tmp_path: Path, bare: Path) -> Path:
    """A repository with a commit, a staged change, a changed file, and hooks that must not run."""
    path = tmp_path / "work"
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(path))
    (path / "pyproject.toml").write_text("[tool.microscribe]\n")
    (path / "notes.txt").write_text("one\n")
    git(path, "add", ".")
    git(path, "commit", "--quiet", "-m", "begin")
    git(path, "remote", "add", "origin", str(bare))
    (path / "notes.txt").write_text("two\n")
    git(path, "add", "notes.txt")
    (path / "notes.txt").write_text("three\n")
    for name in ("pre-push", "reference-transaction", "post-index-change", "pre-commit"):
        hook = path / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hooked\nexit 1\n")
        hook.chmod(0o755)
    return path


@pytest.fixture
def items(tmp_path: Path):
    def make(files: Mapping[str, str | bytes]) -> tuple[Item, ...]:
        made = []
        for name, text in files.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            made.append(item(name, path, path.read_bytes()))
        return tuple(made)

    return make


def branch(work: Path, **options: object) -> Branch:
    return Branch(Git(work), **{"remote": "origin", "name": "gh-pages", **options})


def send(there: Branch, items: tuple[Item, ...], **options: object):
    github_pages.check(there)
    prepared = github_pages.prepare(there, items, look=False, **options)
    if prepared.changes:
        prepared.carry_out(Recorded())
    return prepared.changes


def held(bare: Path, name: str = "gh-pages") -> dict[str, str]:
    names = git(bare, "ls-tree", "-r", "--name-only", name).splitlines()
    return {one: git(bare, "show", f"{name}:{one}") for one in names}


def commit_on(tmp_path: Path, bare: Path, files: Mapping[str, str | None], name: str = "gh-pages") -> None:
    """Commit on a branch as somebody else would, from a clone."""
    clone = tmp_path / f"clone{len(list(tmp_path.iterdir()))}"
    git(tmp_path, "clone", "--quiet", str(bare), str(clone))
    exists = f"origin/{name}" in git(clone, "branch", "-r")
    git(clone, "checkout", "--quiet", *([name] if exists else ["--orphan", name]))
    for path, text in files.items():
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).unlink() if text is None else (clone / path).write_text(text)
    git(clone, "add", "--all", ".")
    git(clone, "commit", "--quiet", "-m", "by hand")
    git(clone, "push", "--quiet", "origin", name)


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_branch_holds_the_site_and_nothing_of_the_sources(work: Path, bare: Path, items) -> None:
    changes = send(branch(work), items(SITE))
    assert held(bare) == {**SITE, ".nojekyll": ""}
    assert {one.name for one in changes.added} == {*SITE, ".nojekyll"}
    assert git(bare, "log", "--format=%an|%s", "gh-pages") == f"Microscribe|Publish the site, made from {_head(work)}"
    assert git(bare, "branch", "--format=%(refname:short)") == "gh-pages"


def _head(work: Path) -> str:
    return git(work, "rev-parse", "--short", "HEAD")


def test_the_author_is_who_git_says(work: Path, bare: Path, items, monkeypatch: pytest.MonkeyPatch) -> None:
    git(work, "config", "user.name", "Ada")
    git(work, "config", "user.email", "ada@example.org")
    send(branch(work), items(SITE), message="Out")
    assert git(bare, "log", "--format=%an <%ae> %s", "gh-pages") == "Ada <ada@example.org> Out"


def test_working_tree_index_branches_and_hooks_are_left_alone(tmp_path: Path, work: Path, items) -> None:
    index, status = (work / ".git/index").read_bytes(), git(work, "status", "--porcelain=v2", "--branch")
    before = (work / ".git/index").read_bytes(), git(work, "status", "--porcelain=v2", "--branch")
    send(branch(work), items(SITE))
    assert not (tmp_path / "hooked").exists()
    assert (work / ".git/index").read_bytes() == before[0] == index
    assert git(work, "status", "--porcelain=v2", "--branch") == before[1] == status
    assert (work / "notes.txt").read_text() == "three\n"
    assert git(work, "branch", "--format=%(refname:short)") == "main"


def test_publishing_twice_makes_no_commit(work: Path, bare: Path, items) -> None:
    send(branch(work), items(SITE))
    commit = git(bare, "rev-parse", "gh-pages")
    changes = send(branch(work), items(SITE))
    assert not changes
    assert changes.unchanged == len(SITE) + 1
    assert git(bare, "rev-parse", "gh-pages") == commit


def test_what_changed_is_told_and_history_stays(work: Path, bare: Path, items) -> None:
    send(branch(work), items(SITE))
    now = {"index.html": "<p>two</p>", "assets/a.0123456789ab.css": "a", "second/index.html": "s"}
    changes = send(branch(work), items(now))
    assert list(changes.lines()) == [
        "  + second/index.html  1 B",
        "  ~ index.html  8 B → 10 B",
        "  - first/index.html  5 B",
    ]
    assert held(bare) == {**now, ".nojekyll": ""}
    assert git(bare, "rev-list", "--count", "gh-pages") == "2"


def test_the_domain_and_listed_paths_on_the_branch_stay(tmp_path: Path, work: Path, bare: Path, items) -> None:
    kept = {"CNAME": "art.example.org", "previews/7/index.html": "seven", "v1.txt": "v", "v2.txt": "w"}
    commit_on(tmp_path, bare, {**kept, "old.html": "old"})
    there = branch(work, keep=("previews", "v*.txt"))
    assert send(there, items(SITE)).removed == ("old.html",)
    assert held(bare) == {**SITE, **kept, ".nojekyll": ""}
    assert not send(there, items(SITE))
    assert send(branch(work), items(SITE)).removed == ("previews/7/index.html", "v1.txt", "v2.txt")


def test_a_kept_path_that_the_site_has_too_is_an_error(tmp_path: Path, work: Path, bare: Path, items) -> None:
    commit_on(tmp_path, bare, {"first/index.html": "mine"})
    with pytest.raises(PublishError, match="first/index.html is to be kept .* but the site has a file of this name"):
        send(branch(work, keep=("first",)), items(SITE))


def test_bytes_arrive_as_they_are(work: Path, bare: Path, items) -> None:
    (work / ".gitattributes").write_text("* text=auto eol=crlf\n*.txt filter=none\n")
    raw = bytes(range(256)) + b"\r\n\n"
    send(branch(work), items({"a.txt": raw, "ü & 'x'.html": "y"}))
    assert subprocess.run(["git", "show", "gh-pages:a.txt"], cwd=bare, capture_output=True, check=True).stdout == raw
    assert not send(branch(work), items({"a.txt": raw, "ü & 'x'.html": "y"}))


def test_a_look_writes_nothing_at_all(tmp_path: Path, work: Path, bare: Path, items) -> None:
    commit_on(tmp_path, bare, {"old.html": "old"})
    before, remote = everything(work), everything(bare)
    prepared = github_pages.prepare(branch(work), items(SITE), look=True)
    assert prepared.changes.removed == ("old.html",)
    assert len(prepared.changes.added) == 4
    assert (everything(work), everything(bare)) == (before, remote)


def test_any_remote_will_do(tmp_path: Path, work: Path, bare: Path, items) -> None:
    send(branch(work, remote=str(bare), name="pages/main"), items(SITE))
    send(branch(work, remote=bare.as_uri(), name="other"), items(SITE))
    send(branch(work, remote="../bare.git", name="third"), items(SITE))
    trees = {git(bare, "rev-parse", f"{name}^{{tree}}") for name in ("pages/main", "other", "third")}
    assert len(trees) == 1


def test_a_change_of_kept_paths_meanwhile_is_merged(tmp_path: Path, work: Path, bare: Path, items) -> None:
    there = branch(work, keep=("previews",))
    send(there, items(SITE))
    prepared = github_pages.prepare(there, items({**SITE, "index.html": "2"}), look=False)
    commit_on(tmp_path, bare, {"previews/1.html": "one", "CNAME": "example.org"})
    prepared.carry_out(Recorded())
    assert held(bare) == {
        **SITE, "index.html": "2", ".nojekyll": "", "previews/1.html": "one", "CNAME": "example.org"
    }  # fmt: skip
    assert git(bare, "rev-list", "--count", "gh-pages") == "3"


def test_another_change_meanwhile_is_refused(tmp_path: Path, work: Path, bare: Path, items) -> None:
    send(branch(work), items(SITE))
    prepared = github_pages.prepare(branch(work), items({**SITE, "index.html": "2"}), look=False)
    commit_on(tmp_path, bare, {"theirs.html": "t"})
    with pytest.raises(PublishError, match="branch gh-pages of origin changed while .* nothing was pushed"):
        prepared.carry_out(Recorded())
    assert held(bare) == {**SITE, ".nojekyll": "", "theirs.html": "t"}


def test_a_branch_made_meanwhile_is_not_replaced(tmp_path: Path, work: Path, bare: Path, items) -> None:
    prepared = github_pages.prepare(branch(work), items(SITE), look=False)
    commit_on(tmp_path, bare, {"theirs.html": "t"})
    with pytest.raises(PublishError, match="changed while"):
        prepared.carry_out(Recorded())
    assert held(bare) == {"theirs.html": "t"}


def test_a_branch_removed_meanwhile_is_not_brought_back(work: Path, bare: Path, items) -> None:
    send(branch(work), items(SITE))
    prepared = github_pages.prepare(branch(work), items({**SITE, "index.html": "2"}), look=False)
    git(bare, "branch", "-D", "gh-pages")
    with pytest.raises(PublishError, match=r"changed while .*it is gone now"):
        prepared.carry_out(Recorded())
    assert git(bare, "branch") == ""


def test_a_file_that_changes_meanwhile_stops_the_publication(tmp_path: Path, work: Path, bare: Path, items) -> None:
    prepared = github_pages.prepare(branch(work), items(SITE), look=False)
    (tmp_path / "site/index.html").write_text("draft")
    with pytest.raises(PublishError, match="index.html changed while it was being published"):
        prepared.carry_out(Recorded())
    assert git(bare, "branch") == ""


def test_sources_are_never_replaced(work: Path, bare: Path, items) -> None:
    git(work, "push", "--quiet", "--no-verify", str(bare), "main")
    with pytest.raises(PublishError, match="branch main of origin holds pyproject.toml: sources"):
        send(branch(work, name="main"), items(SITE))


@pytest.mark.parametrize("verdict", ["exit 1", "echo protected by rule 7 >&2; exit 1"])
def test_a_push_that_the_remote_rejects_is_explained(work: Path, bare: Path, items, verdict: str) -> None:
    hook = bare / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\n{verdict}\n")
    hook.chmod(0o755)
    with pytest.raises(PublishError) as caught:
        send(branch(work), items(SITE))
    assert str(caught.value).startswith("origin rejected the push to branch gh-pages: pre-receive hook declined")
    assert ("protected by rule 7" in str(caught.value)) == ("rule" in verdict)
    assert git(bare, "branch") == ""


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://github.com/Ada/curves.git", "https://ada.github.io/curves/"),
        ("git@github.com:ada/ada.github.io.git", "https://ada.github.io/"),
        ("ssh://git@github.com/ada/curves", "https://ada.github.io/curves/"),
        ("https://example.org/ada/curves.git", ""),
        ("../bare.git", ""),
    ],
)
def test_where_github_serves_a_repository(address: str, page: str) -> None:
    assert github_pages.pages(address) == page


def test_a_shallow_clone_can_publish(tmp_path: Path, work: Path, bare: Path, items) -> None:
    git(work, "push", "--quiet", "--no-verify", str(bare), "main")
    send(branch(work), items(SITE))
    send(branch(work), items({**SITE, "index.html": "2"}))
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=main", bare.as_uri(), str(clone))
    changes = send(branch(clone), items({**SITE, "index.html": "3"}))
    assert [one.name for one in changes.changed] == ["index.html"]
    assert git(bare, "rev-list", "--count", "gh-pages") == "3"


def test_a_repository_of_sha256_can_be_published_to(tmp_path: Path, items) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--object-format=sha256", "new.git")
    git(tmp_path, "init", "--quiet", "--object-format=sha256", "new")
    there = branch(tmp_path / "new", remote="../new.git")
    send(there, items(SITE))
    assert held(tmp_path / "new.git") == {**SITE, ".nojekyll": ""}
    assert not send(there, items(SITE))


def test_an_unknown_remote_is_named_with_the_nearest(work: Path, items) -> None:
    with pytest.raises(UsageError, match=r"no remote 'orgin'; did you mean 'origin'\? \(it has origin\)"):
        send(branch(work, remote="orgin"), items(SITE))
    with pytest.raises(UsageError, match="'a..b' cannot be the name of a branch"):
        send(branch(work, name="a..b"), items(SITE))
    git(work, "remote", "remove", "origin")
    with pytest.raises(UsageError, match="no remote 'origin'; `git remote add` adds one"):
        send(branch(work), items(SITE))


def test_outside_a_repository_and_without_git(tmp_path: Path, items, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain").mkdir()
    with pytest.raises(PublishError, match="plain is in no git repository; `git init` makes one"):
        send(branch(tmp_path / "plain"), items(SITE))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishError, match="there is no command `git`"):
        send(branch(tmp_path / "plain"), items(SITE))


def test_a_remote_that_is_not_there(tmp_path: Path, work: Path, items) -> None:
    with pytest.raises(PublishError, match=f"no git repository at {tmp_path}/none.git"):
        send(branch(work, remote=f"{tmp_path}/none.git"), items(SITE))
    with pytest.raises(PublishError, match=r"no connection to http://127.0.0.1:1/x.git: .*127.0.0.1") as caught:
        send(branch(work, remote="http://me:secret@127.0.0.1:1/x.git"), items(SITE))
    assert "secret" not in str(caught.value)
