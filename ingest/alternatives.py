"""Which version of a message is read, and what only another version says.

Mail programs send a message as plain text and as HTML, which may say more: all of it, if the plain
text is a stub, or a sentence that somebody forgot. Footers and links are no such sentences.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise

from ingest import segment
from ingest.books import table_rows
from ingest.language.word_lists import entries

#: Different words of a text that more is said by than by a remark.
_STUB = 8
#: Fewest words of a sentence; others are greetings and buttons.
_SENTENCE = 3
#: Most words of a line that is a footer as a whole.
_FOOTER = 30
_PICTURES = ("[image:", "[cid:", "[bild:")


@dataclass(frozen=True, slots=True)
class Version:
    """The text of a version, and the lines of it that are links."""

    text: str
    links: frozenset[str] = frozenset()


def choose(versions: Sequence[Version]) -> tuple[int, list[str]]:
    """The index of the version to read, and the sentences that only others have.

    The first is preferred unless another has all that it says, and more, or it is a stub.
    """
    first = versions[0]
    best = next((n for n, one in enumerate(versions) if n and _says_more(one, first)), 0)
    others = [one for n, one in enumerate(versions) if n != best]
    lost = chain.from_iterable(_beyond(one, versions[best], stub=best > 0) for one in others)
    return best, list(dict.fromkeys(lost))


def _says_more(version: Version, plain: Version) -> bool:
    """Whether a version has many words, most of which the plain text lacks, or all of its and more.

    More is a sentence, or a number.
    """
    own = "\n".join(line for line in plain.text.split("\n") if not _is_around(line))
    full, short = set(_words(version.text)), set(_words(own))
    if len(full) > max(_STUB, len(short) * 3 // 2) and len(full - short) * 2 > len(full):
        return True
    return short <= full and any(_beyond(version, plain))


def _beyond(version: Version, other: Version, *, stub: bool = False) -> Iterator[str]:
    """The sentences of a version with numbers or most pairs of words that another lacks.

    Of a `stub`, those that say where to read on are none.
    """
    said = _words(other.text)
    known, pairs = set(said), set(pairwise(said))
    for line in version.text.split("\n"):
        if line.lstrip("> ") in version.links or _is_around(line):
            continue
        for start, end in segment.segment(line):
            words = _words(line[start:end])
            if _is_footer(words) or (stub and "html" in words):
                continue
            # The first number may be that of an item.
            counted = words if table_rows.BETWEEN in line else words[1:]
            new = [pair for pair in pairwise(words) if pair not in pairs]
            is_sentence = len(words) >= _SENTENCE and len(new) * 2 >= len(words)
            if is_sentence or any(map(_is_number, set(counted) - known)):
                yield line[start:end].lstrip("> ")


def _is_around(line: str) -> bool:
    """Whether a line stands for a picture, or is a footer."""
    is_picture = line.strip().casefold().startswith(_PICTURES)
    return is_picture or (len(line.split()) <= _FOOTER and _is_footer(_words(line)))


def _is_footer(words: Sequence[str]) -> bool:
    """Whether words tell how to unsubscribe, who may read it, or the like."""
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in _footers())


@cache
def _footers() -> tuple[str, ...]:
    phrases = dict(entries("mail.txt", ""))["footer"].split()
    return tuple(phrase.replace("_", " ") for phrase in phrases)


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word))


def _words(text: str) -> list[str]:
    """The words of a text without addresses of links, which only plain text shows.

    Where no spaces separate words, their characters.
    """
    kept = " ".join(word for word in text.casefold().split() if not _is_address(word))
    letters = "".join(c if c.isalnum() else " " for c in kept)
    spaced: Iterable[list[str]] = (
        list(word) if max(word) > "\u0e00" else [word] for word in letters.split()
    )
    return list(chain.from_iterable(spaced))


def _is_address(word: str) -> bool:
    return "://" in word or "mailto:" in word
