"""Chat talk around a product's name: greetings, calls to buy, praise of the price."""

import re
from functools import cache

from config.brands import load_brands
from config.chatter import load_chatter
from processing.suggest.mention import Mention, find_all

WORD_BEFORE = re.compile(r"([^\W\d_]+) $")
LONGEST_WORD = 30
"""Characters that are looked at before a title."""


def find_chatter(text: str) -> tuple[Mention[str], ...]:
    """Return each phrase that says nothing of the product, in the text's order.

    A title before somebody's name, after the product, says whose it is: ``keripik tempe bu siti``.
    """
    found = find_all(_pattern(), text, lambda match: match[0])
    starts, ends = {mention.start for mention in found}, {mention.end for mention in found}
    return tuple(mention for mention in found if not _is_makers(text, mention, starts, ends))


def _is_makers(text: str, title: Mention[str], starts: set[int], ends: set[int]) -> bool:
    """Return whether a person's name begins there, straight after a word that is neither chatter nor leads to her.

    It is a name that people have, or written as one.
    """
    before = WORD_BEFORE.search(text, max(0, title.start - LONGEST_WORD), title.start)
    if before is None or before.end(1) in ends or before[1].casefold() in load_brands().talk:
        return False
    named = _maker().match(text, title.start)
    known = named is not None and named["name"].casefold() in load_brands().given
    return named is not None and named.start("name") not in starts and (known or named["name"].istitle())


@cache
def _maker() -> re.Pattern[str]:
    titles = "|".join(map(re.escape, load_brands().title))
    return re.compile(rf"(?:{titles}) (?P<name>[^\W\d_]+)", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    phrases = (r"[ \t-]+".join(map(re.escape, phrase.split())) for phrase in load_chatter().phrases)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-]|[.']\w)", re.IGNORECASE)
