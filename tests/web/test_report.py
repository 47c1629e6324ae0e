import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.messages import load_messages
from models.assessment import Defect, DefectCode, Measurement
from models.fact import FactKind
from models.fingerprint import Repeat, RepeatScope
from models.geometry import Box
from models.listing import Hold, HoldReason, ListingKey
from models.matte import Doubt
from models.note import SellerNote
from models.photo import SetAside
from models.publication import Receipt
from models.rejection import RejectionReason
from models.repair import Repair
from models.state import ListingState
from models.store import ObjectMissing
from models.suggestion import Asked, Question
from processing.suggest.suggest import suggest
from storage.catalog.reading import ListingRow
from tests.web.report_pages import Page, listing, photo, read, render
from web.report import AFTER, BEFORE, THUMBNAIL, ReportListing, render_report

ATTACK = "<script>alert(1)</script>\"' onload=x {{ 7*7 }}"


def test_every_photo_is_shown_before_and_after(tmp_path: Path) -> None:
    page = render(tmp_path, listing(photo("a.jpg"), photo("b.jpg")))
    pictures = {str(image["src"]): image for image in page.all("img")}
    shown = {(tmp_path / source).read_bytes() for source in pictures}
    assert shown == {
        read(f"renditions/{file}/{name}") for file in ("a.jpg", "b.jpg") for name in (BEFORE, AFTER)
    } | {read(f"renditions/a.jpg/{THUMBNAIL}")}
    for image in page.all("img"):
        assert image["loading"] == "lazy"
        assert image["width"] in {"1200", "960", "300"} and image["height"] in {"1200", "720", "300"}
        assert "alt" in image


def test_the_page_needs_no_network_and_no_script(tmp_path: Path) -> None:
    page = render(tmp_path, listing(photo("a.jpg"), locations=("published/bundle/ibu-ani/sambal",)))
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:https?:)?//\w", html)
    assert page.all("script") == page.all("link") == page.all("iframe") == []
    references = [str(element["src"]) for element in page.all("img")] + [
        str(element["href"]) for element in page.all("a")
    ]
    assert references
    assert all(reference.startswith(("#", "pictures/")) for reference in references)


@given(st.text() | st.just(ATTACK), st.text(min_size=1) | st.just(ATTACK))
def test_nothing_that_a_seller_writes_becomes_part_of_the_page(
    tmp_path_factory: pytest.TempPathFactory, words: str, file: str
) -> None:
    aside = SetAside(file=file, sha256=None, reason=RejectionReason.EMPTY)
    wait = Hold(reason=HoldReason.LOW_SCORE, file=file)
    state = ListingState.WAITING
    folder = tmp_path_factory.mktemp("report")
    plain = render(
        folder,
        listing(
            photo("a"),
            SetAside(file="b", sha256=None, reason=RejectionReason.EMPTY),
            words="a",
            state=state,
            waits=(Hold(reason=HoldReason.LOW_SCORE, file="b"),),
            suggestion=suggest(SellerNote()),
        ),
    )
    odd = render(
        folder,
        listing(
            photo(file),
            aside,
            words=words or "a",
            state=state,
            waits=(wait,),
            name=file,
            suggestion=suggest(SellerNote()),
        ),
    )
    assert [tag for tag, _ in odd.elements] == [tag for tag, _ in plain.elements]
    assert [set(attributes) for _, attributes in odd.elements] == [
        set(attributes) for _, attributes in plain.elements
    ]


def test_the_suggestion_is_escaped_too(tmp_path: Path) -> None:
    page = render(tmp_path, listing(photo("a.jpg"), words=f"sambal {ATTACK} 15rb"))
    assert page.all("script") == []
    assert "onload" not in {name for _, attributes in page.elements for name in attributes}
    assert ATTACK in page.text


@pytest.mark.parametrize(
    "file", ["../../x.jpg", "a b?.jpg", "c#d%20.jpg", "/etc/passwd", "x" * 300, "é\u202egpj.\n", "CON", "a\\b"]
)
def test_picture_names_are_plain_whatever_the_seller_called_her_file(tmp_path: Path, file: str) -> None:
    page = render(tmp_path / "report", listing(photo(file)))
    for image in page.all("img"):
        source = str(image["src"])
        assert re.fullmatch(r"pictures/[0-9a-f]{24}\.jpg", source)
        assert unquote(source) == source
    assert {path.name for path in tmp_path.iterdir()} == {"report"}
    assert {path.name for path in (tmp_path / "report").iterdir()} == {"index.html", "pictures"}


def advice(section: str) -> str:
    return load_messages("id").text(f"{section}.advice")


