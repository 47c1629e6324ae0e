"""The protocol by which photos arrive: any cut, any repeat, any order of tries, and the photo is there once."""

from web.console import pieces as pieces_module
from web.console.tus import find_upload

__all__ = ["find_upload", "pieces_module"]
