"""Definition questions (“What is X?”, “What does X do?”), and sentences that define.

The reader takes the sentence that speaks most of X for the one that defines it, so the form counts
beside its score. English alone; where the question asks anything else, nothing changes.
"""

import sqlite3
from functools import lru_cache
from itertools import islice

from ingest.patterns import later
from workbench.memory import words
from workbench.memory.segment import Ordinals
from workbench.recall.ordinal_sets import among, distinct
from workbench.recall.question import Cue
from workbench.store import text

#: The keys of each word of what is to be defined.
Defined = tuple[tuple[int, ...], ...]

#: Words of what is asked for at most, and words that may stand before it in a definition.
_MOST, _AHEAD = 4, 6
#: Sentences that name it and are looked at, in the order of the library: first mentions first.
_LOOKED = 400
#: What “an X is a …”, “… is called an X” and “Xs are …” count.
_SAYS, _CALLS, _STATES = 1.0, 0.75, 0.3

_ASKED = later(
    r"(?i:(?:what|who)(?:['’]s|\s+(?:is|are|was|were))\s+(?:(?:an?|the)\s+)?(?P<one>[^?]+?)"
    r"|what\s+(?:do(?:es)?|did(?!.*\sdo\W*$))\s+(?:(?:an?|the)\s+)?(?P<other>[^?]+?)\s+(?:mean|do))"
    r"\s*[?.]*"
)
_IS = later(
    r"[\"”’'*)]{0,2}(?:\s*\([^)]*\)|\s*,[^,.;]{0,60},)*\s*"
    r"(?:(?:is|are|was|were)\s+"
    r"(?!(?:(?:only|often|always|never|\w+ly)\s+)?"
    r"(?:not|also|still|similar|different|\w+(?:ed|en|ing))\b)"
    r"(?:(?:simply|just|essentially|basically)\s+)?"
    r"(?P<noun>(?:an?|the|one|any|another|what|when|how|where|like)\b|\w+[’']s\b)?"
    r"|(?P<means>(?:means?|denotes?|refers?\s+to)\b))"
)
_CALLED = later(
    r"(?i:\b(?:called|known\s+as|termed|referred\s+to\s+as|named)\s+(?:(?:an?|the)\s+)?)"
    r"[\"“‘'*(]*$"
)
_CALLS_IT = later(r"(?i:called|known\s+as|termed|referred\s+to\s+as|named)")
_ENDS = later(
    r"[\"”’'*]{0,2}\s*(?:$|[.,;:()—–!?]|--|(?:which|that|who|and|or|in|to|for|because)\b)"
)
_CLAUSE = later(r"(?:[,:]|\sthat\s)(?!.*(?:[,:]|\sthat\s))")
_ARTICLES = frozenset(("", "a", "an", "the"))
_MARKS = " \"“‘'*(-—–"


def asked(cue: Cue) -> Defined:
    """Return the keys of each word of what the question wants defined, in order; else nothing."""
    found = _ASKED.fullmatch(cue.text.strip())
    if found is None or cue.topic:
        return ()
    keys = {term.word: term.keys for term in cue.terms}
    one = found["one"] or found["other"]
    said = [word for token in words.tokens(one) for word in token.words]
    if not 0 < len(said) <= _MOST or sorted(said) != sorted(keys):
        return ()
    return tuple(keys[word] for word in said)


@lru_cache(maxsize=2048)
def defines(sentence: str, defined: Defined) -> float:
    """Return how far a sentence has the form of a definition, from 0 to 1."""
    # What is defined first stands early: only “is called an X” is looked for farther on.
    most = None if _CALLS_IT.search(sentence) else _AHEAD + len(defined)
    tokens = list(islice(words.tokens(sentence), most))
    best = 0.0
    for at in range(len(tokens) - len(defined) + 1):
        said = tokens[at : at + len(defined)]
        if not all(
            any(words.key(word) in keys for word in token.words)
            for token, keys in zip(said, defined, strict=True)
        ):
            continue
        before, end = sentence[: said[0].start], said[-1].end
        if _CALLED.search(before) and _ENDS.match(sentence, end):
            best = max(best, _CALLS)
        cut = _CLAUSE.search(before)
        subject = before[cut.end() :] if cut is not None else before
        if at > _AHEAD or subject.strip(_MARKS).casefold() not in _ARTICLES:
            continue
        found = _IS.match(sentence, end)
        if found is not None:
            best = max(best, _SAYS if found["noun"] or found["means"] else _STATES)
    return best


def defining(connection: sqlite3.Connection, cue: Cue) -> list[tuple[int, float]]:
    """Return the ordinals of sentences that may define what is asked for, and how far each does."""
    defined = asked(cue)
    if not defined:
        return []
    there: Ordinals = distinct(cue.terms[0].ordinals)
    for term in cue.terms[1:]:
        there = there[among(term.ordinals, there)]
    rows = text.engrams(connection, [ordinal + 1 for ordinal in there[:_LOOKED].tolist()])
    forms = ((row.id - 1, defines(" ".join(row.text.split()), defined)) for row in rows.values())
    return [(ordinal, form) for ordinal, form in forms if form]
