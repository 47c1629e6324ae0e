"""A real S3 server of our own: Ceph's RADOS gateway, all in memory, for the length of a test session."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import boto3

from tests.servers.absence import report_absent
from tests.servers.ports import free_port

HERE = Path(__file__).parent
PROGRAMS = ("ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool", "curl")
INSTALL = "apt-get install -y --no-install-recommends ceph-mon ceph-osd radosgw curl"
BUCKET = "etalase-tests"
START_SECONDS = 600
STOP_SECONDS = 120


@dataclass(frozen=True)
class S3Server:
    endpoint: str
    access_key: str = "testkey"
    secret_key: str = "testsecret"

    @property
    def environment(self) -> dict[str, str]:
        """What any program that speaks S3 needs to find this server, and not the developer's own account."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        }


@contextmanager
def running_ceph_rgw() -> Iterator[S3Server]:
    """Start the server with an empty bucket, and end it afterwards."""
    if not all(shutil.which(program) for program in PROGRAMS):
        report_absent("Ceph RGW", INSTALL)
    with TemporaryDirectory(prefix="etalase-ceph-", ignore_cleanup_errors=True) as folder:
        gateway, monitor = free_port(), free_port()
        server = S3Server(endpoint=f"http://127.0.0.1:{gateway}")
        keys = (server.access_key, server.secret_key)
        try:
            start = [str(HERE / "ceph-rgw-start"), folder, str(gateway), str(monitor), *keys]
            subprocess.run(start, check=True, timeout=START_SECONDS)
            _make_bucket(server)
            yield server
        finally:
            subprocess.run([HERE / "ceph-rgw-stop", folder], check=True, timeout=STOP_SECONDS)


def _make_bucket(server: S3Server) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=BUCKET)
