"""Whatever is asked of any address, by whomever: an answer, and never a fault of ours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from config.settings import Settings
from flows.photo_work import open_photo_context
from models.listing import ListingKey
from models.person import Role
from storage.catalog.coaching import invite_coach
from storage.catalog.links import make_link as invite
from storage.catalog.upload_links import make_link
from tests.sellers import add_listing, draw_photo
from tests.web.console.consoles import CENTRE, Console, running
from tests.web.console.processed import Atelier
from tests.web.console.sending import TUS, encode_about
from tests.web.described import CHANGES, LISTING, Known, describe
from tests.web.ingest.told import SECRET, TOKEN, basic, signed
from web.app import create_app
from web.console.note_form import note_beside
from web.console.session import PLAIN
from web.console.statics import load_statics
from web.console.tus import MEDIA_TYPE
from web.ingest.cloud_event import STRUCTURED

Name = tuple[str, str]
"""An operation's method and path."""
ADMINISTRATOR = "pengelola"
KEY = ListingKey(seller="ibu-ani", listing="tampah")
PHOTO = draw_photo(4, width=640, height=480)
SIZE = len(PHOTO)
PASSWORD = "tujuh gunung tinggi"
EXAMPLES, FEW = 4, 2
"""Of each operation: with names of what there is, with any others, and with something that it does not take."""
STREAM = ("get", "/sellers/{folder}/run/events")
"""Asked first, while all is done: as long as something is under way it goes on, for up to an hour."""
HEARD_ON = (("get", f"{LISTING}/coach/events"), ("get", "/coach/{invitation}/events"))
"""Asked after all else, when the expert's link has ended: as long as it stands they go on for ten minutes."""
DECIDES = (("post", f"{LISTING}/send-back"), ("post", f"{LISTING}/approve"))
"""Asked before anything new about the listing is said: then its version is another one."""
SIGN_OUT = ("post", "/sign-out")
"""Asked with a session of its own: with another one nobody would be signed in any more."""
ENDS = (
    SIGN_OUT,
    ("post", "/sellers/{folder}/links/withdraw"),
    ("post", f"{LISTING}/coach/end"),
    *(
        (method, f"{place}/uploads/{{upload}}")
        for method in ("post", "delete")
        for place in ("/sellers/{folder}", "/u/{token}")
    ),
)
"""What ends something that others ask for: asked last."""
REFUSED = {
    ("post", "/ingest/s3"),  # told of another bucket
    ("post", "/sign-in"),  # nobody here has a password
    ("post", f"{LISTING}/takes"),  # there is none but the one in the listing
    *HEARD_ON,
    # The other way in was there first.
    *((method, "/u/{token}/uploads/{upload}") for method in ("patch", "post", "delete")),
}
"""What an administrator is never given here; everything else she is, at least once."""
schemathesis.serializer.alias(MEDIA_TYPE, "text/plain")
schemathesis.serializer.alias(STRUCTURED, "application/json")


@dataclass
class Visit:
    """Somebody who asks for everything."""

    console: Console
    session: str | None
    known: dict[Name, APIOperation]
    """Operations by method and path, in which all names are of something that there is."""
    any: dict[Name, APIOperation]
    """The same, in which they are any text."""
    line: requests.Session = field(default_factory=requests.Session)
    answers: dict[Name, Counter[int]] = field(default_factory=dict)

    def ask(self, names: Iterable[Name], examples: int) -> None:
        """Send requests of these operations; fail at the first that is answered by a fault of ours."""
        for name in names:
            asked = [self.known[name].as_strategy(), self.any[name].as_strategy()]
            if list(self.known[name].iter_parameters()) or self.known[name].body:
                asked.append(self.known[name].as_strategy(GenerationMode.NEGATIVE))
            for cases in asked:
                self._ask(name, cases, examples)

    def _ask(self, name: Name, cases: SearchStrategy[Case], examples: int) -> None:
        counted = self.answers.setdefault(name, Counter())

        @settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases)
        def is_answered(case: Case) -> None:
            answer = self._send(case)
            counted[answer.status_code] += 1
            assert answer.status_code < 500, f"{answer.status_code}: {case.as_curl_command()}"

        is_answered()

    def _send(self, case: Case) -> schemathesis.Response:
        session = self.session
        # Whoever is let in by a request is not for the next one.
        self.line.cookies.clear()
        if session and (case.method.lower(), case.path) == SIGN_OUT:
            session = self.console.begin_session("sementara", Role.TRAINER)
        return case.call(
            base_url=self.console.address,
            session=self.line,
            headers=self._proof(case),
            cookies={PLAIN: session} if session else None,
            allow_redirects=False,
        )

    def _proof(self, case: Case) -> dict[str, str]:
        """Return what a request needs to come past the guard, and past the way in for events."""
        if case.path == "/ingest/listing":
            sent = case.as_transport_kwargs(base_url=self.console.address)
            parts = {name: sent.get(name) for name in ("method", "url", "data", "json")}
            body = requests.Request(**parts).prepare().body or b""
            # What is no text nobody can sign; it is sent with another text's signature.
            return signed((body if isinstance(body, bytes) else body.encode()).decode(errors="replace").encode())
        if case.path.startswith("/ingest/"):
            return basic()
        return {"origin": self.console.address, "accept": "text/html" if self.session else "*/*"}


