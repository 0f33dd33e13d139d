"""Clause boundaries and main verbs, by word classes and positions.

After the shallow clause analysis of ReVerb (Fader et al. 2011). Everything is tokens `[start, end)`
of the columns `Found`, and -1 is nowhere.
"""

from workbench.memory.facts.parsing.classes import (
    ADVERB,
    AND,
    ANDBUT,
    AUXILIARY,
    BEEN,
    CAPITAL,
    CASED,
    COMMA,
    COMPANY,
    COPULA,
    DETERMINER,
    ENGLISH,
    HAVE,
    HISSING,
    INFLECTED,
    JOINS,
    LETTER,
    NEGATION,
    NO,
    NOT,
    NUMERIC,
    OWNER,
    PARTED,
    PARTICIPLE,
    PLURAL,
    PREPOSITION,
    RELATIVE,
    SAYS,
    SELF,
    SEMICOLON,
    SUBJECT,
    TO,
)
from workbench.memory.facts.parsing.phrases import Found

#: Tokens of a label before the last one.
LONGEST_LABEL = 3


def cuts(found: Found, begin: int, at: int, last: int) -> bool:
    """Whether a clause with a verb of its own begins at `at`, the one before at `begin`."""
    if found.marks[at - 1] & SEMICOLON:
        return True
    joined = found.bits[at] & JOINS != 0
    comma = found.marks[at - 1] & COMMA != 0
    if not joined and not comma:
        return False
    own = at + 1 if joined else at
    if own >= last:
        return False
    if comma and not joined and _is_labelled(found, begin, at) and _is_labelled(found, at, last):
        # "Vendor: Acme, phone: 555-123".
        return True
    # A clause that begins with its verb has said before what it is about.
    headed = begin > 0 and _inflected(found, begin) and not found.bits[begin] & CAPITAL
    if not headed and verb_at(found, begin, at) < 0:
        return False
    return _own_clause(found, own, last, comma, joined)


def _is_labelled(found: Found, first: int, last: int) -> bool:
    """Whether one label and its value begin there: "phone: 555-123"."""
    labels = 0
    for at in range(first, last - 1):
        if found.marks[at] & PARTED:
            labels += 1
        if found.bits[at] & COPULA or (labels == 0 and at - first > LONGEST_LABEL):
            return False
        if found.marks[at] & COMMA:
            break
    return labels == 1


def _own_clause(found: Found, begin: int, last: int, comma: bool, joined: bool) -> bool:
    """Whether a clause of its own begins at `begin`: a subject with its verb, or a finite verb."""
    while joined and found.bits[begin] & ADVERB and begin + 2 < last:
        # "But now I work at Bosch".
        begin += 1
    end = begin
    while end < last and not (
        end > begin and (found.marks[end - 1] & SEMICOLON or found.bits[end] & ANDBUT)
    ):
        end += 1
    head = found.bits[begin]
    if joined:
        if head & COPULA or (_inflected(found, begin) and not head & CAPITAL):
            return True
        small = found.small[begin]
        if (
            (head & ADVERB or small in (NO, NOT))
            and begin + 1 < end
            and (found.bits[begin + 1] & COPULA or _inflected(found, begin + 1))
        ):
            return True
    if comma and not joined and begin + 1 < end and _inflected(found, begin):
        # "lives in Gent, works at Volvo": who it is about has been said.
        follows = found.bits[begin + 1] & (PREPOSITION | DETERMINER | CAPITAL | NUMERIC)
        if head & HISSING and not head & CAPITAL and follows:
            return True
    verb = verb_at(found, begin, end)
    if verb < 0 or verb == begin:
        return False
    plain = head & (SUBJECT | OWNER | CAPITAL) != 0
    if joined:
        # "slow and steady wins" is one thing; a clause of its own says plainly what it is about.
        return comma or plain or found.bits[verb] & COPULA != 0
    return comma and plain


def _inflected(found: Found, at: int) -> bool:
    return found.verb[at] != 0 and found.bits[at] & INFLECTED != 0


def verb_at(found: Found, start: int, end: int) -> int:
    """The place of the verb that holds a clause together: its copula, or a finite verb."""
    wanted = COPULA
    for at in range(start, end):
        if found.bits[at] & ENGLISH:
            # Copulas of other languages count only where there is no English one.
            wanted = ENGLISH
            break
    for at in range(start, end):
        if not found.bits[at] & wanted:
            continue
        if at == start and found.bits[at] & CASED:
            continue
        said = finite(found, start, at)
        if said < 0:
            return at
        if found.bits[said + 1] & SAYS:
            return said
        if not found.bits[said] & RELATIVE:
            for i in range(said, at):
                if found.bits[i] & PREPOSITION or found.marks[i] & COMMA:
                    return said
        return at
    return finite(found, start, end)


def finite(found: Found, start: int, end: int) -> int:
    """The place of the first finite verb that is no copula."""
    joined = False
    for at in range(start, end):
        bits = found.bits[at]
        if at > start and found.small[at - 1] == AND:
            joined = True
        if bits & AUXILIARY:
            if bits & HAVE and _main_have(found, at, end):
                return at if at > start else -1
            continue
        if at == start or not found.verb[at]:
            continue
        if bits & (OWNER | CAPITAL) or not bits & LETTER:
            continue
        before = found.bits[at - 1]
        if before & (DETERMINER | OWNER):
            continue
        if before & PREPOSITION and found.small[at - 1] != TO:
            continue
        if before & RELATIVE and at - 1 > start:
            continue
        if bits & INFLECTED:
            if bits & HISSING and at + 1 < end and found.bits[at + 1] & COPULA:
                continue
            return at
        if joined or before & (SELF | COMPANY | AUXILIARY | NEGATION | ADVERB | PLURAL):
            return at
    return -1


def _main_have(found: Found, at: int, end: int) -> bool:
    """Whether "have" is the verb itself, not the helper of another."""
    for i in range(at + 1, end):
        bits = found.bits[i]
        if bits & (ADVERB | NEGATION):
            continue
        helps = found.verb[i] != 0 and bits & PARTICIPLE and not bits & CAPITAL
        return not (helps or bits & BEEN)
    return True
