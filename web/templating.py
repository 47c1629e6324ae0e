"""The templates of all pages, and the names of renditions that they share."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from config.figures import percent, readable, rupiah, size
from config.wall_clock import day_and_time, time_of_day

BEFORE, AFTER, THUMBNAIL = "before.jpg", "main.jpg", "thumbnail.jpg"
"""The renditions that pages show."""


@cache
def open_templates() -> Environment:
    """Return the templates of ``web/templates``: what they print is escaped, and what they misspell is a fault."""
    environment = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "rupiah": rupiah, "readable": readable, "size": size}
    environment.filters |= {"time_of_day": time_of_day, "day_and_time": day_and_time}
    return environment
