"""Connects to a Dask or Ray cluster that others run.

Neither library is part of a plain installation: they come with ``etalase[dask]`` and ``etalase[ray]``. Nothing is
imported before it is used, so that a command can look whether all is there before Prefect reads its settings.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

LIBRARIES = {"dask": "prefect_dask", "ray": "prefect_ray"}
"""What is imported, by the beginning of a cluster's address."""
ANSWER_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that we are connected to."""

    tasks: "TaskRunner[Any]"
    count_processors: Callable[[], int]
    """Returns how many processors it has at the moment: clusters grow and shrink."""


def is_installed(kind: str) -> bool:
    """Return whether clusters of a kind, ``dask`` or ``ray``, can be spoken to."""
    return find_spec(LIBRARIES[kind]) is not None


def answers(address: str) -> bool:
    """Return whether anybody listens at a cluster's address."""
    place = urlsplit(address)
    try:
        with socket.create_connection((place.hostname or "", place.port or 0), ANSWER_SECONDS):
            return True
    except OSError:
        return False


@contextmanager
def connected_to(address: str) -> Iterator[Cluster]:
    """Be connected to ``dask://HOST:PORT`` or ``ray://HOST:PORT`` while the block runs.

    Raises what the cluster's library raises where nobody answers: OSError, or Ray's ConnectionError.
    """
    kind, _, place = address.partition("://")
    opened = _dask(f"tcp://{place}") if kind == "dask" else _ray(address)
    with opened as cluster:
        yield cluster


@contextmanager
def _dask(address: str) -> Iterator[Cluster]:
    from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415

    with DaskTaskRunner(address=address) as tasks:
        yield Cluster(tasks, lambda: sum(tasks.client.nthreads().values()))


@contextmanager
def _ray(address: str) -> Iterator[Cluster]:
    import ray  # noqa: PLC0415
    from prefect_ray import RayTaskRunner  # noqa: PLC0415

    with RayTaskRunner(address=address) as tasks:
        yield Cluster(tasks, lambda: int(ray.cluster_resources().get("CPU", 0)))
