"""What the sellers wrote beside their photos: a note as typed, or words with a price."""

import json

Said = str | dict[str, str | int | None]

LISTINGS: dict[str, Said] = {
    "ibu-sari/keranjang-rotan": {
        "words": "keranjang rotan asli anyaman tangan, bisa buat buah atau parsel. "
        "diameter kira2 27cm ada pegangannya. 85rb aja bun",
        "price": 85000,
    },
    "ibu-sari/sandal-pandan": "sendal anyaman pandan, alas karet. ukuran 38-40 ready. "
    "45rb sepasang, ambil 3 jd 120rb",
    "bu-euis/keripik-singkong": "keripik singkong balado 250gr 15rb, renyah pedesnya pas. "
    "bisa kirim2 ya bund, garut kota bisa cod",
    "bu-euis/paket-camilan": "paket camilan, keripik singkong balado + sambal bawang. 38rb sepaket",
    "bu-euis/sambal-bawang": {
        "words": "Sambal bawang homemade 150gr, pedes nampol. tahan 1 bln di kulkas. 2 toples 45rb",
        "price": 25000,
    },
    "pak-asep/ukiran-jati": {
        "words": "Ukiran kayu jati motif bunga teratai, 34 x 23 cm, tebal 2.5cm. "
        "dikerjakan sendiri, bisa pesan ukuran lain",
        "price": 275000,
    },
    "pak-asep/cangkir-keramik": "dijual murah gan",
    "pak-asep/cangkir-biru": "cangkir keramik biru putih buatan tangan, isi 350ml. 55rb",
    "kang-dadan/madu-hutan": "madu hutan asli ciamis panen bulan ini. botol 350ml 90rb. "
    "murni tdk dicampur gula, boleh dites dulu. minat wa aja",
    "kang-dadan/batik-megamendung": {
        "words": "kain batik mega mendung, katun, warna maroon biru. panjang 2m lebar 1.1m",
        "price": None,
    },
}


def render_words(said: Said) -> tuple[str, bytes]:
    """Return the file's name and content for what a seller said."""
    if isinstance(said, str):
        return "note.txt", (said + "\n").encode()
    return "listing.json", (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
