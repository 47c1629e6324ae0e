"""Figures of rules and verdicts, as people write them."""

import re

MEGABYTE = 1_000_000
IN_MEGABYTES = 99_500
"""Bytes from which two digits of kilobytes are not enough."""
TEN, THOUSAND = 10, 1000


def readable(figure: str) -> str:
    """Return a figure with its signs and bytes as people write them: ``≤ 5 MB``."""
    plain = figure.replace(">=", "≥").replace("<=", "≤")
    return re.sub(r"(\d+) B\b", lambda match: _in_megabytes(int(match[1])), plain)


def _in_megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.2g} MB" if size >= IN_MEGABYTES else f"{size / 1_000:.2g} kB"


def size(amount: int) -> str:
    """Return so many bytes as people write them: ``3.4 GB``."""
    unit, value = "B", float(amount)
    for larger in ("kB", "MB", "GB", "TB"):
        if value < THOUSAND:
            break
        unit, value = larger, value / THOUSAND
    return f"{value:.1f} {unit}" if value < TEN and unit != "B" else f"{value:.0f} {unit}"


def percent(share: float) -> int:
    """Return a share as whole percents."""
    return round(100 * share)


def rupiah(amount: int) -> str:
    """Return an amount with its digits in groups of three: ``15.000``."""
    return f"{amount:,}".replace(",", ".")
