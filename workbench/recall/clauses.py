"""Splits a question that asks several things into one question each.

“Who kept the mill, and where did the miller drown?” needs a passage for each, and looked up as one
question a passage that says a little of both comes first. Each clause is asked of the windows that
the whole question has found, by its own words, with those of the others as context: in whose
company "the miller" stands decides which one is meant.
"""

import re
from dataclasses import replace

from ingest.patterns import later
from workbench.memory import words
from workbench.recall.question import Cue, Term, is_stop, kind_of

#: Letters of the longest question that is taken apart, and clauses that are asked.
_LONGEST, _MOST = 600, 4
#: What the words of the other clauses count beside those of a clause.
_CONTEXT = 0.2
_ASKS = r"(?:who|whom|whose|what|which|where|when|why|how)\b"
_BEFORE = r"(?:(?:in|on|at|to|from|for|by|of|with|under|into|through|about|near|after|as)\s+)?"
#: Between two clauses: “, and where”, “and by whom”; a comma alone may begin a relative clause.
_JOINT = later(
    rf"\s*[,;]?\s+(?:and|but)\s+(?:and\s+|then\s+|also\s+)*(?={_BEFORE}{_ASKS})", re.IGNORECASE
)
_BEGINS = later(rf"{_BEFORE}{_ASKS}", re.IGNORECASE)
_RELATIVE = later(r"\b(?:who|whom|whose|which|that)\b", re.IGNORECASE)
#: What comes before clauses: “Two rivers: where does the one …, and where …”.
_HEAD = later(r"\s*:\s+")


def clauses(question: str) -> tuple[str, ...]:
    """The clauses that each ask for something of their own, in order; none where it is one."""
    if len(question) > _LONGEST:
        return ()
    body = question.strip().rstrip(" ?.!")
    head = _HEAD.search(body)
    if head is not None and (found := _asking(body[head.end() :])):
        return found
    return _asking(body)


def _asking(text: str) -> tuple[str, ...]:
    """The clauses that begin with a question word, at joints of the whole text."""
    if not _BEGINS.match(text):
        return ()
    pieces: list[str] = []
    begin = 0
    for joint in _JOINT.finditer(text):
        piece = text[begin : joint.start()]
        if "," in joint.group() or not _goes_on(piece, text[joint.end() :]):
            pieces.append(piece)
            begin = joint.end()
    return _several([*pieces, text[begin:]])


def _goes_on(piece: str, after: str) -> bool:
    """Whether a clause goes on that began inside the piece: “the man who rose and who lit it”."""
    following = _RELATIVE.match(after)
    if following is None:
        return False
    inside = {match.group().lower() for match in _RELATIVE.finditer(piece) if match.start()}
    return following.group().lower() in inside


def _several(pieces: list[str]) -> tuple[str, ...]:
    """The pieces where there are some, and each names something to look for."""
    if not 1 < len(pieces) <= _MOST or not all(map(_names, pieces)):
        return ()
    return tuple(pieces)


def _names(piece: str) -> bool:
    """Whether a piece says more than what kind of thing it asks for."""
    said = [word for token in words.tokens(piece) for word in token.words]
    return any(len(word) > 1 and not is_stop(word) for word in said)


def asking(cue: Cue, clause: str) -> Cue:
    """The question as one of its clauses asks it: its own terms, the others' as context."""
    keys = {words.key(word) for token in words.tokens(clause) for word in token.words}

    def weighed(term: Term) -> Term:
        if not keys.isdisjoint(term.keys):
            return term
        return replace(term, rarity=_CONTEXT * term.rarity, weight=_CONTEXT * term.weight)

    terms = tuple(map(weighed, cue.terms))
    return replace(cue, text=clause, kind=kind_of(clause), terms=terms, meant=None)
