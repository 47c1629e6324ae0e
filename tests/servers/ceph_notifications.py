"""Having Ceph tell a web server of what happens in a bucket."""

from typing import Any

import boto3

from tests.servers.ceph_rgw import S3Server


def client(service: Any, server: S3Server) -> Any:  # noqa: ANN401 - boto3 makes its clients as it runs
    return boto3.client(
        service,
        endpoint_url=server.endpoint,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
    )


def notify(server: S3Server, bucket: str, place: str, *, prefix: str = "") -> None:
    """Have Ceph tell ``place``, an address with a password in it, of all that happens under a bucket's prefix."""
    topics = client("sns", server)
    # Ceph takes a password only over TLS, or from a proxy that says that TLS ends there.
    topics.meta.events.register("before-send.sns.*", _as_a_proxy_sends)
    topic = topics.create_topic(Name=bucket, Attributes={"push-endpoint": place})["TopicArn"]
    rule = {"Name": "prefix", "Value": prefix}
    told = {
        "Id": "etalase",
        "TopicArn": topic,
        "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
        "Filter": {"Key": {"FilterRules": [rule] if prefix else []}},
    }
    client("s3", server).put_bucket_notification_configuration(
        Bucket=bucket, NotificationConfiguration={"TopicConfigurations": [told]}
    )


def _as_a_proxy_sends(request: Any, **_: object) -> None:  # noqa: ANN401 - botocore's own request
    request.headers["X-Forwarded-Proto"] = "https"


def with_password(address: str, password: str) -> str:
    return address.replace("http://", f"http://etalase:{password}@") + "/ingest/s3"
