"""Things that may be known of goods, for properties that hold for all of them."""

from hypothesis import strategies as st

from config.categories import load_categories
from models.fact import Evidence, Fact, FactKind
from processing.suggest.known import Known, know
from processing.suggest.name import MAX_LENGTH

KEYWORDS = [keyword for category in load_categories().values() for keyword in category.keywords]
WORDS = [
    "balado",
    "Garut",
    "merah",
    "katun",
    "Mekar Sari",
    "polos",
    "rasa",
    "dari",
    "asli",
    "terbaik",
    "halal",
    "ß",
]
FIGURES = [
    "250 g",
    "1/4 kg",
    "2,5 kg",
    "600 ml",
    "isi 10",
    "1 lusin",
    "20 x 30 cm",
    "tinggi 30 cm",
    "S, M, L",
    "38-42",
]


def fact(kind: FactKind, value: str, source: str = "note", amount: float | None = None) -> Fact:
    """Return a fact as it is gathered."""
    evidence = Evidence.model_validate({"source": source, "quote": value})
    return Fact(kind=kind, value=value, amount=amount, evidence=evidence, confidence=0.9)


values = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(FIGURES),
    st.lists(st.sampled_from(WORDS + KEYWORDS), min_size=1, max_size=3).map(" ".join),
    st.text(max_size=80),
)
facts = st.builds(fact, st.sampled_from(FactKind), values, st.sampled_from(["note", "label", "pixels", "answer"]))
names = st.one_of(
    st.none(),
    st.sampled_from(KEYWORDS).map(str.title),
    st.lists(st.sampled_from(WORDS + KEYWORDS), min_size=1, max_size=8)
    .map(lambda words: " ".join(words).title())
    .filter(lambda name: len(name) <= MAX_LENGTH),
    st.text(min_size=1, max_size=MAX_LENGTH),
)
knowns: st.SearchStrategy[Known] = st.builds(
    know,
    names,
    st.lists(facts, max_size=8).map(tuple),
    st.none() | st.sampled_from(sorted(load_categories())),
)
