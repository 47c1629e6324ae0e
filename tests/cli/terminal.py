"""An installation as a person at its terminal meets it, with listings that are processed already."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.listing import Hold, HoldReason, ListingKey
from models.publication import Publication
from models.suggestion import Asked, Question
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.results import finish
from storage.object_store.opening import open_store
from tests.command import run_etalase
from tests.publishing.results import stored_result

DOUBTFUL = Hold(reason=HoldReason.UNTRUSTED_CUTOUT, file="depan.jpg", detail="busy_background")
PRICELESS = Hold(reason=HoldReason.OPEN_QUESTION, detail=Question.WHAT_PRICE)


@dataclass
class Terminal:
    """A folder with an installation, and the environment that its commands run in."""

    folder: Path
    environment: dict[str, str]
    store: str
    catalog: str

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run_etalase(self.folder, self.environment, *arguments)

    def read(self, *arguments: str) -> Any:  # noqa: ANN401 - whatever the command writes
        run = self.run(*arguments, "--json")
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)

    def add(self, listing: str, *waits: Hold, etag: str = "1") -> None:
        """Have a listing of Ibu Ani's processed."""
        self.arrive(listing, etag=etag)
        catalog = open_catalog(self.catalog)
        key = ListingKey(seller="ibu-ani", listing=listing)
        (lease,) = lease_listings(catalog, this_process())
        made = stored_result(open_store(self.store), lease.version, key=key, title=f"Tampah {etag}")
        made = made.model_copy(update={"waits": waits})
        if PRICELESS in waits:
            asked = (Asked(question=Question.WHAT_PRICE, needed=True),)
            priceless = made.suggestion.model_copy(update={"price": None, "questions": asked})
            made = made.model_copy(update={"suggestion": priceless})
        finish(catalog, lease, made, (Publication.of(made, "bundle"),), by_itself=False)
        catalog.close()

    def arrive(self, listing: str, *, etag: str) -> None:
        """Have a listing of Ibu Ani's be there in a new state, which nobody has processed."""
        catalog = open_catalog(self.catalog)
        key = ListingKey(seller="ibu-ani", listing=listing)
        file = ArrivedFile(file="depan.jpg", size=1, etag=etag, modified=EPOCH)
        record_arrivals(catalog, [Arrival(key=key, photos=(file,), note=None)])
        catalog.close()

    def states(self) -> dict[str, str]:
        return {row["key"]["listing"]: row["state"] for row in self.read("status")}
