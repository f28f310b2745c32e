import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builder.errors import Place, Problem
from builder.press import policy
from builder.reporter import Recorded
from builder.serve import preview
from builder.serve.live import Listeners
from builder.settings import Settings
from tests.builder.workshop import hears

ROOT = Path(__file__).parents[3]
ARTICLE = """\
---
title: Watched
---

First words.

:::{{probe}}
:name: numbers
:units: mixed3b:1
:log: {log}
:::
"""


@pytest.fixture
def served(root: Path) -> Iterator[tuple[str, Path]]:
    """Serve a small site; give its address and its article."""
    path = root / "articles" / "watched.md"
    path.write_text(ARTICLE.format(log=root / "log.txt"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "builder", "serve", "--port", "8765", "--device", "cpu"],
        cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        preexec_fn=hears,
    )  # fmt: skip
    try:
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", first)[0]
        while "built:" not in process.stdout.readline():
            assert process.poll() is None
        yield address, path
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


def news(address: str, kind: str = "message") -> Iterator[dict]:
    """Yield what the server tells browsers: outcomes of builds, or with "work" how far they are."""
    with urllib.request.urlopen(f"{address}-microscribe/events", timeout=60) as stream:
        heard = ""
        for line in stream:
            if line.startswith(b"event: "):
                heard = line[7:].decode().strip()
            elif line.startswith(b"data: ") and heard == kind:
                yield json.loads(line[6:])


def until(heard: Iterator[dict], wanted: Callable[[dict], bool]) -> dict:
    """Wait for news; the library that is served is watched as well, so there may be more of it."""
    return next(one for one in heard if wanted(one))


@pytest.mark.slow
def test_every_kind_of_edit_shows_and_errors_come_and_go(served) -> None:
    address, path = served
    page = fetch(f"{address}watched/index.html")
    assert "First words." in page
    assert '<script src="/-microscribe/live.js" data-changes=' in page
    assert "EventSource" in fetch(f"{address}-microscribe/live.js")
    assert ".live-work" in fetch(f"{address}-microscribe/live.css")
    heard = news(address)
    changes = next(heard)["changes"]

    path.write_text(path.read_text().replace("First words", "Second words"))
    told = until(heard, lambda one: "Second words." in fetch(f"{address}watched/index.html"))
    assert told["problems"] == []
    assert told["changes"] > changes

    path.write_text(path.read_text().replace("{probe}", "{prob}").replace("Watched", "Wat\nched: x"))
    told = until(heard, lambda one: one["problems"])
    assert told["problems"] == [
        "articles/watched.md:3: front matter: no key 'ched'",
        "articles/watched.md:8: no figure 'prob'; did you mean 'probe'?",
    ]
    path.write_text(path.read_text().replace("Wat\nched: x", "Watched"))
    told = until(heard, lambda one: len(one["problems"]) == 1)
    assert told["problems"] == ["articles/watched.md:7: no figure 'prob'; did you mean 'probe'?"]
    assert "Second words." in fetch(f"{address}watched/index.html")

    path.write_text(path.read_text().replace("{prob}", "{probe}").replace("Second", "Third"))
    until(heard, lambda one: not one["problems"] and "Third words." in fetch(f"{address}watched/index.html"))


