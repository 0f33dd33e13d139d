"""Tokenizer of told statements: values stay whole (`7B`, `q7-r8`, `a.example/p?x=1`, `$3.50`).

A token is what stands between white space, without the marks around it; unlike the words of the
index (`memory.words`) it is never cut, since it may be a value that somebody wants back as it was.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.vocabulary import ENGLISH_STOP

_CHUNK = later(r"\S+")
_BEFORE = "\"'“”‘’«»([{<`*_"
_AFTER = "\"'“”‘’«»)]}>`*_.,;:!?…。，；：！？"
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_POSSESSIVE = later(r"(?:'s|s'|s’|’s)$", re.IGNORECASE)
#: "I'm", "it's", "they've": a pronoun and a verb that were drawn together.
_DRAWN = later(
    r"(?:i['’ʼ]m|(?:he|she|it|that|there|here)['’ʼ]s|(?:you|we|they)['’ʼ]re"
    r"|(?:i|you|we|they)['’ʼ]ve|(?:i|you|he|she|it|we|they|there)['’ʼ](?:ll|d))",
    re.IGNORECASE,
)
_WRITTEN_OUT = {"m": "am", "s": "is", "re": "are", "ve": "have", "ll": "will", "d": "would"}
#: Characters of "there'll".
_LONGEST_DRAWN = 8
_HAS = later(r"(?:got|been|had)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """One token at `[start, end)` of its text.

    `word` is how it compares (case, accents' composition, possessive and commas taken off), `after`
    the marks behind it. `owner` says that it is a possessive, `capital` that it begins with one.
    """

    raw: str
    start: int
    end: int
    word: str
    after: str
    owner: bool
    capital: bool

    @property
    def numeric(self) -> bool:
        """Whether there is a digit in it."""
        return any(map(str.isdigit, self.word))

    @property
    def mark(self) -> bool:
        """Whether it is but a mark between words: a dash, an arrow, an equals sign."""
        return self.raw in _MARKS


def _token(raw: str, start: int, word: str, after: str, owner: bool) -> Token:
    return Token(raw, start, start + len(raw), word, after, owner, raw[:1].isupper())


_MARKS = frozenset(("-", "–", "—", "=", "->", "→", "=>", ":", "|", "==", "&", "+", "/", "•", "*"))


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    for match in _CHUNK.finditer(text):
        raw, start = match[0], match.start()
        if raw.isalnum():
            # Most have no marks around them.
            word, owner = _word(raw)
            found.append(_token(raw, start, word, "", owner))
            continue
        bare = raw.lstrip(_BEFORE)
        start += len(raw) - len(bare)
        kept = bare.rstrip(_AFTER)
        if not kept:
            if raw.strip(_AFTER + _BEFORE):
                kept = bare
            elif raw not in _MARKS:
                # Nothing but punctuation belongs to what stands before it.
                if found:
                    last = found[-1]
                    found[-1] = _token(
                        last.raw, last.start, last.word, last.after + raw, last.owner
                    )
                continue
            else:
                kept, start = raw, match.start()
        after = text[start + len(kept) : match.end()]
        if _drawn_together(kept):
            said = max(map(kept.find, "'’ʼ"))
            verb = _WRITTEN_OUT[kept[said + 1 :].lower()]
            if verb == "is" and _HAS.match(text, match.end() + 1):
                verb = "has"
            # "I've been a nurse" is found by it.
            whole = kept if verb == "have" and said == 1 else kept[:said]
            found.append(_token(kept[:said], start, _word(whole)[0], "", False))
            found.append(_token(kept[said:], start + said, verb, after, False))
            continue
        word, owner = _word(kept)
        found.append(_token(kept, start, word, after, owner))
    return found


def _drawn_together(raw: str) -> bool:
    """Whether a token is two words: "I'm", "it's"."""
    return len(raw) <= _LONGEST_DRAWN and _DRAWN.fullmatch(raw) is not None


@lru_cache(maxsize=16_384)
def _word(raw: str) -> tuple[str, bool]:
    plain = raw.translate(_APOSTROPHES)
    owner = bool(_POSSESSIVE.search(plain)) and len(plain) > 2
    if owner and plain.lower().endswith("s'"):
        plain = plain[:-1]
    folded = words.fold(plain) or unicodedata.normalize("NFKC", plain).casefold()
    if "-" in folded and not any(map(str.isdigit, folded)):
        folded = folded.replace("-", "") or folded
    return folded, owner


def same(text: str) -> str:
    """What two sayings of the same have in common: no case, no spacing, no final stop."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return folded.rstrip(".!。！ ")


#: Words that join; some that only ask in a question about a book do say something in a fact.
IDLE = ENGLISH_STOP - {"give", "tell", "show", "explain", "describe"}


def carries(token: Token) -> bool:
    """Whether a token says something: it is neither a word that joins nor a mark."""
    if token.mark:
        return False
    if token.raw in ("US", "IT", "UK", "AM", "PM") or (len(token.raw) == 1 and token.capital):
        return token.word != "i"
    if token.capital and token.word in ("may", "will"):
        return True
    return token.word not in IDLE
