"""The addresses that events are sent to, one for each way of writing them."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from config.settings import Settings
from flows.link_fetch import LinkFailed, LinkRefused, fetch_link
from models.event import Received
from models.store import ObjectStore
from storage.catalog.connection import CatalogError
from storage.catalog.event_queue import Queued
from web.ingest import cloud_event, listing_event
from web.ingest.inbox import Crowded, Inbox
from web.ingest.problem import Problem, Refused
from web.ingest.reading import media_type_of, parse_json, read_body, shape
from web.ingest.s3_notification import Record, read_notification, read_records
from web.ingest.signature import SIGNATURE, Signed, check_signature
from web.ingest.sns_envelope import SnsMessage, is_enveloped
from web.ingest.token import check_token

JSON = "application/json"
AS_SNS_SENDS = "text/plain"
AMAZON = "com.amazonaws."
"""How the CloudEvents of all object stores begin."""
CONFIRMATION_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Desk:
    """What the way in needs to know and to have."""

    settings: Settings
    store: ObjectStore
    inbox: Inbox

    @property
    def root(self) -> str:
        """Where our photos lie: ``s3://BUCKET/PREFIX/raw/``."""
        return f"{self.store.locate('raw')}/"

    def check_signature(self, request: Request, body: bytes) -> Signed:
        """Return the identity and the time under which a request is signed. Raises Refused."""
        secrets = [secret.get_secret_value() for secret in self.settings.webhook_secrets]
        return check_signature(request.headers, body, secrets, time.time())

    def check_token(self, request: Request) -> None:
        """Return if a request carries a password of ours. Raises Refused."""
        check_token(request.headers, [token.get_secret_value() for token in self.settings.webhook_tokens])

    async def queue(self, received: tuple[Received, ...]) -> JSONResponse:
        """Keep events, and answer once they are kept. Raises Refused."""
        try:
            ends = await self.inbox.put(received)
        except Crowded:
            raise Refused(Problem.NO_QUEUE) from None
        except CatalogError as fault:
            raise Refused(Problem.NO_QUEUE) from fault
        if Queued.UNKNOWN_SELLER in ends:
            raise Refused(Problem.UNKNOWN_SELLER, received[0].event.key.seller)
        known = sum(end is not Queued.NEW for end in ends)
        return JSONResponse({"queued": len(ends) - known, "known": known}, HTTPStatus.ACCEPTED)


def ingest_routes(desk: Desk) -> APIRouter:
    """Return the addresses under ``/ingest``; each raises Refused for what it does not take."""
    routes = APIRouter(prefix="/ingest")

    @routes.post("/listing")
    async def take_listing_event(request: Request) -> JSONResponse:
        """Take the marketplace's own event, signed as a Standard Webhook."""
        body = await read_body(request)
        signed = desk.check_signature(request, body)
        _check_media_type(request, JSON)
        event = listing_event.read_listing_event(
            parse_json(body), f"webhook\n{signed.identity}", desk.settings.link_hosts, time.time()
        )
        return await desk.queue((event,))

    @routes.post("/s3")
    async def take_notification(request: Request) -> JSONResponse:
        """Take an object store's notification, straight or from an SNS topic, with a password."""
        desk.check_token(request)
        body = await read_body(request)
        _check_media_type(request, JSON, AS_SNS_SENDS)
        value = parse_json(body)
        if is_enveloped(value):
            message = shape(SnsMessage, value)
            if message.type != "Notification":
                return await _confirm(desk, message)
            value = parse_json(message.message)
        return await desk.queue(read_notification(value, desk.root))

    @routes.post("/cloudevents")
    async def take_cloud_event(request: Request) -> JSONResponse:
        """Take a CloudEvent, signed or with a password."""
        must_fit = SIGNATURE in request.headers
        if not must_fit:
            desk.check_token(request)
        body = await read_body(request)
        signed = desk.check_signature(request, body) if must_fit else None
        event = cloud_event.read_cloud_event(request.headers, media_type_of(request), body)
        return await desk.queue(_read_cloud_event(desk, event, signed))

    return routes


def _check_media_type(request: Request, *allowed: str) -> None:
    if (given := media_type_of(request)) not in allowed:
        raise Refused(Problem.WRONG_MEDIA_TYPE, f"{given!r}, and not {' or '.join(allowed)}")


def _read_cloud_event(desk: Desk, event: cloud_event.CloudEvent, signed: Signed | None) -> tuple[Received, ...]:
    """Return the events in a CloudEvent, by what is ``signed`` where something is.

    Attributes in headers are not, and whoever has seen a request could change them: so it is known by what it is
    signed under, and is no younger than that. Of the types only one fits a body, the fields of each being
    required.
    """
    if event.type == listing_event.TYPE:
        if event.time is None:
            raise Refused(Problem.WRONG_FIELDS, "time: Field required")
        identity, at = event.identity, event.time
        if signed is not None:
            # Signed are whole seconds: it may have happened within the last of them.
            identity = f"webhook\n{signed.identity}"
            at = min(at, datetime.fromtimestamp(signed.at + 1, UTC))
        hosts = desk.settings.link_hosts
        return (listing_event.read_uploaded(event.data, at, identity, hosts, time.time()),)
    if event.type.startswith(AMAZON):
        # Ceph sends the notification as it is; others send one of its records.
        if isinstance(event.data, dict) and "Records" in event.data:
            return read_notification(event.data, desk.root)
        return read_records([shape(Record, event.data)], desk.root)
    raise Refused(Problem.UNKNOWN_TYPE, f"{event.type!r}, and not {listing_event.TYPE} or {AMAZON}...")


async def _confirm(desk: Desk, message: SnsMessage) -> JSONResponse:
    """Tell an SNS topic that its messages are wanted, if its host is allowed; a farewell needs no answer."""
    if message.type == "SubscriptionConfirmation":
        try:
            hosts = desk.settings.link_hosts
            await asyncio.to_thread(fetch_link, message.subscribe_url, hosts, limit=CONFIRMATION_BYTES)
        except LinkRefused as refused:
            raise Refused(Problem.LINK_NOT_ALLOWED, f"SubscribeURL: {refused}") from None
        except LinkFailed as fault:
            raise Refused(Problem.NOT_CONFIRMED, str(fault)) from None
    return JSONResponse({"queued": 0, "known": 0}, HTTPStatus.OK)
