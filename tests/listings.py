"""Finished photos and suggestions for tests, without files."""

from models.assessment import Assessment, Outcome, Verdict
from models.photo import Finished
from models.picture import Source
from models.rendition import StoredRendition
from models.rule import PhotoRule
from models.suggestion import Suggested, Suggestion


def suggestion(
    title: str = "x" * 50, description: str = "x" * 200, category: str | None = "baskets"
) -> Suggestion:
    """Return a suggestion; empty words are absent."""

    def suggested(value: str) -> Suggested[str] | None:
        return Suggested[str](value=value, evidence=(), confidence=0.9) if value else None

    return Suggestion(
        title=suggested(title),
        description=suggested(description),
        category=suggested(category or ""),
        price=None,
        questions=(),
    )


def finished(
    file: str, *judged: tuple[PhotoRule, Outcome], code: str = "pasar", side: int = 1200, by_recipe: bool = False
) -> Finished:
    """Return a photo with one picture for buyers, on which each rule of a marketplace has the given verdict."""
    return Finished(
        file=file,
        sha256="00",
        source=Source(format="JPEG", width=1600, height=1200, bytes=1),
        trust=0.9,
        trusted=True,
        doubts=(),
        assessment=Assessment(score=90, parts={}, measurements=(), defects=()),
        verdicts=tuple(
            Verdict(
                marketplace=code,
                rule=rule.rule,
                outcome=outcome,
                found="",
                wanted=rule.wanted,
                level=rule.level,
                cover=rule.cover,
                rendition="main.jpg",
                by_recipe=by_recipe,
            )
            for rule, outcome in judged
        ),
        renditions=(
            StoredRendition(
                name="main.jpg",
                key=f"renditions/{file}/main.jpg",
                media_type="image/jpeg",
                width=side,
                height=side,
                bytes=1,
                sha256="00",
                published=True,
            ),
        ),
    )
