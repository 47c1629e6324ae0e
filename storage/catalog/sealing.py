"""Secrets that a browser holds: what is kept of them tells nothing to who reads the catalog."""

import hashlib
import secrets

BYTES = 32


def draw_secret() -> str:
    """Return 256 random bits in letters that an address and a cookie may have."""
    return secrets.token_urlsafe(BYTES)


def seal(secret: str) -> str:
    """Return what is kept in a secret's place. What cannot be guessed needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
