"""Photos are known again among all listings; the one that was there first is not to blame."""

import threading
from operator import eq

from sqlalchemy import func, select

from models.assessment import Assessment
from models.fingerprint import Fingerprint
from models.lease import Lease, LeaseLost
from models.photo import Finished
from models.picture import Source
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.fingerprints import CANDIDATES, COMMON, MARKS, find_candidates, note_fingerprints
from storage.catalog.forgetting import begin_forgetting, finish_forgetting
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.results import finish
from storage.catalog.schema import FingerprintMarks, Fingerprints, Schema
from tests.storage.made import arrival, key, result
from tests.storage.plans import most_values


def photo(sha256: str, *marks: int, file: str = "00.jpg") -> Finished:
    return Finished(
        file=file,
        sha256=sha256,
        source=Source(format="JPEG", width=1600, height=1200, bytes=1),
        trust=0.9,
        trusted=True,
        doubts=(),
        assessment=Assessment(score=90, parts={}, measurements=(), defects=()),
        verdicts=(),
        renditions=(),
        fingerprint=Fingerprint(picture=sha256.encode(), marks=marks, probes=marks),
    )


def lease(catalog: Catalog, name: str, etag: str = "1") -> Lease:
    record_arrivals(catalog, [arrival(name, etag=etag)])
    (taken,) = lease_listings(catalog, this_process())
    return taken


def note(catalog: Catalog, name: str, *photos: Finished, etag: str = "1") -> None:
    taken = lease(catalog, name, etag)
    note_fingerprints(catalog, [(taken, photos)], eq)
    finish(catalog, taken, result(taken), ())


def found(catalog: Catalog, name: str, one: Finished) -> list[str]:
    return [f"{each.key}/{each.file}" for each in find_candidates(catalog, key(name), one)]


def count(catalog: Catalog, table: type[Schema]) -> int:
    with catalog.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_later_of_two_photos_that_share_a_mark_finds_the_earlier_one(catalog: Catalog) -> None:
    first, second = photo("a", 1, 2, 3), photo("b", 3, 4, 5)
    note(catalog, "ani/tampah", first)
    note(catalog, "budi/tampah", second)

    assert found(catalog, "budi/tampah", second) == ["ani/tampah/00.jpg"]
    assert found(catalog, "ani/tampah", first) == []


def test_the_same_photo_processed_again_repeats_nothing_and_keeps_its_place(catalog: Catalog) -> None:
    first, second = photo("a", 1, 2), photo("b", 1, 2)
    note(catalog, "ani/tampah", first)
    note(catalog, "budi/tampah", second)
    note(catalog, "ani/tampah", first, etag="2")
    note(catalog, "ani/tampah", first.model_copy(update={"file": "01.jpg"}), etag="3")

    assert found(catalog, "ani/tampah", first) == []
    assert found(catalog, "budi/tampah", second) == ["ani/tampah/01.jpg"]
    assert count(catalog, Fingerprints) == 2


def test_a_photo_of_the_same_listing_is_found_before_anothers_copy_of_it(catalog: Catalog) -> None:
    first, anew = photo("a", 1), photo("c", 1, file="01.jpg")
    note(catalog, "ani/tampah", first)
    note(catalog, "budi/tampah", photo("b", 1))
    note(catalog, "ani/tampah", first, anew, etag="2")

    assert found(catalog, "ani/tampah", anew) == ["ani/tampah/00.jpg", "budi/tampah/00.jpg"]


def test_a_photo_saved_anew_takes_the_place_of_the_one_that_it_was_and_of_no_other(catalog: Catalog) -> None:
    def saved(sha256: str, picture: str, *marks: int) -> Finished:
        made = Fingerprint(picture=picture.encode(), marks=marks, probes=marks)
        return photo(sha256, file=f"{sha256}.jpg").model_copy(update={"fingerprint": made})

    note(catalog, "ani/tampah", saved("a", "tray", 1, 2), saved("b", "bowl", 7))
    copy = saved("x", "tray", 1, 2, 3)
    note(catalog, "budi/tampah", copy)
    anew = saved("c", "tray", 2, 3)
    note(catalog, "ani/tampah", anew, saved("d", "lid", 7), etag="2")

    assert found(catalog, "ani/tampah", anew) == []
    assert found(catalog, "budi/tampah", copy) == ["ani/tampah/c.jpg"]
    assert count(catalog, Fingerprints) == 3
    assert count(catalog, FingerprintMarks) == 6
    with catalog.read() as connection:
        order = connection.scalars(select(Fingerprints.sha256).order_by(Fingerprints.id))
        assert list(order) == ["c", "x", "d"]


