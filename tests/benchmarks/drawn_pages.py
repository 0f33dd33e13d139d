"""Pages of print drawn with known words at known places, clean or as a bad copy has them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

#: (left, top, right, bottom) in pixels.
Box = tuple[float, float, float, float]

_MARGIN, _LEADING = 60, 1.5


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A picture in grey, its words in reading order, and the box of the ink of each."""

    picture: "Image"
    words: tuple[str, ...]
    boxes: tuple[Box, ...]


def draw_page(
    text: str, *, width: int = 1000, size: int = 28, ground: int = 255, specks: float = 0.0
) -> DrawnPage:
    """Draw `text` in lines `width` pixels wide, letters `size` pixels high.

    `specks` is the share of pixels that are turned dark, the same ones each time.
    """
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size)
    lines: list[list[str]] = [[]]
    for word in text.split():
        if font.getlength(" ".join([*lines[-1], word])) > width - 2 * _MARGIN:
            lines.append([])
        lines[-1].append(word)
    step = round(size * _LEADING)
    picture = Image.new("L", (width, 2 * _MARGIN + step * len(lines)), ground)
    pen = ImageDraw.Draw(picture)
    words: list[str] = []
    boxes: list[Box] = []
    for row, line in enumerate(lines):
        x, y = float(_MARGIN), _MARGIN + row * step
        for word in line:
            pen.text((x, y), word, fill=0, font=font)
            boxes.append(pen.textbbox((x, y), word, font=font))
            words.append(word)
            x += font.getlength(word + " ")
    return DrawnPage(_specked(picture, specks), tuple(words), tuple(boxes))


def _specked(picture: "Image", share: float) -> "Image":
    if not share:
        return picture
    import numpy as np
    from PIL import Image

    seen = np.array(picture)
    seen[np.random.default_rng(3).random(seen.shape) < share] = 0
    return Image.fromarray(seen)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union of two boxes."""
    wide = max(0.0, min(one[2], other[2]) - max(one[0], other[0]))
    high = max(0.0, min(one[3], other[3]) - max(one[1], other[1]))
    areas = ((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    either = sum(areas) - wide * high
    return wide * high / either if either else 0.0
