"""The envelope in which Amazon SNS sends what an object store told it.

https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
"""

from typing import Literal

from pydantic import BaseModel, Field


class SnsMessage(BaseModel):
    """One message of a topic, or its question whether messages are wanted."""

    type: Literal["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"] = Field(alias="Type")
    topic: str = Field(alias="TopicArn")
    message: str = Field(alias="Message")
    subscribe_url: str = Field(default="", alias="SubscribeURL")


def is_enveloped(value: object) -> bool:
    """Return whether a value is such an envelope."""
    return isinstance(value, dict) and "TopicArn" in value and "Type" in value
