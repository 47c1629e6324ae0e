"""Draws secret tokens, and hashes them: the catalog keeps only the hash."""

import hashlib
import secrets

BYTES = 32


def draw_token() -> str:
    """Return 256 random bits in characters that a URL and a cookie may have."""
    return secrets.token_urlsafe(BYTES)


def hash_token(secret: str) -> str:
    """Return what is kept in a secret's place. What cannot be guessed needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