def test_the_first_thing_to_do_is_marked_on_her_photo_and_the_rest_is_folded(tmp_path: Path) -> None:
    left, right = (Box(left=at, top=0, right=at + 0.25, bottom=1.0) for at in (0.0, 0.75))
    defects = (
        Defect(code=DefectCode.OVEREXPOSED, severity=0.3),
        Defect(code=DefectCode.CUT_OFF, severity=0.6, box=right),
        Defect(code=DefectCode.CUT_OFF, severity=0.4, box=left),
        Defect(code=DefectCode.WATERMARK, severity=0.2, box=Box(left=0.25, top=0.5, right=0.75, bottom=1.0)),
    )
    page = render(tmp_path, listing(photo("a.jpg", defects=defects, trusted=False)))
    marks = [(str(mark["class"]), mark["style"]) for mark in page.all("span") if "box" in str(mark.get("class"))]
    assert marks == [
        ("box", "--l: 75%; --t: 0%; --bw: 25%; --bh: 100%"),
        ("box", "--l: 0%; --t: 0%; --bw: 25%; --bh: 100%"),
        ("box later", "--l: 25%; --t: 50%; --bw: 50%; --bh: 50%"),
    ]
    folded = ("defect.overexposed", "defect.watermark", "doubt.busy_background")
    assert advice("defect.cut_off") in page.unfolded
    assert all(advice(section) in page.text and advice(section) not in page.unfolded for section in folded)
    messages = load_messages("id")
    assert messages.text("report.marked", number=1) in page.unfolded
    assert messages.text("report.marked", number=2) in page.text
    assert messages.text("report.rest", count=3) in page.text


def test_a_photo_that_serves_is_not_asked_for_again(tmp_path: Path) -> None:
    serves = photo("a.jpg").model_copy(update={"trust": 0.8, "doubts": (Doubt.BUSY_BACKGROUND,)})
    page = render(tmp_path, listing(serves))
    assert load_messages("id").text("report.good") in page.unfolded
    assert advice("doubt.busy_background") not in page.text


@pytest.mark.parametrize(("after", "asked"), [(0.1, False), (0.3, True)])
def test_only_what_we_could_not_mend_is_asked_for(tmp_path: Path, after: float, asked: bool) -> None:
    dark = Defect(code=DefectCode.UNDEREXPOSED, severity=0.3, foreseen=0.1)
    repair = Repair(code=DefectCode.UNDEREXPOSED, before=0.3, after=after)
    dim = photo("a.jpg", defects=(dark,)).model_copy(update={"repairs": (repair,)})
    page = render(tmp_path, listing(dim))
    assert (advice("defect.underexposed") in page.unfolded) == asked
    assert (load_messages("id").text("report.mended") in page.unfolded) != asked


def test_what_nobody_looks_for_is_told_beside_the_score(tmp_path: Path) -> None:
    seen = photo("a.jpg")
    names = {"hands_and_people": None, "mirror": 0.0, "logo": None, "tilt": None}
    figures = tuple(Measurement(name=name, value=value, unit="share") for name, value in names.items())
    assessment = seen.assessment.model_copy(update={"measurements": figures})
    told = "Belum bisa kami periksa: tangan atau orang di foto, logo."
    assert told in render(tmp_path, listing(seen.model_copy(update={"assessment": assessment}))).unfolded
    assert "Belum bisa kami periksa" not in render(tmp_path, listing(seen)).text


def test_a_photo_that_was_there_before_is_the_first_thing_only_where_nothing_is_wrong(tmp_path: Path) -> None:
    again = {"repeats": Repeat(whose=RepeatScope.SELLER, listing="wajan")}
    blurred = photo("a.jpg", defects=(Defect(code=DefectCode.BLUR, severity=0.5),)).model_copy(update=again)
    assert advice("repeat.seller") not in render(tmp_path, listing(blurred)).unfolded
    page = render(tmp_path, listing(photo("b.jpg").model_copy(update=again)))
    assert advice("repeat.seller") in page.unfolded
    assert load_messages("id").text("repeat.seller.title", listing="wajan") in page.unfolded


def test_a_waiting_listing_says_the_first_thing_to_do_first(tmp_path: Path) -> None:
    waits = (
        Hold(reason=HoldReason.GRAVE_DEFECT, file="a.jpg", detail="underexposed"),
        Hold(reason=HoldReason.OPEN_QUESTION, detail="what_price"),
    )
    page = render(tmp_path, listing(photo("a.jpg", trusted=False), state=ListingState.WAITING, waits=waits))
    messages = load_messages("id")
    places = [
        page.text.index(messages.text(f"{section}.advice"))
        for section in ("defect.underexposed", "question.what_price")
    ]
    assert places == sorted(places)
    assert messages.text("report.kept_background") in page.text
    assert messages.text("doubt.busy_background.advice") in page.text


