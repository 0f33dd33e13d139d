"""Normal forms of concepts: `The API designs` and `api-design` have one key.

Only forms of one term are merged: no stemming (internal, internet), and digits are kept (project0,
project1).
"""

import re
import unicodedata

from ingest.language.nouns import singular_form as singular
from ingest.language.word_lists import classes
from workbench.memory.concepts.vocabulary import CLOSED_COMPOUNDS
from workbench.memory.words import unaccented

_LONGEST = 120
_LEADING = classes("memory.txt")["concepts_keys_leading"]
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
_PARTING = re.compile(r"[\s_‐‑‒–—−\-]+")
_JOINED_PREFIX = re.compile(r"\b(e|co|re|pre|non|anti|sub|semi)-(?=\w{3})")
_EDGES = " \t\n.,;:!?()[]{}\"“”„«»'’`*"
#: The beginnings of closed compounds.
_CLOSED_STARTS = frozenset(word[:at] for word in CLOSED_COMPOUNDS for at in range(2, len(word) - 1))


def key_of(name: str, *, plural: bool = True) -> str:
    """The key shared by all spellings of a name; "" if it has no letter or digit.

    With `plural` the last word is put into the singular; proper names stay.
    """
    text = name[:_LONGEST]
    if text.isascii():
        text = text.lower()
        if text.isalpha():
            return singular(text) if plural else text
        if text.replace(" ", "").isalpha():
            return _joined(text.split(), plural)
    else:
        text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
        text = unaccented(text)
    if "'" in text:
        text = _POSSESSIVE.sub("", text)
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    if "-" in text:
        text = _JOINED_PREFIX.sub(r"\1", text)
    words = _PARTING.sub(" ", text).strip(_EDGES).split(" ")
    words = [word for word in (part.strip(_EDGES) for part in words) if word]
    return _joined(words, plural) if any(map(str.isalnum, "".join(words))) else ""


def _joined(words: list[str], plural: bool) -> str:
    """The words of a key, without articles, the last one in the singular."""
    while len(words) > 1 and words[0] in _LEADING:
        del words[0]
    if plural and words[-1].isalpha():
        words[-1] = singular(words[-1])
    if len(words) > 1 and not _CLOSED_STARTS.isdisjoint(words):
        words = _closed(words)
    return " ".join(words)


def _closed(words: list[str]) -> list[str]:
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] + word in CLOSED_COMPOUNDS:
            joined[-1] += word
        else:
            joined.append(word)
    return joined
