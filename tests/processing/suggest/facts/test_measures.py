"""Weight, volume, dimension, size and count: one fact kind a file, all of one shape."""

from collections.abc import Callable

import pytest

from processing.suggest.facts.count import find_counts
from processing.suggest.facts.dimension import find_dimensions
from processing.suggest.facts.said import Said
from processing.suggest.facts.size import find_sizes
from processing.suggest.facts.volume import find_volumes
from processing.suggest.facts.weight import find_weights
from processing.suggest.mention import Mention

Find = Callable[[str], tuple[Mention[Said], ...]]


@pytest.mark.parametrize(
    ("find", "text", "values"),
    [
        (find_weights, "keripik 250gr", ["250 g"]),
        (find_weights, "250 gram", ["250 g"]),
        (find_weights, "netto: 500 GR", ["500 g"]),
        (find_weights, "1/4 kg", ["1/4 kg"]),
        (find_weights, "1\N{FRACTION SLASH}4kg", ["1/4 kg"]),
        (find_weights, "setengah kilo", ["1/2 kg"]),
        (find_weights, "2,5kg", ["2,5 kg"]),
        (find_weights, "2.5 kilo", ["2,5 kg"]),
        (find_weights, "250g 15rb 500g 28rb", ["250 g", "500 g"]),
        (find_weights, "1 ons", ["1 ons"]),
        (find_weights, "15.000/kg", []),
        (find_weights, "100/250/500gr", ["100 g", "250 g", "500 g"]),
        (find_weights, "100gr,200gr", ["100 g", "200 g"]),
        (find_weights, "250gr23rb 500gr44rb", ["250 g", "500 g"]),
        (find_weights, "sakilona 25rb", ["1 kg"]),
        (find_weights, "sakilo satengah", ["1,5 kg"]),
        (find_weights, "cabe 1/4 15rb", ["1/4 kg"]),
        (find_weights, "1/2 lusin 15rb", []),
        (find_weights, "5 guling", []),
        (find_volumes, "600ml", ["600 ml"]),
        (find_volumes, "1,5 L", ["1,5 liter"]),
        (find_volumes, "1 ltr", ["1 liter"]),
        (find_volumes, "cokelat sea salt", []),
        (find_volumes, "5 lembar", []),
        (find_dimensions, "20x30cm", ["20 x 30 cm"]),
        (find_dimensions, "d25 t30cm", ["diameter 25 cm", "tinggi 30 cm"]),
        (find_dimensions, "bakul d:30 t:20 45rb", ["diameter 30 cm", "tinggi 20 cm"]),
        (find_dimensions, "garis tengah 80cm", ["diameter 80 cm"]),
        (find_sizes, "baju anak umur 2-4 th", ["2-4 tahun"]),
        (find_sizes, "puzzle umur 2-4 th", []),
        (find_sizes, "peci no 7 8 9", ["7, 8, 9"]),
        (find_sizes, "panci no 24", []),
        (find_sizes, "sandal 38-43 85rb", ["38-43"]),
        (find_sizes, "sendal no.36,37,38,39 120rb", ["36, 37, 38, 39"]),
        (find_sizes, "sapatu ukuran 39 nepi ka 43", ["39-43"]),
        (find_sizes, "kaos M L XL. 75 ribu, XL +5rb", ["M, L, XL"]),
        (find_sizes, "kemeja hitam XL", ["XL"]),
        (find_sizes, "celana all size fit to XL", ["all size"]),
        (find_counts, "alpukat isi 6-7 buah", ["isi 6-7 buah"]),
        (find_dimensions, "uk 20 x 30 x 5 cm", ["20 x 30 x 5 cm"]),
        (find_dimensions, "tinggi 30 cm, diameter 12,5cm", ["tinggi 30 cm", "diameter 12,5 cm"]),
        (find_dimensions, "2,4 \N{MULTIPLICATION SIGN} 1,1 meter", ["2,4 x 1,1 m"]),
        (find_dimensions, "diameter kira2 27cm", ["diameter sekitar 27 cm"]),
        (find_dimensions, "3 mangkok", []),
        (find_sizes, "uk. L", ["L"]),
        (find_sizes, "ukuran xl", ["XL"]),
        (find_sizes, "size S M L XL 50rb", ["S, M, L, XL"]),
        (find_sizes, "size S, M, L", ["S, M, L"]),
        (find_sizes, "uk 38-42", ["38-42"]),
        (find_sizes, "uk 38 50rb", ["38"]),
        (find_sizes, "uk 37 38 39 50rb", ["37, 38, 39"]),
        (find_sizes, "size 2-8 th", ["2-8 tahun"]),
        (find_sizes, "ALL SIZE", ["all size"]),
        (find_sizes, "ukuran besar", []),
        (find_sizes, "ukuran 15rb", []),
        (find_counts, "isi 10", ["isi 10"]),
        (find_counts, "isi: 10 pcs", ["isi 10 pcs"]),
        (find_counts, "10 bks", ["10 bungkus"]),
        (find_counts, "1 lusin", ["1 lusin"]),
        (find_counts, "isi 15rb", []),
        (find_counts, "isi 15.000", []),
        (find_counts, "3 pasar", []),
    ],
)
def test_measures_are_found_and_written_one_way(find: Find, text: str, values: list[str]) -> None:
    assert [mention.value.value for mention in find(text)] == values


@pytest.mark.parametrize("find", [find_weights, find_volumes, find_dimensions, find_sizes, find_counts])
def test_a_measure_stands_where_its_span_says(find: Find) -> None:
    text = "madu berat 250 gr isi 500ml tinggi 10 cm uk. L 3 botol enak"
    (found,) = find(text)
    assert text[found.start : found.end].strip() == text[found.start : found.end]
    assert found.value.value.split()[0].casefold() in text[found.start : found.end].casefold()
