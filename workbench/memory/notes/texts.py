"""Validates the text of a note, and extracts its search words."""

import re
import unicodedata

from workbench.errors import UsageError
from workbench.memory import words as index_words
from workbench.memory.vocabulary import DENSE_STOP, carries

#: Characters of a note, and of the name of a variable or topic.
MAX_CHARACTERS = 16_000_000
MAX_NAME = 1_000

_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")
_UNSEEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")
_LONE = re.compile("[\\ud800-\\udfff]")


def content(text: str, noun: str) -> str:
    """The text of a note, exactly as it came; `noun` is what it is to be.

    Raises `UsageError` where there is none, too much of it, or what no file can hold.
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
    """The text of a note that is read by people: without control characters and outer spaces.

    Raises `UsageError` as `content` does.
    """
    return content(_UNSEEN.sub(" ", text), noun).strip()


def name(text: str, noun: str) -> str:
    """The name of something, without spaces at its ends and with single ones within.

    Raises `UsageError` where there is none, or one that nobody could type again.
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
    """What two wordings of the same have in common: no case, no spacing, no final stop."""
    return " ".join(fold(text).split()).rstrip(".!。！ ")


def fold(text: str) -> str:
    """What a name is compared by where case does not count."""
    return unicodedata.normalize("NFKC", text).casefold()


def words(text: str) -> tuple[str, ...]:
    """The words that a text is found by, with their stems."""
    # A text may say the same many times; each word is looked at once.
    unique = " ".join(dict.fromkeys(text.split()))
    return tuple(sorted(form for forms in _forms(unique).values() for form in forms))


def cue_words(cue: str) -> list[dict[str, float]]:
    """The words of a cue, each with those that meet it and how well, from 0 to 1."""
    return [dict.fromkeys(forms, 0.9) | {word: 1.0} for word, forms in _forms(cue).items()]


def _forms(text: str) -> dict[str, set[str]]:
    """The words of a text that say something, each with its stems."""
    tokens = index_words.tokens(DENSE_STOP.sub(" ", text))
    return {
        word: {word, *index_words.forms(word, "en")}
        for token in tokens
        if carries(token)
        for word in token.words
    }
