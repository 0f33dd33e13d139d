"""Text recognition in pictures: Tesseract if installed, or RapidOCR (extra `ocr`).

Both give words with boxes and confidence. Pictures with specks (isolated dark dots, as in bad
copies) are median-filtered before; clean ones are not, since that rounds off small letters. Both
run in a separate process, and without a network.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ingest import installation
from ingest.errors import IngestError, RecognitionPutOffError, UnsupportedFileError
from ingest.records import Notice

if TYPE_CHECKING:
    from PIL.Image import Image

#: Confidence below which a word is doubtful, and below which it is dropped unless its neighbours in
#: the line are certain.
DOUBTFUL = 0.6
_NOISE, _CERTAIN_LINE = 0.35, 0.7
#: The longer side of a picture for recognition in pixels; smaller sides have no letters.
_LONGEST, _SMALLEST = 4000, 12
#: Pictures with a shorter longer side, and lower print, are doubled in size.
_SMALL, _LOW = 800, 17
#: Share of isolated dark pixels from which a picture is filtered.
_SPECKS = 0.0005
#: Seconds per picture: less than the limit of a silent reader.
_SECONDS = 150.0
#: Consecutive failures after which recognition is not tried on others of a file.
FAILURES = 3

#: The notice of a document whose figures and scans are read later.
POSTPONED = Notice(
    "recognition_put_off",
    "The words in its pictures are read next.",
    "Its text is there already.",
    words="",
)
_BY_HAND = "If you need its words, cut it out, sharpen it and add it separately."


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: `box` (left, top, right, bottom) in pixels of the picture given.

    `certainty` is between 0 and 1. Words of one line share `line`; lines of one block share
    `block`, both counted in reading order.
    """

    text: str
    box: tuple[float, float, float, float]
    certainty: float
    line: int
    block: int


def instruction() -> str:
    """How to install text recognition: an instruction without a full stop."""
    if _off.get():
        return "Reading them ended the reader of this file"
    install = "Install Tesseract (Debian: sudo apt-get install tesseract-ocr)"
    if installation.way() == "bundle":
        return install
    added = installation.add("ocr")
    return f"{install}, or {added[0].lower()}{added[1:]}"


@contextlib.contextmanager
def left_out() -> Iterator[None]:
    """Disable recognition within the block: it has crashed the process that read this file."""
    token = _off.set(True)
    try:
        yield
    finally:
        _off.reset(token)


@contextlib.contextmanager
def postponed(*kinds: str) -> Iterator[None]:
    """Postpone recognition in "figures" or "scans" within the block."""
    token = _postponed.set(frozenset(kinds))
    try:
        yield
    finally:
        _postponed.reset(token)


def is_postponed(kind: str) -> bool:
    """Whether "figures" or "scans" are postponed, with an engine available."""
    return kind in _postponed.get() and bool(engine())


def check_not_postponed() -> None:
    """Raise `RecognitionPutOffError` if recognition of scans is postponed."""
    if is_postponed("scans"):
        raise RecognitionPutOffError("Its pages are pictures, whose words are read next.")


_off: ContextVar[bool] = ContextVar("off", default=False)
_postponed: ContextVar[frozenset[str]] = ContextVar("postponed", default=frozenset())


def engine() -> str:
    """The engine: "tesseract", "rapidocr" or "" for none. Loads nothing."""
    if _off.get():
        return ""
    selected = os.environ.get("WORKBENCH_OCR", "")
    if selected in ("", "tesseract") and shutil.which("tesseract"):
        return "tesseract"
    if selected in ("", "rapidocr") and find_spec("rapidocr") and find_spec("onnxruntime"):
        return "rapidocr"
    return ""


def programs() -> tuple[str, ...]:
    """The programs that recognition starts, as paths."""
    found = shutil.which("tesseract") if engine() == "tesseract" else None
    return (os.path.realpath(found),) if found else ()


def recognise(picture: "Image") -> list[Word]:
    """The words of a picture in reading order; `books.pdf_scan` makes pictures of scanned pages.

    Raises `UnsupportedFileError` without an engine and `IngestError` if it failed on this picture.
    """
    recogniser = engine()
    if not recogniser:
        raise UnsupportedFileError("No text recognition is installed.", instruction())
    if min(picture.size) < _SMALLEST:
        return []
    grey, scale = _prepared(picture)
    if min(grey.size) < _SMALLEST:
        return []
    deadline = time.monotonic() + _SECONDS
    small = max(grey.size) < _SMALL
    result = _words(recogniser, _doubled(grey) if small else grey, deadline)
    enlarged = 2.0 if small else 1.0
    import numpy as np

    tall = [word.box[3] - word.box[1] for word in result]
    if tall and not small and float(np.median(tall)) < _LOW and 2 * max(grey.size) <= _LONGEST:
        result, enlarged = _words(recogniser, _doubled(grey), deadline), 2.0
    return [_scaled(word, scale / enlarged) for word in credible(result)]


def failed(page: int | None = None) -> Notice:
    """The notice of a document if recognition failed on a picture (of a page)."""
    message = "The text of a picture could not be recognised."
    return Notice("not_recognised", message, _BY_HAND, () if page is None else (page,), "")


