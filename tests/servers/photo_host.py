"""A host that photos are fetched from: a real TLS server on this machine, to which a name is made to lead."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOST = "photos.market.example"


def ok(body: bytes, *, more: str = "", length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n{more}\r\n".encode() + body


def answering(answer: bytes) -> Callable[[ssl.SSLSocket], None]:
    """Return what a server does that reads a request and answers so."""

    def serve(connection: ssl.SSLSocket) -> None:
        connection.recv(65536)
        connection.sendall(answer)

    return serve


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Return the files of a certificate of the host's, signed by itself, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


class PhotoHost:
    """A real TLS server on this machine that does to each connection what a test wants."""

    def __init__(self, certificate: tuple[Path, Path]) -> None:
        self.serve: Callable[[ssl.SSLSocket], None] = answering(ok(b"photo"))
        self.connections = 0
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    @contextmanager
    def running(self) -> Iterator[None]:
        threading.Thread(target=self._accept, daemon=True).start()
        yield
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        try:
            with self._context.wrap_socket(connection, server_side=True) as secured:
                self.serve(secured)
                secured.unwrap()
        except (OSError, ValueError):
            connection.close()


def lead(monkeypatch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
    """Have names lead to addresses, as a name server decides; all other names lead where they lead."""
    elsewhere = socket.getaddrinfo

    def look_up(host: str, port: int, *more: Any, **how: Any) -> list[Any]:  # noqa: ANN401 - socket's own arguments
        if host not in names:
            return elsewhere(host, port, *more, **how)
        found: list[Any] = []
        for address in names[host]:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            found.append((family, socket.SOCK_STREAM, 6, "", (address, port)))
        return found

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
