"""Rows of the tables on a run's page: one listing's photos, and all listings."""

from config.messages import Messages
from config.score import load_score_weights
from config.waits import wait_section
from models.listing import ListingResult
from models.photo import Finished, PhotoResult
from processing.advise import Finding, findings_of


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
    found = _findings(photo)
    titles = (texts.text(f"{one.section}.title", **one.values) for one in found)
    return {
        texts.text("artifact.photo"): photo.file,
        texts.text("cli.column.score"): photo.assessment.score if isinstance(photo, Finished) else "-",
        texts.text("cli.column.verdict"): " ".join(titles) or texts.text("report.good"),
        texts.text("cli.column.next"): texts.text(f"{found[0].section}.advice")
        if found and not found[0].ours
        else "-",
    }


def _findings(photo: PhotoResult) -> tuple[Finding, ...]:
    """Return what is to be said of a photo, what the seller is to do first at the beginning."""
    if not isinstance(photo, Finished):
        return (Finding(f"rejection.{photo.reason}"),)
    return findings_of(photo, load_score_weights())
