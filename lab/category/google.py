"""Whether the ids and paths that the categories carry are Google's: ``python -m lab.category.google TAXONOMY``.

The file is the list that Google publishes, ``taxonomy-with-ids.en-US.txt``: ``ID - Path > Path`` on a line.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from config.categories import Category, load_categories

LINE = re.compile(r"(\d+) - (.+)")


def read_taxonomy(text: str) -> dict[int, str]:
    """Return the path by each id."""
    return {int(match[1]): match[2].strip() for match in map(LINE.fullmatch, text.splitlines()) if match}


def strangers(taxonomy: Mapping[int, str], categories: Mapping[str, Category]) -> tuple[str, ...]:
    """Return the codes of the categories whose id is unknown or stands for another path."""
    return tuple(
        code for code, category in categories.items() if taxonomy.get(category.google) != category.google_path
    )


if __name__ == "__main__":
    found = strangers(read_taxonomy(Path(sys.argv[1]).read_text(encoding="utf-8")), load_categories())
    print("\n".join(found) if found else "every id stands for its path")
    sys.exit(bool(found))
