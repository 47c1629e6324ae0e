"""What an installation may set: ``ETALASE_*`` in the environment or in ``.env``."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from annotated_types import Ge, Le, MinLen
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.marketplaces import known_marketplaces
from config.recipes import known_recipes

PREFIX = "ETALASE_"
STORE_SCHEMES = ("file", "s3")
CATALOG_SCHEMES = ("sqlite", "postgresql+psycopg")


class Settings(BaseSettings):
    """Everything that is set from outside. A wrong value raises pydantic's ValidationError."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", frozen=True, extra="forbid")

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
    """Whose rules are checked; comma-separated."""
    language: Literal["id", "en"] = "id"
    workers: Annotated[int, Ge(1), Le(256)] = Field(default_factory=lambda: os.cpu_count() or 1)
    """Photos worked on at the same time, each in a process of its own."""

    @field_validator("marketplaces", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:  # noqa: ANN401  pydantic hands over whatever was written
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("marketplaces")
    @classmethod
    def _marketplaces_are_known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_one_of(name, known_marketplaces()) for name in value)

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
