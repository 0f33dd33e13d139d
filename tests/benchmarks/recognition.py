"""How well text in pictures is read: wrong characters on page images, and where words are found.

Pages of the evaluation data go through the whole reader of pictures; an error is a character too
many, too few or another one (Levenshtein), white space as single spaces. A page is noisy where
dark pixels stand alone on it. Places are compared on pages that are drawn here; a word that was
not read overlaps with nothing. The promised rows are of the recognition that is used here; where
there is another one, it has rows of its own.
"""

import json
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from ingest import readers
from ingest.models import ocr
from ingest.records import Section
from tests.benchmarks.corpus import corpus_folder
from tests.benchmarks.drawn_pages import DrawnPage, draw_page, overlap
from tests.benchmarks.processes import setting
from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, agreed, judged

GOALS: Mapping[str, Goal] = {
    "ocr_cer_clean": Goal("%", 2, False),
    "ocr_cer_noisy": Goal("%", 8, False),
    "ocr_box_iou": Goal("ratio", 0.6, True),
}
#: Heights of letters in pixels, and shares of dark specks, of the pages that are drawn.
_PAGES = ((20, 0.0), (28, 0.0), (40, 0.0), (28, 0.01), (40, 0.02))
_WORDS = 120
#: From this share of lone dark pixels on, a page is noisy.
_NOISY = 0.001


def run(say: Say) -> list[Row]:
    """The rows of every recognition that is installed; of none, rows without a figure."""
    used = ocr.engine()
    if not used:
        say(f"no text was recognised: {ocr.instruction()}")
        return agreed([], GOALS, "no text recognition")
    rows = []
    for who in dict.fromkeys((used, "tesseract", "rapidocr")):
        with setting("WORKBENCH_OCR", who):
            if ocr.engine() == who:
                rows += _rows(who, "" if who == used else f"_{who}")
    return rows


def _rows(who: str, suffix: str) -> list[Row]:
    places = _places(who)
    rows = []
    for kind, (wrong, of, pages) in sorted(_characters(corpus_folder() / "ocr").items()):
        on = f"{who}, {pages} pages, {of} characters"
        rows.append(_row(f"ocr_cer_{kind}", suffix, 100 * wrong / of, on))
    low = sum(each < GOALS["ocr_box_iou"].value for each in places)
    on = f"{who}, mean of {len(places)} words on {len(_PAGES)} drawn pages, {low} below the goal"
    rows.append(_row("ocr_box_iou", suffix, float(np.mean(places)), on))
    return rows


def _row(name: str, suffix: str, value: float, on: str) -> Row:
    """A row of a recognition; that which is not used is held against the same goal."""
    return judged(name + suffix, value, {name + suffix: GOALS[name]}, on)


# -- characters ------------------------------------------------------------------------------------


def _characters(folder: Path) -> dict[str, tuple[int, int, int]]:
    """(wrong characters, characters, pages) of the clean and of the noisy pages."""
    found: dict[str, tuple[int, int, int]] = {}
    for line in (folder / "references.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        right = " ".join(told["text"].split())
        kind = "noisy" if is_noisy(folder / told["file"]) else "clean"
        wrong, of, pages = found.get(kind, (0, 0, 0))
        wrong += wrong_characters(right, _read(folder / told["file"]))
        found[kind] = wrong, of + len(right), pages + 1
    return found


def _read(file: Path) -> str:
    """The recognised words of a picture; what its first section tells of the picture is not."""
    sections = [each for each in readers.read(file) if isinstance(each, Section)]
    return " ".join(" ".join(section.text for section in sections[1:]).split())


def is_noisy(file: Path) -> bool:
    """Whether many dark pixels of a picture have nothing dark beside them."""
    from PIL import Image

    with Image.open(file) as picture:
        dark = np.asarray(picture.convert("L")) < 128
    inner = dark[1:-1, 1:-1]
    beside = sum(
        dark[1 + down : dark.shape[0] - 1 + down, 1 + right : dark.shape[1] - 1 + right].astype(int)
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if (down, right) != (0, 0)
    )
    return bool(np.mean(inner & (beside == 0)) > _NOISY)


def wrong_characters(right: str, found: str) -> int:
    """The edit distance of two texts (Levenshtein 1966), a row of its table at a time."""
    letters = np.array([ord(letter) for letter in found], np.int64)
    count = np.arange(len(found) + 1)
    above = count
    for number, letter in enumerate(right, 1):
        here = np.minimum(above[1:] + 1, above[:-1] + (letters != ord(letter)))
        # What is inserted costs one a step: the least so far, each step's cost taken off.
        here = np.concatenate([[number], here]) - count
        above = np.minimum.accumulate(here) + count
    return int(above[-1])


# -- places ----------------------------------------------------------------------------------------


def _places(who: str) -> list[float]:
    """For each drawn word, how far the place at which it was read is its own."""
    prose = Prose(11)
    shares: list[float] = []
    for size, specks in _PAGES:
        page = draw_page(prose.paragraph(_WORDS), size=size, specks=specks)
        shares += shares_of(page, ocr.recognise(page.picture))
    return shares


def shares_of(page: DrawnPage, found: list[ocr.Word]) -> list[float]:
    """The overlap of each word of a page with the same word as it was found; 0 for none."""
    shares = [0.0] * len(page.words)
    texts = [word.text for word in found]
    same = SequenceMatcher(None, page.words, texts, autojunk=False).get_matching_blocks()
    for first, second, length in same:
        for step in range(length):
            shares[first + step] = overlap(page.boxes[first + step], found[second + step].box)
    return shares
