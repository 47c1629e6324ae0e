"""The texts of the command line, in the language that is set."""

from pydantic import ValidationError

from config.messages import Messages, load_messages
from config.settings import Settings


def _words() -> Messages:
    try:
        return load_messages(Settings().language)
    except ValidationError:
        return load_messages(
            "id"
        )  # what is wrong with the settings is said in this language when a command starts


words = _words()
