"""What a marketplace receives of a listing."""

from config.categories import load_categories
from config.messages import Language
from models.listing import ListingResult
from models.photo import Finished
from models.publication import ListingDocument, PublishedPhoto, PublishRefused
from models.suggestion import Copy, Suggestion


def build_document(result: ListingResult, language: str) -> ListingDocument:
    """Return the document of a result whose questions are all answered.

    Raises
    ------
    PublishRefused
        When title, category or price is missing: such a listing is not publishable.
    """
    words = result.suggestion
    if words.title is None or words.category is None or words.price is None:
        raise PublishRefused(f"{result.key} has open questions and cannot be published")
    copies = _copies(words)
    copy = copies.get(language, copies["id"])
    return ListingDocument(
        seller=result.key.seller,
        listing=result.key.listing,
        version=result.version,
        language=language,
        title=copy.title,
        description=copy.description or None,
        category=words.category.value,
        price=words.price.value,
        score=result.score or 0,
        photos=tuple(_publish(number, photo) for number, photo in enumerate(result.finished, start=1)),
        keywords=copy.keywords,
        alt_text=copy.alt_text or None,
        words=copies,
        facts=words.facts,
        marketplaces=words.marketplaces,
        questions=words.questions,
        removed=words.removed,
    )


def file_name(number: int, rendition: str) -> str:
    """Return a rendition's name in a publication: ``01-main.jpg`` for the cover."""
    return f"{number:02d}-{rendition}"


def category_name(code: str, language: Language) -> str:
    """Return a category's name for a buyer. Raises PublishRefused for one that is no longer there."""
    known = load_categories()
    if code not in known:
        raise PublishRefused(f"there is no category {code} in config/categories any more")
    return known[code].name(language)


def _copies(words: Suggestion) -> dict[str, Copy]:
    """Return a suggestion's words by language."""
    indonesian = Copy(
        title=words.title.value if words.title else "",
        description=words.description.value if words.description else "",
        keywords=words.keywords,
        alt_text=words.alt_text or "",
    )
    return {"id": indonesian} if words.english is None else {"id": indonesian, "en": words.english}


def _publish(number: int, photo: Finished) -> PublishedPhoto:
    shown = [rendition for rendition in photo.renditions if rendition.published]
    return PublishedPhoto(
        files={rendition.name: file_name(number, rendition.name) for rendition in shown},
        sha256={rendition.name: rendition.sha256 for rendition in shown},
        score=photo.assessment.score,
        cutout=photo.trusted,
    )
