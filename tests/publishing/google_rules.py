"""Google's product data specification, as far as it can be checked on a feed.

https://support.google.com/merchants/answer/7052112 (read 2026-11-24)
"""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

GOOGLE = "{http://base.google.com/ns/1.0}"
REQUIRED = {"id", "title", "description", "link", "image_link", "availability", "price"}
LONGEST = {"id": 50, "title": 150, "description": 5000, "link": 2000, "image_link": 2000, "product_type": 750} | {
    "brand": 70,
    "color": 100,
    "material": 200,
    "pattern": 100,
    "size": 100,
}
AVAILABILITY = {"in_stock", "out_of_stock", "preorder", "backorder"}
CONDITION = {"new", "refurbished", "used"}
MOST = {"additional_image_link": 10}
ADDRESSES = {"link", "image_link", "additional_image_link"}


def read_feed(data: bytes) -> list[dict[str, list[str]]]:
    """Return the feed's items, by their fields."""
    root = ElementTree.fromstring(data)
    assert root.tag == "rss"
    assert root.get("version") == "2.0"
    channel = root.find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    items: list[dict[str, list[str]]] = []
    for item in channel.findall("item"):
        fields: dict[str, list[str]] = {}
        for each in item:
            assert each.tag.startswith(GOOGLE)
            fields.setdefault(each.tag.removeprefix(GOOGLE), []).append(each.text or "")
        items.append(fields)
    return items


def faults(items: list[dict[str, list[str]]]) -> list[str]:
    """Return what Google would not accept, item by item."""
    found = []
    ids = [item.get("id", [""])[0] for item in items]
    if len(set(ids)) < len(ids):
        found.append("two items have one id")
    for item in items:
        found += [f"{name} is missing" for name in REQUIRED - item.keys()]
        found += [f"{name} is empty" for name, values in item.items() if not all(map(str.strip, values))]
        found += [f"{name} is there twice" for name, values in item.items() if len(values) > MOST.get(name, 1)]
        for name, longest in LONGEST.items():
            found += [f"{name} is too long" for value in item.get(name, []) if len(value) > longest]
        for name in ADDRESSES:
            found += [f"{value} is no address" for value in item.get(name, []) if not _is_address(value)]
        found += [
            f"{value} is no price" for value in item["price"] if not re.fullmatch(r"\d+\.\d\d [A-Z]{3}", value)
        ]
        found += [f"{value} is no availability" for value in item["availability"] if value not in AVAILABILITY]
        found += [f"{value} is no condition" for value in item.get("condition", []) if value not in CONDITION]
        if not item.keys() & {"gtin", "mpn", "brand"} and item.get("identifier_exists") != ["no"]:
            found.append("no identifier, and not said to be without")
    return found


def _is_address(value: str) -> bool:
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and value.isascii() and " " not in value
