"""Terms of sale that look like the price: ``ongkir 10rb``, ``diskon 5.000``, ``min order 50 pcs``."""

import re

from processing.suggest.facts.number import DIGITS, SPACE
from processing.suggest.mention import Mention, find_all

MONEY = rf"(?:rp\.?{SPACE})?{DIGITS}(?:[.,]{DIGITS}){{0,4}}{SPACE}(?:rb|ribu|rebu|k|jt|juta|%)?(?!\w)(?:,-)?"
CHARGE = (
    r"\b(?:ongkir|ongkos kirim|ongkos|biaya kirim|packing|packaging|bubble wrap|diskon|disc"
    r"|potongan|hemat|dp|cashback|free ongkir|jasa"
    r"|(?:min(?:imal|imum)?\.?|mnimal) (?:belanja|order|beli|pembelian|pesan|pemesanan|po|ambil)|minimal|min"
    r"|tambah|reseller|resell|agen|dropship|gros[ie]r(?:an)?|partai"
    rf")\b{SPACE}(?:\w{{1,10}}\s)?{SPACE}[:=@]?{SPACE}"
)
PACKS = (
    r"(?:pcs|pc|biji|bj|buah|butir|bks|bungkus|toples|botol|btl|kg|kilo|ons|liter|pack|pak|dus|box|karung|lusin|kodi"
    r"|baki|tray|ikat|pasang|set|lembar|ekor)"
)
BODY = (
    r"\b(?:bb|berat badan|muat|fit to|kapasitas|max(?:imal)?|maks(?:imal)?|tahan)\b"
    r"(?:\s(?:bb|sampai|sd|max|s/d|beban))?"
)
PATTERN = re.compile(
    rf"{CHARGE}{MONEY}(?:{SPACE}(?:pcs|lusin|kg|kilo|bungkus|bks|biji|buah|pack|pak|dus|toples|botol|kodi|pc|box)\b)?"
    rf"|\b(?:jne|jnt|j&t|sicepat|anteraja|tiki|gosend|kurir){SPACE}(?:[a-z]{{1,12}}\s){{1,3}}{MONEY}"
    rf"|\b(?:sisa|stok|stock|tinggal)\s{DIGITS}{SPACE}{PACKS}\b"
    rf"|{BODY}{SPACE}[:=]?{SPACE}[0-9]{{2,3}}(?:{SPACE}(?:-|sampai|sd|s/d){SPACE}[0-9]{{2,3}})?{SPACE}(?:kg|kilo)\b"
    rf"|\b(?:tb|tinggi badan){SPACE}[:=]?{SPACE}[0-9]{{2,3}}"
    rf"(?:{SPACE}(?:-|sampai|sd|s/d){SPACE}[0-9]{{2,3}})?{SPACE}(?:cm)?\b"
    rf"|\b(?:harga\s)?(?:normal(?:nya)?|coret|awal|sebelumnya|biasanya|di\s?(?:toko|pasar|luar|mall))\s?:?\s?{MONEY}"
    rf"|(?:(?<=rb )|(?<=ribu )|(?<=000 )|(?<=k ))dari\s{MONEY}|{MONEY}\s(?:kirim\s)?ke\s(?=[a-z])"
    rf"|\bdari\s{MONEY}(?=\s{{1,3}}(?:jadi|sekarang|skrg|skarang))"
    rf"|\b(?:ambil|beli|borong|meser|meuli|tuku|tumbas)\s(?:[0-9]{{1,3}}(?:\s?{PACKS})?|s[ae]{PACKS})\b(?:\s?\([^()\n]{{1,20}}\))?"
    rf"(?:\s(?:cuma\s|hanya\s|jadi\s|jd\s)?{MONEY})?"
    rf"|\+\s?{MONEY}|~\s?{MONEY}\s?~",
    re.IGNORECASE,
)


def find_charges(text: str) -> tuple[Mention[str], ...]:
    """Return each charge, reduction, least order, former price or price for others than the buyer, as found."""
    return find_all(PATTERN, text, lambda match: match[0])
