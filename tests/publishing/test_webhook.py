"""The webhook out, against a receiver that verifies and deduplicates."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from config.publishers import Webhook
from models.publication import Action, PublishError, PublishRefused, ReceiverDown, ReceiverGone
from models.store import ObjectStore
from publishing.webhook import MAX_PAYLOAD, WebhookPublisher
from storage.object_store.opening import open_store
from tests.publishing.results import KEY, QUEUED_AT, publication, stored_result
from tests.servers.ports import free_port
from tests.servers.receiver import SECRET, Receiver, Reply

OTHER_SECRET = "whsec_" + "b3RoZXItc2VjcmV0LW90aGVyLXNlY3JldA=="


@pytest.fixture
def store(s3_url: str) -> ObjectStore:
    return open_store(s3_url)


def open_publisher(address: str, store: ObjectStore, *secrets: str) -> WebhookPublisher:
    declared = Webhook(kind="webhook", name="pasar", url=address)
    return WebhookPublisher(declared, store=store, language="id", secrets=secrets or (SECRET,))


def test_the_receiver_gets_a_signed_call_with_links_to_the_photos(receiver: Receiver, store: ObjectStore) -> None:
    result = stored_result(store)
    receipt = open_publisher(receiver.address, store).publish(publication(), result)

    (identity,) = receiver.effects
    assert identity == f"msg_{publication().idempotency_key}"
    told = receiver.effects[identity]
    assert (told["type"], told["timestamp"]) == ("listing.published", QUEUED_AT.isoformat(timespec="milliseconds"))
    assert (told["data"]["title"], told["data"]["price"]) == ("Tampah Bambu", 45000)
    fetched = [httpx.get(photo["url"], timeout=60).raise_for_status().content for photo in told["data"]["photos"]]
    assert fetched == [store.get(photo.renditions[0].key) for photo in result.finished]
    assert (receipt.location, receipt.key) == (receiver.address, KEY)


def test_the_same_publication_sent_twice_has_one_effect(receiver: Receiver, store: ObjectStore) -> None:
    receiver.replies = [Reply(500, keeps=True)]
    publisher = open_publisher(receiver.address, store)
    with pytest.raises(PublishError):
        publisher.publish(publication(), stored_result(store))
    assert publisher.find_receipt(publication()) is None
    publisher.publish(publication(), stored_result(store))

    assert len(receiver.calls) == 2
    assert len(receiver.effects) == 1
    assert len({call["webhook-id"] for call in receiver.calls}) == 1


def test_a_withdrawal_is_told_as_one(receiver: Receiver, store: ObjectStore) -> None:
    receipt = open_publisher(receiver.address, store).withdraw(publication(2, action=Action.WITHDRAW))

    (told,) = receiver.effects.values()
    assert told["type"] == "listing.withdrawn"
    assert told["data"] == {"seller": "ibu-ani", "listing": "tampah", "version": 2}
    assert receipt.action is Action.WITHDRAW


def test_while_a_secret_is_replaced_both_are_good(receiver: Receiver, store: ObjectStore) -> None:
    open_publisher(receiver.address, store, OTHER_SECRET, SECRET).publish(publication(), stored_result(store))

    assert len(receiver.effects) == 1
    assert len(receiver.calls[0]["webhook-signature"].split(" ")) == 2


def test_another_secret_is_refused(receiver: Receiver, store: ObjectStore) -> None:
    with pytest.raises(PublishError, match="401"):
        open_publisher(receiver.address, store, OTHER_SECRET).publish(publication(), stored_result(store))
    assert receiver.forged == 1


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500])
def test_only_two_hundred_and_something_is_success(receiver: Receiver, store: ObjectStore, status: int) -> None:
    elsewhere = {"location": receiver.address + "/elsewhere"}
    receiver.replies = [Reply(status, elsewhere)]
    with pytest.raises(PublishError, match=str(status)) as raised:
        open_publisher(receiver.address, store).publish(publication(), stored_result(store))
    assert type(raised.value) is PublishError
    assert len(receiver.calls) == 1, "a redirect was followed"


def test_410_says_that_the_receiver_is_gone(receiver: Receiver, store: ObjectStore) -> None:
    receiver.replies = [Reply(410)]
    with pytest.raises(ReceiverGone):
        open_publisher(receiver.address, store).publish(publication(), stored_result(store))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_overloaded_receiver_says_how_long_to_wait(receiver: Receiver, store: ObjectStore, status: int) -> None:
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    never = "Mon, 01 Jan 99999999999999999999 00:00:00 GMT"
    asked = {"120": 120, in_an_hour: 3600, "soon": None, never: None}
    receiver.replies = [Reply(status, {"retry-after": value}) for value in asked]
    publisher = open_publisher(receiver.address, store)
    for seconds in asked.values():
        with pytest.raises(ReceiverDown) as raised:
            publisher.publish(publication(), stored_result(store))
        assert raised.value.retry_after == (seconds and pytest.approx(seconds, abs=30))


def test_a_receiver_that_is_not_there_is_down(store: ObjectStore) -> None:
    with pytest.raises(ReceiverDown):
        open_publisher(f"http://127.0.0.1:{free_port()}/", store).publish(publication(), stored_result(store))


def test_more_photos_than_a_call_has_room_for_are_counted(receiver: Receiver, store: ObjectStore) -> None:
    files = tuple(f"{number:02}.jpg" for number in range(60))
    open_publisher(receiver.address, store).publish(publication(), stored_result(store, files=files))

    (told,) = receiver.effects.values()
    assert 9 <= len(told["data"]["photos"]) < 60
    assert told["data"]["photo_count"] == 60
    assert len(json.dumps(told)) <= MAX_PAYLOAD * 1.2


def test_a_listing_with_an_open_question_is_not_sent(receiver: Receiver, store: ObjectStore) -> None:
    result = stored_result(store)
    untitled = result.model_copy(update={"suggestion": result.suggestion.model_copy(update={"title": None})})
    with pytest.raises(PublishRefused):
        open_publisher(receiver.address, store).publish(publication(), untitled)
    assert receiver.calls == []


@pytest.mark.parametrize("secret", [None, "", "not-a-secret", "whsec_", "whsec_ä"])
def test_a_secret_that_cannot_sign_is_refused_without_being_told(tmp_path: object, secret: str | None) -> None:
    store = open_store(f"file:{tmp_path}")
    declared = Webhook(kind="webhook", name="pasar", url="https://pasar.example/")
    secrets = () if secret is None else (secret,)
    with pytest.raises(ValueError, match="ETALASE_PUBLISHER_SECRETS") as raised:
        WebhookPublisher(declared, store=store, language="id", secrets=secrets)
    assert not secret or secret not in str(raised.value) or secret == "whsec_"
