import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.note import NoteProblem, NoteUnreadable, SellerNote
from processing.suggest.note import MAX_BYTES, read_note

WORDS = "Keripik singkong “balado” 250gr \N{EN DASH} 15rb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_a_note_reads_the_same_in_every_encoding_that_phones_use(encoding: str) -> None:
    assert read_note("note.txt", WORDS.encode(encoding)) == SellerNote(words=WORDS)


def test_big_endian_text_with_its_mark_is_read() -> None:
    assert read_note("note.txt", b"\xfe\xff" + "madu 85rb".encode("utf-16-be")).words == "madu 85rb"


def test_letters_of_phone_keyboards_become_plain_and_unseen_signs_go() -> None:
    bold = "".join(
        chr(ord("\N{MATHEMATICAL SANS-SERIF BOLD SMALL A}") + ord(letter) - ord("a")) for letter in "madu"
    )
    assert read_note("note.txt", f"{bold}\u200b hutan\r\n85rb\x07".encode()).words == "madu hutan\n85rb"


def test_words_and_price_of_a_listing_file_are_kept_apart() -> None:
    data = json.dumps({"words": "madu 600ml", "price": 85000}).encode()
    assert read_note("listing.json", data) == SellerNote(words="madu 600ml", price=85000)
    assert read_note("LISTING.JSON", b"{}") == SellerNote()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", NoteProblem.NOT_JSON),
        (b"{", NoteProblem.NOT_JSON),
        (b"madu 85rb", NoteProblem.NOT_JSON),
        (b"[" * 5000, NoteProblem.NOT_JSON),
        (b'{"words": "\\ud800"}', NoteProblem.NOT_JSON),
        (b"[]", NoteProblem.WRONG_FIELDS),
        (b"null", NoteProblem.WRONG_FIELDS),
        (b'{"price": "15rb"}', NoteProblem.WRONG_FIELDS),
        (b'{"price": true}', NoteProblem.WRONG_FIELDS),
        (b'{"price": -1}', NoteProblem.WRONG_FIELDS),
        (b'{"words": null}', NoteProblem.WRONG_FIELDS),
        (b'{"word": "madu"}', NoteProblem.WRONG_FIELDS),
        (b'{"words": "\xff\xfe\x00"}', NoteProblem.NOT_TEXT),
        (b'{"words": "' + b"a" * MAX_BYTES + b'"}', NoteProblem.TOO_LONG),
    ],
)
def test_a_malformed_listing_file_says_what_is_wrong(data: bytes, problem: NoteProblem) -> None:
    with pytest.raises(NoteUnreadable) as caught:
        read_note("listing.json", data)
    assert caught.value.problem is problem
    assert caught.value.detail


@pytest.mark.parametrize("data", [b"madu\x00hutan", b"\xff\xfe\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x81\x8d"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NoteUnreadable) as caught:
        read_note("note.txt", data)
    assert caught.value.problem is NoteProblem.NOT_TEXT


@given(st.sampled_from(["note.txt", "listing.json"]), st.binary(max_size=200))
def test_any_bytes_give_a_note_or_a_named_problem(file_name: str, data: bytes) -> None:
    try:
        note = read_note(file_name, data)
    except NoteUnreadable as error:
        assert error.problem in NoteProblem
    else:
        note.words.encode()
        assert "\0" not in note.words


def test_the_problem_survives_the_way_between_processes() -> None:
    error = NoteUnreadable(NoteProblem.NOT_JSON, "line 1")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.problem, copy.detail, str(copy)) == (error.problem, error.detail, str(error))
