"""Flavour, material, colour, pattern, origin and brand: what is told in words."""

from collections.abc import Callable

import pytest

from processing.suggest.facts.brand import find_brands
from processing.suggest.facts.colour import find_colours
from processing.suggest.facts.flavour import find_flavours
from processing.suggest.facts.material import find_materials
from processing.suggest.facts.origin import find_origins
from processing.suggest.facts.pattern import find_patterns
from processing.suggest.facts.said import Said
from processing.suggest.mention import Mention

Find = Callable[[str], tuple[Mention[Said], ...]]


@pytest.mark.parametrize(
    ("find", "text", "values"),
    [
        (find_flavours, "keripik rasa coklat, keju dan strawberry", ["cokelat", "keju", "stroberi"]),
        (find_flavours, "varian rasa:\n- original\n- pedas manis", ["original", "pedas manis"]),
        (find_flavours, "basreng pedes daun jeruk", ["pedas daun jeruk"]),
        (find_flavours, "emping manis / asin / pedas", ["manis", "asin", "pedas"]),
        (find_flavours, "bakpia isi kacang ijo, keju", ["kacang hijau", "keju"]),
        (find_flavours, "makaroni pedasssss", ["pedas"]),
        (find_flavours, "risol rasa anu aneh, ayam, keju", ["ayam", "keju"]),
        (find_flavours, "pastel mini isi abon", ["abon"]),
        (find_flavours, "dimsum (ayam, udang, jamur)", ["ayam", "udang", "jamur"]),
        (find_flavours, "aneka keripik buah: apel, nangka, salak", []),
        (find_flavours, "rempeyek kacang / teri / rebon", ["kacang", "teri", "rebon"]),
        (find_flavours, "stik bawang seledri      , keju     , ebi", ["seledri", "keju", "ebi"]),
        (find_flavours, "selai kacang rasa coklat", ["cokelat"]),
        (find_flavours, "es campur, es cendol durian", ["durian"]),
        (find_flavours, "kerupuk kulit bumbu bawang", ["bawang"]),
        (find_flavours, "cilok bumbu kacang pisah", []),
        (find_flavours, "ceker mercon mak nyos pedas", ["pedas"]),
        (find_flavours, "kue semprong gulung cikur pisan", ["kencur"]),
        (find_flavours, "risol mayo frozen. ayam jamur      , ragut      ", ["mayo", "ayam jamur", "ragut"]),
        (find_flavours, "susu segar; yogurt      melon, anggur", ["melon", "anggur"]),
        (find_flavours, "nastar      , keju, coklat", ["keju", "cokelat"]),
        (find_origins, "kerajinan kuningan Juwana", ["Juwana"]),
        (find_origins, "gelang perak celuk gianyar", ["Celuk"]),
        (find_origins, "pempek buatan orang palembang", []),
        (find_brands, "batik tulis solo cap halus", []),
        (find_brands, "jahe instan. Poktan Sari Alam", ["Poktan Sari Alam"]),
        (find_brands, "jeruk dari kebun Pak Karta", []),
        (find_flavours, "lidi pedas nampol, aya lada jeung asin", ["pedas", "lada", "asin"]),
        (find_flavours, "kering kentang pedes manis      , teri kacang balado", ["pedas manis", "balado"]),
        (find_flavours, "brownies kering      almond, kacang, oreo", ["almond", "kacang", "oreo"]),
        (find_flavours, "minuman serbuk jahe / kunyit / temulawak", ["jahe", "kunyit", "temulawak"]),
        (find_flavours, "ikan asin sepat, gabus asin", []),
        (find_materials, "cincin tunangan perak", ["perak"]),
        (find_materials, "lotion pencerah kulit", []),
        (find_colours, "guci motif bunga biru", ["biru"]),
        (find_brands, "bumbu rendang produksi Uni Eva", ["Uni Eva"]),
        (find_origins, "soto Betawi", []),
        (find_origins, "bumbu soto lamongan", []),
        (find_origins, "mochi bandung, bukan mochi sukabumi", ["Bandung"]),
        (find_origins, "kaos jogja style", []),
        (find_origins, "gantungan kunci motif toraja", []),
        (find_origins, "keripik belut. Sleman yogya", ["Sleman"]),
        (find_origins, "sambal lombok ijo", []),
        (find_origins, "tas rotan lombok", ["Lombok"]),
        (find_colours, "getuk warna warni, rasa pandan, coklat", []),
        (find_colours, "minyak tawon tutup merah", []),
        (find_materials, "topeng kayu, kayu jaran", ["kayu jaran"]),
        (find_materials, "minyak kayu putih", []),
        (find_materials, "benang katun putih", ["benang katun"]),
        (find_materials, "kacapi kayu nangka", ["kayu nangka"]),
        (find_colours, "sandal tan - maroon - hitam", ["tan", "marun", "hitam"]),
        (find_colours, "gamis warna sepia, hitam, putih", ["hitam", "putih"]),
        (find_origins, "kopi robusta malabar", ["Malabar"]),
        (find_origins, "seblak kering\n\N{ROUND PUSHPIN} Soreang", []),
        (find_flavours, "keripik pisang", []),
        (find_flavours, "kerupuk tidak pedas", []),
        (find_flavours, "tas coklat", []),
        (find_materials, "tas anyaman pandan", ["pandan"]),
        (find_materials, "bahan cotton combed 30s", ["katun combed"]),
        (find_materials, "dompet kulit sapi asli", ["kulit sapi"]),
        (find_materials, "kalung perak", ["perak"]),
        (find_materials, "sabun pencerah kulit", []),
        (find_materials, "bolu pandan", []),
        (find_materials, "minyak kayu putih", []),
        (find_colours, "kaos warna item, ijo tosca & broken white", ["hitam", "hijau toska", "putih tulang"]),
        (find_colours, "sarung merah/kuning/abu2", ["merah", "kuning", "abu-abu"]),
        (find_colours, "tas biru dongker dan abu tua", ["biru dongker", "abu-abu tua"]),
        (find_colours, "dompet coklat", ["cokelat"]),
        (find_colours, "dark blue jacket", ["biru tua"]),
        (find_colours, "keripik coklat", []),
        (find_colours, "gula merah", []),
        (find_colours, "minyak kayu putih", []),
        (find_patterns, "kain motif mega mendung", ["motif mega mendung"]),
        (find_patterns, "kerudung polos", ["polos"]),
        (find_origins, "dodol khas garut", ["Garut"]),
        (find_origins, "kopi Gayo", ["Gayo"]),
        (find_origins, "topi khas Rajapolah Tasik", ["Rajapolah"]),
        (find_origins, "keripik asli jogja", ["Yogyakarta"]),
        (find_origins, "madu hutan, lokasi Bandung", []),
        (find_origins, "sambal, gratis ongkir ke Jakarta", []),
        (find_origins, "jeruk bali manis", []),
        (find_origins, "cobek batu", []),
        (find_brands, 'kopi merk "Teh Rini" 200gr', ["Teh Rini"]),
        (find_brands, "merek Kopi Mbah Darmo, 15rb", ["Kopi Mbah Darmo"]),
        (find_brands, "VCO merk KELAPA KITA asli", ["Kelapa Kita"]),
        (find_brands, "kopi cap gajah enak", ["Cap Gajah"]),
        (find_brands, "Sambal Bu Tini pedas", ["Bu Tini"]),
        (find_brands, "stik bawang by Dapur Mamah Eva", ["Dapur Mamah Eva"]),
        (find_brands, "kain batik cap", []),
        (find_brands, "tas non merk", []),
        (find_brands, "minat hub Bu Tini", []),
        (find_brands, 'rasa "enak sekali"', []),
    ],
)
def test_what_is_told_in_words_is_found_and_written_one_way(find: Find, text: str, values: list[str]) -> None:
    assert [mention.value.value for mention in find(text)] == values
