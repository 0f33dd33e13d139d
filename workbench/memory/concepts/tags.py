"""One letter for each token class, so that rules over words are regular expressions.

A statement of twenty words becomes a string of twenty letters; a single expression over it (in
`chunks`) then finds names, noun phrases, times and verbs in one pass: the cascade of finite state
machines of Abney ("Partial parsing via finite-state cascades", 1996).

    d determiner  Q this  R every  p pronoun  w wh-word  l in, at  f from  t to  o of  i with, for
    k because  x before, when  m will  K don't  O should  h have  b be  B isn't  N not  c and
    ; but  v up  V verb  Z verb in s or plural  Y verb for sure  e verb in ed  g verb in ing
    a adjective  r adverb  n noun  s plural  C capitalised  A acronym  T title  X identifier
    E address  $ money  # number  y year
    D date  H hour  W weekday  M month  U quarter  u unit of time  q yesterday  j last  P morning
    S summer  J ago  @ o'clock  I want  G goal  ' possessive  z noise  . , : ( ) " > marks
"""

import re

from workbench.memory.concepts import vocabulary as known
from workbench.memory.irregular import PLURALS
from workbench.memory.vocabulary import COMMON

#: Tokens beyond this length are noise: nobody speaks of them.
LONGEST_TOKEN = 64
_MOST_KEPT = 100_000

_MARK = (
    r"|['’](?:s|re|m|ll|ve|d)\b|->|\n(?=\s*(?:[-*•\n]|[A-Z0-9]))|--+|[.,;:!?()\[\]\"“”„«»—–→…|&+=]"
)
_BODY = r"(?:::|://|[.'’/\-:@&+](?!s\b|re\b|ll\b|ve\b|d\b|m\b))"
_HEAD = r"(?:[A-Z]\.){2,}|(?:~?/|\.{1,2}/)?[$€£¥#@]?"
_TAIL = r"(?:%|°[CF]?|\+\+|#(?!\w))?"


def _pattern(letter: str) -> str:
    return f"({_HEAD}{letter}+(?:(?:{_BODY}|,(?=\\d{{3}}\\b)){letter}+)*{_TAIL}{_MARK})"


_ASCII = re.compile(_pattern(r"[A-Za-z0-9_]"))
_UNICODE = re.compile(_pattern("[\\w\u0300-\u036f]"))


def pieces(text: str) -> list[str]:
    """The text cut up: at odd places its tokens and marks, at even ones what lies between."""
    return (_ASCII if text.isascii() else _UNICODE).split(text)


#: Plurals without s that are treated as such in speech.
_MANY = PLURALS.keys() - {"data", "media"}


def _inflected() -> dict[str, str]:
    found = dict.fromkeys(known.IRREGULAR_PARTS, "e")
    for verb in sorted(known.VERBS):
        if verb in known.IRREGULAR_PARTS:
            continue
        for form, letter in _forms_of(verb):
            found.setdefault(form, letter)
    return found


def _forms_of(verb: str) -> tuple[tuple[str, str], ...]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
        past = f"{stem}ed" if not verb.endswith("ee") else f"{verb}d"
    forms = [(verb, "V"), (third, "Z"), (past, "e"), (f"{stem}ing", "g")]
    if re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb):
        forms += [(f"{verb}{verb[-1]}ed", "e"), (f"{verb}{verb[-1]}ing", "g")]
    return tuple(forms)


def _compared(word: str) -> tuple[str, ...]:
    """Faster and fastest, of short adjectives."""
    if len(word) > 6:
        return ()
    stem = word[:-1] if word.endswith("e") else f"{word[:-1]}i" if word.endswith("y") else word
    doubled = stem + stem[-1] if re.search(r"[^aeiou][aeiou][bdgmnt]$", stem) else stem
    return f"{doubled}er", f"{doubled}est"


def _thirds() -> list[tuple[str, str]]:
    """Third persons and their verbs."""
    return [(_forms_of(verb)[1][0], verb) for verb in known.VERBS]


def _words() -> dict[str, str]:
    found = _inflected()
    found.update((third, "Y") for third, base in _thirds() if base in known.PURE_VERBS)
    found.update(dict.fromkeys(known.SENSORY - known.SENSATIONS, "a"))
    found.update((each, "a") for word in known.ADJECTIVES for each in _compared(word))
    found.update(dict.fromkeys(known.ADJECTIVES, "a"))
    found.update((noun, "s" if noun in _MANY else "n") for noun in known.NOUNS)
    return found | known.CLOSED


