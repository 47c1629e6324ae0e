"""Alt text: the picture in one sentence."""

from config.copy import CopyWords, load_copy
from config.messages import Language
from models.fact import FactKind
from processing.suggest.known import Known
from processing.suggest.write.feature import says_fact
from processing.suggest.write.spoken_name import begin, spoken_name
from processing.suggest.write.value import join, tell

LABEL_ON_IT = (FactKind.WEIGHT, FactKind.VOLUME)


def write_alt_text(known: Known, language: Language) -> str:
    """Return what is to be seen: the product, its colours, the brand and amount where a label shows them."""
    if known.name is None:
        return ""
    words = load_copy(language)
    sentence = words.alt.format(
        name=spoken_name(known, language),
        colour=_colour(known, language, words),
        brand=_on_label(known, (FactKind.BRAND,), words.brand, language),
        amount=_on_label(known, LABEL_ON_IT, words.alt_amount, language),
    )
    return begin(sentence)


def _colour(known: Known, language: Language, words: CopyWords) -> str:
    facts = known.of(FactKind.COLOUR)
    seen = [fact for fact in facts if fact.evidence.source == "pixels"] or (list(facts) if len(facts) == 1 else [])
    values = tuple(dict.fromkeys(tell(fact, language) for fact in seen if not says_fact(known, fact)))
    return words.alt_colour.format(values=join(values, words)) if values else ""


def _on_label(known: Known, kinds: tuple[FactKind, ...], form: str, language: Language) -> str:
    for kind in kinds:
        facts = [fact for fact in known.of(kind) if fact.evidence.source == "label"]
        if len(facts) == 1 and not says_fact(known, facts[0]):
            return form.format(values=tell(facts[0], language))
    return ""
