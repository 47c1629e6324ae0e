"""The addresses: what is kept, what is refused, and how that is told; on every catalog."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select, text

from config.messages import Language, load_messages
from models.event import PhotosUploaded
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.deliveries import EVENT
from storage.catalog.schema import Deliveries
from tests.storage.made import arrival
from tests.web.ingest.told import (
    BUCKET,
    HOST,
    NEW_SECRET,
    SECRET,
    TEST_EVENT,
    TOKEN,
    aws,
    basic,
    ceph,
    enveloped,
    link,
    minio,
    signed,
    uploaded,
)
from web.app import create_app
from web.ingest.problem import STATUS, Problem
from web.ingest.reading import MAX_BYTES

JSON = {"content-type": "application/json"}
ATTRIBUTES = {"specversion": "1.0", "id": "1", "source": "s", "type": "com.amazonaws.s3.ObjectCreated:Put"}


@pytest.fixture
def catalog(catalog_url: str) -> Iterator[Catalog]:
    """A catalog that knows one seller."""
    catalog = open_catalog(catalog_url)
    record_arrivals(catalog, [arrival("ibu-ani/first")])
    yield catalog
    catalog.close()


@pytest.fixture
def client(
    catalog: Catalog, catalog_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestClient]:
    """The application on a bucket that is never asked, for which no Prefect server stands."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "CATALOG": catalog_url,
        "STORE": f"s3://{BUCKET}/shop",
        "WEBHOOK_SECRETS": f"{SECRET},{NEW_SECRET}",
        "WEBHOOK_TOKENS": TOKEN,
        "LINK_HOSTS": HOST,
        "LANGUAGE": "en",
    }.items():
        monkeypatch.setenv(f"ETALASE_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with TestClient(create_app()) as client:
        yield client


def kept(catalog: Catalog) -> list[tuple[str, str]]:
    with catalog.read() as connection:
        found = select(Deliveries.listing, Deliveries.state).order_by(Deliveries.id)
        return [tuple(row) for row in connection.execute(found)]


def send_signed(
    client: TestClient, value: object, *, identity: str = "msg_1", secret: str = SECRET, age: float = 0
) -> Response:
    body = json.dumps(value).encode()
    headers = signed(body, identity=identity, secret=secret, age=age)
    return client.post("/ingest/listing", content=body, headers=headers)


def send_s3(client: TestClient, value: object, **headers: str) -> Response:
    return client.post("/ingest/s3", content=json.dumps(value), headers=JSON | basic() | headers)


def assert_refused(answer: Response, problem: Problem, catalog: Catalog) -> None:
    """Fail unless the answer is the problem's, as RFC 9457 writes it, and nothing was kept."""
    assert answer.status_code == STATUS[problem], answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == f"urn:etalase:problem:{problem}"
    assert told["status"] == answer.status_code
    assert told["title"] == load_messages("en").text(f"problem.{problem}.title")
    assert told["detail"]
    assert kept(catalog) == []


def test_the_marketplaces_event_is_kept_once(client: TestClient, catalog: Catalog) -> None:
    first = send_signed(client, uploaded(photos=[link()]))
    again = send_signed(client, uploaded(photos=[link()]))
    other = send_signed(client, uploaded(photos=[link()]), identity="msg_2", secret=NEW_SECRET)
    assert [answer.status_code for answer in (first, again, other)] == [202, 202, 202]
    assert [answer.json() for answer in (first, again)] == [{"queued": 1, "known": 0}, {"queued": 0, "known": 1}]
    assert kept(catalog) == [("tampah", "queued")] * 2


def test_an_unknown_seller_is_refused(client: TestClient, catalog: Catalog) -> None:
    assert_refused(send_signed(client, uploaded("stranger")), Problem.UNKNOWN_SELLER, catalog)


def test_another_type_of_event_is_refused(client: TestClient, catalog: Catalog) -> None:
    assert_refused(send_signed(client, uploaded() | {"type": "order.paid"}), Problem.UNKNOWN_TYPE, catalog)


def test_a_replay_is_refused(client: TestClient, catalog: Catalog) -> None:
    assert_refused(send_signed(client, uploaded(), age=301), Problem.OUT_OF_TIME, catalog)


def test_a_wrong_signature_is_refused_before_anything_is_said_of_the_body(
    client: TestClient, catalog: Catalog
) -> None:
    wrong = "whsec_" + "QUFB" * 8
    assert_refused(send_signed(client, [1], secret=wrong), Problem.WRONG_SIGNATURE, catalog)
    answer = client.post("/ingest/listing", content=b"{", headers={"content-type": "text/xml"})
    assert_refused(answer, Problem.NO_PROOF, catalog)
    assert answer.headers["www-authenticate"].startswith("Basic ")


def test_a_password_does_not_stand_for_the_marketplaces_signature(client: TestClient, catalog: Catalog) -> None:
    answer = client.post("/ingest/listing", json=uploaded(), headers=basic())
    assert_refused(answer, Problem.NO_PROOF, catalog)


def test_another_media_type_is_refused(client: TestClient, catalog: Catalog) -> None:
    body = b"<listing/>"
    answer = client.post("/ingest/listing", content=body, headers=signed(body) | {"content-type": "text/xml"})
    assert_refused(answer, Problem.WRONG_MEDIA_TYPE, catalog)
    assert_refused(send_s3(client, {}, **{"content-type": "text/xml"}), Problem.WRONG_MEDIA_TYPE, catalog)


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(
    client: TestClient, catalog: Catalog
) -> None:
    large = b" " * (MAX_BYTES + 1)
    assert_refused(client.post("/ingest/listing", content=large), Problem.TOO_LARGE, catalog)
    streamed = client.post("/ingest/listing", content=iter([large[:MAX_BYTES], b" "]))
    assert_refused(streamed, Problem.TOO_LARGE, catalog)


@pytest.mark.parametrize(
    "told", [{"Records": [aws()]}, minio(), {"Records": [ceph()]}], ids=["AWS", "MinIO", "Ceph"]
)
def test_an_object_stores_notification_is_kept_once(client: TestClient, catalog: Catalog, told: object) -> None:
    assert send_s3(client, told).json() == {"queued": 1, "known": 0}
    assert send_s3(client, told).json() == {"queued": 0, "known": 1}
    enclosed = send_s3(client, enveloped(told), **{"content-type": "text/plain; charset=UTF-8"})
    assert (enclosed.status_code, enclosed.json()) == (202, {"queued": 0, "known": 1})
    assert kept(catalog) == [("tampah", "queued")]


def test_changes_that_come_out_of_order_need_no_more_work(client: TestClient, catalog: Catalog) -> None:
    newer, older = aws(sequencer="0055AED6DCD90281E6"), aws(sequencer="0055AED6DCD90281E5")
    assert send_s3(client, {"Records": [newer]}).json() == {"queued": 1, "known": 0}
    assert send_s3(client, {"Records": [older]}).json() == {"queued": 0, "known": 1}
    assert kept(catalog) == [("tampah", "queued"), ("tampah", "outrun")]


def test_one_notification_may_tell_of_many_listings_even_of_new_sellers(
    client: TestClient, catalog: Catalog
) -> None:
    records = [aws(f"shop/raw/seller-{number}/anyaman/1.jpg") for number in range(30)]
    assert send_s3(client, {"Records": records}).json() == {"queued": 30, "known": 0}
    assert len(kept(catalog)) == 30


def test_what_lies_elsewhere_in_the_bucket_is_passed_over(client: TestClient, catalog: Catalog) -> None:
    answer = send_s3(client, {"Records": [aws("shop/published/ibu-ani/tampah/v1-x/receipt.json")]})
    assert (answer.status_code, answer.json()) == (202, {"queued": 0, "known": 0})
    assert kept(catalog) == []


def test_a_test_event_is_answered_well(client: TestClient, catalog: Catalog) -> None:
    assert send_s3(client, TEST_EVENT).is_success
    assert send_s3(client, enveloped(TEST_EVENT)).is_success
    assert kept(catalog) == []


def test_another_bucket_is_refused(client: TestClient, catalog: Catalog) -> None:
    record = aws()
    record["s3"]["bucket"]["name"] = "another"
    assert_refused(send_s3(client, {"Records": [aws(), record]}), Problem.WRONG_BUCKET, catalog)


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, basic("wrong")])
def test_without_the_password_nothing_is_read(
    client: TestClient, catalog: Catalog, headers: dict[str, str]
) -> None:
    problem = Problem.WRONG_TOKEN if headers else Problem.NO_PROOF
    for place in ("s3", "cloudevents"):
        answer = client.post(f"/ingest/{place}", content=b"{", headers=headers)
        assert_refused(answer, problem, catalog)
        assert answer.headers["www-authenticate"].startswith("Basic "), "SNS asks before it sends its password"


