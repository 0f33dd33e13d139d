"""Tokenises a sentence, with all possible tags of each token.

Tokens and likeliest tags are those of `ingest.triples`; fragments that belong together (7:30,
£2.20, B22, an address) are joined. Clauses decide which tag applies.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.language.numerals import months, number_words
from ingest.language.records import Token
from ingest.language.verbs import forms
from ingest.language.word_lists import closed_tags, kinship, words
from ingest.triples import tokens as cutting
from ingest.triples.lexicon import lexicon, word_tag

_NUMBER = re.compile(
    r"(?:[£$€¥]|EUR|USD|GBP|CHF)?\d[\d:.,/]*(?:st|nd|rd|th|s|%|[ap]\.?m\.?)?$", re.IGNORECASE
)
_GLUED = re.compile(r"(\d+(?:[.,]\d+)*)([a-z]+)")
_LETTER_AT_END = re.compile(r"[A-Z]\.")
_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}")
_CHUNK = re.compile(r"[^\s\"“”(),;…]+(?:,\d[^\s\"“”(),;…]*)*")
#: Ends a chunk without being part of an identifier: stops, and the possessive.
_AFTER = re.compile(r"(?:['’]s|['’]|[.:!?])+$")
_IDENTIFIER = re.compile(
    r"""\w+://\S+|[\w.+-]+@[\w-]+\.\S+|/?(?:[\w.~-]+/){2,}\S*|/[\w.-]+(?:/[\w.-]*)*|[A-Za-z]:\\\S+
    |(?=\S*\d)(?=\S*[A-Za-z])[\w#][\w#.:/+=!?&%@*$~-]*|[A-Za-z][\w-]+(?:\.[a-z0-9][\w-]+)+(?:[/?#:]\S*)?
    |\w+_\w+|\w+(?:/[\w-]+-[\w-]+)+|\#\d+|\d+(?:-\d+){2,}""",
    re.X,
)
#: Words whose tags are cached.
_REMEMBERED = 16_384
_FORM_TAGS = {"base": "BV", "s": "V", "past": "V", "participle": "L", "ing": "G"}
_VERBAL = frozenset("BVG")
_CLOSED = "DSPMXHOTWw&npA,;.:\"()'"
_SEPARATORS = frozenset(',;.!?()"')


def tagged(sentence: str, offset: int = 0) -> list[Token]:
    """The tokens of one sentence, which begins at `offset`."""
    tokens: list[Token] = []
    line = _joined(sentence, cutting.tokens(cutting.normalised(sentence)))
    if line and _LETTER_AT_END.fullmatch(sentence[slice(*line[-1])]):
        # “My blood group is B.” ends with a stop, not with an initial
        line[-1] = (line[-1][0], line[-1][1] - 1)
    for number, (start, end) in enumerate(line):
        word = sentence[start:end].replace("’", "'")
        low, tags = _tags(word, number == 0)
        tokens.append(Token(word, low, offset + start, offset + end, tags))
    for at, token in enumerate(tokens):
        if token.low == "but" and _excepts(tokens[:at]):
            tokens[at] = replace(token, tags=token.tags + "I")
    doubtful = len(tokens) > 1 and tokens[0].tags[0] in "JM" and tokens[0].word[0].isupper()
    if doubtful and _follows_name(tokens[1:]):
        tokens[0] = replace(tokens[0], tags="E" + tokens[0].tags.replace("E", ""))
    return tokens


def _excepts(preceding: Sequence[Token]) -> bool:
    """Whether “but” introduces an exception: “every day but Monday”, “all the lamps but one”."""
    for token in reversed(preceding):
        if token.low in words("every") | words("all_but"):
            return True
        if not token.may_be("NJECD"):
            return False
    return False


def _follows_name(following: Sequence[Token]) -> bool:
    """Whether a name may precede this: “Tony lives in Rome”, “Will's car”, “Pat and Ann”."""
    after = following[0]
    verb_forms = {form.form for form in forms(after.low)}
    if after.low == "and":
        return len(following) > 1 and following[1].tags[0] == "E"
    finite = bool(verb_forms & {"s", "past"}) and "base" not in verb_forms
    return finite or after.tags[0] == "M" or after.low in ("is", "was", "has", "'s", "no")


