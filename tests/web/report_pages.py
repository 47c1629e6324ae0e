"""Reports of made-up listings, rendered and read back."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from config.marketplaces import load_marketplace
from config.messages import Language, load_messages
from models.appraisal import Fix
from models.assessment import Assessment, Defect, Outcome, Verdict
from models.listing import Hold, ListingKey, ListingResult
from models.matte import Doubt
from models.note import SellerNote
from models.photo import Finished, PhotoResult
from models.picture import Source
from models.rendition import StoredRendition
from models.state import ListingState
from models.suggestion import Suggestion
from processing.appraise.appraise import appraise
from processing.suggest.suggest import suggest
from web.report import AFTER, BEFORE, THUMBNAIL, ReportListing, render_report


class Page(HTMLParser):
    """What a page holds: its elements in order, its text, and what of it is seen before anything is unfolded."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.unfolded = ""
        self._folds = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._folds += tag == "details"

    def handle_endtag(self, tag: str) -> None:
        self._folds -= tag == "details"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.unfolded += "" if self._folds else data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(key: str) -> bytes:
    """Return made-up bytes, other ones for every key."""
    return f"picture {key}".encode()


def photo(file: str, *, defects: tuple[Defect, ...] = (), trusted: bool = True) -> Finished:
    sizes = {AFTER: (1200, 1200), THUMBNAIL: (300, 300), BEFORE: (960, 720)}
    return Finished(
        file=file,
        sha256="0" * 64,
        source=Source(format="JPEG", width=1600, height=1200, bytes=300_000),
        trust=0.9,
        trusted=trusted,
        doubts=() if trusted else (Doubt.BUSY_BACKGROUND,),
        assessment=Assessment(
            score=73,
            parts={"sharpness": 0.9, "exposure": 0.8},
            measurements=(),
            defects=defects,
            verdicts=(
                Verdict(marketplace="shopee", rule="aspect", outcome=Outcome.FAIL, found="1.33", wanted="1"),
                Verdict(
                    marketplace="shopee",
                    rule="max_bytes",
                    outcome=Outcome.PASS,
                    found="300000 B",
                    wanted="<= 10000000 B",
                ),
            ),
        ),
        verdicts=(
            Verdict(marketplace="shopee", rule="aspect", outcome=Outcome.PASS, found="1", wanted="1"),
            Verdict(
                marketplace="shopee",
                rule="max_bytes",
                outcome=Outcome.PASS,
                found="90000 B",
                wanted="<= 10000000 B",
            ),
        ),
        renditions=tuple(
            StoredRendition(
                name=name,
                key=f"renditions/{file}/{name}",
                media_type="image/jpeg",
                width=width,
                height=height,
                bytes=1,
                sha256="0" * 64,
                published=name != BEFORE,
            )
            for name, (width, height) in sizes.items()
        ),
    )


def listing(
    *photos: PhotoResult,
    name: str = "sambal",
    words: str = "sambal bawang 250gr 15rb",
    state: ListingState = ListingState.PUBLISHED,
    waits: tuple[Hold, ...] = (),
    locations: tuple[str, ...] = (),
    error: str | None = None,
    suggestion: Suggestion | None = None,
) -> ReportListing:
    key = ListingKey(seller="ibu-ani", listing=name)
    note = SellerNote(words=words)
    result = ListingResult(
        key=key,
        version=1,
        identity="white-square-0",
        note=note,
        photos=photos,
        score=73 if photos else None,
        suggestion=suggestion or suggest(note),
        waits=waits,
    )
    return ReportListing(key, state, result, locations, error)


def render(folder: Path, *listings: ReportListing, language: Language = "id") -> Page:
    page = render_report(listings, folder, read=read, messages=load_messages(language))
    assert page == folder / "index.html"
    return Page(page.read_text(encoding="utf-8"))


def appraised(code: str, words: str = "sambal bawang 250gr 15rb", **fix: object) -> ReportListing:
    """Return a listing with one photo that stands somewhere at one marketplace."""
    shown = listing(photo("a.jpg"), words=words)
    assert shown.result is not None
    appraisal = appraise(load_marketplace(code), shown.result.finished, shown.result.suggestion)
    if fix:
        appraisal = appraisal.model_copy(update={"next_fix": Fix.model_validate(fix)})
    return replace(shown, result=shown.result.model_copy(update={"appraisals": (appraisal,)}))
