"""What is said of a photo's earlier takes."""

from datetime import UTC, datetime

import pytest

from models.assessment import Defect, DefectCode
from models.fingerprint import Repeat, RepeatScope
from models.listing import ListingKey
from models.matte import Doubt
from models.photo import FirstLook
from models.take import Take
from tests.storage.catalog.test_fingerprints import photo
from web.console.retake_view import earlier_takes

TAKE = Take(
    id=1,
    key=ListingKey(seller="ibu-ani", listing="tampah"),
    slot="depan.jpg",
    file="depan.jpg",
    sha256="1",
    by=None,
    at=datetime(2026, 11, 28, tzinfo=UTC),
    turn=0,
)


@pytest.mark.parametrize(
    ("trusted", "defects", "section", "good"),
    [
        (True, (), None, True),
        (True, (DefectCode.TILTED,), None, False),
        (True, (DefectCode.BLUR,), "defect.blur", False),
        (False, (), "doubt.busy_background", False),
    ],
)
def test_a_take_is_good_only_where_nothing_was_to_be_done_or_to_be_mended(
    trusted: bool, defects: tuple[DefectCode, ...], section: str | None, good: bool
) -> None:
    look = FirstLook(
        score=80,
        trusted=trusted,
        doubts=(Doubt.BUSY_BACKGROUND,),
        defects=tuple(Defect(code=code, severity=0.3, foreseen=0.0) for code in defects),
    )
    take = TAKE.model_copy(update={"look": look})
    (told,) = earlier_takes((take,), "depan.jpg", "2", pending=False)

    assert (told.first.section if told.first else None, told.good) == (section, good)
    (unseen,) = earlier_takes((take.model_copy(update={"look": None}),), "depan.jpg", "2", pending=False)
    assert (unseen.first, unseen.good) == (None, False)


def test_a_take_that_is_another_sellers_photo_is_not_called_good() -> None:
    made = photo("1").model_copy(update={"repeats": Repeat(whose=RepeatScope.OTHER)})
    (told,) = earlier_takes((TAKE.model_copy(update={"made": made}),), "depan.jpg", "2", pending=False)

    assert told.first is not None
    assert (told.first.section, told.good) == ("repeat.other", False)
