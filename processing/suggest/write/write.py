"""A listing's words in one language, from what is known alone."""

from config.messages import Language
from models.suggestion import Copy
from processing.suggest.known import Known
from processing.suggest.write.alt_text import write_alt_text
from processing.suggest.write.description import write_description
from processing.suggest.write.keywords import write_keywords
from processing.suggest.write.limits import Lengths
from processing.suggest.write.title import write_title


def write(known: Known, language: Language, lengths: Lengths = Lengths()) -> Copy:  # noqa: B008 - frozen
    """Return title, description, keywords and alt text; all are empty where the product has no name."""
    return Copy(
        title=write_title(known, language, lengths),
        description=write_description(known, language, lengths),
        keywords=write_keywords(known, language),
        alt_text=write_alt_text(known, language),
    )
