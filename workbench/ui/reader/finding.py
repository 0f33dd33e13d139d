"""Search in a whole source, ignoring case and line breaks."""

import re
from collections.abc import Callable, Iterable

Span = tuple[int, int]

#: Maximum number of matches; beyond it the bar says "first 2 000".
MAX_HITS = 2_000


def pattern(words: str) -> re.Pattern[str] | None:
    """The regular expression for `words`, None if blank."""
    parts = words.split()
    if not parts:
        return None
    return re.compile(r"\s+".join(re.escape(part) for part in parts), re.IGNORECASE)


def find_all(
    texts: Iterable[tuple[int, str]], words: str, check: Callable[[], None] = lambda: None
) -> list[Span]:
    """Find all matches of `words` in `texts`, pairs of (offset, text).

    `check` is called between texts and may raise to cancel.
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
