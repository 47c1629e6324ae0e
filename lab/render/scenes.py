"""The table of photos: which product, where, how the phone was held, and what went wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from . import sets
from .camera import Shot
from .mesh import Object
from .phone import Phone
from .product import basket, batik, carving, chips, honey, mug, sambal, sandals

Fault = Literal[
    "dark",
    "blurred",
    "cut_off",
    "two_products",
    "sideways",
    "heic",
    "tiny",
    "watermark",
    "near_duplicate",
    "truncated",
]
WIDE, UPRIGHT = (1600, 1200), (1200, 1600)
CHAT, CHAT_UPRIGHT = (1280, 960), (960, 1280)  # as a chat app passes photos on


USUAL = Phone()


@dataclass(frozen=True)
class Stand:
    """A product and where it stands: place in metres, turn in Euler degrees."""

    build: Callable[[np.random.Generator], list[Object]]
    at: tuple[float, float, float] = (0, 0, 0)
    turn: tuple[float, float, float] = (0, 0, 0)


@dataclass(frozen=True)
class Photo:
    """One photo; ``path`` is seller/listing/name, ``copy_of`` the photo that a derived one is made from."""

    path: str
    product: str
    background: str
    stands: tuple[Stand, ...] = ()
    place: Callable[[np.random.Generator], object] | None = None
    shot: Shot | None = None
    phone: Phone = USUAL
    size: tuple[int, int] = WIDE
    fault: Fault | None = None
    copy_of: str | None = None

    @property
    def file(self) -> str:
        """The photo's path with its suffix."""
        return self.path + (".heic" if self.fault == "heic" else ".jpg")


BASKET, SANDALS, CHIPS = "keranjang rotan", "sandal pandan", "keripik singkong balado"
SAMBAL, CARVING, MUG, HONEY, BATIK = (
    "sambal bawang",
    "ukiran jati",
    "cangkir keramik",
    "madu hutan",
    "kain batik",
)
LEAN = (-14, 0, 0)

