from pathlib import Path

import pytest

from storage.catalog import CatalogError, open_catalog
from tests.servers.ports import free_port


@pytest.mark.parametrize(
    "url",
    [
        "",
        "catalog.sqlite",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://a/b",
        "postgresql://a/b",
        "postgresql+x://a/b",
    ],
)
def test_what_is_no_catalog_is_refused_with_what_would_be_right(url: str) -> None:
    with pytest.raises(ValueError, match=r"write sqlite:///PATH .* or postgresql\+psycopg://"):
        open_catalog(url)


def test_the_folder_of_a_catalog_is_made(tmp_path: Path) -> None:
    open_catalog(f"sqlite:///{tmp_path}/new/folder/catalog.sqlite")
    assert (tmp_path / "new/folder/catalog.sqlite").is_file()


def test_a_database_that_cannot_be_reached_is_an_error_without_its_password() -> None:
    with pytest.raises(CatalogError, match=r"postgres:\*\*\*@") as raised:
        open_catalog(f"postgresql+psycopg://postgres:rahasia@127.0.0.1:{free_port()}/etalase")
    assert "rahasia" not in str(raised.value)


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"not a database, whatever it is called" * 100)
    with pytest.raises(CatalogError, match="not a database"):
        open_catalog(f"sqlite:///{tmp_path / 'a'}")
