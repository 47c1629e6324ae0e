"""Rows of the tables that a run shows: of one listing's photos, and of all its listings."""

from config.messages import Messages
from config.waits import wait_section
from models.listing import ListingResult
from models.photo import Finished, PhotoResult


def photo_rows(result: ListingResult, texts: Messages) -> list[dict[str, object]]:
    """Return one row for each photo: its score, what was found, and the one thing to do."""
    return [_photo_row(photo, texts) for photo in result.photos]


def listing_row(result: ListingResult, texts: Messages) -> dict[str, object]:
    """Return a listing's row: its photos, its score, and the first thing to do."""
    wait = result.waits[0] if result.waits else None
    section = wait_section(wait) if wait else None
    return {
        texts.text("cli.column.listing"): str(result.key),
        texts.text("cli.column.photos"): len(result.photos),
        texts.text("cli.column.score"): "-" if result.score is None else result.score,
        texts.text("cli.column.verdict"): texts.text(f"{section}.title" if section else "cli.outcome.publishable"),
        texts.text("cli.column.next"): texts.text(f"{section}.advice") if section else "-",
    }


def _photo_row(photo: PhotoResult, texts: Messages) -> dict[str, object]:
    sections = _findings(photo)
    return {
        texts.text("artifact.photo"): photo.file,
        texts.text("cli.column.score"): photo.assessment.score if isinstance(photo, Finished) else "-",
        texts.text("cli.column.verdict"): " ".join(texts.text(f"{section}.title") for section in sections)
        or texts.text("report.good"),
        texts.text("cli.column.next"): texts.text(f"{sections[0]}.advice") if sections else "-",
    }


def _findings(photo: PhotoResult) -> list[str]:
    """Return the sections of the texts about a photo, the gravest first."""
    if not isinstance(photo, Finished):
        return [f"rejection.{photo.reason}"]
    doubts = [] if photo.trusted else [f"doubt.{doubt}" for doubt in photo.doubts]
    defects = sorted(photo.assessment.defects, key=lambda defect: -defect.severity)
    return [*doubts, *(f"defect.{defect.code}" for defect in defects)]
