"""Chat talk around a product's name: greetings, calls to buy, praise of the price."""

import re
from functools import cache

from config.chatter import load_chatter
from processing.suggest.mention import Mention, find_all


def find_chatter(text: str) -> tuple[Mention[str], ...]:
    """Return each phrase that says nothing of the product, in the text's order."""
    return find_all(_pattern(), text, lambda match: match[0])


@cache
def _pattern() -> re.Pattern[str]:
    phrases = (r"[ \t-]+".join(map(re.escape, phrase.split())) for phrase in load_chatter().phrases)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(phrases)})(?![\w-]|[.']\w)", re.IGNORECASE)
