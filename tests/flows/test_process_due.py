"""The batch flow through the command line, on every kind of store and catalog."""

import json
from typing import Any

from tests.command import run_etalase
from tests.corrupt_files import corrupt_files
from tests.installation import Installation
from tests.sellers import add_listing, draw_photo


def process(installation: Installation) -> dict[str, Any]:
    """Run the batch once and return its summary."""
    run = run_etalase(installation.folder, installation.environment, "process", "--json")
    assert run.returncode == 0, run.stderr
    summary: dict[str, Any] = json.loads(run.stdout)
    return summary


def receipts(installation: Installation) -> list[str]:
    """Return the places of all published bundles."""
    return [key.removesuffix("/receipt.json") for key in installation.objects("published/") if "receipt" in key]


def test_good_listings_are_published_and_the_others_wait_with_their_reasons(installation: Installation) -> None:
    photos = {"depan.jpg": draw_photo(1), "samping.jpg": draw_photo(2)}
    add_listing(installation.store, "ibu-ani/tampah", photos)
    add_listing(installation.store, "ibu-ani/apa-ini", {"depan.jpg": draw_photo(3)}, words="dijual murah gan")

    summary = process(installation)

    assert summary["listings"] == 2
    assert summary["photos"] == 3
    assert summary["published"] == 1
    rows = installation.listings()
    assert rows["tampah"].state == "published"
    assert rows["apa-ini"].state == "waiting"
    assert rows["apa-ini"].result is not None
    assert {wait.reason for wait in rows["apa-ini"].result.waits} == {"open_question"}
    (place,) = receipts(installation)
    assert place.startswith("published/ibu-ani/tampah/v1-")


def test_a_second_run_finds_nothing_to_do(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    first = process(installation)
    before = installation.objects()

    second = process(installation)

    assert first["published"] == 1
    assert not any(second.values())
    assert installation.objects() == before


def test_a_photo_that_arrives_later_makes_a_new_version_which_is_published_too(installation: Installation) -> None:
    add_listing(installation.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})
    process(installation)
    installation.store.put("raw/ibu-ani/tampah/samping.jpg", draw_photo(2), media_type="image/jpeg")

    process(installation)

    assert [place.split("/")[3].split("-")[0] for place in receipts(installation)] == ["v1", "v2"]
    assert installation.listings()["tampah"].photo_count == 2


def test_a_file_outside_every_listing_is_named_and_left_alone(installation: Installation) -> None:
    installation.store.put("raw/ibu-ani/depan.jpg", draw_photo(1), media_type="image/jpeg")

    run = run_etalase(installation.folder, installation.environment, "process")

    assert run.returncode == 0, run.stderr
    assert "raw/ibu-ani/depan.jpg" in run.stdout
    assert set(installation.objects()) == {"raw/ibu-ani/depan.jpg"}


def test_photos_without_a_note_are_waited_for_until_they_have_settled(installation: Installation) -> None:
    installation.store.put("raw/ibu-ani/tampah/depan.jpg", draw_photo(1), media_type="image/jpeg")

    assert process(installation)["listings"] == 1


def test_every_corrupt_file_is_set_aside_with_its_reason_and_the_rest_is_published(
    installation: Installation,
) -> None:
    kinds = list(corrupt_files().items())
    assert len(kinds) >= 40
    for number in range(0, len(kinds), 4):
        broken = {f"{place}-{file.name}": file.data for place, (_, file) in enumerate(kinds[number : number + 4])}
        add_listing(installation.store, f"pak-rusdi/n{number:03d}", {"baik.jpg": draw_photo(number % 5), **broken})

    summary = process(installation)

    assert summary["published"] == summary["listings"] == (len(kinds) + 3) // 4
    assert summary["set_aside"] == len(kinds)
    rows = installation.listings()
    for number, (kind, file) in enumerate(kinds):
        result = rows[f"n{number - number % 4:03d}"].result
        assert result is not None
        (found,) = [photo for photo in result.set_aside if photo.file == f"{number % 4}-{file.name}"]
        assert found.reason in file.reasons, kind
        assert [photo.file for photo in result.finished] == ["baik.jpg"]
