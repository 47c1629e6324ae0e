"""What an installation may set: ``ETALASE_*`` in the environment or in ``.env``."""

import base64
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from annotated_types import Ge, Gt, Le, MinLen
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.known import PUBLISHERS, known_marketplaces, known_recipes
from config.processors import of_this_machine

PREFIX = "ETALASE_"
STORE_SCHEMES = ("file", "s3")
CATALOG_SCHEMES = ("sqlite", "postgresql+psycopg")
MIN_KEY, MAX_KEY = 24, 64
"""Bytes of a webhook's secret, as Standard Webhooks has it."""
TOKEN = re.compile(r"[A-Za-z0-9._~-]{32,256}")
"""Long enough not to be guessed, and without a character that has a meaning in a URL."""
HOST = re.compile(r"[a-z0-9.-]{1,253}(:[0-9]{1,5})?")
LOCAL_RUNNER = "local"
MODEL_MAKERS = ("openai", "anthropic", "google")
MODEL_URL = re.compile(r"https?://[^/\s@?#]+(/[^\s?#]*)?")
KEY_FILE = "file:"
"""Before the path of a file that holds a key."""
CLUSTER = re.compile(r"(dask|ray)://[^/\s]+:[0-9]{1,5}")


class Settings(BaseSettings):
    """Everything that is set from outside. A wrong value raises pydantic's ValidationError."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        # What stands there for others, such as AWS_DEFAULT_REGION, is none of our settings.
        dotenv_filtering="match_prefix",
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
    )

    home: Path = Path(".etalase")
    """Folder for what stays on this machine: Prefect's own database, reports, and the two below by default."""
    store: str = Field(default_factory=lambda known: f"file:{known['home']}/store")
    """Object store: ``file:FOLDER`` or ``s3://BUCKET/PREFIX``."""
    catalog: str = Field(default_factory=lambda known: f"sqlite:///{known['home']}/catalog.sqlite")
    """State: ``sqlite:///FILE`` or ``postgresql+psycopg://USER:PASSWORD@HOST/NAME``."""
    matte: Annotated[str, MinLen(1)] = "bundled"
    """Matte model: ``bundled``, or any of rembg's models by name."""
    recipe: str = "white-square"
    marketplaces: Annotated[tuple[str, ...], NoDecode] = ("tokopedia", "shopee")
    """Whose rules are checked where nobody has said where a seller sells; comma-separated."""
    language: Literal["id", "en"] = "id"
    webhook_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Secrets of the Standard Webhooks that come in, comma-separated ``whsec_``; any of them signs validly."""
    webhook_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Passwords of object stores that send notifications, comma-separated; any of them is valid."""
    link_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    """Hosts whose links may be fetched when an event names them, comma-separated ``HOST[:PORT]``."""
    metrics_token: SecretStr = SecretStr("")
    """With which figures are read at ``/metrics`` from another machine; this one itself needs none."""
    workers: Annotated[int, Ge(1), Le(256)] = Field(default_factory=of_this_machine)
    """Photos worked on at the same time, each in a process of its own; unless set, by processors and memory."""
    runner: str = LOCAL_RUNNER
    """Who works on photos: ``local``, or a cluster at ``dask://HOST:PORT`` or ``ray://HOST:PORT``."""

    model: str = ""
    """A language model that drafts listings: ``openai:NAME``, ``anthropic:NAME``, ``google:NAME``, or none."""
    model_url: str = ""
    """Where it is asked, if not at its maker's own address: a server that speaks its maker's protocol."""
    model_key: SecretStr = SecretStr("")
    """Its key, or ``file:PATH`` of a file that holds the key."""
    model_sees: bool = False
    """Whether it is shown a small picture of the product."""
    model_timeout: Annotated[float, Gt(0), Le(600)] = 30.0
    """In s, for each of a few tries."""
    model_tokens: Annotated[int, Ge(1000), Le(1_000_000)] = 8000
    """What it may take for one listing, question and answer together."""

    publishers: Path = PUBLISHERS
    """The file that says where published listings go, besides the bundle."""
    publisher_secrets: Annotated[tuple[tuple[str, SecretStr], ...], NoDecode] = ()
    """Publishers' names and their secrets, comma-separated: ``NAME=SECRET``; one publisher may have several."""

    def secrets_of(self, publisher: str) -> tuple[str, ...]:
        """Return a publisher's secrets, the newest first."""
        return tuple(secret.get_secret_value() for name, secret in self.publisher_secrets if name == publisher)

    @field_validator("publisher_secrets", mode="before")
    @classmethod
    def _split_publisher_secrets(cls, value: Any) -> Any:  # noqa: ANN401  pydantic hands over whatever was written
        if not isinstance(value, str):
            return value
        pairs = tuple(tuple(part.strip().split("=", 1)) for part in value.split(",") if part.strip())
        if any(len(pair) != 2 or not all(pair) for pair in pairs):  # noqa: PLR2004  a name and a secret
            raise ValueError("must be NAME=SECRET, with commas between")
        return pairs

    @field_validator("marketplaces", "webhook_secrets", "webhook_tokens", "link_hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:  # noqa: ANN401  pydantic hands over whatever was written
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("marketplaces")
    @classmethod
    def _marketplaces_are_known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(name, known_marketplaces()) for name in value)

    @field_validator("webhook_secrets")
    @classmethod
    def _secrets_are_long(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for secret in value:
            try:
                key = base64.b64decode(secret.get_secret_value().removeprefix("whsec_"), validate=True)
            except ValueError:
                key = b""
            if not secret.get_secret_value().startswith("whsec_") or not MIN_KEY <= len(key) <= MAX_KEY:
                raise ValueError(f"each must be whsec_ and {MIN_KEY} to {MAX_KEY} bytes in base64")
        return value

    @field_validator("webhook_tokens")
    @classmethod
    def _tokens_are_long(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not all(TOKEN.fullmatch(token.get_secret_value()) for token in value):
            raise ValueError(f"each must match {TOKEN.pattern}")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _metrics_token_is_long(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(f"must match {TOKEN.pattern}, or be nothing")
        return value

    @field_validator("link_hosts")
    @classmethod
    def _hosts_are_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(HOST.fullmatch(host) for host in value):
            raise ValueError("each must be the name of a host in small letters, with its port unless that is 443")
        return value

    @field_validator("runner")
    @classmethod
    def _runner_is_addressed(cls, value: str) -> str:
        if value != LOCAL_RUNNER and not CLUSTER.fullmatch(value):
            raise ValueError(f"must be {LOCAL_RUNNER}, dask://HOST:PORT or ray://HOST:PORT")
        return value

    @field_validator("model")
    @classmethod
    def _model_is_named(cls, value: str) -> str:
        maker, _, name = value.partition(":")
        if value and (maker not in MODEL_MAKERS or not name or name != name.strip()):
            raise ValueError(f"must be {', '.join(f'{maker}:NAME' for maker in MODEL_MAKERS)}, or nothing")
        return value

    @field_validator("model_url")
    @classmethod
    def _model_is_addressed(cls, value: str) -> str:
        if value and not MODEL_URL.fullmatch(value):
            raise ValueError("must be http://HOST/PATH or https://HOST/PATH, without a key in it")
        return value

    @field_validator("recipe")
    @classmethod
    def _recipe_is_known(cls, value: str) -> str:
        return _one_of(value, known_recipes())

    @field_validator("store")
    @classmethod
    def _store_is_addressed(cls, value: str) -> str:
        _one_of(urlsplit(value).scheme, STORE_SCHEMES)
        return value

    @field_validator("catalog")
    @classmethod
    def _catalog_is_addressed(cls, value: str) -> str:
        _one_of(urlsplit(value).scheme, CATALOG_SCHEMES)
        return value


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"must be one of: {', '.join(known)}")
    return value
