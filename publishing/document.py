"""What a marketplace receives of a listing."""

from models.listing import ListingResult
from models.photo import Finished
from models.publication import ListingDocument, PublishedPhoto


def build_document(result: ListingResult, language: str) -> ListingDocument:
    """Return the document of a result whose questions are all answered.

    Raises
    ------
    ValueError
        When title, category or price is missing: such a listing is not publishable.
    """
    words = result.suggestion
    if words.title is None or words.category is None or words.price is None:
        raise ValueError(f"{result.key} has open questions and cannot be published")
    return ListingDocument(
        seller=result.key.seller,
        listing=result.key.listing,
        version=result.version,
        language=language,
        title=words.title.value,
        description=words.description.value if words.description else None,
        category=words.category.value,
        price=words.price.value,
        score=result.score or 0,
        photos=tuple(_publish(number, photo) for number, photo in enumerate(result.finished, start=1)),
    )


def file_name(number: int, rendition: str) -> str:
    """Return a rendition's name in a publication: ``01-main.jpg`` for the cover."""
    return f"{number:02d}-{rendition}"


def _publish(number: int, photo: Finished) -> PublishedPhoto:
    shown = [rendition for rendition in photo.renditions if rendition.published]
    return PublishedPhoto(
        files={rendition.name: file_name(number, rendition.name) for rendition in shown},
        sha256={rendition.name: rendition.sha256 for rendition in shown},
        score=photo.assessment.score,
        cutout=photo.trusted,
    )
