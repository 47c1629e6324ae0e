"""A marketplace's end of our webhook: verifies, deduplicates, counts effects, and fails when it is told to."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"the marketplace's and our secret").decode()


@dataclass
class Reply:
    """What the receiver answers to one call."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    keeps: bool = False
    """True where the call takes effect all the same."""
    after: float = 0.0
    """Seconds that it takes to answer."""


@dataclass
class Receiver:
    """What has reached it."""

    address: str = ""
    calls: list[dict[str, str]] = field(default_factory=list)
    """The headers of every call, in lower case."""
    effects: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The payload of every distinct ``webhook-id``."""
    forged: int = 0
    replies: list[Reply] = field(default_factory=list)
    """What the next calls are answered, in order; afterwards each is taken."""

    def take(self, headers: dict[str, str], body: bytes) -> Reply:
        """Take one call as a marketplace would."""
        self.calls.append(headers)
        reply = self.replies.pop(0) if self.replies else Reply(204, keeps=True)
        if reply.keeps:
            try:
                payload = Webhook(SECRET).verify(body, headers)
            except Exception:
                self.forged += 1
                return Reply(401)
            self.effects.setdefault(headers["webhook-id"], payload)
        return reply


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """Start a receiver on a free port, and end it afterwards."""
    receiver = Receiver()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                # Whoever called was killed meanwhile, and has asked for nothing.
                self.close_connection = True
                return
            with lock:
                reply = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            time.sleep(reply.after)
            answer = json.dumps({"status": reply.status}).encode() if reply.status >= 300 else b""
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.address = f"http://127.0.0.1:{server.server_address[1]}/hooks"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