def timeout_error() -> IngestError:
    """The error of a picture whose recognition timed out."""
    return IngestError("Text recognition took too long on a picture.", _BY_HAND)


def _words(recogniser: str, grey: "Image", deadline: float) -> list[Word]:
    if recogniser == "tesseract":
        return _tesseract(grey, deadline)
    from ingest.models import ocr_rapid

    return ocr_rapid.words(grey, deadline)


def _doubled(grey: "Image") -> "Image":
    from PIL import Image

    return grey.resize((2 * grey.width, 2 * grey.height), Image.Resampling.BICUBIC)


def credible(words: Sequence[Word]) -> list[Word]:
    """Drop noise read into grain and leaves: uncertain words among uncertain ones."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    retained: list[Word] = []
    for line in lines.values():
        letters = sum(len(word.text) for word in line)
        certain = sum(word.certainty * len(word.text) for word in line) / letters
        wordless = not any(char.isalnum() for word in line for char in word.text)
        if wordless or certain < DOUBTFUL:
            continue
        retained.extend(
            word for word in line if word.certainty >= _NOISE or certain >= _CERTAIN_LINE
        )
    # A photograph gives single letters anywhere; text is at least three characters.
    if not any(
        sum(map(str.isalnum, word.text)) >= 3 and word.certainty > DOUBTFUL for word in retained
    ):
        return []
    return retained


def _prepared(picture: "Image") -> tuple["Image", float]:
    """The picture in grey on white, scaled down and filtered if necessary, and the scale."""
    from PIL import Image, ImageFilter

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        visited = picture.convert("RGBA")
        ground = Image.new("RGBA", visited.size, "white")
        ground.alpha_composite(visited)
        grey = ground.convert("L")
    else:
        grey = picture.convert("L")
    scale = max(1.0, max(grey.size) / _LONGEST)
    if scale > 1:
        smaller = (max(1, round(grey.width / scale)), max(1, round(grey.height / scale)))
        grey = grey.resize(smaller, Image.Resampling.BOX)
    if _has_specks(grey):
        grey = grey.filter(ImageFilter.MedianFilter(3))
    return grey, scale


def _has_specks(grey: "Image") -> bool:
    """Whether there are many isolated dark pixels."""
    import numpy as np

    dark = np.asarray(grey) < 128
    if min(dark.shape) < 3:
        return False
    neighbours = np.zeros(dark[1:-1, 1:-1].shape, np.uint8)
    rows, columns = dark.shape
    for down in (0, 1, 2):
        for right in (0, 1, 2):
            if (down, right) != (1, 1):
                neighbours += dark[down : rows - 2 + down, right : columns - 2 + right]
    isolated = dark[1:-1, 1:-1] & (neighbours == 0)
    return bool(np.count_nonzero(isolated) > _SPECKS * isolated.size)


def _scaled(word: Word, scale: float) -> Word:
    if scale == 1:
        return word
    left, top, right, bottom = (side * scale for side in word.box)
    return Word(word.text, (left, top, right, bottom), word.certainty, word.line, word.block)


# -- Tesseract -----------------------------------------------------------------------------------


def languages() -> list[str]:
    """The languages for Tesseract.

    Those in WORKBENCH_OCR_LANGUAGES ("deu+eng"), or all installed ones, English first, three at
    most.
    """
    available = _installed()
    selected = [code for code in os.environ.get("WORKBENCH_OCR_LANGUAGES", "").split("+") if code]
    existing = [code for code in selected if code in available]
    if existing:
        return existing
    return sorted((code for code in available if code != "osd"), key=lambda code: code != "eng")[:3]


def _installed() -> list[str]:
    try:
        process = subprocess.run(
            [*programs(), "--list-langs"],
            capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [line.strip() for line in process.stdout.splitlines()[1:] if line.strip()]


def _tesseract(grey: "Image", deadline: float) -> list[Word]:
    """Words from Tesseract's table, in its reading order."""
    # A file instead of standard input: some builds read only files.
    with tempfile.TemporaryDirectory(prefix="workbench-ocr-") as folder:
        file = f"{folder}/picture.png"
        grey.save(file, compress_level=1)
        speech = "+".join(languages())
        command = [*programs(), file, "-", *(["-l", speech] if speech else []), "--psm", "3", "tsv"]
        try:
            completed = subprocess.run(
                command,
                capture_output=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                timeout=max(0.0, deadline - time.monotonic()),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise timeout_error() from error
        except OSError as error:
            raise UnsupportedFileError("Tesseract could not be started.", instruction()) from error
    if completed.returncode:
        raise IngestError(
            "Text recognition failed on a picture.",
            "Run `tesseract` on it by hand to see why, or save the picture again.",
        )
    return _of_table(completed.stdout.decode("utf-8", "replace"))


def _of_table(table: str) -> list[Word]:
    words: list[Word] = []
    blocks: dict[str, int] = {}
    lines: dict[tuple[str, ...], int] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        words.append(
            Word(
                cells[11].strip(),
                (left, top, left + width, top + height),
                max(0.0, float(cells[10]) / 100),
                lines.setdefault(tuple(cells[2:5]), len(lines)),
                blocks.setdefault(cells[2], len(blocks)),
            )
        )
    return words