@pytest.fixture
def answers(tmp_path: Path) -> Iterator[tuple[Callable[..., int | str], list[str]]]:
    """Serve a folder; give a function that asks for an address of a host, and what was said of it."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<head></head>")
    report = Recorded()
    with preview._server(Settings(tmp_path), Listeners(), 8890, report) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

        def ask(host: str | list[str], address: str = "/", *, read: bool = False, method: str = "GET") -> int | str:
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
            connection.putrequest(method, address, skip_host=True)
            for one in [host] if isinstance(host, str) else host:
                connection.putheader("Host", one)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.read().decode() if read else answer.status

        yield ask, report.lines
        server.shutdown()


def test_the_page_that_waits_keeps_the_policy_of_all_pages(answers, tmp_path: Path) -> None:
    ask, _ = answers
    (tmp_path / "site" / "index.html").unlink(missing_ok=True)
    assert f'content="{policy.policy()}">' in ask("localhost", read=True)


def test_only_this_machine_is_answered_and_nothing_asked_for_is_too_odd(answers) -> None:
    ask, warnings = answers
    assert [ask(host) for host in ("localhost:8890", "127.0.0.1", "[::1]:8890", "LOCALHOST")] == [200] * 4
    others = ("example.org", "localhost.example.org:8890", "", "[::", "example.org@localhost", "localhost#example.org")
    assert [ask(host) for host in others] == [403] * 6
    assert ask(["localhost", "example.org"]) == 403
    assert [ask("localhost", address, method="HEAD") for address in ("/", "/-microscribe/events")] == [200, 200]
    odd = ("/a%00.png", f"/{'a' * 3000}.png", "/../../pyproject.toml", "/a%00")
    assert [ask("localhost", address) for address in odd] == [404, 404, 404, 503]
    assert warnings == []


@pytest.mark.parametrize(
    "error", [KeyError("odd"), SystemExit(3), RecursionError("deep"), OSError(28, "full", "x.html")]
)
def test_whatever_stops_a_build_is_told_in_the_page(tmp_path: Path, monkeypatch, error: BaseException) -> None:
    def stop(*_: object) -> None:
        raise error

    listeners, report = Listeners(), Recorded()
    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\n")
    monkeypatch.setattr(preview.site, "build", stop)
    preview._rebuild(tmp_path, report, listeners, preview.site.Options(), [])
    (problem,) = listeners.problems
    assert problem.startswith(f"the build stopped: {type(error).__name__}: ")
    assert "test_preview.py:" in problem
    assert report.lines == [problem]


@pytest.mark.parametrize(("failed", "builds"), [(False, [(False, False), (True, True)]), (True, [(False, False)])])
def test_the_search_follows_once_the_page_is_seen(tmp_path: Path, monkeypatch, failed: bool, builds: list) -> None:
    listeners, done = Listeners(), []
    problems = (Problem(Place(Path("a.md"), 1), "wrong"),) * failed

    def build(_settings: object, _report: object, options: preview.site.Options) -> preview.site.Result:
        done.append((options.searched, listeners.built))
        return preview.site.Result(tmp_path / "index.html", problems)

    (tmp_path / "pyproject.toml").write_text("[tool.microscribe]\nsearch = true\n")
    monkeypatch.setattr(preview.site, "build", build)
    preview._rebuild(tmp_path, Recorded(), listeners, preview.site.Options(), [])
    assert done == builds


@pytest.mark.slow
def test_a_folder_that_goes_and_comes_back_ends_nothing(served, root: Path) -> None:
    address, _ = served
    heard = news(address)
    next(heard)
    (root / "articles").rename(root / "away")
    assert "no folder" in until(heard, lambda one: one["problems"])["problems"][0]
    (root / "away").rename(root / "articles")
    until(heard, lambda one: not one["problems"])


@pytest.mark.slow
def test_an_edited_figure_script_is_drawn_again(served, root: Path) -> None:
    address, _ = served
    heard = news(address)
    next(heard)
    script = root / "figures" / "gallery" / "zz_probe.py"
    script.write_text(script.read_text().replace("FACTOR = 2.0", "FACTOR = 21.0"))

    def drawn(news: dict) -> bool:
        table = re.search(r"assets/[\w-]+\.\w+\.csv", fetch(f"{address}watched/index.html"))[0]
        return fetch(f"{address}{table}") == "unit,value\nmixed3b:1,21.0\n"

    assert until(heard, drawn)["problems"] == []


@pytest.mark.slow
def test_new_settings_and_templates_stay_and_a_broken_template_is_a_problem(served, root: Path) -> None:
    address, path = served
    heard = news(address)
    next(heard)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("Trial", "Renamed"))
    until(heard, lambda one: "Renamed" in fetch(address))
    (root / "templates" / "parts").mkdir(parents=True)
    footer = root / "templates" / "parts" / "footer.html"
    footer.write_text("<footer>\n<p>Mine, {{ site.titel }}</p></footer>\n")
    told = until(heard, lambda one: one["problems"])
    assert told["problems"] == ["templates/parts/footer.html:2: 'SiteView object' has no attribute 'titel'"]
    footer.write_text("<footer>\n<p>Mine, {{ site.title }}</p></footer>\n")
    until(heard, lambda one: not one["problems"] and "Mine, Renamed</p>" in fetch(address))


@pytest.mark.slow
def test_drafts_are_built_and_say_so(served, root: Path) -> None:
    address, path = served
    assert ">Draft<" not in fetch(f"{address}watched/index.html")
    heard = news(address)
    path.write_text(path.read_text().replace("title: Watched", "title: Watched\ndraft: true"))
    badge = '<span class="draft">Draft</span>'
    until(heard, lambda one: badge in fetch(f"{address}watched/index.html"))
    assert '<meta name="robots" content="noindex">' in fetch(f"{address}watched/index.html")
    assert badge in fetch(address)


@pytest.fixture
def placed(root: Path) -> None:
    """Let the site know where it will stand."""
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text() + 'url = "https://example.org/lab/"\n')


@pytest.mark.slow
def test_an_address_that_leads_nowhere_shows_the_page_for_it(placed, served) -> None:
    address, _ = served
    with pytest.raises(urllib.error.HTTPError) as raised:
        fetch(f"{address}no/such/page.html")
    assert raised.value.code == 404
    page = raised.value.read().decode()
    assert "Nothing stands here" in page
    assert '<base href="/">' in page
    assert "live.js" in page
    (style,) = re.findall(r'href="/(lab/assets/style[^"]+)"', page)
    assert "--paper" in fetch(f"{address}{style}")
