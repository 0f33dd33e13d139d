"""Validates words and names that people and programs give."""

import re
from collections.abc import Iterable

from workbench.errors import NotFoundError, UsageError

#: Halves of characters, as they come from bytes that are no text; SQLite takes no such string.
_HALVES = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")


def without_surrogates(text: str) -> str:
    """The text with a sign of its own, U+FFFD, for every half of a character."""
    return _HALVES.sub("\ufffd", text)


def givable(name: str) -> str:
    """The name as it is stored, without white space around it. Raises `UsageError`."""
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
    """The name as it can be looked up; None for one that nothing can be called."""
    return None if _HALVES.search(name) else name.strip()


def printable(name: str) -> str:
    """The name as it can be printed."""
    return _CONTROL.sub(" ", without_surrogates(name))


def unknown(name: str) -> NotFoundError:
    """There is no collection of that name."""
    return NotFoundError(
        f"There is no collection called “{printable(name)}”.", "See `workbench list collections`."
    )


def like_pattern(words: Iterable[str]) -> str:
    """The pattern of SQL's LIKE for a text that holds these words in this order."""
    return "".join(f"%{word}" for word in words if not {"%", "_"} & set(word)) + "%"
