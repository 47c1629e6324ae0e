"""The configuration hash: equal for results that were made in the same way."""

import hashlib

from models.recipe import Recipe

PIPELINE_VERSION = 11
"""Raised whenever the same photo and recipe would give other bytes than before."""


def processing_identity(recipe: Recipe, network: str) -> str:
    """Return ``{recipe}-{configuration_hash}``: the hash covers recipe, matte network and pipeline version."""
    configuration = f"{recipe.model_dump_json()}\n{network}\n{PIPELINE_VERSION}"
    return f"{recipe.name}-{hashlib.sha256(configuration.encode()).hexdigest()[:12]}"


def corrected_identity(identity: str, correction: str) -> str:
    """Return what a photo's files are known by where a person has corrected its cut-out, or nobody has."""
    return f"{identity}-{correction}" if correction else identity
