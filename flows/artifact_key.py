"""Builds artifact keys: Prefect takes only small letters, digits and hyphens."""

import hashlib
import re


def artifact_key(kind: str, name: str) -> str:
    """Return a key that no two names share and that a person recognises: ``listing-ibu-ani-tampah-3f2a91c0``."""
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return "-".join(part for part in (kind, readable, hashlib.sha256(name.encode()).hexdigest()[:8]) if part)
