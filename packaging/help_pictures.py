"""Make the pictures of README and the guide: the window with the sample, in the light theme.

    python packaging/help_pictures.py [--check] [NAME ...]

The picture `papers` is of real papers under CC BY, and `editions` of passages of Wikipedia under
CC BY-SA, of the evaluation data (`WORKBENCH_CORPUS`).
Writes `resources/guide/pictures/NAME.png`, all of them where none is named. With --check they are
made elsewhere, and those that no longer look like the window are named.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.corpus import NoCorpus, corpus_folder  # noqa: E402

SCREENSHOT = Path(__file__).with_name("screenshot.py")
FOLDER = ROOT / "resources" / "guide" / "pictures"
#: Each picture: the screen of `screenshot.py`, its size, and other options.
PICTURES = {
    "answer": ("ask", "1280x720", "--bare"),
    "highlights": ("highlighted", "1000x600", "--bare"),
    "told": ("told", "1000x540", "--bare"),
    "tables": ("tables", "1320x720"),
    "papers": ("papers", "1320x600", "--bare"),
    "editions": ("editions", "1320x420", "--bare"),
    "explore": ("associations", "1280x640", "--bare"),
    "today": ("today", "1000x640", "--bare"),
    "models": ("settings", "1000x600", "--bare", "--page", "1"),
}
#: Pictures that need the evaluation data.
_OF_CORPUS = ("papers", "editions")
#: Pictures are compared in squares of so many pixels, whose mean grey may differ by this much; of
#: all squares this share may differ by more: times of day, the speed of a model, a blinking cursor.
_SQUARE, _GREY, _SHARE = 10, 24, 0.02


def main(words: list[str]) -> int:
    """Make or check the pictures; 1 where one of them failed or is old."""
    names = [word for word in words if word != "--check"] or list(PICTURES)
    try:
        corpus_folder()
    except NoCorpus as missing:
        print(f"without {', '.join(_OF_CORPUS)}: {missing}")
        names = [name for name in names if name not in _OF_CORPUS]
    if "--check" not in words:
        return max((make(name, FOLDER / f"{name}.png") for name in names), default=0)
    with tempfile.TemporaryDirectory(prefix="workbench-pictures-") as folder:
        failed = 0
        for name in names:
            fresh = Path(folder) / f"{name}.png"
            share = 1.0 if make(name, fresh) else difference(FOLDER / fresh.name, fresh)
            print(f"{name}: {share:.1%} differs{', make it anew' if share > _SHARE else ''}")
            failed |= share > _SHARE
    return int(failed)


def make(name: str, file: Path) -> int:
    """Draw one picture; 0 where the window came to rest."""
    screen, size, *options = PICTURES[name]
    command = (sys.executable, str(SCREENSHOT), str(file), "--screen", screen, "--size", size)
    return subprocess.run([*command, *options], cwd=ROOT, check=False).returncode


def difference(first: Path, second: Path) -> float:
    """The share of squares in which two pictures differ, 1.0 for other sizes."""
    with Image.open(first) as one, Image.open(second) as other:
        if one.size != other.size:
            return 1.0
        delta = ImageChops.difference(one.convert("L"), other.convert("L"))
        small = delta.reduce(_SQUARE)
        squares = small.point([int(value > _GREY) for value in range(256)]).tobytes()
    return sum(squares) / len(squares)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
