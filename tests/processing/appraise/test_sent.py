from models.assessment import Defect, DefectCode, Measurement
from models.picture import Source
from processing.appraise.sent import facts_as_sent

SOURCE = Source(
    format="PNG", width=800, height=600, bytes=1234, colours="grey", moves=False, extension=".png", profile=None
)


def test_the_file_is_what_was_found_while_it_was_decoded() -> None:
    facts = facts_as_sent(SOURCE, (), (), ())
    assert (facts.width, facts.height, facts.bytes, facts.format) == (800, 600, 1234, "PNG")
    assert (facts.colours, facts.moves, facts.extension_fits, facts.finished) == ("grey", False, True, False)
    assert not facts_as_sent(SOURCE.model_copy(update={"extension": ""}), (), (), ()).extension_fits


def test_what_it_shows_is_what_was_measured() -> None:
    measured = (Measurement(name="fill", value=0.7, unit="share"),)
    assert facts_as_sent(SOURCE, measured, (), ()).shown.fill == 0.7
    assert facts_as_sent(SOURCE, (), (), ()).shown.fill is None


def test_a_defect_is_there_or_not_or_was_not_looked_for() -> None:
    blurred = (Defect(code=DefectCode.BLUR, severity=0.1),)
    found = facts_as_sent(SOURCE, (), blurred, (DefectCode.BLUR, DefectCode.CUT_OFF)).shown.found
    assert found.get("blur") is True
    assert found.get("cut_off") is False
    assert found.get("overexposed") is None
