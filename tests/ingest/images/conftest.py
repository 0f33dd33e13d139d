"""Pages drawn with known words at known places."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.benchmarks.drawn_pages import Box, draw_page


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
    return draw_page(text, width=width, size=size, ground=ground).picture


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Drawn]:
    """Draws a page of print: `drawn(text, size=28)`."""

    def make(text: str = TEXT, width: int = 1000, size: int = 28, name: str = "page.png") -> Drawn:
        page = draw_page(text, width=width, size=size)
        page.picture.save(tmp_path / name)
        return Drawn(tmp_path / name, page.picture, page.words, page.boxes)

    return make
