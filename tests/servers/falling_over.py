"""A door in front of a real server that lets a call through, and then answers as if it had failed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx


@dataclass
class Door:
    """Where callers knock."""

    address: str = ""
    failing: list[str] = field(default_factory=list)
    """Methods whose next call is passed on and answered with 500, or cut off when it begins with ``-``."""
    passed: list[str] = field(default_factory=list)
    """What was passed on: method and path."""


@contextmanager
def door_before(address: str) -> Iterator[Door]:
    """Start a door in front of the server at ``address``, and end it afterwards."""
    door = Door()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_call(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            kept = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            answer = httpx.request(self.command, address + self.path, content=body, headers=kept, timeout=60)
            door.passed.append(f"{self.command} {self.path}")
            if f"-{self.command}" in door.failing:
                door.failing.remove(f"-{self.command}")
                self.close_connection = True
                return
            failed = self.command in door.failing
            if failed:
                door.failing.remove(self.command)
            said = b"<h1>Server Error (500)</h1>" if failed else answer.content
            self.send_response(500 if failed else answer.status_code)
            self.send_header("content-type", "text/html" if failed else answer.headers.get("content-type", ""))
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_call  # noqa: N815  the library's own names

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        door.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield door
        finally:
            server.shutdown()
            thread.join()
