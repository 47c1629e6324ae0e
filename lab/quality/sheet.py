"""A contact sheet of photos that a measure called faulty, for a person to judge."""

from pathlib import Path

from PIL import Image, ImageDraw

from lab.quality.trial import Sight

CELL, COLUMNS, LINE = 300, 6, 26


def write_sheet(defect: str, sights: list[Sight], file: Path) -> None:
    """Write the photos with their names and severities, the gravest first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    ordered = sorted(sights, key=lambda sight: -sight.severities[defect])
    rows = -(-len(ordered) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * CELL, rows * (CELL + LINE)), "white")
    draw = ImageDraw.Draw(sheet)
    for place, sight in enumerate(ordered):
        left, top = place % COLUMNS * CELL, place // COLUMNS * (CELL + LINE)
        with Image.open(sight.photo.path) as photo:
            small = photo.convert("RGB")
        small.thumbnail((CELL - 4, CELL - 4))
        sheet.paste(small, (left, top))
        said = f"{sight.severities[defect]:.2f} {sight.photo.name[-40:]}"
        draw.text((left, top + CELL), said, fill="black")
    sheet.save(file)
