"""Make the pictures of README and the help pages: the window with the sample, in the light theme.

    python packaging/help_pictures.py [NAME ...]

Writes `resources/guide/pictures/NAME.png` (README's is `resources/pictures/ask.png`), all of them
where none is named.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOT = Path(__file__).with_name("screenshot.py")
HELP = "resources/guide/pictures"
#: Each picture: its folder, the screen of `screenshot.py`, its size, and other options.
PICTURES = {
    "ask": ("resources/pictures", "ask", "1440x900"),
    "answer": (HELP, "ask", "1000x600", "--bare"),
    "cited": (HELP, "reader", "1000x640", "--bare"),
    "highlights": (HELP, "highlighted", "1000x600", "--bare"),
    "told": (HELP, "told", "1000x460", "--bare"),
    "tables": (HELP, "tables", "1320x720"),
    "explore": (HELP, "associations", "1280x640", "--bare"),
    "today": (HELP, "today", "1000x640", "--bare"),
    "models": (HELP, "settings", "1000x600", "--bare", "--page", "4"),
}


def main(names: list[str]) -> int:
    """Make the pictures; 1 where one of them failed."""
    failed = 0
    for name in names or PICTURES:
        folder, screen, size, *options = PICTURES[name]
        file = ROOT / folder / f"{name}.png"
        command = (sys.executable, str(SCREENSHOT), str(file), "--screen", screen, "--size", size)
        failed |= subprocess.run([*command, *options], cwd=ROOT, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
