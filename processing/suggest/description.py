"""Description: a few sentences that say what is known, and nothing else."""

from collections.abc import Mapping

from config.messages import Messages

MIN_SENTENCES = 2


def describe(
    name: str | None, category: str | None, measures: Mapping[str, tuple[str, ...]], messages: Messages
) -> str | None:
    """Return two or more sentences from facts alone, or ``None`` when there are not facts enough.

    Parameters
    ----------
    name
        The product's name.
    category
        The category's name in the messages' language.
    measures
        Values such as ``250 g`` by the kind of measure (``weight``, ``count``...); each kind has its sentence.
    """
    if name is None:
        return None
    sentences = [messages.text("suggestion.name", name=name)]
    if category is not None:
        sentences.append(messages.text("suggestion.category", category=category))
    sentences += [
        messages.text(f"suggestion.{kind}", values=", ".join(values))
        for kind, values in measures.items()
        if values
    ]
    return " ".join(sentences) if len(sentences) >= MIN_SENTENCES else None