@pytest.mark.parametrize(
    "url",
    [
        "https://sns.ap-southeast-3.amazonaws.com/?Action=ConfirmSubscription&Token=x",
        "http://169.254.169.254/latest/meta-data/",
        f"https://{HOST}@evil.example/",
        "",
    ],
)
def test_a_subscription_is_not_confirmed_at_a_host_that_is_not_allowed(
    client: TestClient, catalog: Catalog, url: str
) -> None:
    told = enveloped("You have chosen to subscribe", "SubscriptionConfirmation", SubscribeURL=url, Token="x")
    assert_refused(send_s3(client, told), Problem.LINK_NOT_ALLOWED, catalog)


def test_a_subscription_whose_host_does_not_answer_is_to_be_asked_again(
    client: TestClient, catalog: Catalog
) -> None:
    told = enveloped("Subscribe", "SubscriptionConfirmation", SubscribeURL=f"https://{HOST}/confirm", Token="x")
    assert_refused(send_s3(client, told), Problem.NOT_CONFIRMED, catalog)


def test_a_topics_farewell_is_answered_well(client: TestClient, catalog: Catalog) -> None:
    assert send_s3(client, enveloped("bye", "UnsubscribeConfirmation")).is_success
    assert kept(catalog) == []


@pytest.mark.parametrize("data", [aws(), {"Records": [aws()]}], ids=["record", "notification"])
def test_an_object_stores_cloud_event_is_the_same_in_every_dress(
    client: TestClient, catalog: Catalog, data: object
) -> None:
    binary = {f"ce-{name}": value for name, value in ATTRIBUTES.items()}
    first = client.post("/ingest/cloudevents", json=data, headers=binary | basic())
    second = client.post(
        "/ingest/cloudevents",
        content=json.dumps(ATTRIBUTES | {"id": "2", "data": data}),
        headers={"content-type": "application/cloudevents+json; charset=utf-8"} | basic(),
    )
    assert [first.status_code, second.status_code] == [202, 202]
    assert [first.json()["queued"], second.json()["known"]] == [1, 1]
    assert send_s3(client, {"Records": [aws()]}).json() == {"queued": 0, "known": 1}
    assert kept(catalog) == [("tampah", "queued")]


