"""Words in like company: which stems are near to a stem in meaning, from a table that ships.

The table was made by a sentence model from single words (`bench.word_neighbours`), and needs none
to be read. It is looked up in its bytes: to take all of it apart would cost more than a question.
"""

from functools import lru_cache

from workbench import paths

#: The table in `resources/recall`: lines “stem other:83 another:60”, sorted, cosines in hundredths.
FILE = "neighbours.txt"


@lru_cache(maxsize=1)
def _bytes() -> bytes:
    return b"\n" + (paths.resources() / "recall" / FILE).read_bytes()


@lru_cache(maxsize=4096)
def near(stem: str) -> tuple[tuple[str, float], ...]:
    """The stems that are near to an English stem with their cosines, nearest first."""
    whole = _bytes()
    start = whole.find(f"\n{stem} ".encode())
    if start < 0:
        return ()
    line = whole[start + len(stem.encode()) + 2 : whole.index(b"\n", start + 1)].decode()
    pairs = (pair.rpartition(":") for pair in line.split())
    return tuple((other, int(hundredths) / 100) for other, _, hundredths in pairs)
