"""What is said of a photo as soon as it has arrived: to who may send it, and to nobody else."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from config.messages import load_messages
from models.assessment import Defect, DefectCode
from models.listing import ListingKey
from models.matte import Doubt
from models.person import Role
from models.photo import FirstLook
from models.seller import Enrolment
from storage.catalog.sellers import enrol_seller
from storage.catalog.upload_links import make_link
from tests.sellers import draw_photo
from tests.web.console.consoles import CENTRE, Console
from tests.web.console.sending import PHOTO, TUS
from web.console.first_look_routes import say
from web.console.tus import MEDIA_TYPE

BY_NAME = "/sellers/bu-ani/uploads"
ABOUT = "filename ZGVwYW4uanBn,listing dGFtcGFo,key "
"""``depan.jpg`` of ``tampah``."""


@pytest.fixture
def trainer(console: Console) -> Iterator[TestClient]:
    with console.signed_in("sari", Role.TRAINER) as client:
        enrol_seller(console.catalog, Enrolment(name="Bu Ani", centre=CENTRE), by="sari")
        yield client


def begin(client: TestClient, endpoint: str, data: bytes, key: str = "azE=") -> str:
    headers = {**TUS, "upload-length": str(len(data)), "upload-metadata": ABOUT + key}
    answer = client.post(endpoint, headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.headers["location"])


def send(client: TestClient, place: str, data: bytes) -> None:
    headers = {**TUS, "content-type": MEDIA_TYPE, "upload-offset": "0"}
    assert client.patch(place, headers=headers, content=data).status_code == 204


def test_a_photo_is_looked_at_once_it_is_whole_and_what_to_do_is_said(
    console: Console, trainer: TestClient
) -> None:
    data = draw_photo(1)
    place = begin(trainer, BY_NAME, data)
    assert trainer.get(f"{place}/look").status_code == 404
    send(trainer, place, data)
    assert trainer.get(f"{place}/look").json() == {"good": True, "says": "Foto ini sudah baik."}

    striped = begin(trainer, BY_NAME, PHOTO, "azI=")
    send(trainer, striped, PHOTO)
    seen = trainer.get(f"{striped}/look").json()
    assert not seen["good"]
    assert seen["says"] in {text for key, text in load_messages("id").texts.items() if key.endswith(".advice")}

    _, token = make_link(console.catalog, ListingKey(seller="bu-ani", listing="tampah"), by="sari")
    upload = place.rpartition("/")[2]
    assert console.client().get(f"/u/{token}/uploads/{upload}/look").json()["good"]
    assert console.client().get(f"/u/{'x' * len(token)}/uploads/{upload}/look").status_code == 404
    other = console.signed_in("dadan", Role.TRAINER, "Balai Lain")
    assert other.get(f"{place}/look").status_code == 404
    assert console.client().get(f"{place}/look").status_code in {303, 401}


@pytest.mark.parametrize(
    ("trusted", "defects", "good", "says"),
    [
        (True, (), True, "console.sellers.upload.good"),
        (False, (), False, "doubt.low_contrast.advice"),
        (True, (DefectCode.TILTED,), True, "console.sellers.upload.ours"),
        (True, (DefectCode.COLOUR_CAST,), True, "console.sellers.upload.ours"),
        (False, (DefectCode.TILTED,), False, "defect.tilted.advice"),
        (True, (DefectCode.TILTED, DefectCode.BLUR), False, "defect.blur.advice"),
    ],
)
def test_what_we_expect_to_mend_is_not_called_good_before_it_is_mended(
    trusted: bool, defects: tuple[DefectCode, ...], good: bool, says: str
) -> None:
    seen = FirstLook(
        score=90,
        trusted=trusted,
        doubts=(Doubt.LOW_CONTRAST,),
        defects=tuple(Defect(code=code, severity=0.3, foreseen=0.0) for code in defects),
    )
    messages = load_messages("id")

    assert say(seen, messages) == {"good": good, "says": messages.text(says)}
