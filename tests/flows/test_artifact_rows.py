"""What a run's tables and keys say."""

import re
from pathlib import Path

import pytest

from config.messages import load_messages
from flows.artifact_key import artifact_key
from flows.artifact_rows import listing_row, photo_rows
from models.assessment import Defect, DefectCode
from models.listing import Hold, HoldReason
from models.matte import Doubt
from models.photo import SetAside
from models.rejection import RejectionReason
from storage.object_store.opening import open_store
from tests.publishing.results import stored_result

TEXTS = load_messages("id")


def test_each_photo_has_its_row_with_what_is_wrong_and_one_thing_to_do(tmp_path: Path) -> None:
    result = stored_result(open_store(f"file:{tmp_path}"))
    good = result.finished[0]
    grave, slight = (
        Defect(code=code, severity=severity)
        for code, severity in ((DefectCode.UNDEREXPOSED, 0.8), (DefectCode.BLUR, 0.2))
    )
    dark = good.model_copy(
        update={"file": "gelap.jpg", "assessment": good.assessment.model_copy(update={"defects": (slight, grave)})}
    )
    untrusted = good.model_copy(update={"file": "ramai.jpg", "trusted": False, "doubts": (Doubt.BUSY_BACKGROUND,)})
    serves = good.model_copy(update={"file": "cukup.jpg", "doubts": (Doubt.BUSY_BACKGROUND,)})
    broken = SetAside(file="rusak.jpg", sha256=None, reason=RejectionReason.TRUNCATED)

    rows = photo_rows(result.model_copy(update={"photos": (good, dark, untrusted, serves, broken)}), TEXTS)

    assert [next(iter(row.values())) for row in rows] == [
        good.file,
        "gelap.jpg",
        "ramai.jpg",
        "cukup.jpg",
        "rusak.jpg",
    ]
    advice = [list(row.values())[-1] for row in rows]
    sections = ("defect.underexposed", "doubt.busy_background", "", "rejection.truncated")
    assert advice == ["-", *(TEXTS.text(f"{section}.advice") if section else "-" for section in sections)]


def test_what_we_have_mended_is_nothing_to_do_and_what_costs_most_points_is_done_first(tmp_path: Path) -> None:
    result = stored_result(open_store(f"file:{tmp_path}"))
    cramped, blurred, tilted = (
        Defect(code=code, severity=severity)
        for code, severity in (
            (DefectCode.MULTIPLE_PRODUCTS, 0.6),
            (DefectCode.BLUR, 0.5),
            (DefectCode.TILTED, 0.9),
        )
    )
    photos = tuple(
        photo.model_copy(update={"assessment": photo.assessment.model_copy(update={"defects": defects})})
        for photo, defects in ((result.finished[0], (tilted, cramped, blurred)), (result.finished[0], (tilted,)))
    )

    rows = photo_rows(result.model_copy(update={"photos": photos}), TEXTS)

    assert [list(row.values())[-1] for row in rows] == [TEXTS.text("defect.blur.advice"), "-"]
    assert all(TEXTS.text("defect.tilted.title") in str(row) for row in rows)


def test_a_listing_that_waits_says_why_first(tmp_path: Path) -> None:
    result = stored_result(open_store(f"file:{tmp_path}"))
    waiting = result.model_copy(update={"waits": (Hold(reason=HoldReason.OPEN_QUESTION, detail="what_price"),)})

    assert TEXTS.text("cli.outcome.publishable") in listing_row(result, TEXTS).values()
    assert TEXTS.text("question.what_price.title") in listing_row(waiting, TEXTS).values()


@pytest.mark.parametrize("name", ["ibu-ani/tampah", "Bu Sri/kerupuk udang", "ပန်း/花", "a" * 300])
def test_every_name_makes_a_key_that_prefect_takes(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,100}", artifact_key("listing", name))


def test_names_that_look_alike_as_keys_are_kept_apart() -> None:
    assert artifact_key("listing", "a/b") != artifact_key("listing", "a-b")
