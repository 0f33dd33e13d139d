"""Question detection: by question mark, word order, or opening.

English without a mark is decided by grammar: “is my plan pro” is a question, “is fluent in Spanish”
and “Will is my brother” are not. Other languages are decided by question words and particles
(`resources/language/questions.txt`). When in doubt a sentence is a statement.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from ingest.language.lexical import is_strange
from ingest.language.politeness import unprefaced
from ingest.language.questions import WH, question_of
from ingest.language.records import Token
from ingest.language.tagging import tagged
from ingest.language.word_lists import classes, words
from ingest.patterns import later

_MARKS = tuple("?？؟⸮՞፧⁇⁈⁉‽")
_QUOTES = "\"'“”«»([「『’)]}」』 \t\r\n"
_GREEK_MARK = later(r"[\u0370-\u03ff].*[;\u037e]$", re.DOTALL)
_LINK_AT_END = later(r"(?:\S+://|\bwww\.)\S+$")
_TAG_AT_END = later(r", ?(\w+)(?:n['’]t)? (?:i|you|he|she|it|we|they|there)$", re.IGNORECASE)
_CONNECTIVE = later(r"^(?:(?:and|so|but|or|then|also|ok|okay|well)\b,? +)+", re.IGNORECASE)
_POLITE = later(r"^(?:(?:please|now|(?:can|could|would|will) you),? +)+", re.IGNORECASE)
_CONTRACTED = later(r"^(who|what|where|when|how)s\b", re.IGNORECASE)
_WORDS = later(r"[^\W\d_]+")
#: Characters that contain the first two words.
_BEGINNING = 80
#: Characters examined without a question mark, and words of a question in another language.
_LONGEST, _MOST_WORDS = 400, 12


def is_question(text: str) -> bool:
    """Whether a sentence is a question; of several sentences the last one decides."""
    plain = text.strip()
    if plain.lstrip(_QUOTES)[:1] in ("¿", "⸘") or _has_mark(plain):
        return True
    plain = _CONNECTIVE.sub("", plain.lstrip(_QUOTES)[:_LONGEST].rstrip(" .!。"))
    plain = _CONTRACTED.sub(r"\1's", plain)
    tag = _TAG_AT_END.search(plain)
    if unprefaced(plain) != plain or (tag and tag[1].lower() in words("tag_verb")):
        return True
    # Few statements begin like this, and tagging is slow.
    first, second = _first_words(plain)
    auxiliary = words("auxiliary").intersection((first, first.removesuffix("n")))
    if auxiliary or {first, second}.intersection(WH):
        tokens = tagged(plain)
        low = [*(token.low for token in tokens), "", ""]
        if low[0] in WH:
            return _opens_with_wh(plain, tokens, low)
        if low[1] in WH and tokens[0].may_be("IT") and words("auxiliary").intersection(low[2:5]):
            return True
        if low[0] in words("auxiliary") and _is_inverted(plain, tokens):
            return True
    return _is_request(_POLITE.sub("", plain)) or _is_foreign_question(plain)


def _first_words(text: str) -> tuple[str, str]:
    """The first two words, in lower case; “isn't” is “isn” and “t”."""
    first, second, *_ = (*_WORDS.findall(text[:_BEGINNING].lower()), "", "")
    return first, second


def _has_mark(sentence: str) -> bool:
    ending = sentence.rstrip("!！.。 ")
    # “He asked "where is Bob?"” is a statement; “"Where is Bob?"” is a question.
    ending = ending.rstrip(_QUOTES) if sentence[:1] in tuple(_QUOTES) else ending
    marked = ending.endswith(_MARKS) or _GREEK_MARK.search(ending) is not None
    return marked and not _LINK_AT_END.search(ending)


def _has_copula(tokens: Sequence[Token]) -> bool:
    """Whether a form of be follows in the main clause, with something after it."""
    verb = next((at for at, token in enumerate(tokens) if token.tags[0] in "XWA&,"), len(tokens))
    return verb + 1 < len(tokens) and tokens[verb].tags[0] == "X"


