"""Links: only to hosts that are allowed and addresses that are public, at the moment of connecting."""

import ipaddress
import socket
import ssl
import threading
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import link_fetch
from flows.link_fetch import LinkFailed, LinkRefused, check_link, fetch_link, is_public
from tests.servers.photo_host import HOST, PhotoHost, answering, lead, ok

LIMIT = 1000


def fetch(photo_host: PhotoHost, path: str = "/1.jpg?a=b") -> bytes:
    return fetch_link(f"https://{HOST}:{photo_host.port}{path}", [f"{HOST}:{photo_host.port}"], limit=LIMIT)


@pytest.mark.parametrize(
    "url",
    [
        f"https://{HOST}/1.jpg",
        f"https://{HOST}:443/1.jpg?X-Amz-Signature=abc&x=%20",
        f"HTTPS://{HOST.upper()}/1.jpg",
        "https://other.example:8443/",
    ],
)
def test_a_link_to_an_allowed_host_is_allowed(url: str) -> None:
    assert check_link(url, [HOST, "other.example:8443"]).hostname in {HOST, "other.example"}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "1.jpg",
        f"http://{HOST}/1.jpg",
        f"ftp://{HOST}/1.jpg",
        "file:///etc/passwd",
        f"//{HOST}/1.jpg",
        f"https://{HOST}:8443/1.jpg",
        f"https://{HOST}:0x50/1.jpg",
        f"https://{HOST}:99999/1.jpg",
        f"https://{HOST}./1.jpg",
        f"https://{HOST}.evil.example/1.jpg",
        f"https://evil.example/{HOST}",
        f"https://evil.example#@{HOST}/",
        f"https://evil.example\\@{HOST}/1.jpg",
        f"https://{HOST}@evil.example/1.jpg",
        f"https://user:password@{HOST}/1.jpg",
        f"https://@{HOST}/1.jpg",
        f"https://{HOST}\r\nHost: evil.example/",
        f"https://{HOST}/1.jpg HTTP/1.1\r\nX: y",
        f"https://{HOST}/1\t.jpg",
        f"https://{HOST}/é.jpg",
        "https://photos。market。example/1.jpg",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1/",
        "https://2130706433/",
    ],
)
def test_any_other_link_is_refused(url: str) -> None:
    with pytest.raises(LinkRefused):
        check_link(url, [HOST, "other.example:8443"])


