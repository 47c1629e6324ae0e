"""What any command may meet on its way: a store or a catalog that fails, a name that cannot be one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from cli.console import WRONG_USE, fail, settings_in_force
from cli.words import words

Given = ParamSpec("Given")
Result = TypeVar("Result")


def faults_in_words(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return the command with the faults of store and catalog told in words; any other comes as it is."""

    @wraps(command)
    def told(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except Exception as fault:
            _tell(fault)
            raise

    return told


def _tell(fault: Exception) -> None:
    from models.store import InvalidKey, StoreError
    from storage.catalog.connection import CatalogError

    match fault:
        case InvalidKey():
            fail(words.text("cli.wrong_name", fault=fault), WRONG_USE)
        case StoreError():
            fail(words.text("cli.store_failed", store=settings_in_force().store, fault=fault))
        case CatalogError():
            fail(words.text("cli.catalog_failed", fault=fault))
