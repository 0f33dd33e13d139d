"""One letter per token class, so that rules over words are regular expressions."""

import re
from functools import lru_cache

from ingest.language.nouns import singular_form as singular
from ingest.triples import corrections
from ingest.triples.lexicon import lexicon, word_tag
from workbench import allocator
from workbench.memory.concepts import vocabulary as known
from workbench.memory.vocabulary import COMMON

#: Maximum length of a token; longer ones are noise.
LONGEST_TOKEN = 64
_CACHE_SIZE = 100_000

_MARK = (
    r"|['’](?:s|re|m|ll|ve|d)\b|->|\n(?=\s*(?:[-*•\n]|[A-Z0-9]))|--+|[.,;:!?()\[\]\"“”„«»—–→…|&+=]"
)
_BODY = r"(?:::|://|[.'’/\-:@&+](?!s\b|re\b|ll\b|ve\b|d\b|m\b))"
_HEAD = r"(?:[A-Z]\.){2,}|(?:~?/|\.{1,2}/)?[$€£¥#@]?"
_TAIL = r"(?:%|°[CF]?|\+\+|#(?!\w))?"


def _pattern(letter: str) -> str:
    # Fast path for plain lower-case words.
    return f"([a-z]+(?= )|{_HEAD}{letter}+(?:(?:{_BODY}|,(?=\\d{{3}}\\b)){letter}+)*{_TAIL}{_MARK})"


_ASCII = re.compile(_pattern(r"[A-Za-z0-9_]"))
_UNICODE = re.compile(_pattern("[\\w\u0300-\u036f]"))


def pieces(text: str) -> list[str]:
    """Split a text: tokens and punctuation at odd positions, the text between at even ones."""
    return (_ASCII if text.isascii() else _UNICODE).split(text)


#: Tag of `ingest.triples` → letter, of words of open classes.
_OPEN = {"J": "a", "R": "r", "G": "g", "L": "e", "B": "V"}
#: Letters of open classes, which depend on the context.
_BY_PLACE = frozenset("nsVYegar")
_PAST = frozenset(("VBD", "VBN"))
_MARKS = {
    ".": ".", "!": ".", "?": ".", "\n": ".", "…": ".", ",": ",", ";": ",", "—": ",", "–": ",",
    ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "->": ">", "→": ">", "|": ".", "&": "c", "+": "c", "=": "b",
}  # fmt: skip
#: Punctuation as `ingest.triples` tags it.
_PLAIN = {"\n": ".", "->": ";", "→": ";", "|": ".", "+": "&", "„": '"'}
_CLITICS = {"s": "'", "re": "b", "m": "b", "ll": "m", "ve": "h", "d": "m"}

_NUMBER = re.compile(
    r"#?\d[\d,]*(?:\.\d+)?(?:%|°[CF]?|st|nd|rd|th|x|[kKMG]|[kmM]?[mglWVsB]|[kMG]B)?"
)
_DATE = re.compile(
    r"\d{4}-\d\d?-\d\d?(?:T[\d:]+Z?)?|\d{4}/\d\d?/\d\d?|\d\d?[./-]\d\d?[./-]\d{4}|\d{3}0s"
)
_HOUR = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:am|pm)?|\d{1,2}(?:am|pm)", re.IGNORECASE)
_VERSION = re.compile(r"v\d+(?:\.\d+)*|\d+(?:\.\d+){2,}", re.IGNORECASE)
_MONEY = re.compile(r"[$€£¥]\d[\d,.]*[kKmMbB]?n?")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+", re.IGNORECASE)
_NOISE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{10,}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,}|(.)\1{4,}.*"
    r"|#?\d{5,}[a-z]+\w*|_+",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(
    r"(?:~?/|\.{1,2}/)[\w./-]+|\w+(?:::\w+)+|@[\w/-]+|\w*[^\W_]_[^\W_]\w*"
    r"|[A-Za-z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+|[a-z][A-Z]\w+|[A-Z]\w*\d\w*|[a-z]+\d+\w*"
    r"|\w[\w-]*(?:\.\w+)*\.(?:py|js|ts|c|h|cpp|rs|go|java|md|txt|json|ya?ml|toml|csv|sql|sh|pdf|png"
    r"|jpe?g|html?|css|xml|ini|cfg|log|db|zip|exe|dll|so|io|com|org|net|dev|ai)"
    r"|[a-z]\w*(?:\.[a-z_]\w+)+|\w+\+\+|[A-Z]#|(?=.*\d)\w+(?:[-/.]\w+)+|#[A-Za-z]\w+",
)
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,}s?|[A-Z]{1,4}(?:[/&-][A-Z]{1,4})+s?|[A-Z]\d|[A-Z]s?")
_SUFFIX = re.compile(
    r"\w*(?:ment|ence|ance|isms?|ness|ity|tions?|sions?|ology|hood|graphy|ics|ture)"
)


