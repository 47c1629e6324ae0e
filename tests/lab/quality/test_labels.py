import csv

from lab.quality.labels import FILE, read_labels
from models.assessment import DefectCode


def test_every_label_is_of_a_known_defect_and_says_what_was_seen() -> None:
    with FILE.open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert {row["seen"] for row in rows} <= {"yes", "no"}
    assert all(row["defect"] in set(DefectCode) and row["what"] for row in rows)
    pairs = [(row["photo"], row["defect"]) for row in rows]
    assert len(pairs) == len(set(pairs))


def test_only_what_was_seen_is_a_defect_of_the_photo() -> None:
    labels = read_labels()
    assert labels["samples/pak-asep/cangkir-keramik/samping.jpg"] == {DefectCode.MOTION_BLUR, DefectCode.BLUR}
    assert labels["samples/pak-asep/ukiran-jati/detail.jpg"] == frozenset()