@given(st.text())
def test_no_text_gets_past_the_list_of_hosts(url: str) -> None:
    with pytest.raises(LinkRefused):
        check_link(url, [])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1"),
        *("::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1"),
        *("::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "64:ff9b:1::1",
    ],
)
def test_an_address_that_is_not_public_is_known_in_every_dress(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["169.254.169.254"], ["fe80::1%lo"]],
)
def test_an_allowed_name_that_leads_into_our_own_network_is_not_connected_to(
    photo_host: PhotoHost, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    lead(monkeypatch, {HOST: addresses})
    with pytest.raises(LinkRefused, match="not public"):
        fetch(photo_host)
    assert photo_host.connections == 0


def test_a_name_that_means_something_else_a_moment_later_changes_nothing(
    photo_host: PhotoHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def look_up(host: str, port: int, **how: Any) -> list[Any]:  # noqa: ANN401 - socket's own arguments
        asked.append(host)
        # An address that nobody has, and then this machine.
        address = "240.0.0.1" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(link_fetch, "is_public", lambda address: str(address) == "240.0.0.1")
    monkeypatch.setattr(link_fetch, "QUIET_SECONDS", 0.5)
    with pytest.raises(LinkFailed):
        fetch(photo_host)
    assert asked == [HOST]
    assert photo_host.connections == 0


@pytest.mark.usefixtures("as_if_public")
def test_what_lies_behind_a_link_is_fetched(photo_host: PhotoHost) -> None:
    requests = []

    def serve(connection: ssl.SSLSocket) -> None:
        requests.append(connection.recv(65536))
        connection.sendall(ok(b"photo"))

    photo_host.serve = serve
    assert fetch(photo_host) == b"photo"
    assert requests[0].startswith(f"GET /1.jpg?a=b HTTP/1.1\r\nHost: {HOST}:{photo_host.port}\r\n".encode())


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nphoto\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nphoto",
    ],
)
def test_an_answer_of_unknown_length_is_read_to_its_end(photo_host: PhotoHost, answer: bytes) -> None:
    photo_host.serve = answering(answer)
    assert fetch(photo_host) == b"photo"


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(photo_host: PhotoHost, status: int) -> None:
    place = f"https://{HOST}:{photo_host.port}/2.jpg"
    photo_host.serve = answering(f"HTTP/1.1 {status} x\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(LinkRefused, match=str(status)):
        fetch(photo_host)
    assert photo_host.connections == 1


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize("status", [204, 401, 403, 404, 410])
def test_a_link_that_gives_nothing_is_not_tried_again(photo_host: PhotoHost, status: int) -> None:
    photo_host.serve = answering(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(LinkRefused, match=str(status)):
        fetch(photo_host)


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_a_server_in_trouble_may_be_asked_again(photo_host: PhotoHost, status: int) -> None:
    photo_host.serve = answering(f"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n".encode())
    with pytest.raises(LinkFailed, match=str(status)):
        fetch(photo_host)


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize(
    "answer",
    [
        ok(b"x" * (LIMIT + 1)),
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"x" * (LIMIT + 1),
        ok(b"", length=10**15),
    ],
)
def test_what_is_too_large_is_refused(photo_host: PhotoHost, answer: bytes) -> None:
    photo_host.serve = answering(answer)
    with pytest.raises(LinkRefused, match="bytes"):
        fetch(photo_host)


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize(
    "answer",
    [
        ok(b"pho", length=5),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\npho",
        b"not HTTP",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5",
        b"",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    ],
)
def test_an_answer_that_breaks_off_is_no_photo(photo_host: PhotoHost, answer: bytes) -> None:
    photo_host.serve = answering(answer)
    with pytest.raises(LinkFailed):
        fetch(photo_host)


@pytest.mark.usefixtures("as_if_public")
def test_a_connection_that_is_cut_is_no_end_of_an_answer(photo_host: PhotoHost) -> None:
    def cut(connection: ssl.SSLSocket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npho")
        connection.shutdown(socket.SHUT_RDWR)

    photo_host.serve = cut
    with pytest.raises(LinkFailed):
        fetch(photo_host)


@pytest.mark.usefixtures("as_if_public")
@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_server_that_never_ends_is_left(
    photo_host: PhotoHost, first: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_fetch, "FETCH_SECONDS", 1.0)

    def drip(connection: ssl.SSLSocket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

    photo_host.serve = drip
    start = time.monotonic()
    with pytest.raises(LinkFailed):
        fetch(photo_host)
    assert time.monotonic() - start < 30, "it was read until it was too large"


@pytest.mark.usefixtures("as_if_public")
def test_a_server_that_says_nothing_is_left(photo_host: PhotoHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_fetch, "QUIET_SECONDS", 0.3)
    over = threading.Event()
    photo_host.serve = lambda connection: over.wait() and None
    with pytest.raises(LinkFailed, match="timed out"):
        fetch(photo_host)
    over.set()


@pytest.mark.usefixtures("as_if_public")
def test_a_certificate_that_nobody_vouches_for_is_refused(
    photo_host: PhotoHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(LinkFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch(photo_host)


@pytest.mark.usefixtures("as_if_public")
def test_another_hosts_certificate_is_refused(photo_host: PhotoHost, monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, {"other.example": ["127.0.0.1"]})
    place = f"other.example:{photo_host.port}"
    with pytest.raises(LinkFailed, match="CERTIFICATE_VERIFY_FAILED"):
        fetch_link(f"https://{place}/", [place], limit=LIMIT)


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    with pytest.raises(LinkFailed):
        fetch_link("https://nobody.invalid/", ["nobody.invalid"], limit=LIMIT)
