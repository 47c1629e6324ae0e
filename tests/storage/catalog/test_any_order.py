"""Arrivals, leases, crashes, results and receipts in any order that hypothesis can think of."""

import shutil
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle as Drawn
from hypothesis.stateful import RuleBasedStateMachine, consumes, multiple, rule, run_state_machine_as_test
from sqlalchemy import make_url, update

from models.lease import Lease, LeaseLost
from models.publication import PublicationLease
from models.state import ListingState
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.connection import connect_to
from storage.catalog.lease_rules import MAX_ATTEMPTS
from storage.catalog.leases import lease_listings, release
from storage.catalog.publication_leases import lease_publications, record_failure, record_receipt
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Leasable, Listings, Publications
from tests.storage.made import ELSEWHERE, arrival, publication, receipt, result

NAMES = st.sampled_from(["a/b", "a/c"])


class AnyOrder(RuleBasedStateMachine):
    template: ClassVar[Path]

    leases = Drawn("leases")
    sendings = Drawn("sendings")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "catalog.sqlite"
        shutil.copy(self.template, path)
        self.catalog = Catalog(connect_to(make_url(f"sqlite:///{path}")))
        self.versions: defaultdict[str, int] = defaultdict(int)
        self.failures: defaultdict[tuple[str, int], int] = defaultdict(int)
        self.numbers: defaultdict[str, int] = defaultdict(int)
        """Of the last lease of each listing, as long as it may write."""
        self.held: set[str] = set()
        """Listings whose lease lasts."""
        self.sending: dict[str, PublicationLease] = {}
        """What is being sent of each listing."""
        self.attempts: dict[str, int] = {}
        """Number of the last lease of each publication."""
        self.given_up: set[tuple[str, int]] = set()
        """Publications' leases that ended in a failure."""
        self.published: defaultdict[str, int] = defaultdict(int)
        self.refused: set[str] = set()
        """Listings whose newest publication failed for good."""

    def teardown(self) -> None:
        try:
            self.finish_everything()
            for row in list_listings(self.catalog):
                name = str(row.key)
                if self.failures[name, self.versions[name]] >= MAX_ATTEMPTS or name in self.refused:
                    assert row.state == ListingState.FAILED
                else:
                    assert row.state == ListingState.PUBLISHED
                    assert self.published[name] == row.version == self.versions[name]
        finally:
            self.catalog.close()
            self.folder.cleanup()

    def finish_everything(self) -> None:
        for table in (Listings, Publications):
            self.expire(table)
        self.held.clear()
        self.sending.clear()
        while leases := self.lease(photos=100):
            for lease in leases:
                self.finish(lease)
        while publications := self.take_publications():
            for sending in publications:
                self.confirm(sending)

    def expire(self, table: type[Leasable]) -> None:
        with self.catalog.write() as connection:
            connection.execute(update(table).where(table.holder.is_not(None)).values(expires_at=EPOCH))

    def have_waited(self) -> None:
        with self.catalog.write() as connection:
            connection.execute(update(Publications).where(Publications.due_at.is_not(None)).values(due_at=EPOCH))

    @rule(name=NAMES)
    def arrive(self, name: str) -> None:
        self.versions[name] += 1
        self.refused.discard(name)
        record_arrivals(self.catalog, [arrival(name, etag=str(self.versions[name]))])

    def lease(self, photos: int) -> tuple[Lease, ...]:
        leases = lease_listings(self.catalog, ELSEWHERE, photos=photos)
        for lease in leases:
            name = str(lease.key)
            assert name not in self.held
            assert lease.version == self.versions[name]
            assert lease.fencing_token > self.numbers[name]
            self.held.add(name)
            self.numbers[name] = lease.fencing_token
        return leases

    @rule(target=leases, photos=st.integers(1, 3))
    def lease_some(self, photos: int) -> object:
        return multiple(*self.lease(photos))

    @rule(name=NAMES)
    def process_a_new_version(self, name: str) -> None:
        self.arrive(name)
        for lease in self.lease(photos=100):
            self.finish(lease)

    @rule()
    def lose_all_workers(self) -> None:
        self.expire(Listings)
        self.held.clear()

    @rule(lease=leases)
    def finish(self, lease: Lease) -> None:
        name = str(lease.key)
        if lease.fencing_token != self.numbers[name]:
            with pytest.raises(LeaseLost):
                finish(self.catalog, lease, result(lease), (publication(lease),))
            return
        state = finish(self.catalog, lease, result(lease), (publication(lease),))
        assert (state == ListingState.DUE) == (lease.version < self.versions[name])
        self.held.discard(name)

    @rule(lease=consumes(leases))
    def give_back(self, lease: Lease) -> None:
        name = str(lease.key)
        try:
            state = release(self.catalog, lease, error="a hiccup", retry_after=0)
        except LeaseLost:
            assert lease.fencing_token != self.numbers[name] or name not in self.held
            return
        assert lease.fencing_token == self.numbers[name]
        self.failures[name, lease.version] += 1
        given_up = self.failures[name, lease.version] == MAX_ATTEMPTS and lease.version == self.versions[name]
        assert (state == ListingState.FAILED) == given_up
        self.held.discard(name)
        self.numbers[name] += 1

    def take_publications(self) -> tuple[PublicationLease, ...]:
        leases = lease_publications(self.catalog, ELSEWHERE, limit=2)
        for lease in leases:
            name = str(lease.publication.key)
            assert name not in self.sending
            assert lease.publication.version > self.published[name]
            self.sending[name] = lease
            self.attempts[lease.publication.idempotency_key] = lease.fencing_token
        return leases

    @rule(target=sendings)
    def begin_sending(self) -> object:
        return multiple(*self.take_publications())

    @rule()
    def lose_all_senders(self) -> None:
        self.expire(Publications)
        self.sending.clear()

    def is_stale(self, lease: PublicationLease) -> bool:
        publication = lease.publication.idempotency_key
        return (
            self.attempts[publication] != lease.fencing_token
            or (publication, lease.fencing_token) in self.given_up
        )

    def end_sending(self, lease: PublicationLease) -> None:
        assert not self.is_stale(lease)
        name = str(lease.publication.key)
        if self.sending.get(name) == lease:
            del self.sending[name]

    @rule(lease=sendings)
    def confirm(self, lease: PublicationLease) -> None:
        name = str(lease.publication.key)
        try:
            record_receipt(self.catalog, lease, receipt(lease.publication))
        except LeaseLost:
            # Stale, or its sender was lost and a newer version has superseded it.
            assert self.sending.get(name) != lease
            return
        self.end_sending(lease)
        self.published[name] = max(self.published[name], lease.publication.version)

    @rule(lease=sendings)
    def fail_to_send(self, lease: PublicationLease) -> None:
        name = str(lease.publication.key)
        try:
            state = record_failure(self.catalog, lease, error="no answer")
        except LeaseLost:
            assert self.sending.get(name) != lease
            return
        self.have_waited()
        self.end_sending(lease)
        self.given_up.add((lease.publication.idempotency_key, lease.fencing_token))
        if state == ListingState.FAILED and lease.publication.version == self.versions[name]:
            self.refused.add(name)


def test_nothing_is_lost_shared_or_published_out_of_order(tmp_path: Path) -> None:
    AnyOrder.template = tmp_path / "template.sqlite"
    open_catalog(f"sqlite:///{AnyOrder.template}").close()
    # Unshrunk: a failure is some dozens of steps to read, rather than minutes to wait.
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=30, stateful_step_count=30, phases=phases))
