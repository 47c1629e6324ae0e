import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.suggest.facts.price import HIGHEST, LOWEST, find_prices


def prices(text: str) -> list[int | None]:
    return [mention.value.rupiah for mention in find_prices(text)]


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("15rb", 15_000),
        ("15 rb", 15_000),
        ("15ribu aja", 15_000),
        ("15 ribuan", 15_000),
        ("15k", 15_000),
        ("15K", 15_000),
        ("15.000", 15_000),
        ("15,000", 15_000),
        ("Rp 15.000,-", 15_000),
        ("Rp15.000,00", 15_000),
        ("rp. 15000", 15_000),
        ("IDR 15000", 15_000),
        ("harga 15000", 15_000),
        ("Harga: Rp15rb", 15_000),
        ("harganya 15rb", 15_000),
        ("hrg @15rb/pcs", 15_000),
        ("15.000/bungkus", 15_000),
        ("15000", 15_000),
        ("12,5rb", 12_500),
        ("12.5rb", 12_500),
        ("1,5jt", 1_500_000),
        ("1.5 juta", 1_500_000),
        ("2jt", 2_000_000),
        ("1.250.000", 1_250_000),
        ("rp500", 500),
        ("sebelas ribu lima ratus", 11_500),
        ("sewelas ewu limangatus", 11_500),
    ],
)
def test_a_price_is_read_as_sellers_write_it(text: str, rupiah: int) -> None:
    assert prices(text) == [rupiah]
    assert prices(f"keripik {text} enak") == [rupiah]


@pytest.mark.parametrize(
    "text", ["10-15rb", "10rb - 15rb", "10 s/d 15 ribu", "15.000rb", "harga 15", "Rp 1,5", "Rp 0"]
)
def test_a_price_that_cannot_be_told_is_not_guessed(text: str) -> None:
    assert prices(text) == [None]


@pytest.mark.parametrize("text", ["10.000-15.000", "250gr 15rb, 500gr 28rb", "~20rb~ 15rb"])
def test_two_prices_are_both_found(text: str) -> None:
    assert len(set(prices(text))) == 2


def test_prices_that_share_their_scale_are_told_apart() -> None:
    assert prices("100/250/500gr 15/28/55rb")[-3:] == [15_000, 28_000, 55_000]


@pytest.mark.parametrize(
    "text", ["tahun 2024", "no 5", "30s", "10", "kaos 2000an", "P.IRT 206320101", "A15000", "0812345678"]
)
def test_other_numbers_are_no_price(text: str) -> None:
    assert prices(text) == []


@given(st.integers(LOWEST, HIGHEST))
def test_every_amount_in_groups_of_three_is_read_exactly(rupiah: int) -> None:
    grouped = f"{rupiah:,}".replace(",", ".")
    assert prices(f"Rp{grouped}") == [rupiah]
    assert prices(f"madu Rp {grouped},- per botol") == [rupiah]


@given(st.text())
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_prices(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@pytest.mark.parametrize("price", ["20rb/pohon", "15.000 per polybag", "35rb/pcs"])
def test_what_a_price_is_for_one_of_belongs_to_the_price(price: str) -> None:
    (found,) = find_prices(f"bibit alpukat {price}")
    assert (found.start, found.end) == (len("bibit alpukat "), len(f"bibit alpukat {price}"))
