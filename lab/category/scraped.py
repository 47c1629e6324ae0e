"""Scraped marketplace titles with their place in the marketplace's own tree: real words, of few of our families.

They are read from a file that is no part of the project, and none of them enters it. What lies in a group that
none of our categories can mean is outside; in the groups of clothes and beauty a title is used where its group, or
a word that leaves no doubt, says which of ours it is, and left aside otherwise.
"""

import csv
import html
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from lab.category.generator import Title
from lab.category.vocabulary import OUTSIDE

OUTSIDE_GROUPS = (
    "komputer-laptop",
    "handphone",
    "gaming",
    "elektronik",
    "audio-kamera",
    "film-musik",
    "pertukangan",
)
"""Beginnings of the groups whose goods no village seller of ours has."""
MAKEUP = "kecantikan/make-up"
BY_GROUP = {
    "kecantikan/perawatan-wajah": "face_care",
    "kecantikan/masker-kecantikan": "face_masks",
    "kecantikan/make-up-wajah/bedak-wajah": "face_powder",
    MAKEUP: "makeup",
    "kecantikan/eyebrow-kit": "makeup",
    "kecantikan/lip-color-lip-care": "makeup",
    "kecantikan/aksesoris-rambut": "hair_accessories",
    "fashion-pria/celana-pria": "trousers",
    "fashion-pria/jeans-denim-pria": "trousers",
    "fashion-wanita/jeans-denim-wanita": "trousers",
    "fashion-pria/blazer-jas-pria": "mens_wear",
    "fashion-pria/baju-tidur-pria": "nightwear",
    "fashion-wanita/baju-tidur-wanita": "nightwear",
    "fashion-pria/sepatu-pria": "shoes",
    "fashion-wanita/sepatu-wanita": "shoes",
    "fashion-wanita/kebaya": "kebaya",
    "fashion-wanita/pakaian-adat-wanita": "traditional_wear",
}
"""The category of a group, by the beginning of its path; a longer beginning comes first."""
BY_WORD = {
    "sandal": "sandals", "sendal": "sandals", "sepatu": "shoes", "sneakers": "shoes", "heels": "shoes",
    "boots": "shoes", "legging": "trousers", "celana": "trousers", "pants": "trousers", "kulot": "trousers",
    "hotpants": "trousers", "rok": "skirts", "skirt": "skirts", "sweater": "jackets", "hoodie": "jackets",
    "jaket": "jackets", "jacket": "jackets", "crewneck": "jackets", "cardigan": "outerwear",
    "kardigan": "outerwear", "outer": "outerwear", "blazer": "outerwear", "vest": "outerwear",
    "kimono": "outerwear", "blouse": "womens_wear", "tunik": "womens_wear", "mukena": "mukena", "koko": "koko",
    "pashmina": "hijabs", "jilbab": "hijabs", "hijab": "hijabs", "khimar": "hijabs", "bergo": "hijabs",
    "gamis": "muslim_wear", "abaya": "muslim_wear", "kebaya": "kebaya", "dompet": "wallets", "tas": "bags",
    "headband": "hair_accessories", "gesper": "belts", "topi": "hats", "dress": "dresses", "daster": "dresses",
    "kaos": "everyday_wear", "kemeja": "mens_wear", "lipstik": "makeup", "eyeliner": "makeup",
}  # fmt: skip
"""In groups of clothes: the first of these words that is in a title, unless it speaks of batik, decides."""
FOLDS = 10


def read_titles(path: Path) -> Iterator[Title]:
    """Yield each different title that can be used, with its category or ``outside``."""
    seen: set[str] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = " ".join(html.unescape(row["title"]).split())
            category = _category(row["category_path"], text)
            if category is not None and text not in seen:
                seen.add(text)
                yield Title(text, category)


def fold(title: Title) -> int:
    """Return in which of ``FOLDS`` parts a title lies, by its words alone. The last is never learnt from."""
    return zlib.crc32(" ".join(re.findall(r"\w+", title.text.casefold())[:6]).encode()) % FOLDS


def _category(group: str, text: str) -> str | None:
    if group.startswith(OUTSIDE_GROUPS):
        return OUTSIDE
    words = re.findall(r"[a-z]+", text.casefold())
    if "batik" in words:
        return None
    by_word = next((BY_WORD[word] for word in words if word in BY_WORD), None)
    beginnings = sorted((each for each in BY_GROUP if group.startswith(each)), key=len)
    if beginnings:
        category = BY_GROUP[beginnings[-1]]
        return category if by_word in {category, None} or group.startswith("kecantikan") else None
    return by_word if group.startswith("fashion") and group != "fashion-pria/aksesoris-pria" else None
