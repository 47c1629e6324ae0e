"""``etalase invite``: a link by which somebody comes into the console."""

from models.audit import Act
from models.person import Person, Role
from storage.catalog import open_catalog
from storage.catalog.audit import read_audit
from storage.catalog.links import invited_by
from storage.catalog.people import people
from tests.cli.terminal import Terminal

ADDRESS = "http://192.168.1.5:8000"


def test_it_prints_a_link_that_leads_to_the_account_and_gives_a_known_one_another_role(terminal: Terminal) -> None:
    catalog = open_catalog(terminal.catalog)
    for role, centre in ((Role.TRAINER, "Balai Sukamaju"), (Role.REVIEWER, "")):
        run = terminal.run("invite", "sari", "--role", role, "--centre", centre, "--address", ADDRESS)
        assert run.returncode == 0, run.stderr
        address, _, secret = run.stdout.split()[-1].rpartition("/")
        assert address == f"{ADDRESS}/welcome"
        assert invited_by(catalog, secret) == Person(name="sari", role=role, centre=centre)
    acts = [entry.act for entry in read_audit(catalog)]
    assert acts == [Act.PERSON_ADDED, Act.LINK_MADE, Act.ROLE_CHANGED, Act.LINK_MADE]


def test_what_makes_no_account_is_refused_in_words(terminal: Terminal) -> None:
    for arguments in (("Sari Dewi", "--centre", "Balai"), ("sari",)):
        run = terminal.run("invite", *arguments)
        assert (run.returncode, run.stdout) == (2, "")
        assert "Traceback" not in run.stderr and run.stderr.strip()
    assert people(open_catalog(terminal.catalog)) == ()
