"""The base class of all data types: frozen, and strict about its fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; an unknown field is refused, so a misspelt name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
