"""A real django-oscar shop, which fetches its pictures from a real S3 server."""

from collections.abc import Iterator

import httpx
import pytest

from config.publishers import OscarShop
from models.listing import ListingKey
from models.publication import Action, Publication, PublishError, PublishRefused, ReceiverDown
from models.store import ObjectStore
from publishing.oscar import OscarPublisher
from publishing.product_code import product_code
from storage.object_store.opening import open_store
from tests.publishing.results import publication, stored_result
from tests.servers.ceph_rgw import S3Server
from tests.servers.failing_s3 import CutInTheMiddle, Outage, s3_door
from tests.servers.falling_over import Door, door_before
from tests.servers.oscar_shop import SECRET, Shop


@pytest.fixture
def store(s3_url: str) -> ObjectStore:
    return open_store(s3_url)


@pytest.fixture
def key(request: pytest.FixtureRequest) -> ListingKey:
    """A listing of this test alone: the shop stands for all of them."""
    return ListingKey(seller="ibu-ani", listing=request.node.name)


@pytest.fixture
def door(oscar_shop: Shop) -> Iterator[Door]:
    with door_before(oscar_shop.address) as door:
        yield door


def open_publisher(
    address: str, store: ObjectStore, *, secret: str = SECRET, product_class: str = "goods"
) -> OscarPublisher:
    declared = OscarShop(kind="oscar", name="toko", url=f"{address}/api/", product_class=product_class, stock=3)
    return OscarPublisher(declared, store=store, language="id", secrets=(secret,))


def said(key: ListingKey, version: int = 1, action: Action = Action.PUBLISH) -> Publication:
    return publication(version, action=action, publisher="toko").model_copy(update={"key": key})


def found(shop: Shop, key: ListingKey) -> list[dict[str, object]]:
    return [product for product in shop.products() if product["upc"] == product_code(key)]


def test_a_listing_becomes_a_product_with_pictures(oscar_shop: Shop, store: ObjectStore, key: ListingKey) -> None:
    title = f"Tampah {product_code(key)[2:8]}"
    result = stored_result(store, key=key, title=title)
    receipt = open_publisher(oscar_shop.address, store).publish(said(key), result)

    (product,) = found(oscar_shop, key)
    assert (product["title"], product["is_public"], product["url"]) == (title, True, receipt.location)
    (record,) = product["stockrecords"]  # type: ignore[misc]
    assert (record["price"], record["price_currency"], record["num_in_stock"]) == ("45000.00", "IDR", 3)
    shown = [httpx.get(image["original"], timeout=60).content for image in product["images"]]  # type: ignore[attr-defined]
    assert shown == [store.get(photo.renditions[0].key) for photo in result.finished]
    assert title in (oscar_shop.page_of(title) or "")


def test_the_same_listing_again_is_one_product(oscar_shop: Shop, store: ObjectStore, key: ListingKey) -> None:
    publisher = open_publisher(oscar_shop.address, store)
    result = stored_result(store, key=key)
    first = publisher.publish(said(key), result)
    assert publisher.find_receipt(said(key)) is None
    assert publisher.publish(said(key), result) == first

    (product,) = found(oscar_shop, key)
    assert len(product["images"]) == 2  # type: ignore[arg-type]
    assert len([each for each in oscar_shop.partners() if each["name"] == "ibu-ani"]) == 1


@pytest.mark.parametrize("fault", ["POST", "-POST"], ids=["answers 500", "cuts the line"])
def test_a_shop_that_fails_after_it_has_made_the_product_has_it_once(
    door: Door, oscar_shop: Shop, store: ObjectStore, key: ListingKey, fault: str
) -> None:
    publisher = open_publisher(door.address, store)
    result = stored_result(store, key=key)
    open_publisher(oscar_shop.address, store).publish(said(key), result)  # the partner is there
    other = ListingKey(seller="ibu-ani", listing=f"{key.listing}-2")
    door.failing = [fault]
    with pytest.raises(PublishError):
        publisher.publish(said(other), stored_result(store, key=other))
    assert len(found(oscar_shop, other)) == 1

    publisher.publish(said(other), stored_result(store, key=other))

    (product,) = found(oscar_shop, other)
    assert len(product["images"]) == 2  # type: ignore[arg-type]
    assert [call.split()[0] for call in door.passed] == ["GET", "POST", "POST", "PUT"]


