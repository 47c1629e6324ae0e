"""Ways to reach the seller, which belong to no listing: telephone numbers, addresses of pages and accounts."""

import re

from processing.suggest.mention import Mention, find_all

PATTERN = re.compile(
    r"https?://\S+|\b(?:www\.|wa\.me/|bit\.ly/)\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@\w{1,64}(?:\.\w{1,64}){1,4}"
    r"|(?<![\w.])@[a-z_][\w.]{0,40}"
    r"|(?<![\w.,])(?:\+\s?62|62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d{2,5}){2,3}(?!\d)"
    r"|\(0\d{2,3}\)\s?\d{5,8}",
    re.IGNORECASE,
)


def find_contacts(text: str) -> tuple[Mention[str], ...]:
    """Return each telephone number, page and account, as found."""
    return find_all(PATTERN, text, lambda match: match[0])
