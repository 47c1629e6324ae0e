"""Proposal: a suggestion made whole for whoever does not have our categories and texts."""

from config.categories import load_categories
from config.messages import load_messages
from models.proposal import Ground, InBothLanguages, Proposal, ProposedCategory, ProposedQuestion
from models.suggestion import Asked, Copy, Suggestion

GROUNDED = ("title", "description", "category", "price")


def propose_to_programs(suggestion: Suggestion) -> Proposal:
    """Return a suggestion with the names of its categories and the texts of its questions in both languages."""
    category = suggestion.category
    grounds = {name: getattr(suggestion, name) for name in GROUNDED}
    return Proposal(
        facts=suggestion.facts,
        category=_category(category.value, category.confidence) if category else None,
        guesses=tuple(_category(guess.category, guess.probability) for guess in suggestion.guesses),
        price=suggestion.price.value if suggestion.price else None,
        indonesian=_indonesian(suggestion),
        english=suggestion.english,
        grounds={
            name: Ground(evidence=ground.evidence, confidence=ground.confidence)
            for name, ground in grounds.items()
            if ground is not None
        },
        marketplaces=suggestion.marketplaces,
        questions=tuple(map(_question, suggestion.questions)),
        writer=suggestion.writer,
        model_failed=suggestion.model_failed,
        removed=suggestion.removed,
        edited=suggestion.edited,
    )


def _indonesian(suggestion: Suggestion) -> Copy | None:
    if suggestion.title is None:
        return None
    return Copy(
        title=suggestion.title.value,
        description=suggestion.description.value if suggestion.description else "",
        keywords=suggestion.keywords,
        alt_text=suggestion.alt_text or "",
    )


def _category(code: str, probability: float) -> ProposedCategory:
    known = load_categories().get(code)
    # A listing's result may be older than the categories.
    name = InBothLanguages(id=known.id, en=known.en) if known else InBothLanguages(id=code, en=code)
    return ProposedCategory(
        code=code,
        name=name,
        google_id=known.google if known else None,
        google_path=known.google_path if known else None,
        probability=probability,
    )


def _question(asked: Asked) -> ProposedQuestion:
    section = f"question.{asked.question}"
    indonesian, english = load_messages("id"), load_messages("en")

    def both(part: str) -> InBothLanguages:
        return InBothLanguages(id=indonesian.text(f"{section}.{part}"), en=english.text(f"{section}.{part}"))

    return ProposedQuestion(
        question=asked.question,
        about=asked.about,
        options=asked.options,
        needed=asked.needed,
        text=both("title"),
        hint=both("advice"),
    )
