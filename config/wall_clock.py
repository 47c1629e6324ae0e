"""The clock on the wall, by which people are told when something was or will be."""

from datetime import datetime, timedelta, timezone

HERE = timezone(timedelta(hours=7))
"""Jakarta's time, by which the nightly run goes too: a day begins at its midnight."""


def time_of_day(moment: datetime) -> str:
    """Return the hour and minute of a moment: ``12.30``."""
    return moment.astimezone(HERE).strftime("%H.%M")


def day_and_time(moment: datetime) -> str:
    """Return the day of a moment too: ``27-11-2026 12.30``."""
    return moment.astimezone(HERE).strftime("%d-%m-%Y %H.%M")
