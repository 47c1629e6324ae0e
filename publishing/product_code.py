"""The name of a listing in shops and feeds, which limit length and characters."""

import hashlib

from models.listing import ListingKey


def product_code(key: ListingKey) -> str:
    """Return ``et`` and 22 hexadecimal digits: the same for every version of a listing, its own for each."""
    return f"et{hashlib.sha256(str(key).encode('utf-8', 'surrogatepass')).hexdigest()[:22]}"
