"""The page is for whoever has its address, and nothing that it sends tells how a unit answers."""

import http.client
import json
import threading

import pytest

from builder.engine.labelling import Meaning, Sheet
from builder.errors import BuildError, UsageError
from builder.labelling import server
from builder.labelling.answers import Answers
from builder.labelling.session import Session
from builder.reporter import Recorded

CROPS = {f"{image}@4,{image}": f"picture {image}".encode() for image in (501, 502, 503)}
SHEET = Sheet(CROPS, (Meaning("curve", "An arc.", (b"example",)), Meaning("rest")))


@pytest.fixture
def desk(tmp_path):
    answers = Answers(tmp_path / "labels.csv", tmp_path / "labels.lock")
    return server.Desk(Session(tuple(CROPS), ("curve", "rest"), answers), SHEET, {"": (b"<html>", "text/html")})


@pytest.fixture
def ask(desk):
    """Ask the server for a path; give the status, the headers and the text."""
    serving, address = server.opened(desk, 8950, Recorded())
    assert address == f"http://127.0.0.1:{serving.server_port}/{desk.token}/"
    threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True).start()

    def asked(
        path: str, given: object = None, *, token: str = desk.token, kind: str = "application/json", host: str = ""
    ):
        connection = http.client.HTTPConnection("127.0.0.1", serving.server_port, timeout=5)
        headers = {"Content-Type": kind, "Host": host or "localhost"}
        body = None if given is None else json.dumps(given)
        connection.request("GET" if body is None else "POST", f"/{token}/{path}", body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    yield asked
    serving.shutdown()
    serving.server_close()


def test_only_the_whole_address_on_this_machine_leads_anywhere(ask, desk):
    assert ask("")[0] == 200
    assert ask("", token="")[0] == 403
    assert ask("state?annotator=ann", token="guessed")[0] == 403
    assert ask("label", {"annotator": "ann", "number": 0, "label": "curve"}, token="guessed")[0] == 403
    assert ask("", host="example.org")[0] == 403
    assert ask("labels.csv")[0] == ask("label")[0] == ask("state", {})[0] == 404
    assert not desk.session.answers.path.exists()
    headers = ask("")[1]
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["Cache-Control"] == "no-store"


def test_no_answer_names_a_crop_or_tells_more_than_how_far_one_is(ask, desk):
    said = [
        ask("state?annotator=ann"),
        ask("label", {"annotator": "ann", "number": 0, "label": "curve"}),
        ask("undo", {"annotator": "ann"}),
    ]
    for _, _, text in said:
        assert json.loads(text).keys() == {"annotator", "done", "total", "number"}
    status, headers, picture = ask("crop?annotator=ann&number=1")
    assert picture.encode() == CROPS[desk.session.order("ann")[1]]
    everything = " ".join(text + str(headers) for _, headers, text in [*said, (status, headers, "")])
    assert not any(crop in everything or crop.partition("@")[0] in everything for crop in CROPS)


def test_labels_are_written_as_they_come(ask, desk):
    for number in range(3):
        left = json.loads(ask("label", {"annotator": "ann", "number": number, "label": "curve"})[2])
        assert len(desk.session.answers.rows()) == number + 1
    assert left["number"] is None
    # A second tab that did not hear of it changes nothing.
    assert json.loads(ask("label", {"annotator": "ann", "number": 0, "label": "rest"})[2])["done"] == 3
    assert set(desk.session.answers.of("ann").values()) == {"curve"}
    assert ask("example?label=0&number=0")[2] == "example"


def test_agreement_waits_until_one_is_done(ask, desk):
    for number in range(3):
        ask("label", {"annotator": "ann", "number": number, "label": "curve"})
    status, _, text = ask("agreement?annotator=bob")
    assert (status, json.loads(text)["error"]) == (400, "3 crops are left; expected none")
    for number in range(3):
        ask("label", {"annotator": "bob", "number": number, "label": "rest" if number else "curve"})
    told = json.loads(ask("agreement?annotator=ann")[2])
    assert told["pairs"] == [["ann", "bob", 3, pytest.approx(1 / 3), 0.0]]
    assert list(server.ended(desk))[:2] == ["ann: 3 of 3 crops labelled", "bob: 3 of 3 crops labelled"]
    assert "who agree on 33% of pairs" in list(server.ended(desk))[2]


@pytest.mark.parametrize(
    "given",
    [{}, [], {"annotator": ""}, {"annotator": "ann", "number": "x", "label": "curve"},
     {"annotator": "ann", "number": 7, "label": "curve"}, {"annotator": "ann", "number": 0, "label": "curv"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(ask, desk, given):
    status, _, text = ask("label", given)
    assert status == 400
    assert json.loads(text)["error"]
    assert not desk.session.answers.path.exists()


def test_a_page_that_posts_a_form_is_refused(ask):
    assert ask("label", {"annotator": "ann", "number": 0, "label": "curve"}, kind="text/plain")[0] == 400
    assert ask("label", {"annotator": "a" * 5000})[0] == 400


def test_a_file_that_cannot_be_written_is_told(ask, desk, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Answers, "_write", full)
    status, _, text = ask("label", {"annotator": "ann", "number": 0, "label": "curve"})
    assert (status, json.loads(text)["error"]) == (500, "labels.csv: No space left on device")


def test_a_name_or_a_file_that_is_wrong_stops_the_command(house, tmp_path):
    from builder.labelling.directive import Task
    from tests.builder.engine.test_labelling import wanted

    task = Task("A", wanted(), tmp_path / "labels.csv")
    with pytest.raises(UsageError, match="--annotator 'rubric'; expected another name"):
        server.desk_of(house, None, task, "rubric", 0)
    task.file.write_text("image,label,annotator\n1,curve,ann\n")
    with pytest.raises(BuildError, match=r"labels.csv:2: crop id '1'"):
        server.desk_of(house, None, task, "", 0)
