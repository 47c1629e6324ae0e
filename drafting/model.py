"""Builds the model that the settings name: its maker, name, address and key."""

from dataclasses import dataclass, field

from pydantic_ai.models import Model


@dataclass(frozen=True, slots=True)
class Address:
    """Where a model is asked."""

    maker: str
    """One of :data:`config.settings.MODEL_MAKERS`, whose protocol it speaks; local servers speak OpenAI's."""
    name: str
    url: str
    """Empty: at its maker's own address."""
    key: str = field(repr=False)
    """Empty for a server that asks for none."""
    sees: bool

    @property
    def identity(self) -> str:
        """What its drafts are known by; the key is no part of it."""
        return f"{self.maker}:{self.name}@{self.url} {self.sees}"


def open_model(address: Address) -> Model:
    """Return a model, to be entered as a context that closes its connections.

    Raises ImportError where its maker's package is not installed.
    """
    url, key = address.url or None, address.key or "none"
    # Each maker's package takes up to a second to import, and only one is asked.
    if address.maker == "anthropic":
        from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415
        from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

        return AnthropicModel(address.name, provider=AnthropicProvider(api_key=key, base_url=url))
    if address.maker == "google":
        from pydantic_ai.models.google import GoogleModel  # noqa: PLC0415
        from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415

        return GoogleModel(address.name, provider=GoogleProvider(api_key=key, base_url=url))
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider  # noqa: PLC0415

    if url is not None:
        return OpenAIChatModel(
            address.name, provider=OpenAICompatibleProvider("server", base_url=url, api_key=key)
        )
    return OpenAIChatModel(address.name, provider=OpenAIProvider(api_key=key))
