"""``/metrics``: the installation in figures, in the formats of Prometheus and OpenMetrics.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from importlib.metadata import version
from threading import Lock
from typing import Generic, TypeVar

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from config.settings import Settings
from flows.serving_host import is_loopback
from models.identity import PIPELINE_VERSION
from models.rejection import RejectionReason
from storage.catalog.connection import Catalog, CatalogError
from storage.catalog.standing_counts import StandingCounts, count_standing
from web.ingest.problem import Refused
from web.ingest.token import check_token

log = logging.getLogger(__name__)

REST = 50
"""What was counted stands for so many times as long as counting took: no more than 2 % of the database's time."""
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""What a proxy adds: whoever it speaks for is not on this machine, though it is itself."""
Counted = TypeVar("Counted")


class Spared(Generic[Counted]):
    """A figure that is counted anew only after it has rested."""

    def __init__(self, count: Callable[[], Counted], clock: Callable[[], float] = time.monotonic) -> None:
        self._count = count
        self._clock = clock
        self._lock = Lock()
        self._last: Counted | None = None
        self._rests_until = 0.0

    def read(self) -> Counted:
        """Return the figure; whatever counting raises is raised, and counted again next time."""
        with self._lock:
            began = self._clock()
            if self._last is None or began >= self._rests_until:
                self._last = None
                self._last = self._count()
                ended = self._clock()
                self._rests_until = ended + REST * (ended - began)
            return self._last


class CatalogCollector(Collector):
    """Asks the catalog when it is asked itself; without a catalog there is only the word that it is away."""

    def __init__(self, catalog: Catalog) -> None:
        self._counts = Spared(lambda: count_standing(catalog))

    def collect(self) -> Iterator[Metric]:
        """Yield the figures as they are."""
        built = {"version": version("etalase"), "pipeline": str(PIPELINE_VERSION)}
        yield InfoMetricFamily("etalase_build", "What runs here", built)
        try:
            counts = self._counts.read()
        except CatalogError as fault:
            log.warning("no figures of the catalog: %s", fault)
            yield _one("etalase_catalog_up", "1 while the catalog answers", 0)
            return
        yield _one("etalase_catalog_up", "1 while the catalog answers", 1)
        yield from _tell(counts)


def _tell(counts: StandingCounts) -> Iterator[Metric]:
    counted_at = counts.at.timestamp()
    yield _one("etalase_counted_timestamp_seconds", "When the catalog was counted, by its own clock", counted_at)
    yield _by("etalase_listings", "Listings by state", "state", counts.listings)
    reasons = dict.fromkeys(RejectionReason, 0) | dict(counts.set_aside)
    yield _by("etalase_photos_set_aside", "Photos that cannot be used, by reason", "reason", reasons)
    yield _one("etalase_outbox_pending", "Publications that are still to be sent", counts.outbox_pending)
    yield _one("etalase_outbox_dead", "Publications that were given up", counts.outbox_dead)
    taken = "Publications that their publisher has, or has taken down"
    yield _by("etalase_published", taken, "publisher", counts.published)
    yield _one("etalase_deliveries_waiting", "Events that wait for a worker", counts.deliveries_waiting)
    yield _one("etalase_deliveries_dead", "Events that were given up", counts.deliveries_dead)
    yield _one("etalase_uploads_under_way", "Photos that are arriving", counts.uploads)
    yield _by("etalase_postponed", "What failed and is to be tried again", "queue", counts.postponed)
    oldest = "For how long the oldest of what is due has been so"
    yield _by("etalase_oldest_due_seconds", oldest, "queue", counts.oldest_due)


def _one(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value)


def _by(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, told, labels=(label,))
    for each, value in values.items():
        family.add_metric((str(each),), value)
    return family


def open_registry(catalog: Catalog) -> CollectorRegistry:
    """Return what is told of a catalog and of this process; nothing is counted yet."""
    registry = CollectorRegistry()
    registry.register(CatalogCollector(catalog))
    ProcessCollector(registry=registry)
    return registry


def metrics_routes(settings: Settings, registry: CollectorRegistry) -> APIRouter:
    """Return the address of the figures, which is not there for whoever may not read them."""
    routes = APIRouter()
    secret = settings.metrics_token.get_secret_value()
    tokens = (secret,) if secret else ()

    @routes.get("/metrics")
    def tell_figures(request: Request) -> Response:
        """Tell all figures, in the format that is asked for."""
        if not (is_here(request) or _has_token(request, tokens)):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        # As it stands: a charset that a framework adds would be said twice.
        headers = {"content-type": media_type, "cache-control": "no-store"}
        return Response(encode(registry), headers=headers)

    return routes


def is_here(request: Request) -> bool:
    """Return whether a request comes from this machine: by its address, and under its own name."""
    passed_on = any(name in request.headers for name in PASSED_ON)
    host = request.client.host if request.client else ""
    return not passed_on and is_loopback(host) and is_loopback(request.url.hostname or "")


def _has_token(request: Request, tokens: Iterable[str]) -> bool:
    try:
        check_token(request.headers, tuple(tokens))
    except Refused:
        return False
    return True
