"""Claims: words that say more of a product than any seller may without evidence."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from config.categories import load_categories
from config.guarded import load_guarded

WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}-][^\W_]+)*")
"""A word; what a hyphen joins is one."""


def plain(text: str) -> str:
    """Return a text as it is compared: one form of each letter, lower case, no invisible signs, single spaces.

    A sign that is not seen (soft hyphen, zero-width joiner) would hide a word that is.
    """
    visible = "".join(
        letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf"
    )
    return " ".join(visible.casefold().split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text that :func:`plain` has made, without its figures' punctuation."""
    return tuple(WORD.findall(text))


def find_claim(text: str) -> str | None:
    """Return the first claim in a text that needs evidence, as found, or ``None``."""
    match = _anywhere().search(plain(text))
    return match[0] if match else None


def find_prohibited(text: str, phrases: tuple[str, ...]) -> str | None:
    """Return the first of some phrases in a text, as found, or ``None``; their stars stand for any ending."""
    match = _whole(phrases).search(plain(text)) if phrases else None
    return match[0] if match else None


def find_phrase(text: str, phrases: tuple[str, ...]) -> bool:
    """Return whether the whole of a text is one of the phrases, whose stars stand for any ending."""
    return _whole(phrases).fullmatch(plain(text)) is not None


def claims_in_name(text: str) -> str | None:
    """Return the first claim in a text that even a product's own name does not make, or ``None``.

    Goods that are called so, as hair vitamin is, claim nothing by their kind's name.
    """
    match = _in_names().search(_goods().sub(" ", plain(text)))
    return match[0] if match else None


@cache
def goods_with_claims() -> frozenset[str]:
    """Return the categories' keywords that would be claims if they were no names of goods."""
    keywords = (keyword for category in load_categories().values() for keyword in category.keywords)
    return frozenset(keyword for keyword in keywords if _in_names().search(keyword))


@cache
def _goods() -> re.Pattern[str]:
    return _pattern(goods_with_claims())


@cache
def _whole(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return _pattern(phrases)


@cache
def _anywhere() -> re.Pattern[str]:
    return _pattern(load_guarded().phrases)


@cache
def _in_names() -> re.Pattern[str]:
    return _pattern(load_guarded().in_no_name)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    written = sorted(phrases, key=len, reverse=True)
    parts = (
        re.escape(phrase.rstrip("*")) + (r"\w*" if phrase.endswith("*") else "(?:nya)?") for phrase in written
    )
    return re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?!\w)")
