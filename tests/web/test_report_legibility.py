import itertools
import re
from pathlib import Path

import pytest

from config.messages import Language
from tests.web.report_pages import listing, photo, render

CSS = (Path(__file__).parents[2] / "web" / "templates" / "report.css.jinja").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_says_its_language_and_marks_the_sellers_words(tmp_path: Path, language: Language) -> None:
    page = render(tmp_path, listing(photo("a.jpg")), language=language)
    assert page.all("html") == [{"lang": language}]
    assert {quote["lang"] for quote in page.all("q") + page.all("blockquote")} == {"id"}


def test_headings_step_down_one_at_a_time_and_ids_are_used_once(tmp_path: Path) -> None:
    page = render(tmp_path, listing(photo("a.jpg")), listing(photo("b.jpg"), name="madu"))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {
        attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes
    } <= set(ids)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *itertools.product(
            ("ink", "quiet"), ("paper", "card", "soft", "mat", "accent-soft", "warm-soft", "red-soft")
        ),
        *itertools.product(("accent", "warm"), ("paper", "card")),
        ("accent", "accent-soft"),
        ("warm", "warm-soft"),
        ("red", "red-soft"),
        ("grey", "grey-soft"),
    ],
)
def test_text_stands_out_from_its_ground(theme: int, ink: str, ground: str) -> None:
    colours = dict(
        re.findall(r"--([\w-]+): (#[0-9a-f]{6});", re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[theme])
    )
    lighter, darker = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
