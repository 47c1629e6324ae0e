"""A link that joins a listing's page: what is said by it is kept, in bounds, and goes when the link goes."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, update

from models.audit import Act
from models.coaching import (
    MOST_KEPT,
    MOST_REMARKS,
    CoachingOver,
    CoachLink,
    CoachRefusal,
    CoachRefused,
    Saying,
    Shown,
    Side,
    Spot,
    Stage,
)
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.coach_words import look_on, say, turn_to
from storage.catalog.coaching import (
    coach_link_of,
    end_coaching,
    invite_coach,
    remove_ended_coaching,
    standing_coach_link,
)
from storage.catalog.edit_schema import CoachLinks, CoachWords
from storage.catalog.forgetting import begin_forgetting, finish_forgetting
from tests.storage.made import LONG_AGO, arrival, key, let_pass

KEY = key("ani/keripik")
BEFORE = Shown(photo="1" * 64, stage=Stage.BEFORE)
AFTER = Shown(photo="1" * 64, stage=Stage.AFTER)
HERE, THERE = (Spot(shown=BEFORE, across=share, down=0.5) for share in (0.25, 0.75))


@pytest.fixture
def link(catalog: Catalog) -> CoachLink:
    record_arrivals(catalog, [arrival("ani/keripik"), arrival("ani/besek")])
    return invite(catalog)[0]


@pytest.fixture
def keys() -> Iterator[str]:
    return (f"key-{number:08}" for number in range(1000))


def invite(catalog: Catalog, instead_of: int | None = None) -> tuple[CoachLink, str]:
    made = invite_coach(catalog, KEY, by="sari", instead_of=instead_of)
    assert made is not None
    return made


def saying(sender_key: str, word: str = "", spot: Spot | None = None, side: Side = Side.GUEST) -> Saying:
    return Saying(side=side, name="Pak Budi", word=word, spot=spot, sender_key=sender_key)


def say_unhurried(catalog: Catalog, link: CoachLink, said: Saying) -> None:
    """Say something as if all that was said before was said a while ago."""
    with catalog.write() as connection:
        connection.execute(update(CoachWords).values(said_at=LONG_AGO))
    say(catalog, link, said)


def count(catalog: Catalog, table: type[CoachLinks] | type[CoachWords]) -> int:
    with catalog.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_link_opens_one_listing_until_it_is_withdrawn_and_it_is_on_record(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("ani/keripik")])
    link, token = invite(catalog)
    assert coach_link_of(catalog, token) == standing_coach_link(catalog, KEY) == link
    assert [coach_link_of(catalog, wrong) for wrong in ("", token[:-1], f"{token}0")] == [None] * 3
    say(catalog, link, saying("key-00000001", "Terlalu gelap"))

    end_coaching(catalog, link, by="sari")
    end_coaching(catalog, link, by="sari")

    assert coach_link_of(catalog, token) is standing_coach_link(catalog, KEY) is None
    assert (count(catalog, CoachLinks), count(catalog, CoachWords)) == (0, 0)
    with pytest.raises(CoachingOver):
        look_on(catalog, link)
    acts = [(entry.act, entry.by, entry.detail) for entry in read_audit(catalog, seller="ani")]
    told = {"link": link.id}
    assert acts == [(Act.COACH_INVITED, "sari", told), (Act.COACHING_ENDED, "sari", told)]


def test_a_new_link_ends_only_the_one_that_was_seen_and_never_has_its_number(
    catalog: Catalog, link: CoachLink
) -> None:
    say(catalog, link, saying("key-00000001", "Terlalu gelap"))
    assert invite_coach(catalog, KEY, by="budi") is None
    assert invite_coach(catalog, KEY, by="budi", instead_of=link.id + 1) is None

    newer, token = invite(catalog, instead_of=link.id)

    assert newer.id != link.id
    assert coach_link_of(catalog, token) == newer
    assert look_on(catalog, newer).remarks == ()
    for over in (lambda: look_on(catalog, link), lambda: turn_to(catalog, link, AFTER)):
        with pytest.raises(CoachingOver):
            over()


def test_a_link_expires_with_all_that_was_said(catalog: Catalog, link: CoachLink) -> None:
    say(catalog, link, saying("key-00000001", "Terlalu gelap"))
    assert remove_ended_coaching(catalog) == 0
    let_pass(catalog, CoachLinks, "expires_at")  # type: ignore[arg-type]
    assert standing_coach_link(catalog, KEY) is None
    for late in (
        lambda: look_on(catalog, link),
        lambda: say(catalog, link, saying("key-00000002", "?")),
        lambda: turn_to(catalog, link, AFTER),
    ):
        with pytest.raises(CoachingOver):
            late()
    assert remove_ended_coaching(catalog) == 1
    assert count(catalog, CoachWords) == 0
    assert invite(catalog)


def test_there_is_no_link_for_a_listing_that_nobody_knows(catalog: Catalog) -> None:
    with pytest.raises(LookupError):
        invite_coach(catalog, KEY, by="sari")


def test_what_is_said_comes_after_what_was_seen_and_once_however_often_it_is_sent(
    catalog: Catalog, link: CoachLink
) -> None:
    first = say(catalog, link, saying("key-00000001", "Terlalu gelap", HERE))
    assert say(catalog, link, saying("key-00000001", "Terlalu gelap", HERE)) == first
    host = say(catalog, link, saying("key-00000001", "Baik", side=Side.HOST))

    assert look_on(catalog, link).remarks == (first, host)
    assert look_on(catalog, link, after=first.id).remarks == (host,)
    assert (first.name, first.word, first.spot, first.side) == ("Pak Budi", "Terlalu gelap", HERE, Side.GUEST)


def test_a_place_without_words_gives_way_to_what_its_author_says_next(
    catalog: Catalog, link: CoachLink, keys: Iterator[str]
) -> None:
    seen = look_on(catalog, link)
    for spot in (HERE, THERE):
        say_unhurried(catalog, link, saying(next(keys), spot=spot))
    (pointed,) = look_on(catalog, link).remarks
    assert pointed.spot == THERE

    say_unhurried(catalog, link, saying(next(keys), "Di sini", THERE))

    (word,) = look_on(catalog, link, after=pointed.id).remarks
    assert (word.word, seen.remarks) == ("Di sini", ())
    assert look_on(catalog, link).remarks == (word,)


def test_each_side_says_one_thing_a_second(catalog: Catalog, link: CoachLink, keys: Iterator[str]) -> None:
    say(catalog, link, saying(next(keys), "satu"))
    for said in (saying(next(keys), "dua"), saying(next(keys), spot=HERE)):
        with pytest.raises(CoachRefused, match=CoachRefusal.TOO_FAST):
            say(catalog, link, said)
    say(catalog, link, saying(next(keys), "dua", side=Side.HOST))
    say_unhurried(catalog, link, saying(next(keys), "tiga"))
    assert [remark.word for remark in look_on(catalog, link).remarks] == ["satu", "dua", "tiga"]


def test_so_many_words_are_taken_by_a_link_and_the_newest_are_kept(
    catalog: Catalog, link: CoachLink, keys: Iterator[str]
) -> None:
    for _ in range(MOST_KEPT + 2):
        say_unhurried(catalog, link, saying(next(keys), "x"))
    with catalog.write() as connection:
        connection.execute(update(CoachLinks).values(said=MOST_REMARKS - 1))
    say_unhurried(catalog, link, saying(next(keys), "last"))

    with pytest.raises(CoachRefused, match=CoachRefusal.TOO_MANY):
        say_unhurried(catalog, link, saying(next(keys), "more", side=Side.HOST))

    remarks = look_on(catalog, link).remarks
    assert (len(remarks), remarks[-1].word) == (MOST_KEPT, "last")
    say_unhurried(catalog, link, saying(next(keys), spot=HERE, side=Side.HOST))
    assert count(catalog, CoachWords) == MOST_KEPT


def test_whoever_turned_last_is_followed(catalog: Catalog, link: CoachLink) -> None:
    assert (look_on(catalog, link).turn, look_on(catalog, link).shown) == (0, None)
    assert [turn_to(catalog, link, shown) for shown in (BEFORE, AFTER, AFTER)] == [1, 2, 2]
    assert (look_on(catalog, link).turn, look_on(catalog, link).shown) == (2, AFTER)


def test_whoever_is_forgotten_takes_links_and_words_along_and_none_are_taken_meanwhile(
    catalog: Catalog, link: CoachLink
) -> None:
    say(catalog, link, saying("key-00000001", "Terlalu gelap"))
    begin_forgetting(catalog, "ani", by="sari")
    assert standing_coach_link(catalog, KEY) is None
    for late in (lambda: look_on(catalog, link), lambda: say(catalog, link, saying("key-00000002", "?"))):
        with pytest.raises(CoachingOver):
            late()
    removed = finish_forgetting(catalog, "ani", by="sari").removed
    assert (removed["coach_links"], removed["coach_words"]) == (1, 1)