def _is_request(text: str) -> bool:
    """“List my plans”, but not “list price is 40 euros” or “find my phone is enabled”."""
    first, _ = _first_words(text)
    if not any(request.startswith(first) for request in words("request")):
        return False
    tokens = tagged(text)
    low = [token.low for token in tokens]
    size = next((n for n in (1, 2, 3) if "_".join(low[:n]) in words("request")), 0)
    return (
        size > 0 and low[size : size + 1] not in (["of"], [":"]) and not _has_copula(tokens[size:])
    )


def _opens_with_wh(text: str, tokens: Sequence[Token], low: Sequence[str]) -> bool:
    wh, second, third = low[:3]
    if second in ("'s", "'re"):
        return not _has_copula(tokens[3:])  # “Where's Wally is my favourite book”
    if second in words("auxiliary"):
        return not (wh == "which" and third in WH)  # “which is why we moved”
    if ":" in text or "," in (second, third):
        return False  # “who knows, Bob may come”
    if wh in ("when", "where") or (wh == "how" and second in words("clause_opening")):
        return len(tokens) <= 4  # “when I was five I moved”
    if (wh == "which" and second in words("continues")) or (wh == "what" and second in ("a", "an")):
        return False  # “which means that …”, “what a day”
    # “what Ann wants is a bike”, and “what matters is speed”, which is no matter
    plural = wh == "what" and second[-1:] == "s" and third in ("is", "was")
    interrogative = wh == "how" or second == "of" or not _has_copula(tokens[1:])
    return interrogative or (question_of(text) is not None and not plural)


def _is_inverted(text: str, tokens: Sequence[Token]) -> bool:
    """Whether the auxiliary at the beginning precedes its subject."""
    after = tokens[2 if len(tokens) > 1 and tokens[1].low in ("n't", "not") else 1 :]
    if after and after[0].low in words("nominative"):
        return True
    question = question_of(text)
    if question is None or after[0].tags[0] in "BV" or _has_copula(after[1:]):
        return False
    clause, aux = question.clause, tokens[0]
    definite = after[0].tags[0] in "SEP" or (
        after[0].low == "the" and aux.low not in ("have", "had")
    )
    if clause.verb != "be" or clause.subject is None:
        return clause.verb != "be" and (definite or "H" not in aux.tags)  # “had the roof fixed”
    # “is a vegetarian” and “was captain of the team” leave the subject out
    return bool(clause.complement or (definite and (clause.prepositions or clause.adverbs)))


@cache
def _languages() -> tuple[dict[str, tuple[str, ...]], ...]:
    classes_of: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for name, members in classes("questions.txt", "").items():
        kind, _, language = name.partition(" ")
        classes_of[language][kind] = tuple(members)
    return tuple(defaultdict(tuple, kinds) for kinds in classes_of.values())


def _is_foreign_question(text: str) -> bool:
    low = [*text.casefold().replace("’", "'").split(), "", ""]
    brief = len(low) - 2 <= _MOST_WORDS and not set(",:،") & set(text)
    english = text.isascii() and not any(map(is_strange, text.split()[1:]))
    for kinds in _languages():
        endings = [text[text.find(word) :] for word in kinds["within"] if word in text]
        denied = any(word in ending for word in kinds["unless"] for ending in endings)
        if endings and not denied and text.endswith(kinds["final"] or ("",)):
            return True
        pair = low[0] in kinds["first"] and low[1] in kinds["second"]
        opens = pair or {low[0], "_".join(low[:2])}.intersection(kinds["opening"])
        # “Kim lives in Oslo”: a name that asks in another language
        name = english and (pair or low[0] in kinds["name"])
        if text.endswith(kinds["close"]) or (brief and opens and not name):
            return True
    return False