def test_it_says_what_to_tap_what_was_written_by_hand_and_why_a_model_wrote_nothing(tmp_path: Path) -> None:
    made = suggest(SellerNote(words="sambal bawang")).model_copy(
        update={
            "questions": (
                Asked(
                    question=Question.WHICH_VALUE, about=FactKind.WEIGHT, options=("200 g", "250 g"), needed=True
                ),
            ),
            "edited": ("title", "english.title"),
            "model_failed": "timeout",
        }
    )
    page = render(tmp_path, listing(photo("a.jpg"), suggestion=made))
    messages = load_messages("id")
    assert messages.text("question.which_value.title") in page.text
    assert messages.text("report.options", options="200 g / 250 g") in page.text
    assert f"{messages.text('report.edited')} Judul, Judul bahasa Inggris" in page.text
    assert messages.text("model_failed.timeout") in page.text


def test_photos_set_aside_are_shown_with_their_reason(tmp_path: Path) -> None:
    page = render(tmp_path, listing(SetAside(file="rusak.jpg", sha256=None, reason=RejectionReason.TRUNCATED)))
    assert "rusak.jpg" in page.text
    assert load_messages("id").text("rejection.truncated.advice") in page.text


def test_the_summary_counts_every_listing_once(tmp_path: Path) -> None:
    aside = SetAside(file="x.jpg", sha256=None, reason=RejectionReason.EMPTY)
    listings = [
        listing(photo(f"{state}.jpg"), aside, name=state, state=state)
        for state in (*ListingState, ListingState.PUBLISHED)
    ]
    html = render(tmp_path, *listings)
    figures = [
        int(figure) for figure in re.findall(r"<dd>(\d+)</dd>", (tmp_path / "index.html").read_text("utf-8"))
    ]
    published, waiting, other, photos, set_aside = figures
    assert published == 2
    assert waiting == 2  # one waits, one failed
    assert published + waiting + other == len(listings) == len(html.all("article"))
    assert (photos, set_aside) == (2 * len(listings), len(listings))


def test_a_picture_that_is_gone_leaves_a_visible_gap(tmp_path: Path) -> None:
    def without_after(key: str) -> bytes:
        if key.endswith(AFTER):
            raise ObjectMissing(key)
        return read(key)

    render_report([listing(photo("a.jpg"))], tmp_path, read=without_after, messages=load_messages("id"))
    page = Page((tmp_path / "index.html").read_text("utf-8"))
    assert page.text.count(load_messages("id").text("report.no_picture")) == 1


def test_a_second_report_replaces_the_first_and_leaves_other_files_alone(tmp_path: Path) -> None:
    render(tmp_path, listing(photo("old.jpg")))
    (tmp_path / "pictures" / "mine.jpg").write_bytes(b"kept")
    page = render(tmp_path, listing(photo("new.jpg")))
    used = {Path(str(image["src"])).name for image in page.all("img")}
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == used | {"mine.jpg"}


def test_pictures_are_read_one_after_the_other_while_listings_stream(tmp_path: Path) -> None:
    asked: list[str] = []

    def remember(key: str) -> bytes:
        asked.append(key)
        return read(key)

    def stream() -> Iterator[ReportListing]:
        for number in itertools.count():
            if number == 50:
                return
            assert len(asked) == 3 * number  # the one before is already on disk
            yield listing(photo(f"{number}.jpg"), name=str(number))

    render_report(stream(), tmp_path, read=remember, messages=load_messages("id"))
    assert len(asked) == 150


def test_a_failed_listing_shows_its_error_and_says_whom_to_tell(tmp_path: Path) -> None:
    page = render(tmp_path, listing(photo("a.jpg"), state=ListingState.FAILED, error="StoreError: <timeout>"))
    assert "StoreError: <timeout>" in page.text
    assert load_messages("id").text("report.state.failed") in page.text


def test_a_report_of_nothing_says_so(tmp_path: Path) -> None:
    assert load_messages("id").text("report.nothing") in render(tmp_path).text


def test_what_the_catalog_says_of_a_listing_is_what_the_report_shows() -> None:
    key = ListingKey(seller="ibu-ani", listing="sambal")
    receipt = Receipt(
        idempotency_key="0", publisher="bundle", key=key, version=1, location="published/x", files={}
    )
    row = ListingRow(
        key=key,
        state=ListingState.FAILED,
        version=1,
        due_at=None,
        photo_count=0,
        result=None,
        receipts=(receipt,),
        review=None,
        error="timeout",
    )
    assert ReportListing.of(row) == ReportListing(key, ListingState.FAILED, None, ("published/x",), "timeout")


def test_a_listing_that_was_never_processed_is_shown(tmp_path: Path) -> None:
    page = render(tmp_path, ReportListing(ListingKey(seller="a", listing="b"), ListingState.DUE, None, (), None))
    assert load_messages("id").text("report.state.due") in page.text


def test_every_text_of_the_report_is_used() -> None:
    template = (Path(__file__).parents[2] / "web" / "templates" / "report.html.jinja").read_text(encoding="utf-8")
    keys = {key for key in load_messages("id").texts if re.fullmatch(r"report\.\w+", key)}
    assert {key for key in keys if f'"{key}"' not in template} == set()
