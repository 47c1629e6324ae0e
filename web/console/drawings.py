"""Chooses the drawing that shows a mistake: a jug photographed well, and wrongly. No seller's photo."""

from models.assessment import DefectCode
from models.matte import Doubt

DRAWINGS: dict[str, str] = {
    f"defect.{DefectCode.BLUR}": "blurred",
    f"defect.{DefectCode.MOTION_BLUR}": "moved",
    f"defect.{DefectCode.UPSCALED}": "coarse",
    f"defect.{DefectCode.UNDEREXPOSED}": "dark",
    f"defect.{DefectCode.OVEREXPOSED}": "bright",
    f"defect.{DefectCode.LOW_CONTRAST}": "veiled",
    f"defect.{DefectCode.COLOUR_CAST}": "tinted",
    f"defect.{DefectCode.NOISE}": "grainy",
    f"defect.{DefectCode.JPEG_ARTIFACTS}": "coarse",
    f"defect.{DefectCode.LOW_RESOLUTION}": "small",
    f"defect.{DefectCode.CUT_OFF}": "cut",
    f"defect.{DefectCode.SMALL_IN_FRAME}": "small",
    f"defect.{DefectCode.OFF_CENTRE}": "aside",
    f"defect.{DefectCode.TILTED}": "tilted",
    f"defect.{DefectCode.CLUTTERED_BACKGROUND}": "cluttered",
    f"defect.{DefectCode.MULTIPLE_PRODUCTS}": "several",
    f"defect.{DefectCode.BORDER}": "framed",
    f"defect.{DefectCode.COLLAGE}": "collage",
    f"defect.{DefectCode.TEXT_OVERLAY}": "written",
    f"defect.{DefectCode.WATERMARK}": "written",
    f"defect.{DefectCode.SCREENSHOT}": "screen",
    f"defect.{DefectCode.BLANK}": "nothing",
    f"doubt.{Doubt.NOTHING_FOUND}": "nothing",
    f"doubt.{Doubt.BUSY_BACKGROUND}": "cluttered",
    f"doubt.{Doubt.LOW_CONTRAST}": "alike",
    f"doubt.{Doubt.TOUCHES_FRAME}": "cut",
    f"doubt.{Doubt.SEVERAL_PARTS}": "several",
    f"doubt.{Doubt.FILLS_FRAME}": "large",
    f"doubt.{Doubt.TOO_SMALL}": "small",
    f"doubt.{Doubt.SOFT_OUTLINE}": "blurred",
}
"""By the section of the mistake's texts; a doubt that says nothing of the photo is no lesson."""


def drawing_of(section: str) -> str:
    """Return the name of a mistake's drawing in ``console/drawing.html.jinja``."""
    return DRAWINGS[section]