PHOTOS = (
    Photo(
        "ibu-sari/keranjang-rotan/depan",
        BASKET,
        "white paper",
        (Stand(basket.build, turn=(0, 0, 24)),),
        sets.paper_by_window,
        Shot((0.05, -0.47, 0.27), (0.0, 0, 0.112), 1.2),
        Phone(stops=0.35, cast=(1.0, 1.0, 1.02)),
        CHAT,
    ),
    Photo(
        "ibu-sari/keranjang-rotan/samping",
        BASKET,
        "tiled floor, clutter",
        (Stand(basket.build, turn=(0, 0, 75)),),
        sets.kitchen_floor,
        Shot((-0.17, -0.47, 0.46), (0.02, 0.03, 0.08), -3.5),
        Phone(cast=(0.97, 1.0, 1.05), noise=1.7),
        CHAT,
    ),
    Photo(
        "ibu-sari/keranjang-rotan/detail",
        BASKET,
        "green cloth",
        (Stand(basket.build, turn=(0, 0, 10)),),
        sets.green_cloth,
        Shot((0.14, -0.29, 0.2), (0.03, -0.07, 0.07), 2),
        Phone(),
        CHAT,
    ),
    Photo(
        "ibu-sari/sandal-pandan/depan",
        SANDALS,
        "white paper",
        (Stand(sandals.build, turn=(0, 0, -8)),),
        sets.white_table,
        Shot((0.02, -0.25, 0.34), (0.0, 0.0, 0.02), 1.5),
        Phone(stops=0.45),
        CHAT_UPRIGHT,
    ),
    Photo(
        "ibu-sari/sandal-pandan/samping",
        SANDALS,
        "woven mat, clutter",
        (Stand(sandals.build, turn=(0, 0, 38)),),
        sets.woven_mat,
        Shot((-0.10, -0.33, 0.29), (0.0, 0.0, 0.02), -4),
        Phone(cast=(1.05, 1.0, 0.93), noise=1.6),
        CHAT,
    ),
    Photo(
        "ibu-sari/sandal-pandan/kecil",
        SANDALS,
        "cement",
        (Stand(sandals.build, turn=(0, 0, -28)),),
        sets.terrace,
        Shot((0.1, -0.34, 0.31), (0, 0, 0.02), 3),
        Phone(quality=70),
        (960, 720),
        "tiny",
    ),
    Photo(
        "bu-euis/keripik-singkong/depan",
        CHIPS,
        "blue card",
        (Stand(chips.build, turn=(0, 0, 6)),),
        sets.blue_card,
        Shot((0.01, -0.13, 0.31), (0, 0.0, 0.02), 2),
        Phone(stops=0.3),
        CHAT_UPRIGHT,
    ),
    Photo(
        "bu-euis/keripik-singkong/atas",
        CHIPS,
        "blue card",
        (Stand(chips.build, turn=(0, 0, -24)),),
        sets.blue_card,
        Shot((-0.03, -0.1, 0.33), (0, 0.0, 0.02), -2),
        Phone(stops=0.25, cast=(1.02, 1.0, 0.98)),
        CHAT_UPRIGHT,
    ),
    Photo(
        "bu-euis/paket-camilan/keripik",
        CHIPS,
        "wooden table, clutter",
        (Stand(chips.build, turn=(0, 0, 35)),),
        sets.packing_table,
        Shot((0.02, -0.2, 0.24), (0.115, 0.02, 0.02), -5),
        Phone(cast=(1.04, 1.0, 0.95), noise=1.3),
        CHAT,
        "cut_off",
    ),
    Photo(
        "bu-euis/paket-camilan/depan",
        "keripik singkong balado, sambal bawang",
        "checked cloth, clutter",
        (
            Stand(chips.build, (-0.055, 0.02, 0), (0, 0, 14)),
            Stand(sambal.build, (0.115, -0.03, 0.003), (0, 0, -12)),
        ),
        sets.checked_cloth,
        Shot((0.03, -0.29, 0.28), (0.015, 0.0, 0.02), 3),
        Phone(noise=1.2),
        CHAT,
        "two_products",
    ),
    Photo(
        "bu-euis/sambal-bawang/depan",
        SAMBAL,
        "green cloth",
        (Stand(sambal.build_pair),),
        sets.green_cloth,
        Shot((0.01, -0.205, 0.11), (0.004, 0, 0.04), -1.0),
        Phone(),
        CHAT,
    ),
    Photo(
        "bu-euis/paket-camilan/sambal",
        SAMBAL,
        "kitchen table, clutter",
        (Stand(sambal.build, turn=(0, 0, 18)),),
        sets.kitchen_table,
        Shot((0.035, -0.19, 0.14), (0.005, 0.02, 0.042), 3),
        Phone(cast=(1.06, 1.0, 0.9), noise=1.5),
        CHAT,
        "watermark",
    ),
    Photo(
        "bu-euis/sambal-bawang/depan-lagi",
        SAMBAL,
        "green cloth",
        phone=Phone(quality=62),
        fault="near_duplicate",
        copy_of="bu-euis/sambal-bawang/depan",
    ),
    Photo(
        "pak-asep/ukiran-jati/depan",
        CARVING,
        "plain wall",
        (Stand(carving.build, turn=LEAN),),
        sets.shelf_and_wall,
        Shot((0.02, -0.40, 0.19), (0, 0, 0.108), 0.8),
        Phone(),
    ),
    Photo(
        "pak-asep/ukiran-jati/samping",
        CARVING,
        "cement, clutter",
        (Stand(carving.build, turn=LEAN),),
        sets.dim_workshop,
        Shot((-0.24, -0.38, 0.24), (0.01, 0, 0.1), -3),
        Phone(stops=-3.5, cast=(1.1, 1.0, 0.84), noise=3.4),
        WIDE,
        "dark",
    ),
    Photo(
        "pak-asep/ukiran-jati/detail",
        CARVING,
        "plain wall",
        (Stand(carving.build, turn=LEAN),),
        sets.shelf_and_wall,
        Shot((0.13, -0.19, 0.17), (0.055, 0, 0.125), 1),
        Phone(),
    ),
    Photo(
        "pak-asep/cangkir-keramik/depan",
        MUG,
        "white paper",
        (Stand(mug.build, turn=(0, 0, -25)),),
        sets.paper_by_window,
        Shot((0.025, -0.205, 0.125), (0.014, 0, 0.047), 1),
        Phone(stops=0.35, cast=(0.98, 1.0, 1.03)),
    ),
    Photo(
        "pak-asep/cangkir-keramik/samping",
        MUG,
        "desk, clutter",
        (Stand(mug.build, turn=(0, 0, -160)),),
        sets.desk,
        Shot((-0.03, -0.24, 0.155), (0.0, 0.01, 0.045), 4),
        Phone(cast=(1.1, 1.0, 0.86), noise=2.6),
        WIDE,
        "blurred",
    ),
    Photo(
        "pak-asep/cangkir-biru/atas",
        MUG,
        "plain red cloth",
        (Stand(mug.build, turn=(0, 0, -40)),),
        sets.maroon_cloth,
        Shot((0.015, -0.13, 0.2), (0.012, 0.0, 0.045), -2),
        Phone(stops=-0.5),
        UPRIGHT,
        "heic",
    ),
    Photo(
        "kang-dadan/madu-hutan/depan",
        HONEY,
        "plain wall",
        (Stand(honey.build, turn=(0, 0, -8)),),
        sets.shelf_far_wall,
        Shot((0.0, -0.235, 0.12), (0, 0, 0.075), 0.6),
        Phone(stops=0.4),
        UPRIGHT,
    ),
    Photo(
        "kang-dadan/madu-hutan/samping",
        HONEY,
        "wooden table, clutter",
        (Stand(honey.build, turn=(0, 0, 20)),),
        sets.kitchen_table,
        Shot((-0.04, -0.25, 0.19), (0.005, 0.02, 0.072), -3),
        Phone(cast=(1.05, 1.0, 0.92), noise=1.6),
        UPRIGHT,
        "sideways",
    ),
    Photo(
        "kang-dadan/batik-megamendung/depan",
        BATIK,
        "plain wall",
        (Stand(batik.build_hanging),),
        sets.clothes_line,
        Shot((0.06, -1.12, 0.55), (0.0, 0, 0.45), 1),
        Phone(),
        UPRIGHT,
    ),
    Photo(
        "kang-dadan/batik-megamendung/lipat",
        BATIK,
        "flowered bed sheet",
        (Stand(batik.build_folded, turn=(0, 0, 12)),),
        sets.flowered_bed,
        Shot((0.04, -0.34, 0.33), (0, 0.0, 0.02), 3),
        Phone(cast=(0.97, 1.0, 1.06), noise=1.4),
    ),
    Photo(
        "kang-dadan/batik-megamendung/detail",
        BATIK,
        "plain wall",
        (Stand(batik.build_folded, turn=(0, 0, -20)),),
        sets.white_table,
        Shot((-0.06, -0.3, 0.24), (0.0, 0.0, 0.03), -2),
        Phone(),
        WIDE,
        "truncated",
    ),
)
