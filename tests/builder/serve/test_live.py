"""What a preview tells the browsers that watch it."""

import json

from builder.reporter import Recorded
from builder.serve.live import PAUSE_S, Listeners, Telling


def heard_of(listeners: Listeners) -> list[dict]:
    return [json.loads(listeners.last["work"].partition("data: ")[2])] if "work" in listeners.last else []


def test_progress_is_worded_and_passed_on(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr("builder.serve.live.time.monotonic", lambda: now[0])
    listeners, inner = Listeners(), Recorded()
    telling = Telling(inner, listeners)
    figures = telling.begin("figures", 5)
    assert heard_of(listeners) == [{"words": "figures, 0 of 5", "done": 0, "total": 5}]
    telling.advance(figures, 1)
    arcs = telling.begin("arcs in mixed3b", 64)
    for _ in range(2):
        now[0] += 2.3
        telling.advance(arcs, 6)
    expected = "figures 2 of 5: arcs in mixed3b, 12 of 64, about 20 s left"
    assert heard_of(listeners) == [{"words": expected, "done": 12, "total": 64}]
    now[0] += PAUSE_S / 2
    telling.advance(arcs, 1)
    assert heard_of(listeners)[0]["done"] == 12
    telling.end(arcs)
    assert heard_of(listeners)[0]["words"] == "figures, 1 of 5", "one figure tells nothing of the others"
    telling.end(figures)
    assert heard_of(listeners)[0]["words"] == "building"
    assert inner.lines == ["figures", "arcs in mixed3b"]


def test_who_comes_late_hears_the_last_news_of_every_kind_once() -> None:
    listeners = Listeners()
    listeners.work("building")
    listeners.work("")
    listeners.tell(["a.md:1: bad"], changed=True)
    first = listeners.listen()
    told = [next(first), next(first)]
    assert [one.partition("\n")[0] for one in told] == ["event: work", "event: message"]
    assert '"words": ""' in told[0]
    assert '"problems": ["a.md:1: bad"], "changes": 1' in told[1]
    listeners.tell([], changed=False)
    assert '"changes": 1' in next(first)
    first.close()
    assert not listeners.queues


def test_pages_that_can_be_read_early_are_news_before_the_build_has_ended() -> None:
    listeners = Listeners()
    listeners.early()
    assert not listeners.built
    assert '"problems": [], "changes": 1' in listeners.last["message"]
    listeners.tell(["a.md:1: bad"], changed=True)
    listeners.early()
    assert '"problems": ["a.md:1: bad"], "changes": 3' in listeners.last["message"]
