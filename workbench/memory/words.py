"""The tokenizer of the inverted index: folded words, numbers and versions whole, with stems.

A *word* is a folded token (`3.5`, `12:30` and `v1.2` whole, `don't` → dont, `12,000` → 12000, the
possessive dropped). Scripts without spaces give characters and bigrams. A word also has *forms*:
stems and unaccented spellings that it shares with related words. Stems are Snowball's (Porter
2001).
"""

import hashlib
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from ingest.language.verbs import irregular_forms
from ingest.language.word_lists import entries
from ingest.patterns import later
from workbench import allocator

#: To be raised when tokenisation changes; cached indices are then rebuilt.
VERSION = 2

#: Irregular English form → lemma: went → go, mice → mouse. “Born” and “lay” are kept as they are.
LEMMAS = {form: verb for form, verb in irregular_forms().items() if form not in ("born", "lay")}
LEMMAS |= {form: noun for noun, forms in entries("irregular_nouns.txt") for form in forms.split()}
#: Forms that are also other words: “she lives” is of to live, not of life.
_ALSO_PLAIN = ("lives", "leaves", "halves", "shelves")

_OPENERS = "\"'“‘«„(["
_IGNORED = "\u00ad\u200b\u200c\u200d\u2060\u0640"
# Scripts whose words are not separated by spaces (or, in Korean, have attached particles).
_DENSE = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)


def _marks() -> str:
    """Combining marks that occur inside words (Python's `\\w` leaves them out)."""
    ranges: list[str] = []
    first = previous = -1
    for code in [*range(0x300, 0x1E00), *range(0xA800, 0xAC00)]:
        if unicodedata.category(chr(code)) not in ("Mn", "Mc"):
            continue
        if code != previous + 1:
            if first >= 0:
                ranges.append(f"{chr(first)}-{chr(previous)}")
            first = code
        previous = code
    ranges.append(f"{chr(first)}-{chr(previous)}")
    return "".join(ranges)


# Runs match several times faster than single letters.
_LETTERS = f"(?:[^\\W_]++|[{_marks()}{_IGNORED}]++)"
_TOKEN = later(
    f"[{re.escape(_OPENERS)}]?"
    rf"[^\W_]{_LETTERS}*+"
    rf"(?:(?:['’](?=[^\W\d_])|(?<=\d)[.:](?=\d)|(?<=\d),(?=\d{{3}}(?!\d))){_LETTERS}++)*+"
)
# ASCII text has no marks; this is several times faster.
_TOKEN_ASCII = later(
    f"[{re.escape(_OPENERS)}]?"
    r"[A-Za-z0-9]+(?:(?:'(?=[A-Za-z])|(?<=\d)[.:](?=\d)|(?<=\d),(?=\d{3}(?!\d)))[A-Za-z0-9]+)*"
)
_DENSE_RUN = later(f"[{_DENSE}]+")
_POSSESSIVE = later(r"['’]s$", re.IGNORECASE)
_ELISION = later(
    r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|un)['’](?=\w{3})", re.IGNORECASE
)
_CAMEL = later(r"(?<=[a-z])(?=[A-Z])")
_DROPPED = later(f"['’{_IGNORED}\u064b-\u065f\u0670]")

