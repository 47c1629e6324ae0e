"""How well facts are read from notes: ``python -m lab.suggest.facts_bench [NOTES.toml] [--errors]``.

Exact precision and recall by kind: a fact counts where its normal form is what a careful reader wrote down.
"""

import argparse
import tomllib
from collections import Counter
from pathlib import Path

from models.fact import FactKind
from models.note import SellerNote
from processing.suggest.facts.gather import gather_facts

HELD_OUT = Path(__file__).parent / "held_out.toml"
KINDS = (
    FactKind.WEIGHT,
    FactKind.VOLUME,
    FactKind.COUNT,
    FactKind.SIZE,
    FactKind.DIMENSION,
    FactKind.PRICE,
    FactKind.FLAVOUR,
    FactKind.MATERIAL,
    FactKind.COLOUR,
    FactKind.ORIGIN,
    FactKind.BRAND,
)


def main() -> None:
    """Print a line for each kind; with ``--errors`` also what was read otherwise, for notes to develop on."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("notes", type=Path, nargs="?", default=HELD_OUT)
    arguments.add_argument("--errors", action="store_true")
    chosen = arguments.parse_args()
    if chosen.errors and chosen.notes.resolve() == HELD_OUT.resolve():
        arguments.error("what is held out is not looked at")
    notes = tomllib.loads(chosen.notes.read_text(encoding="utf-8"))["note"]
    right, extra, missed = Counter[FactKind](), Counter[FactKind](), Counter[FactKind]()
    for note in notes:
        facts = gather_facts(SellerNote(words=note["words"])).facts
        for kind in KINDS:
            wanted = {str(value) for value in note.get(kind, ())}
            found = {fact.value for fact in facts if fact.kind is kind}
            right[kind] += len(wanted & found)
            extra[kind] += len(found - wanted)
            missed[kind] += len(wanted - found)
            if chosen.errors and wanted != found:
                print(f"{note['words']!r}\n    {kind}:", sorted(found - wanted), "missed", sorted(wanted - found))
    print(f"{chosen.notes.name}: {len(notes)} notes")
    print(f"{'kind':10} {'facts':>6} {'precision':>10} {'recall':>7}")
    for kind in KINDS:
        wanted_here, found_here = right[kind] + missed[kind], right[kind] + extra[kind]
        precision, recall = _share(right[kind], found_here), _share(right[kind], wanted_here)
        print(f"{kind:10} {wanted_here:6} {precision:>10} {recall:>7}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