@pytest.fixture
def console(catalog_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    """The application as it runs in use, on each catalog, with events let in."""
    monkeypatch.chdir(tmp_path)
    for name in ("STORE", "LINK_HOSTS", "LANGUAGE"):
        monkeypatch.delenv(f"ETALASE_{name}", raising=False)
    monkeypatch.setenv("ETALASE_HOME", str(tmp_path))
    monkeypatch.setenv("ETALASE_CATALOG", catalog_url)
    monkeypatch.setenv("ETALASE_WEBHOOK_SECRETS", SECRET)
    monkeypatch.setenv("ETALASE_WEBHOOK_TOKENS", TOKEN)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with running(create_app()) as console:
        yield console


def furnish(console: Console) -> dict[str, tuple[str, ...]]:
    """Put one of everything into the console, and return what it is called."""
    atelier = Atelier(console, open_photo_context(Settings()), None)  # type: ignore[arg-type]
    atelier.enrol()
    add_listing(console.store, str(KEY), {"depan.jpg": draw_photo(3, width=640, height=480)})
    (photo,) = atelier.process().finished
    console.begin_session("sari", Role.TRAINER)
    token = make_link(console.catalog, KEY, by="sari")[1]
    coach = invite_coach(console.catalog, KEY, by="sari", instead_of=None)
    assert coach is not None
    whole, begun = (_upload(console, token, name, size) for name, size in (("atas", SIZE), ("bawah", SIZE // 2)))
    return {
        "folder": (KEY.seller,),
        "seller": (KEY.seller,),
        "listing": (KEY.listing,),
        "centre": (CENTRE,),
        "file": (photo.file,),
        "replaces": (photo.file,),
        "sha256": (photo.sha256,),
        # Not the asker's own: who has closed or lowered her account is let in nowhere.
        "name": ("sari", "tono", photo.renditions[0].name, "console.css"),
        "version": (load_statics().version,),
        "seen": (note_beside(console.store, KEY).mark,),
        "token": (token,),
        "invitation": (coach[1],),
        "photo": (photo.sha256,),
        "secret": (invite(console.catalog, "sari", by=ADMINISTRATOR),),
        "password": (PASSWORD,),
        "again": (PASSWORD,),
        "upload": (whole, begun),
        "upload-length": ("1000", str(10**11)),
        "upload-offset": (str(SIZE // 2),),
        "upload-metadata": (
            encode_about({"filename": "x.jpg", "listing": KEY.listing, "key": "k"}),
            encode_about({"listing": KEY.listing, "key": "k2", "replaces": photo.file}),
        ),
    }


def _upload(console: Console, token: str, name: str, size: int) -> str:
    """Send so many bytes of a photo, and return the upload's id."""
    about = {"filename": f"{name}.jpg", "key": name}
    heads = {**TUS, "origin": console.address}
    begun = requests.post(
        f"{console.address}/u/{token}/uploads",
        headers={**heads, "upload-length": str(SIZE), "upload-metadata": encode_about(about)},
        timeout=60,
    )
    place = begun.headers["location"]
    requests.patch(
        f"{console.address}{place}",
        headers={**heads, "content-type": MEDIA_TYPE, "upload-offset": "0"},
        data=PHOTO[:size],
        timeout=60,
    ).raise_for_status()
    return place.rpartition("/")[2]


def operations_of(console: Console, known: Known | None) -> dict[Name, APIOperation]:
    schema = schemathesis.openapi.from_dict(describe(console.app, known))
    return {(each.method, each.path): each for each in (found.ok() for found in schema.get_all_operations())}


@pytest.mark.heavy
@pytest.mark.parametrize("signed_in", [True, False], ids=["an administrator", "nobody"])
def test_every_operation_answers_whatever_it_is_asked(console: Console, signed_in: bool) -> None:
    administrator = console.begin_session(ADMINISTRATOR, Role.ADMINISTRATOR) if signed_in else None
    known = furnish(console)
    visit = Visit(console, administrator, operations_of(console, known), operations_of(console, None))
    reading = [name for name in visit.known if name[0] not in CHANGES and name not in {STREAM, *HEARD_ON}]
    changing = [name for name in visit.known if name[0] in CHANGES and name not in {*DECIDES, *ENDS}]
    examples = EXAMPLES if signed_in else FEW

    visit.ask([STREAM, *reading, *DECIDES, *changing, *ENDS, *HEARD_ON], examples)
    # And once more, with what was changed.
    visit.ask(reading, FEW)

    assert visit.answers.keys() == visit.known.keys()
    refused = {name for name, counted in visit.answers.items() if min(counted) >= 400}
    if administrator:
        assert refused == REFUSED
        assert console.client(administrator).get("/people").status_code == 200
