"""Clause boundaries and main verbs, by word classes and positions.

After the shallow clause analysis of ReVerb (Fader et al. 2011). Everything is places of tokens,
half open, and -1 is nowhere.
"""

from collections.abc import Sequence

from workbench.memory.facts import speech
from workbench.memory.facts.parsing.classes import (
    COMPANY,
    HAVING,
    JOINING,
    QUALIFYING,
    RELATIVE,
    SAYING,
    SUBJECTS,
    is_participle,
    is_plain_verb,
    is_plural,
    labels,
)
from workbench.memory.facts.reading import Token

#: Tokens of a label before the last one.
LONGEST_LABEL = 3
_FOLLOWING = speech.PREPOSITIONS | speech.DETERMINERS
_LEADING = COMPANY | speech.AUXILIARIES | QUALIFYING

Tokens = Sequence[Token]


def cuts(said: Tokens, begin: int, at: int, last: int) -> bool:
    """Whether a clause with a verb of its own begins at `at`, the one before at `begin`."""
    if ";" in said[at - 1].after:
        return True
    joined = said[at].word in JOINING
    comma = "," in said[at - 1].after
    if not joined and not comma:
        return False
    own = at + 1 if joined else at
    if own >= last:
        return False
    if comma and not joined and _is_labelled(said, begin, at) and _is_labelled(said, at, last):
        # "Vendor: Acme, phone: 555-123".
        return True
    # A clause that begins with its verb has said before what it is about.
    headed = begin > 0 and is_plain_verb(said[begin]) and not said[begin].capital
    if not headed and verb_at(said, begin, at) < 0:
        return False
    return _own_clause(said, own, last, comma, joined)


def _is_labelled(said: Tokens, first: int, last: int) -> bool:
    """Whether one label and its value begin there: "phone: 555-123"."""
    found = 0
    for at in range(first, last - 1):
        found += labels(said[at])
        if said[at].word in speech.COPULAS or (found == 0 and at - first > LONGEST_LABEL):
            return False
        if "," in said[at].after:
            break
    return found == 1


def _own_clause(said: Tokens, begin: int, last: int, comma: bool, joined: bool) -> bool:
    """Whether a clause of its own begins at `begin`: a subject with its verb, or a finite verb."""
    while joined and said[begin].word in speech.ADVERBS and begin + 2 < last:
        # "But now I work at Bosch".
        begin += 1
    end = begin
    while end < last and not (
        end > begin and (";" in said[end - 1].after or said[end].word in ("and", "but"))
    ):
        end += 1
    head = said[begin]
    if joined:
        if _is_verbal(head):
            return True
        qualified = head.word in speech.ADVERBS or head.word in ("no", "not")
        following = said[begin + 1] if begin + 1 < end else None
        if qualified and following is not None and (
            following.word in speech.COPULAS or is_plain_verb(following)
        ):  # fmt: skip
            return True
    elif comma and begin + 1 < end and is_plain_verb(head):
        # "lives in Gent, works at Volvo": who it is about has been said.
        after = said[begin + 1]
        follows = after.word in _FOLLOWING or after.capital or after.numeric
        if head.word.endswith("s") and not head.capital and follows:
            return True
    verb = verb_at(said, begin, end)
    if verb < 0 or verb == begin:
        return False
    plain = head.word in SUBJECTS or head.owner or head.capital
    if joined:
        # "slow and steady wins" is one thing; a clause of its own says plainly what it is about.
        return comma or plain or said[verb].word in speech.COPULAS
    return comma and plain


def _is_verbal(token: Token) -> bool:
    return token.word in speech.COPULAS or (is_plain_verb(token) and not token.capital)


def verb_at(said: Tokens, start: int, end: int) -> int:
    """The place of the verb that holds a clause together: its copula, or a finite verb."""
    # Copulas of other languages count only where there is no English one.
    english = any(token.word in speech.ENGLISH_COPULAS for token in said[start:end])
    copulas = speech.ENGLISH_COPULAS if english else speech.COPULAS
    for at in range(start, end):
        if said[at].word not in copulas:
            continue
        if at == start and said[at].raw != said[at].raw.lower():
            continue
        before = _finite(said, start, at)
        if before < 0:
            return at
        if said[before + 1].word in SAYING:
            return before
        if said[before].word not in RELATIVE and any(
            token.word in speech.PREPOSITIONS or "," in token.after for token in said[before:at]
        ):
            return before
        return at
    return _finite(said, start, end)


def _finite(said: Tokens, start: int, end: int) -> int:
    """The place of the first finite verb that is no copula."""
    joined = False
    for at in range(start, end):
        token, before = said[at], said[at - 1]
        if at > start and before.word == "and":
            joined = True
        if token.word in speech.AUXILIARIES:
            if token.word in HAVING and _main_have(said, at, end):
                return at if at > start else -1
            continue
        if at == start or not speech.verb_of(token.word):
            continue
        if token.owner or token.capital or not token.raw[:1].isalpha():
            continue
        if before.word in speech.DETERMINERS or before.owner:
            continue
        if before.word in speech.PREPOSITIONS and before.word != "to":
            continue
        if before.word in RELATIVE and at - 1 > start:
            continue
        if speech.is_inflected(token.word):
            if token.word.endswith("s") and at + 1 < end and said[at + 1].word in speech.COPULAS:
                continue
            return at
        if joined or before.word in _LEADING or is_plural(before.word):
            return at
    return -1


def _main_have(said: Tokens, at: int, end: int) -> bool:
    """Whether "have" is the verb itself, not the helper of another."""
    after = next((token for token in said[at + 1 : end] if token.word not in QUALIFYING), None)
    if after is None:
        return True
    helps = bool(speech.verb_of(after.word)) and is_participle(after.word) and not after.capital
    return not helps and after.word not in ("been", "got")
