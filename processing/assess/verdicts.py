"""Verdicts: what each marketplace's rules say of one photo or rendition."""

from collections.abc import Iterator

from models.assessment import Outcome, Verdict
from models.marketplace import Marketplace

ASPECT_TOLERANCE = 0.005
"""Share by which an aspect may differ through rounding to whole pixels."""


def judge(
    marketplaces: tuple[Marketplace, ...], width: int, height: int, size: int, file_format: str
) -> tuple[Verdict, ...]:
    """Return one verdict for each rule that each marketplace has about a photo.

    Parameters
    ----------
    marketplaces
        Whose rules to apply; a rule that was not verified (grade ``?``) gives ``cannot check``.
    width, height
        In px.
    size
        In bytes.
    file_format
        Pillow's name: ``JPEG``, ``PNG``, ``WEBP`` and so on.
    """
    return tuple(
        verdict
        for marketplace in marketplaces
        for verdict in _judge_one(marketplace, width, height, size, file_format)
    )


def _judge_one(market: Marketplace, width: int, height: int, size: int, file_format: str) -> Iterator[Verdict]:
    def verdict(rule: str, grade: str, passes: bool, found: str, wanted: str) -> Verdict:
        outcome = Outcome.PASS if passes else Outcome.FAIL
        if grade == "?":
            outcome = Outcome.CANNOT_CHECK
        return Verdict(marketplace=market.code, rule=rule, outcome=outcome, found=found, wanted=wanted)

    if (least := market.min_width) is not None:
        yield verdict("min_width", least.grade, width >= least.value, f"{width} px", f">= {least.value} px")
    if (least := market.min_height) is not None:
        yield verdict("min_height", least.grade, height >= least.value, f"{height} px", f">= {least.value} px")
    if (most := market.max_side) is not None:
        longer = max(width, height)
        yield verdict("max_side", most.grade, longer <= most.value, f"{longer} px", f"<= {most.value} px")
    if (most := market.max_bytes) is not None:
        yield verdict("max_bytes", most.grade, size <= most.value, f"{size} B", f"<= {most.value} B")
    if (aspect := market.aspect) is not None:
        fits = abs(width / height - aspect.value) <= ASPECT_TOLERANCE * aspect.value
        yield verdict("aspect", aspect.grade, fits, f"{width / height:.3g}", f"{aspect.value:.3g}")
    if (formats := market.formats) is not None:
        allowed = file_format in formats.value
        yield verdict("formats", formats.grade, allowed, file_format, ", ".join(formats.value))
