"""Where published listings go: ``config/publishers.toml``, or the file that an operator names instead."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from annotated_types import Ge, MaxLen, MinLen
from pydantic import AfterValidator, Field, StringConstraints, model_validator

from config.known import PUBLISHERS
from config.presets import read_preset
from models.value import Value

BUNDLE = "bundle"
"""The one publisher that is always there."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.username or parts.password:
        raise ValueError("has a password in it; set ETALASE_PUBLISHER_SECRETS instead")
    here = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (here or parts.scheme == "https"):
        raise ValueError("is no https:// address")
    return value


def _template(value: str) -> str:
    try:
        _address(value.format(seller="seller", listing="listing"))
    except (KeyError, IndexError):
        raise ValueError("may have no other {placeholder} than {seller} and {listing}") from None
    if "{listing}" not in value:
        raise ValueError("has no {listing}, so all listings would share one page")
    return value


Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Address = Annotated[str, AfterValidator(_address)]
"""``https://``; ``http://`` only to this machine."""
Link = Annotated[str, AfterValidator(_template)]
"""An address with ``{seller}`` and ``{listing}``."""
Text = Annotated[str, MinLen(1)]


class Webhook(Value):
    """A receiver that is told of each listing by a signed call."""

    kind: Literal["webhook"]
    name: Name
    url: Address


class GoogleFeed(Value):
    """A feed for Google Merchant Center."""

    kind: Literal["google"]
    name: Name
    title: Text
    home: Address
    link: Link
    pictures: Address
    availability: Literal["in_stock", "out_of_stock", "preorder", "backorder"]


class MetaFeed(Value):
    """A catalogue for Meta's shops."""

    kind: Literal["meta"]
    name: Name
    brand: Annotated[str, MinLen(1), MaxLen(100)]
    link: Link
    pictures: Address
    availability: Literal["in stock", "out of stock", "available for order"]


class Sheet(Value):
    """Spreadsheets for sellers who upload by hand."""

    kind: Literal["shopee-sheet", "tokopedia-sheet"]
    name: Name
    pictures: Address


class OscarShop(Value):
    """A django-oscar shop with its REST API."""

    kind: Literal["oscar"]
    name: Name
    url: Address
    """Of its API, with the slash at its end."""
    product_class: Text
    """The slug of the shop's product class for what villages sell."""
    stock: Annotated[int, Ge(0)]
    """How many of a new product the shop may sell; later its own count is left alone."""


Declaration = Annotated[Webhook | GoogleFeed | MetaFeed | Sheet | OscarShop, Field(discriminator="kind")]


class Declarations(Value):
    """The whole file."""

    publisher: tuple[Declaration, ...] = ()

    @model_validator(mode="after")
    def _names_are_distinct(self) -> "Declarations":
        names = [BUNDLE, *(each.name for each in self.publisher)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two publishers are named {', '.join(twice)}")
        return self


def load_publishers(path: Path = PUBLISHERS) -> tuple[Declaration, ...]:
    """Return the publishers that are declared besides the bundle. Raises PresetError."""
    return read_preset(path, Declarations).publisher


def publisher_names(path: Path = PUBLISHERS) -> tuple[str, ...]:
    """Return the names of all publishers, the bundle first. Raises PresetError."""
    return (BUNDLE, *(each.name for each in load_publishers(path)))
