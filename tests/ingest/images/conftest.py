"""Pages drawn with known words at known places."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """A drawn page: its file, the words in order, and the box of each in pixels."""

    path: Path
    picture: Image.Image
    words: tuple[str, ...]
    boxes: tuple[Box, ...]


TEXT = (
    "The keeper of the lighthouse wrote down every ship that passed the northern reef. "
    "On the ninth evening a schooner came out of the fog without a single lamp. "
    "Nobody answered when he called, and the tide carried her slowly towards the harbour."
)


def draw(text: str = TEXT, width: int = 1000, size: int = 28, ground: int = 255) -> Image.Image:
    return drawn_words(text, width, size, ground)[0]


def drawn_words(
    text: str, width: int, size: int, ground: int
) -> tuple[Image.Image, list[str], list[Box]]:
    font = ImageFont.load_default(size)
    lines: list[list[str]] = [[]]
    for word in text.split():
        if font.getlength(" ".join([*lines[-1], word])) > width - 120:
            lines.append([])
        lines[-1].append(word)
    step = round(size * 1.5)
    picture = Image.new("L", (width, 120 + step * len(lines)), ground)
    pen = ImageDraw.Draw(picture)
    words: list[str] = []
    boxes: list[Box] = []
    for row, line in enumerate(lines):
        x, y = 60.0, 60 + row * step
        for word in line:
            pen.text((x, y), word, fill=0, font=font)
            boxes.append(pen.textbbox((x, y), word, font=font))
            words.append(word)
            x += font.getlength(word + " ")
    return picture, words, boxes


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Drawn]:
    """Draws a page of print: `drawn(text, size=28)`."""

    def make(text: str = TEXT, width: int = 1000, size: int = 28, name: str = "page.png") -> Drawn:
        picture, words, boxes = drawn_words(text, width, size, 255)
        picture.save(tmp_path / name)
        return Drawn(tmp_path / name, picture, tuple(words), tuple(boxes))

    return make
