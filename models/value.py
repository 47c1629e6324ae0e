"""The shape of every value that crosses a room or is kept: frozen, strict about its fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen value; an unknown field is refused, so a misspelt name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