#: Lower-case word → its letter.
WORDS = _words()
_MARKS = {
    ".": ".", "!": ".", "?": ".", "\n": ".", "…": ".", ",": ",", ";": ",", "—": ",", "–": ",",
    ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "->": ">", "→": ">", "|": ".", "&": "c", "+": "c", "=": "b",
}  # fmt: skip
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
_ADJECTIVE = re.compile(r"\w{3,}(?:able|ible|ful|ous|ive|al|ic|less|ish|ary|ern|like|free)")
_NOT_ADJECTIVE = re.compile(
    r"\w*(?:ment|ence|ance|ism|ist|ness|ity|tion|ology|ship|hood|dom|phant)"
)
_SUFFIX = re.compile(
    r"\w*(?:ment|ence|ance|isms?|ness|ity|tions?|sions?|ology|hood|graphy|ics|ture)"
)


def _lower(word: str) -> str:
    """The letter of a word that begins small or is treated so."""
    letter = WORDS.get(word)
    if letter is not None:
        return letter
    if "-" in word:
        last = word.rsplit("-", 1)[1]
        if WORDS.get(last) in ("e", "g", "a") or _ADJECTIVE.fullmatch(last):
            return "a"
        return _lower(last) if last.isalpha() and WORDS.get(last) in ("n", "s", None) else "n"
    if len(word) > 4:
        if word.endswith("ly"):
            return "r"
        if word.endswith("ed") and not word.endswith("eed"):
            return "e"
        if word.endswith("ing") and len(word) > 5:
            return "g"
        if _ADJECTIVE.fullmatch(word) and not _NOT_ADJECTIVE.fullmatch(word):
            return "a"
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return "s"
    return "s" if word in _MANY else "n"


def _letter(raw: str) -> str:
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


def _cased(raw: str) -> str:
    return "X" if _IDENTIFIER.fullmatch(raw) else _lower(raw.casefold())


def _capital(raw: str, word: str) -> str:
    if raw[:-1].isupper() and (raw[-1].isupper() or (raw[-1] == "s" and len(raw) > 2)):
        listed = WORDS.get(word)
        if listed is None and word in COMMON:
            listed = _lower(word)
        if len(raw) > 5 or (
            listed is not None and (listed not in "VZse" or word in COMMON) and len(raw) > 2
        ):
            return listed if listed is not None else _lower(word)
        return "A"
    if _IDENTIFIER.fullmatch(raw):
        return "X"
    if word in known.PEOPLES:
        return "A"
    if word in known.NAMES_IN_S:
        return "C"
    listed = WORDS.get(word)
    if listed is not None and listed in "WMGTS" and listed != "S":
        return listed
    return "C" if len(raw) > 1 else "A"


def _shaped(raw: str, word: str) -> str:
    if word in WORDS:
        return WORDS[word]
    if not any(map(str.isalnum, raw)) or _NOISE.fullmatch(raw):
        return "z"
    if raw[0].isdigit() or raw[0] in "$€£¥#":
        if raw.isdecimal() and len(raw) == 4 and 1000 <= int(raw) < 2200:
            return "y"
        for pattern, letter in (
            (_DATE, "D"), (_HOUR, "H"), (_MONEY, "$"), (_NUMBER, "#"), (_VERSION, "X"),
        ):  # fmt: skip
            if pattern.fullmatch(raw):
                return letter
    if _ADDRESS.fullmatch(raw):
        return "E"
    if _ACRONYM.fullmatch(raw):
        return "A"
    if _IDENTIFIER.fullmatch(raw) or _VERSION.fullmatch(raw):
        return "X"
    if raw[0].isupper():
        return "C"
    return _lower(word) if raw[0].isalpha() else "n"


class _Letters(dict[str, str]):
    """Token → letter, worked out when first met."""

    def __missing__(self, raw: str) -> str:
        letter = _letter(raw)
        if len(raw) <= LONGEST_TOKEN:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[raw] = letter
        return letter


LETTERS = _Letters()


def lowered(raw: str) -> str:
    """The letter that a capitalised token would have written small."""
    return _lower(raw.replace("’", "'").lower())


def is_abstract(word: str) -> bool:
    """Whether the ending of a word says that it is no name (development, electricity)."""
    return _SUFFIX.fullmatch(word) is not None
