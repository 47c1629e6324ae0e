"""Whether a page can be used by everybody, as far as a program can tell."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def faults_of(page: Page) -> list[str]:
    """Return what a page shows against the rules of WCAG 2.2 AA, and whether it runs out of its sides."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(RULES)}}
    found = Axe().run(page, options=options).response["violations"]
    told = [f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes']]}" for one in found]
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return told if width <= window else [*told, f"it is {width} px wide in a window of {window} px"]


def assert_accessible(page: Page) -> None:
    """Hold a page against those rules."""
    told = faults_of(page)
    assert not told, "\n".join([page.url, *told])
