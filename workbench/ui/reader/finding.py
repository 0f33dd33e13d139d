"""Find words in a whole source: every place, whatever the case and however the lines are broken."""

import re
from collections.abc import Callable, Iterable

Span = tuple[int, int]

#: More hits than anybody walks through; the bar then says "first 2 000".
MAX_HITS = 2_000


def pattern(words: str) -> re.Pattern[str] | None:
    """The expression that finds `words`, or None where there is nothing to look for."""
    parts = words.split()
    if not parts:
        return None
    return re.compile(r"\s+".join(re.escape(part) for part in parts), re.IGNORECASE)


def find_all(
    texts: Iterable[tuple[int, str]], words: str, check: Callable[[], None] = lambda: None
) -> list[Span]:
    """Every place of `words` in `texts`, pairs of (offset of the first character, text).

    `check` is called between texts and may raise to stop.
    """
    requested = pattern(words)
    results: list[Span] = []
    if requested is None:
        return results
    for start, text in texts:
        check()
        for hit in requested.finditer(text):
            results.append((start + hit.start(), start + hit.end()))
            if len(results) == MAX_HITS:
                return results
    return results
