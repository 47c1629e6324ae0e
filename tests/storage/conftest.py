from collections.abc import Iterator

import pytest

from storage.catalog import Catalog, open_catalog


@pytest.fixture
def catalog(catalog_url: str) -> Iterator[Catalog]:
    """Each kind of catalog in turn, empty."""
    catalog = open_catalog(catalog_url)
    yield catalog
    catalog.close()
