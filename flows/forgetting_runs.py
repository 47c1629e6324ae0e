"""Removes what Prefect has recorded of a seller: artifacts that show her listings, and runs about her."""

import json
import re

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import Artifact, FlowRun
from prefect.exceptions import ObjectNotFound

PICTURES, RUNS = 20, 200
"""To a page: a picture has some hundred kilobytes."""


async def forget_runs(seller: str) -> int:
    """Remove what runs have shown of a seller's listings, and the ended runs about her; return how many.

    A picture of several sellers goes as a whole. Raises what Prefect's client raises when its server fails.
    """
    async with get_client() as client:
        artifacts = [found.id for found in await _artifacts_of(client, seller)]
        runs = [run.id for run in await _runs_of(client, seller)]
        for artifact in artifacts:
            await client.delete_artifact(artifact)
        for run in runs:
            try:
                await client.delete_flow_run(run)
            except ObjectNotFound:
                continue
    return len(artifacts) + len(runs)


async def _artifacts_of(client: PrefectClient, seller: str) -> list[Artifact]:
    # A table's data are JSON in a text, with signs for letters that are not ASCII's.
    written = {re.escape(seller), re.escape(json.dumps(seller)[1:-1])}
    of_hers = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(written))})/")
    found: list[Artifact] = []
    offset = 0
    while page := await client.read_artifacts(limit=PICTURES, offset=offset):
        found += (each for each in page if of_hers.search(f"{each.description} {each.data}"))
        offset += len(page)
    return found


async def _runs_of(client: PrefectClient, seller: str) -> list[FlowRun]:
    named = FlowRunFilter(name=FlowRunFilterName(like_=seller))
    found: list[FlowRun] = []
    offset = 0
    while page := await client.read_flow_runs(flow_run_filter=named, limit=RUNS, offset=offset):
        found += (run for run in page if _is_about(run, seller) and run.state and run.state.is_final())
        offset += len(page)
    return found


def _is_about(run: FlowRun, seller: str) -> bool:
    asked = run.parameters.get("onboarding", run.parameters)
    return bool(asked.get("seller") == seller)