def test_a_photo_that_its_listing_has_no_more_is_not_found_any_more(catalog: Catalog) -> None:
    note(catalog, "ani/tampah", photo("a", 1))
    note(catalog, "ani/tampah", photo("c", 7), etag="2")
    late = photo("b", 1)
    note(catalog, "budi/tampah", late)

    assert found(catalog, "budi/tampah", late) == []
    assert count(catalog, FingerprintMarks) == 2


def test_those_that_share_most_come_in_the_order_in_which_they_were_there(catalog: Catalog) -> None:
    for number in range(CANDIDATES + 2):
        more = (100,) if number > 1 else ()
        note(catalog, f"ani/produk-{number}", photo(f"a{number}", 99, *more))
    late = photo("b", 99, 100)
    note(catalog, "budi/tampah", late)

    wanted = [f"ani/produk-{number}/00.jpg" for number in range(2, CANDIDATES + 2)]
    assert found(catalog, "budi/tampah", late) == wanted


def test_a_mark_that_many_photos_have_tells_nothing_and_the_next_strongest_takes_its_place(
    catalog: Catalog,
) -> None:
    for number in range(COMMON):
        note(catalog, f"ani/produk-{number}", photo(f"a{number}", 1))
    note(catalog, "ani/satu-lagi", photo("b", 1, *range(10, 10 + MARKS)))

    with catalog.read() as connection:
        number = select(Fingerprints.id).where(Fingerprints.sha256 == "b").scalar_subquery()
        kept = select(FingerprintMarks.mark).where(FingerprintMarks.fingerprint_id == number)
        assert set(connection.scalars(kept)) == set(range(10, 10 + MARKS))


def test_whoever_has_lost_the_listing_notes_nothing(catalog: Catalog) -> None:
    lost = lease(catalog, "ani/tampah")
    finish(catalog, lost, result(lost), ())
    lease(catalog, "ani/tampah", etag="2")
    (end,) = note_fingerprints(catalog, [(lost, [photo("a", 1)])], eq)
    assert isinstance(end, LeaseLost)

    assert count(catalog, Fingerprints) == 0


def test_however_many_there_are_no_statement_names_them_all(catalog: Catalog) -> None:
    note(catalog, "ani/tampah", *(photo(f"{number:03}", number, file=f"{number:03}.jpg") for number in range(300)))
    begin_forgetting(catalog, "ani", by="sari")

    assert most_values(catalog, lambda: finish_forgetting(catalog, "ani", by="sari")) < 100

    assert (count(catalog, Fingerprints), count(catalog, FingerprintMarks)) == (0, 0)


def test_of_a_seller_who_was_forgotten_no_fingerprint_is_left(catalog: Catalog) -> None:
    hers, his = photo("a", 1, 2), photo("b", 1, 2)
    note(catalog, "ani/tampah", hers)
    note(catalog, "budi/tampah", his)
    begin_forgetting(catalog, "ani", by="sari")
    receipt = finish_forgetting(catalog, "ani", by="sari")

    assert receipt.removed["fingerprints"] == 1
    assert (count(catalog, Fingerprints), count(catalog, FingerprintMarks)) == (1, 2)
    assert found(catalog, "budi/tampah", his) == []


def test_of_many_at_once_with_the_same_photo_all_but_one_find_another(catalog: Catalog, catalog_url: str) -> None:
    sellers = [f"penjual-{number}" for number in range(6)]
    record_arrivals(catalog, [arrival(f"{seller}/tampah") for seller in sellers])
    leases = lease_listings(catalog, this_process())
    alone: list[str] = []
    gate = threading.Barrier(len(leases))

    def work(taken: Lease) -> None:
        own = open_catalog(catalog_url)
        one = photo(taken.key.seller, 1, 2, 3)
        gate.wait()
        note_fingerprints(own, [(taken, [one])], eq)
        if not find_candidates(own, taken.key, one):
            alone.append(taken.key.seller)
        own.close()

    workers = [threading.Thread(target=work, args=(taken,)) for taken in leases]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(leases) == len(sellers)
    assert len(alone) == 1
