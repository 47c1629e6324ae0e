"""Bundles: whole once they have a receipt, the same each time, and what their schema says."""

import hashlib
import json
from pathlib import Path

import jsonschema
import pytest

from models.publication import Action, PublishError, PublishRefused
from models.store import ObjectStore
from publishing.bundle import SCHEMA_KEY, BundlePublisher
from storage.object_store.opening import open_store
from tests.publishing.results import publication, stored_result


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return open_store(f"file:{tmp_path}/store")


def everything(store: ObjectStore) -> dict[str, bytes]:
    return {found.key: store.get(found.key) for found in store.list("published/")}


def test_a_bundle_holds_the_document_and_every_file_that_its_receipt_names(store: ObjectStore) -> None:
    receipt = BundlePublisher(store, "id").publish(publication(), stored_result(store))

    assert set(receipt.files) == {"01-main.jpg", "02-main.jpg", "listing.json"}
    for name, sha256 in receipt.files.items():
        assert hashlib.sha256(store.get(f"{receipt.location}/{name}")).hexdigest() == sha256


def test_what_only_the_seller_looks_at_is_not_published(store: ObjectStore) -> None:
    BundlePublisher(store, "id").publish(publication(), stored_result(store))

    assert [key for key in everything(store) if "before" in key] == []


def test_the_document_is_what_the_published_schema_says(store: ObjectStore) -> None:
    receipt = BundlePublisher(store, "id").publish(publication(), stored_result(store))
    schema = json.loads(store.get(SCHEMA_KEY))
    document = json.loads(store.get(f"{receipt.location}/listing.json"))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, "price": "empat puluh lima ribu"}, schema)


def test_publishing_twice_gives_the_same_bytes(store: ObjectStore) -> None:
    publisher = BundlePublisher(store, "id")
    publisher.publish(publication(), stored_result(store))
    once = everything(store)
    publisher.publish(publication(), stored_result(store))

    assert everything(store) == once


def test_a_receipt_is_found_after_publishing_and_not_before(store: ObjectStore) -> None:
    publisher = BundlePublisher(store, "id")
    assert publisher.find_receipt(publication()) is None

    receipt = publisher.publish(publication(), stored_result(store))

    assert publisher.find_receipt(publication()) == receipt
    assert publisher.find_receipt(publication(version=2)) is None


def test_a_new_version_leaves_the_old_bundle_as_it_was(store: ObjectStore) -> None:
    publisher = BundlePublisher(store, "id")
    publisher.publish(publication(), stored_result(store))
    first = everything(store)
    publisher.publish(publication(version=2), stored_result(store, version=2))

    assert {key: data for key, data in everything(store).items() if key in first} == first
    assert len(everything(store)) > len(first)


def test_a_rendition_that_was_changed_stops_the_publication(store: ObjectStore) -> None:
    result = stored_result(store)
    store.put(result.finished[0].renditions[0].key, b"something else", media_type="image/jpeg")

    with pytest.raises(PublishError, match="not what was recorded"):
        BundlePublisher(store, "id").publish(publication(), result)
    assert BundlePublisher(store, "id").find_receipt(publication()) is None


def test_a_rendition_that_is_gone_stops_the_publication(tmp_path: Path, store: ObjectStore) -> None:
    result = stored_result(store)
    (tmp_path / "store" / result.finished[1].renditions[0].key).unlink()

    with pytest.raises(PublishError):
        BundlePublisher(store, "id").publish(publication(), result)


def test_a_listing_with_an_open_question_cannot_be_published(store: ObjectStore) -> None:
    result = stored_result(store)
    untitled = result.model_copy(update={"suggestion": result.suggestion.model_copy(update={"title": None})})

    with pytest.raises(PublishRefused, match="open questions"):
        BundlePublisher(store, "id").publish(publication(), untitled)


def test_a_withdrawn_listing_leaves_nothing_behind(store: ObjectStore) -> None:
    publisher = BundlePublisher(store, "id")
    for version in (1, 2):
        publisher.publish(publication(version=version), stored_result(store, version=version))
    withdrawal = publication(version=3, action=Action.WITHDRAW)
    assert publisher.find_receipt(withdrawal) is None

    for _ in range(2):
        receipt = publisher.withdraw(withdrawal)
        assert receipt.idempotency_key == withdrawal.idempotency_key
        assert receipt.action is Action.WITHDRAW

    assert list(everything(store)) == [SCHEMA_KEY]
