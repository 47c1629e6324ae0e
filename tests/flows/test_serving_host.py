"""Where a service listens, and where others find it."""

import socket
from ipaddress import ip_address
from pathlib import Path

import pytest

from flows.serving_host import is_free, is_loopback, reached_at
from flows.serving_server import server_service
from tests.servers.ports import free_port


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "localhost", "toko.localhost", "::1"])
def test_an_address_of_this_machine_alone_is_no_way_in(host: str) -> None:
    assert is_loopback(host)
    assert reached_at(host) == host


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "laptop.balai"])
def test_every_other_address_is_open_to_others(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_who_listens_at_all_addresses_is_found_at_one_of_this_machines(host: str) -> None:
    found = reached_at(host)
    assert not ip_address(found).is_unspecified
    assert is_free(found, free_port())


def test_a_port_is_free_until_somebody_listens_there() -> None:
    port = free_port()
    assert is_free("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free("127.0.0.1", port)


def test_prefects_pages_lie_where_a_service_may_write(tmp_path: Path) -> None:
    service = server_service(tmp_path, "127.0.0.1", 4200)
    assert Path(service.environment["PREFECT_UI_STATIC_DIRECTORY"]).is_relative_to(tmp_path)