def test_the_marketplaces_event_may_come_as_a_signed_cloud_event(client: TestClient, catalog: Catalog) -> None:
    told = uploaded(photos=[link()])
    event = ATTRIBUTES | {"type": told["type"], "time": told["timestamp"], "data": told["data"]}
    body = json.dumps(event).encode()
    headers = signed(body) | {"content-type": "application/cloudevents+json"}
    answers = [client.post("/ingest/cloudevents", content=body, headers=headers).json() for _ in range(2)]
    assert answers == [{"queued": 1, "known": 0}, {"queued": 0, "known": 1}]
    forged = headers | {"webhook-signature": "v1,AAAA"} | basic()
    assert client.post("/ingest/cloudevents", content=body, headers=forged).status_code == 401


def test_a_signed_request_that_somebody_sends_again_in_another_dress_is_known(
    client: TestClient, catalog: Catalog
) -> None:
    told = uploaded(photos=[link()])
    body = json.dumps(told["data"]).encode()
    event = ATTRIBUTES | {"type": told["type"], "time": told["timestamp"]}
    proof = signed(body)

    def send(**change: str) -> Response:
        headers = proof | {f"ce-{name}": value for name, value in (event | change).items()}
        return client.post("/ingest/cloudevents", content=body, headers=headers)

    assert send().json() == {"queued": 1, "known": 0}
    for change in ({"id": "2"}, {"source": "x"}, {"time": "2026-11-24T09:00:00Z"}):
        assert send(**change).json() == {"queued": 0, "known": 1}
    assert send(type="com.amazonaws.s3.ObjectCreated:Put").status_code == 422
    assert kept(catalog) == [("tampah", "queued")]


