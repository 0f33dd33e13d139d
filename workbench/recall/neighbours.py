"""Similar words by a table of word vectors included with the program.

The table was computed by a sentence model from single words (`packaging/word_neighbours.py`), which
is not needed at run time. It is searched as bytes, since parsing all of it would take longer than a
question.
"""

from bisect import bisect_left
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from workbench import paths

#: The table in `resources/recall`: sorted lines “stem other:83 another:60”, cosines in hundredths.
FILE = "neighbours.txt"


@lru_cache(maxsize=1)
def _bytes() -> bytes:
    return b"\n" + (paths.resources() / "recall" / FILE).read_bytes()


@lru_cache(maxsize=1)
def _line_starts() -> NDArray[np.intp]:
    """The start of each line, except the last, which is empty: intp[n]."""
    return np.flatnonzero(np.frombuffer(_bytes(), np.uint8) == ord("\n"))[:-1] + 1


@lru_cache(maxsize=4096)
def similar_stems(stem: str) -> tuple[tuple[str, float], ...]:
    """The stems similar to an English stem with their cosines, nearest first."""
    full, start_offset, target = _bytes(), _line_starts(), stem.encode()
    place = bisect_left(start_offset, target, key=lambda at: full[at : full.index(b" ", at)])
    if place == len(start_offset):
        return ()
    start = int(start_offset[place])
    if not full.startswith(target + b" ", start):
        return ()
    line = full[start + len(target) + 1 : full.index(b"\n", start)].decode()
    pairs = (pair.rpartition(":") for pair in line.split())
    return tuple((other, int(hundredths) / 100) for other, _, hundredths in pairs)
