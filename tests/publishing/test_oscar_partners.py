"""A shop of very many sellers, whose API tells of all partners at once."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from config.publishers import OscarShop
from models.listing import ListingKey
from models.publication import ReceiverDown
from publishing import oscar
from publishing.oscar import OscarPublisher
from storage.object_store.folder import FolderStore
from tests.publishing.results import publication, stored_result
from tests.servers.oscar_shop import SECRET

SELLERS = 100_000


class SharedFolder(FolderStore):
    """A folder whose files have an address."""

    def share(self, key: str, *, seconds: int) -> str:
        return f"https://foto.example/{key}?{seconds}"


class ManySellers(HTTPServer):
    """A shop that has a partner for each of very many sellers, and takes any product."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.names = [f"penjual-dari-desa-{number}" for number in range(SELLERS)]
        self.asked: list[str] = []
        self.products: list[str] = []

    def partners(self) -> list[dict[str, object]]:
        place = f"http://127.0.0.1:{self.server_port}/api/admin/partners"
        return [
            {"url": f"{place}/{number}/", "code": name, "name": name, "users": []}
            for number, name in enumerate(self.names)
        ]


class _Answers(BaseHTTPRequestHandler):
    server: ManySellers

    def do_GET(self) -> None:
        self._tell(self.server.partners())

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path.endswith("/partners/"):
            self.server.names.append(told["name"])
            self._tell(self.server.partners()[-1])
        else:
            self.server.products.append(told["stockrecords"][0]["partner"])
            self._tell({"url": "https://toko.example/1/", "images": []})

    def _tell(self, value: object) -> None:
        self.server.asked.append(f"{self.command} {self.path.removeprefix('/api/admin/')}")
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def shop() -> Iterator[ManySellers]:
    with ManySellers() as shop:
        thread = threading.Thread(target=shop.serve_forever)
        thread.start()
        yield shop
        shop.shutdown()
        thread.join()


def publish(shop: ManySellers, folder: Path, *sellers: str) -> None:
    store = SharedFolder(folder)
    address = f"http://127.0.0.1:{shop.server_port}/api/"
    declared = OscarShop(kind="oscar", name="toko", url=address, product_class="goods", stock=1)
    publisher = OscarPublisher(declared, store=store, language="id", secrets=(SECRET,))
    for seller in sellers:
        key = ListingKey(seller=seller, listing="tampah")
        said = publication(publisher="toko").model_copy(update={"key": key})
        publisher.publish(said, stored_result(store, key=key))


def test_a_hundred_thousand_sellers_are_asked_for_once(shop: ManySellers, tmp_path: Path) -> None:
    publish(shop, tmp_path, shop.names[-1], "ibu-baru", shop.names[0], "ibu-baru")
    numbers = [address.rstrip("/").rpartition("/")[2] for address in shop.products]
    assert numbers == [str(SELLERS - 1), str(SELLERS), "0", str(SELLERS)]
    new = ["POST partners/", "GET partners/"]
    assert [asked for asked in shop.asked if "partners" in asked] == ["GET partners/", *new]


def test_a_list_beyond_the_bound_is_named(
    shop: ManySellers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oscar, "MAX_PARTNERS", 1_000_000)
    with pytest.raises(ReceiverDown, match="more than 1,000,000 bytes"):
        publish(shop, tmp_path, shop.names[0])
