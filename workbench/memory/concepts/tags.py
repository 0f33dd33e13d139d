"""One letter for each token class, so that rules over words are regular expressions.

A statement of twenty words becomes a string of twenty letters; a single expression over it (in
`spans`) then finds names, noun phrases, times and verbs in one pass: the cascade of finite state
machines of Abney ("Partial parsing via finite-state cascades", 1996). What a word of an open class
is in its sentence the tagger of `ingest.triples` says; here are only closed classes and shapes.

    d determiner  Q this  R every  p pronoun  w wh-word  l in, at  f from  t to  o of  i with, for
    k because  x before, when  m will  K don't  O should  h have  b be  B isn't  N not  c and
    ; but  v up  V verb  Y verb in s  e verb in ed  g verb in ing
    a adjective  r adverb  n noun  s plural  C capitalised  A acronym  T title  X identifier
    E address  $ money  # number  y year
    D date  H hour  W weekday  M month  U quarter  u unit of time  q yesterday  j last  P morning
    S summer  J ago  @ o'clock  I want  G goal  ' possessive  z noise  . , : ( ) " > marks
"""

import re
from functools import lru_cache

from ingest.language.nouns import singular_form as singular
from ingest.triples import corrections
from ingest.triples.lexicon import lexicon
from ingest.triples.tags import word_tag
from workbench import allocator
from workbench.memory.concepts import vocabulary as known
from workbench.memory.vocabulary import COMMON

#: Tokens beyond this length are noise: nobody speaks of them.
LONGEST_TOKEN = 64
_CACHE_SIZE = 100_000

_MARK = (
    r"|['’](?:s|re|m|ll|ve|d)\b|->|\n(?=\s*(?:[-*•\n]|[A-Z0-9]))|--+|[.,;:!?()\[\]\"“”„«»—–→…|&+=]"
)
_BODY = r"(?:::|://|[.'’/\-:@&+](?!s\b|re\b|ll\b|ve\b|d\b|m\b))"
_HEAD = r"(?:[A-Z]\.){2,}|(?:~?/|\.{1,2}/)?[$€£¥#@]?"
_TAIL = r"(?:%|°[CF]?|\+\+|#(?!\w))?"


def _pattern(letter: str) -> str:
    # Most words have nothing about them: those are cut without a look at the rest.
    return f"([a-z]+(?= )|{_HEAD}{letter}+(?:(?:{_BODY}|,(?=\\d{{3}}\\b)){letter}+)*{_TAIL}{_MARK})"


_ASCII = re.compile(_pattern(r"[A-Za-z0-9_]"))
_UNICODE = re.compile(_pattern("[\\w\u0300-\u036f]"))


def pieces(text: str) -> list[str]:
    """The text cut up: at odd places its tokens and marks, at even ones what lies between."""
    return (_ASCII if text.isascii() else _UNICODE).split(text)


#: Tag of `ingest.triples` → letter, of words of open classes.
_OPEN = {"J": "a", "R": "r", "G": "g", "L": "e", "B": "V"}
#: Letters of what another word may be by its place.
_BY_PLACE = frozenset("nsVYegar")
_PAST = frozenset(("VBD", "VBN"))
_MARKS = {
    ".": ".", "!": ".", "?": ".", "\n": ".", "…": ".", ",": ",", ";": ",", "—": ",", "–": ",",
    ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "->": ">", "→": ">", "|": ".", "&": "c", "+": "c", "=": "b",
}  # fmt: skip
#: How `ingest.triples` would have those of them that it writes otherwise.
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
    """The letter of a word that begins small or is treated so, by itself."""
    return known.CLOSED.get(word) or _open(word_tag(word, False), word)


def _open(tag: str, word: str) -> str:
    """The letter of a word of an open class that has this tag."""
    if tag == "V":
        if word.endswith("ed") or lexicon().get(word) in _PAST:
            return "e"
        return "Y" if word.endswith("s") and not word.endswith("ss") else "V"
    return _OPEN.get(tag) or ("s" if singular(word) != word else "n")


def letters(tokens: list[str]) -> str:
    """The letter of each token; words of open classes have the tags of `ingest.triples`."""
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
    """The letter of a token by itself."""
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
    """The letter that a capitalised token would have written small."""
    return _lower(raw.replace("’", "'").lower())


def is_abstract(word: str) -> bool:
    """Whether the ending of a word says that it is no name (development, electricity)."""
    return _SUFFIX.fullmatch(word) is not None
