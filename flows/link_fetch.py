"""Fetches what an event links to: only from allowed hosts at public addresses.

The name is looked up once, and the connection goes to the very address that was checked: a name that means
something else a moment later changes nothing. Redirects are not followed, proxies are not asked.
"""

import ipaddress
import socket
import ssl
from collections.abc import Iterable
from contextlib import closing, suppress
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443
QUIET_SECONDS = 10.0
"""How long a server may be silent."""
FETCH_SECONDS = 60.0
"""How long one fetch may take in all, however busy the server looks."""
MAY_PASS = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class LinkRefused(Exception):
    """A link that is not fetched, or gives nothing, however often it is tried."""


class LinkFailed(Exception):
    """A link that could not be fetched; trying again later may help."""


def check_link(url: str, hosts: Iterable[str]) -> SplitResult:
    """Return a link's parts. Raises LinkRefused unless it is ``https:`` to one of ``hosts``: ``HOST[:PORT]``."""
    if not (url.isascii() and url.isprintable()) or " " in url or "\\" in url:
        raise LinkRefused("it has characters that no link has")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or HTTPS_PORT
    except ValueError as error:
        raise LinkRefused(f"it is no link: {error}") from error
    if parts.scheme != "https" or not host or parts.username is not None or parts.password is not None:
        raise LinkRefused("it is not https://HOST/...")
    if (host if port == HTTPS_PORT else f"{host}:{port}") not in hosts:
        raise LinkRefused(f"the host {host}:{port} is not allowed")
    return parts


def fetch_link(url: str, hosts: Iterable[str], *, limit: int) -> bytes:
    """Return what lies behind a link, at most ``limit`` bytes. Raises LinkRefused, LinkFailed."""
    parts = check_link(url, hosts)
    connection = _PublicConnection(parts.hostname or "", parts.port or HTTPS_PORT)
    deadline = Timer(FETCH_SECONDS, connection.abort)
    deadline.daemon = True
    deadline.start()
    try:
        with closing(connection):
            connection.request(
                "GET",
                f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}",
                headers={"Accept-Encoding": "identity", "User-Agent": "etalase"},
            )
            with closing(connection.getresponse()) as answer:
                data = _read(answer, limit)
        if connection.aborted:
            raise LinkFailed(f"{parts.hostname} took longer than {FETCH_SECONDS} s")
    except (OSError, HTTPException, ValueError) as error:
        # ValueError: a server may answer with what Python's own reader chokes on.
        raise LinkFailed(f"{parts.hostname}: {type(error).__name__}: {error}") from error
    finally:
        deadline.cancel()
    return data


def is_public(address: Address) -> bool:
    """Return whether an address is one of the open internet, and no cover for one that is not."""
    inner = _inner(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: Address) -> Address | None:
    """Return the IPv4 address that an IPv6 one stands for, by any of the ways there are."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.teredo:
        return address.teredo[1]
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class _PublicConnection(HTTPSConnection):
    """A TLS connection to an address that is public at the moment of connecting."""

    def __init__(self, host: str, port: int) -> None:
        self.aborted = False
        self._secured: ssl.SSLSocket | None = None
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=QUIET_SECONDS, context=self._tls)

    def connect(self) -> None:
        """Connect, and agree on the keys. Raises LinkRefused, OSError."""
        self.sock = self._secured = self._tls.wrap_socket(
            _connect_publicly(self.host, self.port),
            server_hostname=self.host,
            # The handshake too is to end with the deadline, and an answer that is cut off is to be known as such.
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
        )
        if self.aborted:
            raise TimeoutError("the name took too long to look up")
        self._secured.do_handshake()

    def abort(self) -> None:
        """End the connection from another thread."""
        self.aborted = True
        # Not ``self.sock``, which is gone once an answer that ends with the connection has begun.
        if self._secured is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._secured, socket.SHUT_RDWR)


def _connect_publicly(host: str, port: int) -> socket.socket:
    """Connect to the first of a host's addresses that answers; refuse it if any of them is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for _, _, _, _, place in found:
        if not is_public(ipaddress.ip_address(str(place[0]).partition("%")[0])):
            raise LinkRefused(f"{host} leads to {place[0]}, which is not public")
    fault: OSError | None = None
    for family, kind, protocol, _, place in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(QUIET_SECONDS)
        try:
            connection.connect(place)
        except OSError as error:
            connection.close()
            fault = error
        else:
            return connection
    raise fault or OSError(f"{host} has no address")


def _read(answer: HTTPResponse, limit: int) -> bytes:
    if answer.status in MAY_PASS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise LinkFailed(f"the server answers {answer.status}")
    if answer.status != HTTPStatus.OK:
        raise LinkRefused(f"the server answers {answer.status}")
    if answer.length is not None and answer.length > limit:
        raise LinkRefused(f"{answer.length} bytes, at most {limit}")
    data = answer.read(limit + 1)
    if len(data) > limit:
        raise LinkRefused(f"more than {limit} bytes")
    if answer.length:
        raise LinkFailed(f"the server has kept back {answer.length} bytes")
    return data
