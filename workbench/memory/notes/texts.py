"""Validates the text of a note, and extracts its search words."""

import re
import unicodedata

from workbench.errors import UsageError
from workbench.memory import words as index_words
from workbench.memory.vocabulary import DENSE_STOP, carries

#: Maximum characters of a note; of the name of a variable or topic.
MAX_CHARACTERS = 16_000_000
MAX_NAME = 1_000

_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")
_UNSEEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_LONE = re.compile("[\\ud800-\\udfff]")


def content(text: str, noun: str) -> str:
    """The text of a note, unchanged; `noun` names it in errors.

    Raises `UsageError` if it is empty, too long, or cannot be stored.
    """
    if not text.strip():
        raise UsageError(f"The {noun} is empty.", "Give some words.")
    if len(text) > MAX_CHARACTERS:
        raise UsageError(
            f"The {noun} is too long: {len(text):,} characters.",
            f"Keep it below {MAX_CHARACTERS:,}, or add it as a file with: workbench add FILE",
        )
    if _LONE.search(text):
        raise UsageError(
            f"The {noun} contains characters that are no text.",
            "Take them out, or add it as a file.",
        )
    return text


def prose(text: str, noun: str) -> str:
    """The text of a note for people: stripped, without control characters.

    Raises `UsageError` as `content` does.
    """
    return content(_UNSEEN.sub(" ", text), noun).strip()


def name(text: str, noun: str) -> str:
    """A name with single spaces, stripped.

    Raises `UsageError` if it is empty, or cannot be typed again.
    """
    clean = unicodedata.normalize("NFC", " ".join(text.split()))
    if not clean:
        raise UsageError(f"The {noun} is empty.", "Give it a name.")
    if len(clean) > MAX_NAME:
        raise UsageError(
            f"The {noun} is too long: {len(clean):,} characters.",
            f"Give it a name of at most {MAX_NAME:,}.",
        )
    if _CONTROL.search(clean) or _LONE.search(clean):
        raise UsageError(
            f"The {noun} contains control characters.", "Write it with letters, digits and marks."
        )
    return clean


def same(text: str) -> str:
    """A text without case, spacing and final stop, for equality."""
    return " ".join(fold(text).split()).rstrip(".!。！ ")


def fold(text: str) -> str:
    """The normal form of a name for comparison without case."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> tuple[str, ...]:
    """The words that index a text, with their stems."""
    # Repeated words are parsed once.
    unique = " ".join(dict.fromkeys(text.split()))
    return tuple(sorted(form for forms in _forms(unique).values() for form in forms))


def cue_words(cue: str) -> list[dict[str, float]]:
    """The words of a cue, each with its matching words and their weights, 0 to 1."""
    return [dict.fromkeys(forms, 0.9) | {word: 1.0} for word, forms in _forms(cue).items()]


def _forms(text: str) -> dict[str, set[str]]:
    """The content words of a text, each with its stems."""
    tokens = index_words.tokens(DENSE_STOP.sub(" ", text))
    return {
        word: {word, *index_words.forms(word, "en")}
        for token in tokens
        if carries(token)
        for word in token.words
    }