def _joined(text: str, line: list[cutting.Token]) -> list[tuple[int, int]]:
    """The spans of tokens; identifiers, and adjacent ones with a digit, are joined."""
    spans: list[tuple[int, int]] = []
    codes = dict(identifiers(text))
    covered = 0
    for token in line:
        if token.start < covered:
            continue
        if token.start in codes:
            covered = codes[token.start]
            glued = _GLUED.fullmatch(text[token.start : covered])
            if glued and glued[2] in words("unit"):
                # “172cm”
                between = token.start + len(glued[1])
                spans += [(token.start, between), (between, covered)]
                continue
            spans.append((token.start, covered))
            continue
        start, end, word = token.start, token.end, text[token.start : token.end]
        if spans and text[spans[-1][1] : start] == "_":
            # “order_items”
            spans[-1] = (spans[-1][0], end)
            continue
        if spans and word[:1].isupper() and _list_form(text[spans[-1][0] : end]) in words("time"):
            # “New Year”
            spans[-1] = (spans[-1][0], end)
            continue
        if spans and word.lower() == "one" and text[slice(*spans[-1])].lower() == "no":
            # “no one”
            spans[-1] = (spans[-1][0], end)
            continue
        if spans and spans[-1][1] == start and word not in ("n't", "n’t"):
            previous = text[spans[-1][0] : start]
            if _belongs(previous, word, text[end : end + 1]):
                spans[-1] = (spans[-1][0], end)
                continue
        spans.append((start, end))
    return spans


def identifiers(text: str) -> Iterator[tuple[int, int]]:
    """The spans of codes, paths, versions and addresses, which are one word each."""
    for chunk in _CHUNK.finditer(text):
        word = _AFTER.sub("", chunk[0])
        if _IDENTIFIER.fullmatch(word) and not _NUMBER.match(word):
            yield chunk.start(), chunk.start() + len(word)


def is_identifier(text: str) -> bool:
    """Whether a text is one code, path, version or address."""
    return next(identifiers(text), (0, -1)) == (0, len(text))


def _list_form(text: str) -> str:
    """Words in the notation of the lists: “new_year”."""
    return text.lower().replace(" ", "_")


def _belongs(previous: str, word: str, after: str) -> bool:
    if previous in "£$€¥" or word in "%":
        return True
    if word == "." and f"{previous}.".lower() + after.lower() in ("a.m", "p.m"):
        return True
    if word == "." and previous.lower() in ("a.m", "p.m"):
        return True
    if (previous == "o" and word in "'’") or (previous in ("o'", "o’") and word == "clock"):
        return True
    if previous[-1].isalnum() and word[0].isalnum():
        return True
    if word in "+-−" and previous.lower() in words("zone"):
        # “UTC+2”
        return after.isdigit()
    figure = any(map(str.isdigit, previous)) or "://" in previous or "@" in previous
    if word in ":.,/-_@+" and figure:
        return bool(after) and after.isalnum()
    if word in "@_/:" and previous[-1].isalnum():
        return bool(after) and (after.isalnum() or after == "/")
    return previous[-1] in ":.,/-−_@+" and len(previous) > 1 and word[0] not in _SEPARATORS


@lru_cache(_REMEMBERED)
def _tags(word: str, first: bool) -> tuple[str, str]:
    """A word as the lists have it, and its possible tags; `first` in a sentence or not."""
    low = _list_form(word)
    return low, _tags_of(word, low, first=first)


def _tags_of(word: str, low: str, *, first: bool) -> str:
    if word == "I":
        return "P"
    if _NUMBER.match(word) or _SCORE.fullmatch(word):
        return "C"
    if not word.isalpha() and (
        any(map(str.isdigit, word)) or "@" in word or "_" in word or is_identifier(word)
    ):
        return "E"
    if low in closed_tags() and (low == word or first):
        return closed_tags()[low]
    if low in kinship():
        return "EN" if word[0].isupper() and low in words("title") else "N"
    if low == "minus" or (low in number_words() and (low == word or first)):
        return "C"
    if low in months() and (word[0].isupper() and (len(low) > 3 or not first)):
        return "E" if low not in ("may", "march") or not first else "EMNB"
    if low in words("time") and low not in ("may", "march", "fall", "second"):
        return "N" + ("J" if low.endswith("day") else "")
    if low in ("'s", "'"):
        return "pX" if low == "'s" else "p"
    likeliest = word_tag(word, first)
    if likeliest in _CLOSED or likeliest in "Ym":
        return {"Y": "C", "m": "E"}.get(likeliest, likeliest)
    capitalised = word[0].isupper()
    if capitalised and not first:
        return "E"
    return _open_tags(word, low, likeliest if capitalised or likeliest != "E" else "N", first=first)


def _open_tags(word: str, low: str, likeliest: str, *, first: bool) -> str:
    """The tags of a word of an open class, the likeliest first."""
    verbal = "".join([_FORM_TAGS[form.form] for form in forms(low)])
    more = "".join(dict.fromkeys(likeliest + verbal))
    if likeliest == "E" and first and not verbal:
        # “Rye bread is dear”: what begins a sentence may be a common noun
        return "EN" if low in lexicon() and word_tag(low, first=False) == "N" else "E"
    # A verb may be a thing (a walk), and so may what looks like a comparison (a vacuum cleaner).
    if "N" not in more and (low.endswith("er") or not _VERBAL.isdisjoint(more)):
        more += "N"
    if (low.endswith("er") and "J" not in more) or ("L" in more and "J" not in more):
        more += "J"
    if first and "E" not in more and word[0].isupper():
        more += "E"
    return more
