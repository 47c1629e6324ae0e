"""Montage: frames, bars, several photos in one, and pictures of a phone's screen."""

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

COLOURS = ((255, 255, 255), (0, 0, 0), (220, 30, 40), (250, 210, 60), (30, 60, 160), (240, 200, 215))
SCREEN = 720
"""px, width of the screen."""


def frame(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return the photo in a frame, or between two bars, of ``share`` of its longer side each."""
    deep = max(1, round(share * max(scene.pixels.shape[:2])))
    down, across = ((deep, deep), (deep, 0), (0, deep))[int(chance.integers(3))]
    colour = COLOURS[int(chance.integers(len(COLOURS)))]
    framed = cv2.copyMakeBorder(scene.pixels, down, down, across, across, cv2.BORDER_CONSTANT, value=colour)
    return np.asarray(framed, np.uint8)


def put_together(scene: Scene, gap: float, chance: np.random.Generator) -> Pixels:
    """Return two photos side by side, one above the other, or four of them, ``gap`` of the longer side apart."""
    height, width = scene.pixels.shape[:2]
    other = np.asarray(cv2.resize(scene.companion, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    apart = round(gap * max(height, width))
    tall = np.full((height, apart, 3), 255, np.uint8)
    first, second = np.hstack([scene.pixels, tall, other]), np.hstack([other[:, ::-1], tall, scene.pixels])
    flat = np.full((apart, first.shape[1], 3), 255, np.uint8)
    match int(chance.integers(3)):
        case 0:
            return first
        case 1:
            return np.vstack([scene.pixels, flat[:, :width], other])
    return np.vstack([first, flat, second])


def photograph_screen(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return a phone's screen that shows the photo on ``share`` of its height, under a status bar."""
    dark = bool(chance.integers(2))
    paper, ink = ((18, 18, 18), (235, 235, 235)) if dark else ((255, 255, 255), (30, 30, 30))
    height = round(SCREEN * chance.choice((16 / 9, 2.0, 2.16, 2.22)))
    screen = Image.new("RGB", (SCREEN, height), paper)
    draw = ImageDraw.Draw(screen)
    sign = ImageFont.load_default(24)
    draw.text((28, 14), f"{chance.integers(24):02d}.{chance.integers(60):02d}", font=sign, fill=ink)
    draw.rectangle((SCREEN - 70, 16, SCREEN - 30, 36), outline=ink, width=3)
    draw.rectangle((SCREEN - 66, 20, SCREEN - 46, 32), fill=ink)
    draw.text((SCREEN - 150, 14), "4G", font=sign, fill=ink)
    room = SCREEN, round(share * height)
    photo = ImageOps.contain(Image.fromarray(scene.pixels), room)
    top = 56 + (height - 56 - photo.height) // 3
    screen.paste(photo, ((SCREEN - photo.width) // 2, top))
    under = top + photo.height + 24
    draw.text((28, under), "Rp 45.000", font=ImageFont.load_default(36), fill=ink)
    draw.text((28, under + 54), "Terjual 120   4.9", font=sign, fill=ink)
    return np.asarray(screen)


FRAME = Degradation(
    name="frame",
    defect=DefectCode.BORDER,
    unit="of the photo",
    amounts=(0.01, 0.02, 0.03, 0.05, 0.08, 0.12),
    noticed=0.03,
    apply=frame,
)
COLLAGE = Degradation(
    name="collage",
    defect=DefectCode.COLLAGE,
    unit="of the photo",
    amounts=(0.0, 0.004, 0.008, 0.012, 0.016, 0.02),
    noticed=0.0,
    apply=put_together,
)
SCREENSHOT = Degradation(
    name="screenshot",
    defect=DefectCode.SCREENSHOT,
    unit="of the screen",
    amounts=(0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    noticed=0.6,
    apply=photograph_screen,
)
