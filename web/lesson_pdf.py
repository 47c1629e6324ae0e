"""Lesson sheets as a PDF, one A4 page each: the same words and pictures, in the order of the page."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Image, KeepInFrame, Paragraph, Spacer, Table, TableStyle

from config.messages import Messages

if TYPE_CHECKING:
    from web.lesson import LessonPage, MistakeView

MARGIN = 12 * mm
WIDTH = A4[0] - 2 * MARGIN
HEIGHT = A4[1] - 2 * MARGIN
PICTURE, PAIR = 46 * mm, 70 * mm
"""The longest side of a mistake's picture, and of each of the pair's."""
PADDING = 3 * mm

INK, QUIET, ACCENT, WARM = (HexColor(value) for value in ("#24211c", "#5f594f", "#17645a", "#8a4b00"))
ACCENT_SOFT, WARM_SOFT = HexColor("#e1f0ec"), HexColor("#fdf3e3")

PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=11, leading=15, textColor=INK)
SMALL = ParagraphStyle("small", PLAIN, fontSize=9.5, leading=13, textColor=QUIET)
TITLE = ParagraphStyle("title", PLAIN, fontName="Helvetica-Bold", fontSize=19, leading=23)
BRAND = ParagraphStyle("brand", PLAIN, fontName="Helvetica-Bold", textColor=ACCENT)
HEAD = ParagraphStyle("head", PLAIN, fontName="Helvetica-Bold", fontSize=13, leading=17, spaceAfter=4)
PRAISE = ParagraphStyle("praise", HEAD, textColor=ACCENT)
NAME = ParagraphStyle("name", PLAIN, fontName="Helvetica-Bold", fontSize=12, leading=16)
HOW = ParagraphStyle("how", SMALL, fontName="Helvetica-Bold", textColor=WARM, spaceBefore=5)
DO = ParagraphStyle("do", PLAIN, fontName="Helvetica-Bold", fontSize=13, leading=18)
CAPTION = ParagraphStyle("caption", SMALL, alignment=TA_CENTER)


def write_pdf(pages: Sequence["LessonPage"], folder: Path, messages: Messages) -> bytes:
    """Return the PDF of one lesson or more. Pictures are read from ``folder``, where the pages refer to them.

    What would not fit on one page is made smaller, all of it alike. The same lessons give the same bytes.
    """
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, lang=messages.language)
    alone = messages.text("lesson.title_of", seller=pages[0].lesson.seller)
    canvas.setTitle(alone if len(pages) == 1 else messages.text("lesson.title"))
    canvas.setAuthor("Etalase")
    for page in pages:
        story = KeepInFrame(WIDTH, HEIGHT, [*_parts(page, folder, messages)], mode="shrink")
        Frame(MARGIN, MARGIN, WIDTH, HEIGHT, 0, 0, 0, 0).addFromList([story], canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _parts(page: "LessonPage", folder: Path, messages: Messages) -> list[Flowable]:
    text = messages.text
    lesson = page.lesson
    praises = [_written(f"\u2022 {each}") for each in page.praises]
    parts: list[Flowable] = [
        Paragraph("Etalase", BRAND),
        _written(text("lesson.title_of", seller=lesson.seller), TITLE),
        _written(text("lesson.intro", photos=len(lesson.photos), score=lesson.score), SMALL),
        Spacer(0, 4 * mm),
        _panel([[[_written(text("lesson.praise"), PRAISE), *praises]]]),
        Spacer(0, 5 * mm),
        _written(text("lesson.mistakes" if page.mistakes else "lesson.no_mistakes"), HEAD),
    ]
    for mistake in page.mistakes:
        parts += [_mistake(mistake, folder, messages), Spacer(0, 3 * mm)]
    if page.before or page.after:
        names = (text("report.before"), text("report.after"))
        cells = [_picture(each, folder, PAIR, messages) for each in (page.before, page.after)]
        captions = [_written(name, CAPTION) for name in names]
        pair = Table([cells, captions], colWidths=[WIDTH / 2] * 2)
        pair.setStyle(TableStyle([("ALIGN", (0, 0), (-1, -1), "CENTER"), ("VALIGN", (0, 0), (-1, 0), "BOTTOM")]))
        parts += [Spacer(0, 3 * mm), _written(text("lesson.pair"), HEAD), pair]
    return parts


def _mistake(mistake: "MistakeView", folder: Path, messages: Messages) -> Flowable:
    count = f"{mistake.count} {messages.text('lesson.marked')}" if mistake.marked else mistake.count
    words = [
        _written(mistake.title, NAME),
        _written(count, SMALL),
        _written(messages.text("lesson.do"), HOW),
        _written(mistake.advice, DO),
    ]
    picture = _picture(mistake.picture, folder, PICTURE, messages)
    left = PICTURE + 2 * PADDING
    return _panel([[picture, words]], WARM_SOFT, (left, WIDTH - left))


def _panel(
    rows: list[list[object]], colour: HexColor = ACCENT_SOFT, widths: tuple[float, ...] = (WIDTH,)
) -> Flowable:
    table = Table(rows, colWidths=widths)
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), colour),
                ("ROUNDEDCORNERS", [6, 6, 6, 6]),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
                ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
                ("TOPPADDING", (0, 0), (-1, -1), PADDING),
                ("BOTTOMPADDING", (0, 0), (-1, -1), PADDING),
            ]
        )
    )
    return table


def _picture(href: str | None, folder: Path, side: float, messages: Messages) -> Flowable:
    if href is None:
        return _written(messages.text("report.no_picture"), SMALL)
    data = (folder / href).read_bytes()
    width, height = ImageReader(BytesIO(data)).getSize()
    scale = side / max(width, height)
    return Image(BytesIO(data), width * scale, height * scale)


def _written(words: str, style: ParagraphStyle = PLAIN) -> Paragraph:
    # The font has the letters of Western Europe; a name in another script is told by its other letters.
    return Paragraph(escape(words.encode("cp1252", "replace").decode("cp1252")), style)
