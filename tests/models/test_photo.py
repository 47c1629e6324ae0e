"""A photo's result crosses from process to process as JSON, and is the same on the other side."""

import pickle

from models.assessment import Measurement
from models.fingerprint import Fingerprint
from tests.listings import finished


def test_a_photo_is_handed_to_another_process_whole() -> None:
    plain = finished("depan.jpg")
    figure = Measurement(name="sharpness", value=0.1 + 0.2, unit="share")
    photo = plain.model_copy(
        update={
            "assessment": plain.assessment.model_copy(update={"measurements": (figure,)}),
            "fingerprint": Fingerprint(picture=bytes(range(256)), marks=(3, 1), probes=(3, 1, 2)),
        }
    )

    assert pickle.loads(pickle.dumps(photo)) == photo
    assert pickle.loads(pickle.dumps(plain)) == plain
