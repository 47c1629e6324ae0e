"""The work pool that our deployments name and our workers take runs from."""

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.exceptions import ObjectAlreadyExists

from flows.serving_worker import POOL


def make_work_pool() -> None:
    """Make the pool of processes, unless there is a pool of this name: in a cluster it is one of containers."""
    with get_client(sync_client=True) as client:
        try:
            client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
        except ObjectAlreadyExists:
            return