def test_a_signed_event_is_no_younger_than_its_signature(client: TestClient, catalog: Catalog) -> None:
    told = uploaded(photos=[link()])
    body = json.dumps(told["data"]).encode()
    proof = signed(body, age=100)
    now = datetime.now(UTC)
    event = ATTRIBUTES | {"type": told["type"], "time": now.isoformat()}
    headers = proof | {f"ce-{name}": value for name, value in event.items()}
    assert client.post("/ingest/cloudevents", content=body, headers=headers).json() == {"queued": 1, "known": 0}
    with catalog.read() as connection:
        kept_event = EVENT.validate_json(connection.scalars(select(Deliveries.event)).one())
    assert isinstance(kept_event, PhotosUploaded)
    assert kept_event.at == datetime.fromtimestamp(int(proof["webhook-timestamp"]) + 1, UTC)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"type": "order.paid"}, Problem.UNKNOWN_TYPE),
        ({"specversion": "0.3"}, Problem.UNKNOWN_VERSION),
        ({"datacontenttype": "text/xml"}, Problem.WRONG_MEDIA_TYPE),
        ({"type": "listing.photos.uploaded", "data": uploaded()["data"]}, Problem.WRONG_FIELDS),
    ],
)
def test_a_cloud_event_that_is_not_understood_is_refused(
    client: TestClient, catalog: Catalog, change: dict[str, Any], problem: Problem
) -> None:
    answer = client.post(
        "/ingest/cloudevents",
        content=json.dumps(ATTRIBUTES | {"data": aws()} | change),
        headers={"content-type": "application/cloudevents+json"} | basic(),
    )
    assert_refused(answer, problem, catalog)


def test_when_the_catalog_fails_the_sender_is_told_to_come_back(client: TestClient, catalog: Catalog) -> None:
    assert client.get("/readyz").status_code == 200
    with catalog.write() as connection:
        connection.execute(text("ALTER TABLE deliveries RENAME TO gone"))
    answer = send_s3(client, {"Records": [aws()]})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.json()["type"] == "urn:etalase:problem:no_queue"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["fault"]) == (503, "catalog")
    assert client.get("/healthz").status_code == 200
    with catalog.write() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO deliveries"))
    assert send_s3(client, {"Records": [aws()]}).json() == {"queued": 1, "known": 0}
    assert client.get("/readyz").status_code == 200


def test_no_secret_is_repeated_in_an_answer_or_a_log(
    client: TestClient, catalog: Catalog, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    answers = [
        client.post("/ingest/s3", headers=basic("the-wrong-password")),
        send_s3(client, {"Records": 1}),
        send_signed(client, uploaded(), age=400),
    ]
    said = caplog.text + "".join(answer.text + str(answer.headers) for answer in answers)
    for secret in (TOKEN, "the-wrong-password", SECRET, SECRET.removeprefix("whsec_"), basic()["authorization"]):
        assert secret not in said


@pytest.mark.parametrize("problem", Problem)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reason_to_refuse_is_told_in_both_languages(problem: Problem, language: Language) -> None:
    for part in ("title", "advice"):
        assert load_messages(language).text(f"problem.{problem}.{part}")