def test_a_partner_that_two_processes_make_at_the_same_moment_is_there_once(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = key.model_copy(update={"seller": "ibu-kembar"})
    first, second = (open_publisher(oscar_shop.address, store) for _ in range(2))
    make_partner = second._make_partner

    def make_partner_after_the_other(seller: str) -> str:
        first.publish(said(hers), stored_result(store, key=hers))
        return make_partner(seller)

    monkeypatch.setattr(second, "_make_partner", make_partner_after_the_other)
    second.publish(said(hers, 2), stored_result(store, 2, key=hers))

    assert len([each for each in oscar_shop.partners() if each["name"] == "ibu-kembar"]) == 1
    assert len(found(oscar_shop, hers)) == 1


def test_a_newer_version_takes_the_olders_place_and_leaves_the_shops_count(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey
) -> None:
    publisher = open_publisher(oscar_shop.address, store)
    publisher.publish(said(key), stored_result(store, key=key))
    declared = OscarShop(kind="oscar", name="toko", url=oscar_shop.api, product_class="goods", stock=99)
    later = OscarPublisher(declared, store=store, language="id", secrets=(SECRET,))
    newer = stored_result(store, 2, key=key, title="Tampah Besar", price=50000, files=("baru.jpg",))
    later.publish(said(key, 2), newer)

    (product,) = found(oscar_shop, key)
    assert product["title"] == "Tampah Besar"
    (record,) = product["stockrecords"]  # type: ignore[misc]
    assert (record["price"], record["num_in_stock"]) == ("50000.00", 3)
    assert len(product["images"]) == 1  # type: ignore[arg-type]


def test_a_photo_that_was_taken_again_is_in_its_place_and_the_old_one_is_not_shown(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey
) -> None:
    publisher = open_publisher(oscar_shop.address, store)
    first = stored_result(store, key=key, files=("atas.jpg", "samping.jpg", "depan.jpg"))
    publisher.publish(said(key), first)
    second = stored_result(store, 2, key=key, files=("atas.jpg", "samping.png", "depan.jpg"))
    publisher.publish(said(key, 2), second)

    (product,) = found(oscar_shop, key)
    images = sorted(product["images"], key=lambda image: image["display_order"])  # type: ignore[call-overload]
    shown = [httpx.get(image["original"], timeout=60).content for image in images]
    assert shown == [store.get(photo.renditions[0].key) for photo in second.finished]
    assert shown[1] != store.get(first.finished[1].renditions[0].key)


def test_a_withdrawn_listing_is_shown_no_more_and_can_come_back(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey
) -> None:
    publisher = open_publisher(oscar_shop.address, store)
    title = f"Tampah {product_code(key)[2:8]}"
    result = stored_result(store, key=key, title=title)
    shown = publisher.publish(said(key), result)
    for _ in range(2):
        withdrawn = publisher.withdraw(said(key, 2, Action.WITHDRAW))
    assert (withdrawn.location, withdrawn.action) == (shown.location, Action.WITHDRAW)
    assert oscar_shop.page_of(title) is None

    publisher.publish(said(key, 3), result)
    assert title in (oscar_shop.page_of(title) or "")


def test_what_the_shop_does_not_have_is_withdrawn_already(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey
) -> None:
    assert open_publisher(oscar_shop.address, store).withdraw(said(key, 2, Action.WITHDRAW))


def test_what_the_shop_refuses_is_refused_for_good(oscar_shop: Shop, store: ObjectStore, key: ListingKey) -> None:
    publisher = open_publisher(oscar_shop.address, store, product_class="no-such-class")
    with pytest.raises(PublishRefused, match="no-such-class"):
        publisher.publish(said(key), stored_result(store, key=key))
    assert found(oscar_shop, key) == []


def test_a_wrong_password_is_tried_again_and_not_told(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey
) -> None:
    publisher = open_publisher(oscar_shop.address, store, secret="admin:wr0ng-pass")
    with pytest.raises(PublishError, match="401") as raised:
        publisher.publish(said(key), stored_result(store, key=key))
    assert not isinstance(raised.value, PublishRefused)
    assert "wr0ng-pass" not in str(raised.value)


def test_a_picture_that_the_shop_cannot_fetch_is_tried_again(
    oscar_shop: Shop, store: ObjectStore, key: ListingKey
) -> None:
    result = stored_result(store, key=key)
    store.delete(result.finished[1].renditions[0].key)
    with pytest.raises(PublishError, match="downloading image") as raised:
        open_publisher(oscar_shop.address, store).publish(said(key), result)
    assert not isinstance(raised.value, PublishRefused | ReceiverDown)
    assert found(oscar_shop, key) == []


def test_a_picture_that_the_shop_fetched_by_half_is_fetched_again(
    oscar_shop: Shop, s3_server: S3Server, s3_url: str, key: ListingKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_door(s3_server.endpoint, CutInTheMiddle()) as door:
        monkeypatch.setenv("AWS_ENDPOINT_URL", door.address)
        store = open_store(s3_url)
        result = stored_result(store, key=key)
        publisher = open_publisher(oscar_shop.address, store)
        door.outage = Outage.CUT
        with pytest.raises(PublishError, match="toko shows a broken picture at http") as raised:
            publisher.publish(said(key), result)
        assert not isinstance(raised.value, PublishRefused | ReceiverDown)
        door.outage = None
        publisher.publish(said(key), result)

        (product,) = found(oscar_shop, key)
        shown = [httpx.get(image["original"], timeout=60).content for image in product["images"]]  # type: ignore[attr-defined]
        assert shown == [store.get(photo.renditions[0].key) for photo in result.finished]


def test_pictures_in_a_folder_cannot_be_fetched(oscar_shop: Shop, tmp_path: object, key: ListingKey) -> None:
    store = open_store(f"file:{tmp_path}")
    with pytest.raises(PublishError, match="no address"):
        open_publisher(oscar_shop.address, store).publish(said(key), stored_result(store, key=key))


@pytest.mark.parametrize("secrets", [(), ("admin",), (":",), ("admin:",)])
def test_a_shop_without_user_and_password_is_refused(tmp_path: object, secrets: tuple[str, ...]) -> None:
    declared = OscarShop(
        kind="oscar", name="toko", url="https://toko.example/api/", product_class="goods", stock=1
    )
    with pytest.raises(ValueError, match="ETALASE_PUBLISHER_SECRETS"):
        OscarPublisher(declared, store=open_store(f"file:{tmp_path}"), language="id", secrets=secrets)
