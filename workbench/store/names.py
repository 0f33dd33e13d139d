"""Validates names from users and programs."""

import re
from collections.abc import Iterable

from workbench.errors import NotFoundError, UsageError

#: Lone surrogates, which come from undecodable bytes; SQLite rejects them.
_HALVES = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")


def without_surrogates(text: str) -> str:
    """The text with U+FFFD for each lone surrogate."""
    return _HALVES.sub("\ufffd", text)


def givable(name: str) -> str:
    """The name without surrounding whitespace. Raises `UsageError`."""
    clean = name.strip()
    if not clean:
        raise UsageError("A collection needs a name.", "Name it with a word, such as “work”.")
    if _HALVES.search(clean) or _CONTROL.search(clean) or "\ufffd" in clean:
        raise UsageError(
            f"“{printable(clean)}” contains characters that a name cannot have.",
            "Leave out line ends and control characters.",
        )
    return clean


def askable(name: str) -> str | None:
    """The name for a lookup; None if it cannot exist."""
    return None if _HALVES.search(name) else name.strip()


def printable(name: str) -> str:
    """The name without control characters and surrogates."""
    return _CONTROL.sub(" ", without_surrogates(name))


def unknown(name: str) -> NotFoundError:
    """The error for a missing collection."""
    return NotFoundError(
        f"There is no collection called “{printable(name)}”.", "See `workbench list collections`."
    )


def like_pattern(words: Iterable[str]) -> str:
    """The LIKE pattern of texts that contain these words in this order."""
    return "".join(f"%{word}" for word in words if not {"%", "_"} & set(word)) + "%"
