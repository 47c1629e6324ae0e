"""Asks a language model to draft a listing, over whichever protocol its maker speaks."""

import asyncio

from pydantic_ai import Agent, BinaryContent, NativeOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelConnectionError,
    ModelHTTPError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    OutputTokenLimitExceeded,
    UsageLimitExceeded,
)
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RunUsage, UsageLimits

from drafting.draft_cache import content_hash
from drafting.model import Address, open_model
from drafting.prompt import RULES, ask
from drafting.retry_policy import RetryableFailure, RetryPolicy
from models.draft import Brief, Draft, DraftFailed, DraftFailure

AT_ONCE = 4
"""Listings that a run asks for at the same time."""
MOST_REQUESTS = 2
"""To one try: the question, and once more where the answer is not of the form that was asked for."""
PASSING = (ModelRateLimitError, ModelServerError, ModelUnavailableError, ModelTimeoutError, ModelRequestTimeout)


class Drafter:
    """One model for the length of a run, of which no more is asked than it can answer."""

    def __init__(self, address: Address, *, tokens: int, timeout: float, retry_policy: RetryPolicy) -> None:
        """Take ``tokens`` for all requests about one listing, and ``timeout`` in seconds for each of them."""
        self.address = address
        self._tokens = tokens
        self._timeout = timeout
        self._retry_policy = retry_policy
        self._places = asyncio.Semaphore(AT_ONCE)

    def content(self, brief: Brief, photo: bytes | None) -> str:
        """Return what a draft of this would be known again by."""
        asked = (self.address.identity, RULES, brief.model_dump_json())
        return content_hash(*(part.encode() for part in asked), photo or b"")

    async def draft(self, brief: Brief, photo: bytes | None = None) -> Draft:
        """Return a listing's words as the model would have them, which the guard has yet to look at.

        ``photo`` is a small JPEG. Takes the timeout at most for each of three tries' two requests, and the pauses
        between. Raises DraftFailed.
        """
        used = RunUsage()
        async with self._places:
            return await self._retry_policy.ask(lambda: self._ask(brief, photo, used))

    async def _ask(self, brief: Brief, photo: bytes | None, used: RunUsage) -> Draft:
        picture = [BinaryContent(photo, media_type="image/jpeg")] if photo else []
        try:
            # A connection for each listing: the run's event loop may end before this object does.
            async with open_model(self.address) as model:
                run = await self._agent(model).run(
                    [ask(brief), *picture],
                    usage=used,
                    usage_limits=UsageLimits(
                        request_limit=used.requests + MOST_REQUESTS, total_tokens_limit=self._tokens
                    ),
                )
        except PASSING as fault:
            raise RetryableFailure(_failed(fault), retry_after=fault.retry_after) from fault
        except AgentRunError as fault:
            raise _failed(fault) from fault
        # Whatever else the makers' packages let through: a listing comes out whole all the same.
        except Exception as fault:
            raise DraftFailed(DraftFailure.UNEXPECTED, type(fault).__name__) from fault
        return run.output

    def _agent(self, model: Model) -> Agent[object, Draft]:
        native = model.profile.get("supports_json_schema_output", False)
        return Agent(
            model,
            output_type=NativeOutput(Draft) if native else Draft,
            instructions=RULES,
            retries=MOST_REQUESTS - 1,
            # Its own tries would come on top of ours.
            model_settings=ModelSettings(
                request_timeout=self._timeout, max_retries=0, max_tokens=self._tokens // MOST_REQUESTS
            ),
        )


def _failed(fault: AgentRunError) -> DraftFailed:
    """Return the code of a fault, with no more detail than its kind: servers repeat what they were sent."""
    kinds: tuple[tuple[DraftFailure, tuple[type[AgentRunError], ...]], ...] = (
        (DraftFailure.TIMEOUT, (ModelTimeoutError, ModelRequestTimeout)),
        (DraftFailure.BUSY, (ModelRateLimitError,)),
        (DraftFailure.BROKEN, (ModelServerError, ModelUnavailableError)),
        (DraftFailure.UNREACHABLE, (ModelConnectionError,)),
        (DraftFailure.REFUSED, (ModelRequestRejectedError, ModelQuotaExceededError, ModelHTTPError)),
        (DraftFailure.OVER_BUDGET, (UsageLimitExceeded, OutputTokenLimitExceeded)),
    )
    failure = next((code for code, faults in kinds if isinstance(fault, faults)), DraftFailure.NOT_AS_ASKED)
    return DraftFailed(failure, type(fault).__name__)
