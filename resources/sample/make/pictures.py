"""A drawn figure and a scanned page of the sample, by Pillow with the fonts of the program."""

import io
import random
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONTS = Path(__file__).resolve().parents[2] / "fonts"
_DAY = time.gmtime(1_770_000_000)
_LETTER = (
    ("University of Bredal", "Department of Psychology"),
    ("Bredal, 2 February 2026",),
    (
        "The seminar on sleep and memory will be held on",
        "19 March at four in the afternoon, not in the old",
        "library but in room 214.",
    ),
    (
        "Please bring the paper by Okafor. Doctor Navarro",
        "will speak on sleep in old age. The dinner costs",
        "24 crowns and is in the harbour inn.",
    ),
    ("The porter has the key to the room.",),
    ("Ilona Nyberg",),
)


def build_scan() -> bytes:
    """A letter as a scanner sees it: a grey page, a little askew, without a text layer. A PDF."""
    page = Image.new("L", (1000, 1000), 238)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(_FONTS / "SourceSerif4-Regular.ttf", 32)
    top = 90
    for paragraph in _LETTER:
        for line in paragraph:
            pen.text((110, top), line, 40, font)
            top += 46
        top += 34
    page = page.rotate(0.7, Image.Resampling.BICUBIC, fillcolor=238)
    chance = random.Random(63)
    for _ in range(260):
        spot = chance.randrange(1000), chance.randrange(1000)
        page.putpixel(spot, chance.randrange(120, 220))
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    out = io.BytesIO()
    days = {"creationDate": _DAY, "modDate": _DAY}
    title = "A letter about the seminar"
    page.save(out, "PDF", resolution=150, quality=45, title=title, author="Ilona Nyberg", **days)
    return out.getvalue()


def build_figure() -> bytes:
    """How a memory is stored, as boxes and arrows. A PNG."""
    picture = Image.new("L", (1100, 420), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(_FONTS / "Inter-Medium.otf", 30)
    small = ImageFont.truetype(_FONTS / "Inter-Regular.otf", 24)
    for left, name, below in (
        (40, "Experience", "a day"),
        (420, "Hippocampus", "days to weeks"),
        (800, "Neocortex", "years"),
    ):
        pen.rounded_rectangle((left, 150, left + 260, 250), 16, outline=40, width=3)
        pen.text((left + 130, 200), name, 20, font, anchor="mm")
        pen.text((left + 130, 285), below, 90, small, anchor="mm")
    for left, name in ((300, "encoding"), (680, "replay in sleep")):
        pen.line((left + 8, 200, left + 106, 200), 40, 3)
        pen.polygon([(left + 106, 190), (left + 106, 210), (left + 118, 200)], 40)
        pen.text((left + 60, 110), name, 90, small, anchor="mm")
    title = "How a memory moves: from the hippocampus to the neocortex"
    pen.text((550, 40), title, 20, font, anchor="mm")
    out = io.BytesIO()
    picture.quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
