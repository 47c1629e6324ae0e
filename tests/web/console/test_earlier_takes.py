"""What is said of a photo's earlier takes."""

from datetime import UTC, datetime

import pytest

from models.assessment import Defect, DefectCode
from models.listing import ListingKey
from models.matte import Doubt
from models.photo import FirstLook
from models.take import Take
from web.console.retake_view import earlier_takes


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
    take = Take(
        id=1,
        key=ListingKey(seller="ibu-ani", listing="tampah"),
        slot="depan.jpg",
        file="depan.jpg",
        sha256="1",
        by=None,
        at=datetime(2026, 11, 28, tzinfo=UTC),
        turn=0,
        look=look,
    )
    (told,) = earlier_takes((take,), "depan.jpg", "2", pending=False)

    assert (told.section, told.good) == (section, good)
    (unseen,) = earlier_takes((take.model_copy(update={"look": None}),), "depan.jpg", "2", pending=False)
    assert (unseen.section, unseen.good) == (None, False)