def _lower(word: str) -> str:
    """The letter of a lower-case word out of context."""
    return known.CLOSED.get(word) or _open(word_tag(word, False), word)


def _open(tag: str, word: str) -> str:
    """The letter of an open-class word with this tag."""
    if tag == "V":
        if word.endswith("ed") or lexicon().get(word) in _PAST:
            return "e"
        return "Y" if word.endswith("s") and not word.endswith("ss") else "V"
    return _OPEN.get(tag) or ("s" if singular(word) != word else "n")


def letters(tokens: list[str]) -> str:
    """The letters of tokens; open classes are tagged by `ingest.triples`."""
    marks = corrections.tags([_PLAIN.get(raw, raw) for raw in tokens])
    return "".join(
        [
            _open(mark, raw)
            if letter_alone in _BY_PLACE
            and raw.isalpha()
            and raw.islower()
            and raw not in known.CLOSED
            else letter_alone
            for raw, letter_alone, mark in zip(tokens, map(letter, tokens), marks, strict=True)
        ]
    )


@lru_cache(maxsize=_CACHE_SIZE)
def letter(raw: str) -> str:
    """The letter of a token out of context."""
    if raw in _MARKS:
        return _MARKS[raw]
    if raw[0] in "'’" or raw.startswith("--"):
        return _CLITICS.get(raw[1:], ",")
    if len(raw) > LONGEST_TOKEN:
        return "E" if _ADDRESS.fullmatch(raw) and len(raw) < 4 * LONGEST_TOKEN else "z"
    if raw in known.CASED:
        return known.CASED[raw]
    word = raw.replace("’", "'").lower()
    if raw[0].isalpha() and raw.isalpha():
        if raw.islower() or not raw[0].isupper():
            return _lower(word) if raw == word else _cased(raw)
        return _capital(raw, word)
    return _shaped(raw, word)


allocator.register_release(letter.cache_clear)


def _cased(raw: str) -> str:
    return "X" if _IDENTIFIER.fullmatch(raw) else _lower(raw.casefold())


def _capital(raw: str, word: str) -> str:
    if raw[:-1].isupper() and (raw[-1].isupper() or (raw[-1] == "s" and len(raw) > 2)):
        is_word = word in known.CLOSED or word in COMMON
        return _lower(word) if len(raw) > 5 or (is_word and len(raw) > 2) else "A"
    if _IDENTIFIER.fullmatch(raw):
        return "X"
    if word in known.PEOPLES:
        return "A"
    if word in known.NAMES_IN_S:
        return "C"
    closed_letter = known.CLOSED.get(word)
    if closed_letter is not None and closed_letter in "WMGTS" and closed_letter != "S":
        return closed_letter
    return "C" if len(raw) > 1 else "A"


def _shaped(raw: str, word: str) -> str:
    if word in known.CLOSED:
        return known.CLOSED[word]
    if not any(map(str.isalnum, raw)) or _NOISE.fullmatch(raw):
        return "z"
    if raw[0].isdigit() or raw[0] in "$€£¥#":
        if raw.isdecimal() and len(raw) == 4 and 1000 <= int(raw) < 2200:
            return "y"
        for pattern, fitting in (
            (_DATE, "D"), (_HOUR, "H"), (_MONEY, "$"), (_NUMBER, "#"), (_VERSION, "X"),
        ):  # fmt: skip
            if pattern.fullmatch(raw):
                return fitting
    if _ADDRESS.fullmatch(raw):
        return "E"
    if _ACRONYM.fullmatch(raw):
        return "A"
    if _IDENTIFIER.fullmatch(raw) or _VERSION.fullmatch(raw):
        return "X"
    if raw[0].isupper():
        return "C"
    return _lower(word) if raw[0].isalpha() else "n"


def lowered(raw: str) -> str:
    """The letter of a capitalised token in lower case."""
    return _lower(raw.replace("’", "'").lower())


def is_abstract(word: str) -> bool:
    """Whether the suffix of a word shows that it is not a name (development, electricity)."""
    return _SUFFIX.fullmatch(word) is not None
