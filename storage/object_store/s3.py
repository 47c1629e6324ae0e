"""An object store in a bucket of anything that speaks S3: AWS, Ceph, Garage, SeaweedFS and others."""

import logging
import os
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, BinaryIO

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from models.store import ObjectInfo, ObjectMissing, StoreError
from storage.object_store.keys import check_key, check_prefix

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

log = logging.getLogger(__name__)

SESSION_SECONDS = 12 * 3600
"""The longest that credentials of a role usually last; an address that they sign is good for no longer."""
MISSING_CODES = frozenset({"NoSuchKey", "404", "NotFound"})
SETTINGS = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "max_attempts": 5},
    max_pool_connections=32,
    # Presigned addresses would be signed the old way otherwise, which newer regions of AWS refuse.
    signature_version="s3v4",
    # Newer boto3 adds checksums to every request that S3 servers other than AWS's own may refuse.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class S3Store:
    """Implements :class:`models.store.ObjectStore`.

    Endpoint, region and credentials are found as every AWS tool finds them: ``AWS_ENDPOINT_URL``,
    ``AWS_DEFAULT_REGION``, ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``~/.aws``, instance roles.
    The client is made at the first use in each process, so a store may be pickled and may cross a fork.
    """

    def __init__(self, bucket: str, prefix: str = "") -> None:
        """Take a bucket and, without slashes at its ends, the part of the bucket to stay in."""
        if prefix:
            check_key(prefix)
        self.bucket = bucket
        self.prefix = f"{prefix}/" if prefix else ""
        self._client: S3Client | None = None
        self._process = 0
        self._knows_credentials = False

    def __reduce__(self) -> tuple[type["S3Store"], tuple[str, str]]:
        return type(self), (self.bucket, self.prefix.rstrip("/"))

    def get(self, key: str, *, limit: int | None = None) -> bytes:
        """Return an object's bytes, at most ``limit + 1``. Raises ObjectMissing, InvalidKey, StoreError."""
        name = self._name(key)
        try:
            answer = self._connect().get_object(Bucket=self.bucket, Key=name)
            with closing(answer["Body"]) as body:
                data = body.read() if limit is None else body.read(limit + 1)
        except (ClientError, BotoCoreError) as error:
            raise self._explain(name, error) from error
        # The client notices a line that is cut only when it reads to the end.
        if limit is not None and len(data) < min(limit + 1, answer["ContentLength"]):
            raise StoreError(f"{self.locate(key)}: {len(data)} of {answer['ContentLength']} bytes came")
        return data

    def put(self, key: str, data: bytes, *, media_type: str) -> None:
        """Write an object, whole or not at all. Raises InvalidKey, StoreError."""
        self._put(key, data, media_type)

    def put_file(self, key: str, file: BinaryIO, *, media_type: str) -> None:
        """Write what a file holds, from its beginning and at most 5 GB, as :meth:`put` does.

        Raises InvalidKey, StoreError.
        """
        file.seek(0)
        self._put(key, file, media_type)

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Yield every object under ``prefix``, in the order of their keys' UTF-8 bytes.

        Raises InvalidKey, StoreError. A page of 1,000 at a time is held in memory.
        """
        check_prefix(prefix)
        start = self.prefix + prefix
        try:
            for page in (
                self._connect().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=start)
            ):
                for found in page.get("Contents", ()):
                    yield ObjectInfo(
                        key=found["Key"].removeprefix(self.prefix),
                        size=found["Size"],
                        modified=found["LastModified"],
                        etag=found["ETag"].strip('"'),
                    )
        except (ClientError, BotoCoreError) as error:
            raise self._explain(start, error) from error

    def locate(self, key: str) -> str:
        """Return the object's ``s3://`` address. Raises InvalidKey."""
        return f"s3://{self.bucket}/{self._name(key)}"

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no fault. Raises InvalidKey, StoreError."""
        name = self._name(key)
        try:
            self._connect().delete_object(Bucket=self.bucket, Key=name)
        except (ClientError, BotoCoreError) as error:
            raise self._explain(name, error) from error

    def clear(self, folder: str) -> None:
        """Remove every object under a prefix, by whatever name, and the parts of uploads that were never finished.

        Where the bucket keeps old versions, those stay. Raises InvalidKey, StoreError.
        """
        start = f"{self._name(folder.removesuffix('/'))}/"
        client, bucket = self._connect(), self.bucket
        try:
            for page in client.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, Prefix=start):
                for upload in page.get("Uploads", ()):
                    client.abort_multipart_upload(Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"])
            for listed in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=start):
                for found in listed.get("Contents", ()):
                    client.delete_object(Bucket=bucket, Key=found["Key"])
        except (ClientError, BotoCoreError) as error:
            raise self._explain(start, error) from error

    def share(self, key: str, *, seconds: int) -> str:
        """Return a presigned address, good for ``seconds``, at most a week. Raises InvalidKey, StoreError.

        Credentials that last for a while, as a role's, sign none that outlasts them: the log tells that, once.
        """
        name = self._name(key)
        parameters = {"Bucket": self.bucket, "Key": name}
        try:
            if seconds > SESSION_SECONDS and not self._knows_credentials:
                self._warn_of_short_lived_credentials(seconds)
            return self._connect().generate_presigned_url("get_object", Params=parameters, ExpiresIn=seconds)
        except (ClientError, BotoCoreError) as error:
            raise self._explain(name, error) from error

    def _warn_of_short_lived_credentials(self, seconds: int) -> None:
        self._knows_credentials = True
        credentials = boto3.Session().get_credentials()
        if credentials is not None and credentials.get_frozen_credentials().token:
            days = seconds / 86_400
            log.warning(
                "links to s3://%s are meant to last %.0f days, and end with the credentials that sign them, which"
                " last for a while only: give this store an access key of its own (docs/scale.md)",
                self.bucket,
                days,
            )

    def _put(self, key: str, body: bytes | BinaryIO, media_type: str) -> None:
        name = self._name(key)
        try:
            self._connect().put_object(Bucket=self.bucket, Key=name, Body=body, ContentType=media_type)
        except (ClientError, BotoCoreError) as error:
            raise self._explain(name, error) from error

    def _name(self, key: str) -> str:
        check_key(key)
        name = self.prefix + key
        check_key(name)
        return name

    def _connect(self) -> "S3Client":
        if self._client is None or self._process != os.getpid():
            self._client, self._process = _make_client(), os.getpid()
        return self._client

    def _explain(self, name: str, error: ClientError | BotoCoreError) -> StoreError:
        place = f"s3://{self.bucket}/{name}"
        if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in MISSING_CODES:
            return ObjectMissing(f"{place}: there is no such object")
        return StoreError(f"{place}: {error}")


def _make_client() -> "S3Client":
    session = boto3.Session()
    client = session.client("s3", config=SETTINGS)
    if ".amazonaws." in client.meta.endpoint_url:
        return client
    # Other servers rarely have a DNS name for each bucket.
    return session.client("s3", config=SETTINGS.merge(Config(s3={"addressing_style": "path"})))
