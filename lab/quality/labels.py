"""What a person sees on photos that nothing was put into: ``labels.tsv``."""

import csv
from pathlib import Path

from models.assessment import DefectCode

FILE = Path(__file__).parent / "labels.tsv"


def read_labels() -> dict[str, frozenset[DefectCode]]:
    """Return the defects that a photo truly shows, by its name.

    Only photos that a measure had called faulty were looked at, so an absent name says nothing. Where the person
    saw nothing wrong, the set is empty.
    """
    with FILE.open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    labels: dict[str, frozenset[DefectCode]] = {}
    for row in rows:
        seen = frozenset({DefectCode(row["defect"])} if row["seen"] == "yes" else ())
        labels[row["photo"]] = labels.get(row["photo"], frozenset()) | seen
    return labels
