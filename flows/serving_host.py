"""The addresses at which a service listens and is reached."""

import socket
from ipaddress import ip_address

ALL_ADDRESSES = frozenset({"0.0.0.0", "::"})
ELSEWHERE = ("192.0.2.1", 9)
"""Nobody's (RFC 5737): to choose a way there is all that is done, nothing is sent."""


def is_loopback(host: str) -> bool:
    """Return whether only this machine itself reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def reached_at(host: str) -> str:
    """Return where others reach us that listen at ``host``: for all addresses at once, ours in the network."""
    if host not in ALL_ADDRESSES:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(ELSEWHERE)
        except OSError:  # no network
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def is_free(host: str, port: int) -> bool:
    """Return whether we could listen there: it is an address of this machine, and nobody listens yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
