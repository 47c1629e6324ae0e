"""The session cookie, and the address that sign-in tries are counted by."""

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request, Response

PLAIN, BEHIND_TLS = "session", "__Host-session"
"""A browser takes the second name over TLS alone, from this host alone: nobody on the way can plant one."""
SAME_HOUSEHOLD = 64
"""Bits of an IPv6 address that one household or one telephone has for itself."""


def session_of(request: Request) -> str | None:
    """Return the secret that a browser brings, if any."""
    return request.cookies.get(_name(request))


def keep_session(request: Request, answer: Response, secret: str) -> None:
    """Have the browser keep a session until it is closed; its end is known here alone."""
    secure = request.url.scheme == "https"
    answer.set_cookie(_name(request), secret, path="/", httponly=True, samesite="lax", secure=secure)


def drop_session(request: Request, answer: Response) -> None:
    """Have the browser forget its session."""
    secure = request.url.scheme == "https"
    answer.delete_cookie(_name(request), path="/", httponly=True, samesite="lax", secure=secure)


def address_of(request: Request) -> str:
    """Return where a request comes from, as far as tries from one place are counted together."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, SAME_HOUSEHOLD), strict=False))
    return str(address)


def _name(request: Request) -> str:
    return BEHIND_TLS if request.url.scheme == "https" else PLAIN
