import pytest
from sqlalchemy import select, update

from models.lease import Lease
from models.listing import Hold
from models.photo import SetAside
from models.rejection import RejectionReason
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications, record_receipt
from storage.catalog.reading import list_listings, read_result
from storage.catalog.results import finish
from storage.catalog.schema import Listings, Photos, Publications, Results
from tests.storage.made import A_REASON_TO_WAIT, arrival, publication, receipt, result


def lease_one(catalog: Catalog, etag: str = "1", photos: int = 1) -> Lease:
    record_arrivals(catalog, [arrival("a/b", etag=etag, photos=photos)])
    (lease,) = lease_listings(catalog, this_process())
    return lease


@pytest.mark.parametrize(
    ("waits", "publishers", "state"),
    [
        (A_REASON_TO_WAIT, (), ListingState.WAITING),
        ((), (), ListingState.READY),
        ((), ("bundle",), ListingState.PUBLISHING),
        ((), ("bundle", "feed"), ListingState.PUBLISHING),
    ],
)
def test_the_result_says_what_is_next(
    catalog: Catalog, waits: tuple[Hold, ...], publishers: tuple[str, ...], state: ListingState
) -> None:
    lease = lease_one(catalog)
    made = result(lease, waits=waits)
    assert finish(catalog, lease, made, tuple(publication(lease, name) for name in publishers)) == state
    (row,) = list_listings(catalog)
    assert (row.state, row.result, row.due_at, row.error) == (state, made, None, None)
    assert lease_listings(catalog, this_process()) == ()


def test_finishing_twice_is_the_same_as_once(catalog: Catalog) -> None:
    lease = lease_one(catalog)
    for _ in range(2):
        state = finish(catalog, lease, result(lease), (publication(lease),))
        assert state == ListingState.PUBLISHING
    (sent,) = lease_publications(catalog, this_process(), limit=9)
    assert record_receipt(catalog, sent, receipt(sent.publication)) == ListingState.PUBLISHED
    assert finish(catalog, lease, result(lease), (publication(lease),)) == ListingState.PUBLISHED
    assert lease_publications(catalog, this_process(), limit=9) == ()


def test_each_photo_keeps_how_far_it_has_come(catalog: Catalog) -> None:
    lease = lease_one(catalog, photos=2)
    photo = SetAside(file="01.jpg", sha256="0" * 64, reason=RejectionReason.TRUNCATED)
    finish(catalog, lease, result(lease, photos=(photo,)), ())
    with catalog.read() as connection:
        found = select(Photos.file, Photos.state, Photos.sha256).order_by(Photos.file)
        assert [tuple(row) for row in connection.execute(found)] == [
            ("00.jpg", "new", None),
            ("01.jpg", "set_aside", "0" * 64),
        ]


def test_a_newer_version_is_due_after_the_older_is_finished(catalog: Catalog) -> None:
    old = lease_one(catalog)
    record_arrivals(catalog, [arrival("a/b", etag="2")])
    assert finish(catalog, old, result(old), (publication(old),)) == ListingState.DUE
    assert lease_publications(catalog, this_process(), limit=9) == ()
    (row,) = list_listings(catalog)
    assert row.result is not None
    assert (row.version, row.result.version) == (2, 1)
    (new,) = lease_listings(catalog, this_process())
    assert new.version == 2
    finish(catalog, new, result(new), (publication(new),))
    (sent,) = lease_publications(catalog, this_process(), limit=9)
    assert sent.publication.version == 2


def test_finishing_again_after_a_newer_version_came_does_not_lose_it(catalog: Catalog) -> None:
    old = lease_one(catalog)
    finish(catalog, old, result(old), ())
    record_arrivals(catalog, [arrival("a/b", etag="2")])
    assert finish(catalog, old, result(old), ()) == ListingState.DUE
    (new,) = lease_listings(catalog, this_process())
    assert new.version == 2


def test_the_results_of_all_versions_are_kept(catalog: Catalog) -> None:
    made = []
    for etag in ("1", "2"):
        lease = lease_one(catalog, etag=etag)
        made.append(result(lease))
        finish(catalog, lease, made[-1], ())
    assert [read_result(catalog, each.key, each.version) for each in made] == made
    with pytest.raises(LookupError):
        read_result(catalog, made[0].key, 3)


@pytest.mark.parametrize("wrong", [{"version": 2}, {"key": {"seller": "a", "listing": "c"}}])
def test_what_is_not_of_the_lease_is_refused(catalog: Catalog, wrong: dict[str, object]) -> None:
    lease = lease_one(catalog)
    other = Lease.model_validate(lease.model_dump() | wrong)
    with pytest.raises(ValueError, match="under the lease of"):
        finish(catalog, lease, result(other), ())
    with pytest.raises(ValueError, match="under the lease of"):
        finish(catalog, lease, result(lease), (publication(other),))


def test_all_is_written_or_nothing(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    lease = lease_one(catalog)

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.catalog.results.publishing_state", break_off)
    with pytest.raises(KeyboardInterrupt):
        finish(catalog, lease, result(lease), (publication(lease),))
    with catalog.read() as connection:
        assert connection.execute(select(Results.version)).all() == []
        assert connection.execute(select(Publications.id)).all() == []
    assert [row.state for row in list_listings(catalog)] == [ListingState.LEASED]


def test_a_reader_does_not_wait_for_a_writer(catalog: Catalog) -> None:
    lease_one(catalog)
    with catalog.write() as connection:
        connection.execute(update(Listings).values(state=ListingState.FAILED))
        assert [row.state for row in list_listings(catalog)] == [ListingState.LEASED]
    assert [row.state for row in list_listings(catalog)] == [ListingState.FAILED]
