"""What a recording is written down by: a model of speech, its language, and where to note progress.

Apart from the reading itself, whose numbers cost a second at the start of a program.
"""

from dataclasses import dataclass
from pathlib import Path

#: Seconds of sound that are looked at together.
STRETCH_SECONDS = 600.0
#: Files without which a folder is no model.
NEEDED = ("model.bin", "config.json", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Means:
    """What writes down: the folder of a model, a language ("" finds out), where to note progress.

    `threads` 0 takes all cores; `stretch` is in seconds.
    """

    model: Path
    language: str = ""
    journals: Path | None = None
    threads: int = 0
    stretch: float = STRETCH_SECONDS
