"""A door in front of a real S3 server, behind which it fails for a while when a test says so."""

import http.client
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

SILENT_SECONDS = 3.0
"""How long a silent server says nothing: longer than the tests' clients wait."""
ON_THE_WAY = frozenset({"connection", "expect", "keep-alive", "transfer-encoding"})
"""Headers that are between two ends of one line, and not passed on."""


class Outage(StrEnum):
    """How a server on a network fails."""

    ERROR = "answers 500"
    SLOW_DOWN = "answers 503"
    SILENT = "does not answer in time"
    CUT = "cuts the connection"


ANSWERS = {
    Outage.ERROR: (500, b"<Error><Code>InternalError</Code><Message>Please try again.</Message></Error>"),
    Outage.SLOW_DOWN: (503, b"<Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>"),
}


class CutInTheMiddle(random.Random):
    """Chance that has a connection always cut within the answer."""

    def random(self) -> float:
        return 0.0


@dataclass
class S3Door:
    """Where clients knock."""

    chance: random.Random
    """Decides whether a call takes effect before it fails, and where a connection is cut."""
    address: str = ""
    outage: Outage | None = None
    """What happens to every call at this moment."""
    failed: int = 0
    """Calls that have failed."""


@contextmanager
def s3_door(endpoint: str, chance: random.Random) -> Iterator[S3Door]:
    """Start a door in front of the server at ``endpoint``, and end it afterwards.

    Calls are passed on as they came, with the name by which the client called: that is part of its signature.
    """
    door = S3Door(chance)
    place = urlsplit(endpoint).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_call(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            outage = door.outage
            if outage is None:
                self.answer(*self.pass_on(body))
                return
            door.failed += 1
            answer = self.pass_on(body) if door.chance.random() < 0.5 else None
            if outage in ANSWERS:
                status, said = ANSWERS[outage]
                self.answer(status, [("Content-Type", "application/xml")], said)
                return
            if outage is Outage.SILENT:
                time.sleep(SILENT_SECONDS)
            elif answer is not None and door.chance.random() < 0.5:
                self.answer(*answer, cut=True)
            self.close_connection = True

        def pass_on(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            line = http.client.HTTPConnection(place, timeout=60)
            try:
                line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    if name.lower() not in ON_THE_WAY:
                        line.putheader(name, value)
                line.endheaders(body)
                answer = line.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            finally:
                line.close()

        def answer(self, status: int, headers: list[tuple[str, str]], body: bytes, *, cut: bool = False) -> None:
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in ON_THE_WAY | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(body) + cut))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if cut else body)

        do_GET = do_PUT = do_POST = do_DELETE = handle_call  # noqa: N815  the library's own names

        def log_message(self, *_: object) -> None:
            pass

        def handle_one_request(self) -> None:
            # A client that no longer waits for its answer is what these tests are about.
            try:
                super().handle_one_request()
            except ConnectionError:
                self.close_connection = True

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        door.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield door
        finally:
            server.shutdown()
            thread.join()
