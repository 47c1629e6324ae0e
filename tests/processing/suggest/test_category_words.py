import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from processing.suggest.category_words import BUCKETS, find_keywords, read_features, split_tokens


def words(text: str) -> list[str]:
    return [token.word for token in split_tokens(text)]


def test_words_are_in_their_usual_spelling_and_figures_are_alike() -> None:
    assert words("Kripik CABE-ijo 250gr, 15.000!") == ["keripik", "cabai", "hijau", "0gr", "0", "0"]


def test_the_longest_keyword_counts() -> None:
    found = list(find_keywords(split_tokens("tas anyaman pandan dan madu")))
    assert found == [("woven_bags", 0, 2), ("honey", 4, 4)]


def test_what_a_product_tastes_of_is_not_what_it_is() -> None:
    plain, flavoured = (set(read_features(text).bucket.tolist()) for text in ("dodol madu", "dodol rasa madu"))
    madu = set(read_features("madu").bucket.tolist())
    assert len(madu & flavoured) < len(madu & plain)


@given(st.text())
def test_the_same_words_give_the_same_features_of_length_one(text: str) -> None:
    features, again = read_features(text), read_features(text)
    assert np.array_equal(features.bucket, again.bucket) and np.array_equal(features.weight, again.weight)
    assert len(features.bucket) == len(features.weight) == len(features.first) == len(features.last)
    if features.tokens:
        assert abs(float(np.square(features.weight).sum()) - 1) < 1e-4
        assert features.bucket.min() >= 0 and features.bucket.max() < BUCKETS
        assert features.last.max() < len(features.tokens) and (features.first <= features.last).all()
    for token in features.tokens:
        assert text[token.start : token.end].strip() != ""
