"""From settings to a drafter. Nothing here imports pydantic-ai: it is an extra, and takes a second and more."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import KEY_FILE, Settings

if TYPE_CHECKING:
    from drafting.drafter import Drafter


class ModelUnusable(Exception):
    """The model that the settings name cannot be asked at all until somebody changes something."""


def open_drafter(settings: Settings) -> "Drafter | None":
    """Return what drafts listings, or ``None`` where no model is set; nobody is asked yet.

    Raises ModelUnusable.
    """
    if not settings.model:
        return None
    if find_spec("pydantic_ai") is None:
        raise ModelUnusable("pydantic-ai is not installed: pip install 'etalase[model]'")
    from drafting.drafter import Drafter  # noqa: PLC0415 - see above
    from drafting.model import Address  # noqa: PLC0415
    from drafting.retry_policy import RetryPolicy  # noqa: PLC0415

    maker, _, name = settings.model.partition(":")
    key = _read_key(settings)
    if not key and not settings.model_url:
        raise ModelUnusable("ETALASE_MODEL_KEY is empty, and the maker of a model answers nobody without a key")
    address = Address(maker, name, settings.model_url, key, settings.model_sees)
    return Drafter(
        address, tokens=settings.model_tokens, timeout=settings.model_timeout, retry_policy=RetryPolicy()
    )


def _read_key(settings: Settings) -> str:
    key = settings.model_key.get_secret_value()
    if not key.startswith(KEY_FILE):
        return key
    file = Path(key.removeprefix(KEY_FILE))
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ModelUnusable(f"the key's file cannot be read: {type(fault).__name__}") from None
