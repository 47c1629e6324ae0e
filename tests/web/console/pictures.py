"""Pictures on a page, once a browser has them."""

from playwright.sync_api import Locator

FETCHED = """pictures => Promise.all(pictures.map(picture => {
  picture.loading = "eager";
  return picture.decode().then(() => picture.naturalWidth);
}))"""
"""One that is to be fetched only when it comes into sight would be waited for without end."""


def widths_of(pictures: Locator) -> list[int]:
    """Return how wide pictures are, in px, once they are fetched; there is one at least.

    Raises Error for one that cannot be shown.
    """
    widths: list[int] = pictures.evaluate_all(FETCHED)
    assert widths
    return widths
