"""What senders send, as they write it."""

import base64
import json
import time
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"the marketplace's own secret key").decode()
NEW_SECRET = "whsec_" + base64.b64encode(b"the one that comes after the old").decode()
TOKEN = "an-object-stores-password-0123456789"
BUCKET = "etalase-tests"
ROOT = f"s3://{BUCKET}/shop/raw/"
HOST = "photos.market.example"


def signed(
    body: bytes, *, identity: str = "msg_1", secret: str = SECRET, age: float = 0, now: float | None = None
) -> dict[str, str]:
    """Return the headers of a Standard Webhook of that age, signed by the standard's own library."""
    moment = datetime.fromtimestamp(int((time.time() if now is None else now) - age), UTC)
    signature = Webhook(secret).sign(identity, moment, body.decode())
    return {
        "content-type": "application/json",
        "webhook-id": identity,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signature,
    }


def basic(password: str = TOKEN, user: str = "etalase") -> dict[str, str]:
    """Return the header that comes of ``https://USER:PASSWORD@HOST/``."""
    return {"authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}


def uploaded(
    seller: str = "ibu-ani", listing: str = "tampah", *, at: str = "2026-11-24T03:12:30Z", **data: object
) -> dict[str, Any]:
    """Return the marketplace's own event."""
    return {
        "type": "listing.photos.uploaded",
        "timestamp": at,
        "data": {"seller": seller, "listing": listing, **data},
    }


def link(file: str = "depan.jpg", host: str = HOST) -> dict[str, str]:
    return {"file": file, "url": f"https://{host}/{file}?signature=abc"}


def aws(
    key: str = "shop/raw/ibu-ani/tampah/1.jpg", *, name: str = "ObjectCreated:Put", **more: object
) -> dict[str, Any]:
    """Return a record as AWS writes it."""
    changed = {"size": 1024, "eTag": "d41d8cd98f00b204e9800998ecf8427e", "sequencer": "0055AED6DCD90281E5", **more}
    return {
        "eventVersion": "2.3",
        "eventSource": "aws:s3",
        "awsRegion": "ap-southeast-3",
        "eventTime": "2026-11-24T03:12:30.430Z",
        "eventName": name,
        "userIdentity": {"principalId": "A3NL1KOZZKExample"},
        "requestParameters": {"sourceIPAddress": "203.0.113.7"},
        "responseElements": {
            "x-amz-request-id": "D82B88E5F771F645",
            "x-amz-id-2": "vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQ",
        },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "etalase",
            "bucket": {"name": BUCKET, "ownerIdentity": {"principalId": "A3NL"}, "arn": f"arn:aws:s3:::{BUCKET}"},
            "object": {"key": key, **changed},
        },
    }


def minio(key: str = "shop%2Fraw%2Fibu-ani%2Ftampah%2F1.jpg") -> dict[str, Any]:
    """Return a whole notification as MinIO writes it."""
    record = aws(key, name="s3:ObjectCreated:Put", sequencer="1757E9C0A1B2C3D4") | {
        "eventVersion": "2.0",
        "eventSource": "minio:s3",
        "source": {"host": "203.0.113.7", "port": "", "userAgent": "MinIO"},
    }
    return {"EventName": "s3:ObjectCreated:Put", "Key": f"{BUCKET}/{key}", "Records": [record]}


def ceph(key: str = "shop/raw/ibu-ani/tampah/1.jpg", sequencer: str = "9E00056BA3D6BC19") -> dict[str, Any]:
    """Return a record as Ceph writes it: the key as it is, and a sequencer that is a time, least byte first."""
    return aws(key, sequencer=sequencer) | {
        "eventVersion": "2.2",
        "eventSource": "ceph:s3",
        "eventId": "1795489950.431806.9dd4e461268c8034f5c8564e155c67a6",
    }


def enveloped(message: object, kind: str = "Notification", **more: str) -> dict[str, str]:
    """Return what an SNS topic sends."""
    return {
        "Type": kind,
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": "arn:aws:sns:ap-southeast-3:123456789012:etalase",
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2026-11-24T03:12:31.000Z",
        "SignatureVersion": "1",
        "Signature": "EXAMPLEw6JRN...",
        "SigningCertURL": "https://sns.ap-southeast-3.amazonaws.com/SimpleNotificationService.pem",
        **more,
    }


TEST_EVENT = {
    "Service": "Amazon S3",
    "Event": "s3:TestEvent",
    "Time": "2026-11-24T03:10:00.000Z",
    "Bucket": BUCKET,
    "RequestId": "5582815E1AEA5ADF",
    "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3eKxsPzbB9wrR",
}
