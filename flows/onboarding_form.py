"""The schema from which Prefect's pages draw the trainer's form, in the installation's language."""

from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from config.known import known_marketplaces
from config.messages import load_messages
from config.settings import Settings
from models.onboarding import Onboarding


class InWords:
    """Has a model's JSON Schema say of each field, in words, what belongs there."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema, its marketplaces as choices. Pydantic asks for it when a deployment is made."""
        texts = load_messages(Settings().language)
        schema: dict[str, Any] = handler.resolve_ref_schema(handler(core))
        for name, field in schema["properties"].items():
            field["title"] = texts.text(f"onboarding.{name}.title")
            field["description"] = texts.text(f"onboarding.{name}.description")
        schema["properties"]["marketplaces"]["items"]["enum"] = list(known_marketplaces())
        return schema


OnboardingForm = Annotated[Onboarding, InWords()]