#: Language tag → Snowball algorithm; a source in another language is stemmed as English.
ALGORITHMS = dict(
    map(
        str.split,
        """\
    ar arabic
    ca catalan
    cs czech
    da danish
    de german
    el greek
    en english
    es spanish
    et estonian
    eu basque
    fa persian
    fi finnish
    fr french
    ga irish
    hi hindi
    hu hungarian
    hy armenian
    id indonesian
    it italian
    lt lithuanian
    nb norwegian
    ne nepali
    nl dutch
    nn norwegian
    no norwegian
    pl polish
    pt portuguese
    ro romanian
    ru russian
    sr serbian
    sv swedish
    ta tamil
    tr turkish
    yi yiddish""".splitlines(),
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a text at `[start, end)`.

    `words` are its index terms: one, or several for scripts without spaces and CamelCase.
    `capital`: it begins with a capital letter; `opens`: a quotation mark or bracket precedes it, so
    that the capital may only mark the beginning of a sentence.
    """

    raw: str
    start: int
    end: int
    words: tuple[str, ...]
    capital: bool
    opens: bool


def base_language(tag: str) -> str:
    """The part of a BCP 47 tag that decides stemming: `de-AT` → de, "" → en."""
    base = tag.replace("_", "-").split("-", 1)[0].lower()
    return base if base in ALGORITHMS else "en"


def raw_tokens(text: str) -> list[str]:
    """The tokens of a text, each with its opening mark, if any."""
    return (_TOKEN_ASCII if text.isascii() else _TOKEN).findall(text)


def spans(text: str) -> list[tuple[str, int, int]]:
    """The tokens of a text without opening marks, with start and end."""
    matches = (_TOKEN_ASCII if text.isascii() else _TOKEN).finditer(text)
    return [
        (raw[1:], match.start() + 1, match.end())
        if (raw := match[0])[0] in _OPENERS
        else (raw, match.start(), match.end())
        for match in matches
    ]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text with their positions."""
    for match in (_TOKEN_ASCII if text.isascii() else _TOKEN).finditer(text):
        raw, start = match[0], match.start()
        opens = raw[0] in _OPENERS
        if opens:
            raw, start = raw[1:], start + 1
        yield Token(raw, start, match.end(), split(raw), raw[0].isupper(), opens)


def sequence(text: str) -> list[str]:
    """The words of a text in order."""
    return [word for raw in raw_tokens(text) for word in split(raw)]


@lru_cache(maxsize=200_000)
def split(raw: str) -> tuple[str, ...]:
    """The words of one raw token, with or without its opening mark; empty for punctuation."""
    if raw[0] in _OPENERS:
        raw = raw[1:]
    word = fold(raw)
    if not word:
        return ()
    if not word.isascii() and _DENSE_RUN.search(word):
        return _dense(word)
    if not raw.islower() and not raw.isupper() and len(raw) < 60:
        parts = _CAMEL.split(raw)
        if len(parts) > 1 and min(map(len, parts)) > 1:
            return (word, *(fold(part) for part in parts))
    return (word,)


def _dense(word: str) -> tuple[str, ...]:
    """Characters and bigrams of runs without spaces, and the text between such runs."""
    pieces: list[str] = []
    at = 0
    for run in _DENSE_RUN.finditer(word):
        if run.start() > at:
            pieces.append(word[at : run.start()])
        characters = run[0]
        pieces.extend(characters)
        pieces.extend(characters[i : i + 2] for i in range(len(characters) - 1))
        at = run.end()
    if at < len(word):
        pieces.append(word[at:])
    return tuple(pieces)


def is_dense(word: str) -> bool:
    """Whether a word is of a script without spaces: a character or a bigram."""
    return not word.isascii() and _DENSE_RUN.fullmatch(word) is not None


def fold(raw: str) -> str:
    """Normalise a token: case, compatibility forms, apostrophes, possessives and vowel marks."""
    if raw.isascii() and raw.isalnum():
        return raw.lower()
    word = _POSSESSIVE.sub("", raw)
    word = _ELISION.sub("", word)
    word = unicodedata.normalize("NFKC", word).casefold()
    word = _DROPPED.sub("", word)
    return word.replace(",", "")


def unaccented(word: str) -> str:
    """The word without accents (résumé → resume); other letters are unchanged."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


_local = threading.local()


def _stemmer(language: str) -> Stemmer.Stemmer:
    """The stemmer of this thread: they have a buffer and must not be shared."""
    stemmers: dict[str, Stemmer.Stemmer] | None = getattr(_local, "stemmers", None)
    if stemmers is None:
        stemmers = _local.stemmers = {}
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(ALGORITHMS[language], 0)
    return stemmers[language]


@lru_cache(maxsize=200_000)
def forms(word: str, language: str) -> tuple[str, ...]:
    """The forms of a word, in the language of the source or question.

    A stem that cuts off more than four letters would conflate unrelated words (international,
    internal); then only a plural s is removed.
    """
    plain = word.isascii() and word.isalpha()
    if plain and not (language == "en" and word in _ALSO_PLAIN):
        # The common case: one form, without a search for others.
        return (_stem(LEMMAS.get(word, word) if language == "en" else word, language),)
    if is_dense(word) or (not word.isalpha() and any(c.isdigit() for c in word)):
        return (word,)
    keys: set[str] = set()
    if language == "en":
        if word in _ALSO_PLAIN:
            keys.add(_stem(word, language))
        word = LEMMAS.get(word, word)
    plain_word = unaccented(word)
    keys.add(_stem(plain_word, language))
    if plain_word != word:
        keys.add(unaccented(_stem(word, language)))
    return tuple(sorted(keys))


def _stem(word: str, language: str) -> str:
    if len(word) < 4:
        return word
    stem: str = _stemmer(language).stemWord(word)
    if len(word) - len(stem) <= 4:
        return stem
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=400_000)
def key(word: str, space: str = "") -> int:
    """The 64-bit key of a word in the index.

    `space` separates words of the text (""), stems (s), titles (t), headings (h), authors (a);
    those of facts are in `told_words`.
    """
    return digest(word, space)


def digest(text: str, space: str) -> int:
    """`key` of any text, uncached."""
    return digests((text,), space)[0]


def digests(texts: Iterable[str], space: str) -> list[int]:
    """`digest` of each of several texts."""
    begun = hashlib.blake2b(f"{space}\x1f".encode(), digest_size=8)
    found = []
    for text in texts:
        hashed = begun.copy()
        hashed.update(text.encode("utf-8", "surrogatepass"))
        found.append(int.from_bytes(hashed.digest(), "little"))
    return found


# Five novels take 20 MB of cache.
for _cached in (split, forms, key):
    allocator.register_release(_cached.cache_clear)
