"""Prefect's server asked over plain HTTP: a busy one is asked again, and every other end is told."""

import json
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from flows import prefect_api
from flows.prefect_api import PAUSES, ServerAway, ServerRefused, ask
from flows.prefect_server import answers
from flows.request import Requested
from tests.servers.ports import free_port


class Scripted(HTTPServer):
    """A server that gives one answer after the other, and keeps what it was asked.

    An answer that is ``None`` is cut off before its first byte.
    """

    def __init__(self, answers: list[tuple[int, bytes | None]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.asked: list[tuple[str, str, Any, str | None]] = []
        self.headers: list[Message] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api"


class _Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        password = self.headers.get("authorization")
        self.server.asked.append((self.command, self.path, json.loads(body or b"null"), password))
        self.server.headers.append(self.headers)
        status, answer = self.server.answers.pop(0)
        self.send_response(status)
        self.send_header("content-length", str(99 if answer is None else len(answer)))
        self.end_headers()
        self.wfile.write(answer or b"")

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def scripted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    monkeypatch.setattr(prefect_api, "PAUSES", (0.01,) * len(PAUSES))
    with Scripted(list(request.param)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("scripted", [[(503, b""), (429, b""), (201, b'{"id": "1"}')]], indirect=True)
def test_a_busy_server_is_asked_again(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "admin:secret")
    assert ask(f"{scripted.address}/", "flows", {"a": 1}) == {"id": "1"}
    assert scripted.asked == [("POST", "/api/flows", {"a": 1}, "Basic YWRtaW46c2VjcmV0")] * 3


@pytest.mark.parametrize("scripted", [[(409, None)]], indirect=True)
def test_a_refusal_whose_words_are_cut_off_is_a_refusal(scripted: Scripted) -> None:
    with pytest.raises(ServerRefused, match="409: Conflict"):
        ask(scripted.address, "flows")


@pytest.mark.parametrize("scripted", [[(200, b"{}")]], indirect=True)
def test_a_server_with_a_key_is_given_it(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_AUTH_STRING", raising=False)
    monkeypatch.setenv("PREFECT_API_KEY", "pnu_secret")
    ask(scripted.address, "flows", {"a": 1})
    assert [authorization for *_, authorization in scripted.asked] == ["Bearer pnu_secret"]


@pytest.mark.parametrize("scripted", [[(200, b"{}"), (200, b"{}")]], indirect=True)
def test_what_a_proxy_wants_to_see_goes_along(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_KEY", "pnu_secret")
    wanted = {"X-Gate": "open", "authorization": "Bearer gate", "user-agent": "somebody else"}
    monkeypatch.setenv("PREFECT_CLIENT_CUSTOM_HEADERS", json.dumps(wanted))
    ask(scripted.address, "flows", {"a": 1})
    assert answers(scripted.address)
    assert [(each["x-gate"], each["authorization"]) for each in scripted.headers] == [("open", "Bearer gate")] * 2
    assert "somebody else" not in {each["user-agent"] for each in scripted.headers}


@pytest.mark.parametrize("wanted", ["X-Gate: open", '["X-Gate"]', '{"X-Gate": 1}'])
def test_headers_that_cannot_be_read_are_told_of(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_CLIENT_CUSTOM_HEADERS", wanted)
    with pytest.raises(ServerAway, match="PREFECT_CLIENT_CUSTOM_HEADERS"):
        ask("http://127.0.0.1:1/api", "flows")


@pytest.mark.parametrize("scripted", [[(503, b"busy")] * (len(PAUSES) + 1)], indirect=True)
def test_one_that_stays_busy_is_told_of(scripted: Scripted) -> None:
    with pytest.raises(ServerRefused, match="busy"):
        ask(scripted.address, "health")
    assert scripted.answers == []


@pytest.mark.parametrize("scripted", [[(409, b"not such parameters")]], indirect=True)
def test_a_refusal_is_told_at_once_in_its_own_words(scripted: Scripted) -> None:
    with pytest.raises(ServerRefused, match="409: not such parameters"):
        ask(scripted.address, "flows", {})
    assert [method for method, *_ in scripted.asked] == ["POST"]


@pytest.mark.parametrize("scripted", [[(200, b"<html>")]], indirect=True)
def test_what_is_no_prefect_api_counts_as_away(scripted: Scripted) -> None:
    with pytest.raises(ServerAway):
        ask(scripted.address, "health")
    with pytest.raises(ServerAway):
        ask(f"http://127.0.0.1:{free_port()}/api", "health")


def test_a_run_has_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_UI_URL", raising=False)
    run = Requested("1", "http://centre:4200/api")
    assert run.page == "http://centre:4200/runs/flow-run/1"
    monkeypatch.setenv("PREFECT_UI_URL", "https://pages.example/")
    assert run.page == "https://pages.example/runs/flow-run/1"
