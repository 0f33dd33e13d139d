"""Make the pictures of the help pages: the window itself, with the sample, in the light theme.

    python packaging/help_pictures.py [NAME ...]

Writes `resources/help/pictures/NAME.png`, all of them where none is named.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOT = Path(__file__).with_name("screenshot.py")
#: Each picture: the screen of `screenshot.py`, its size, and what else is asked of it.
PICTURES = {
    "answer": ("ask", "1000x600"),
    "cited": ("reader", "1000x640"),
    "highlights": ("highlighted", "1000x600"),
    "told": ("told", "1000x460"),
    "explore": ("associations", "1280x640"),
    "today": ("today", "1000x640"),
    "models": ("settings", "1000x600", "--page", "4"),
}


def main(names: list[str]) -> int:
    """Make the pictures; 1 where one of them never came to rest."""
    folder = ROOT / "resources" / "help" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in names or PICTURES:
        screen, size, *more = PICTURES[name]
        shot = (sys.executable, str(SCREENSHOT), str(folder / f"{name}.png"))
        ways = ("--screen", screen, "--size", size, "--bare", *more)
        failed |= subprocess.run([*shot, *ways], cwd=ROOT, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
