"""Asks a question again of another time or owner: “And last year?”, “And Ben's?”."""

import re
from collections.abc import Iterator

from ingest.language.phrases import PhraseParser
from ingest.language.questions import Question
from ingest.language.records import Clause, Phrase
from ingest.language.tagging import tagged
from ingest.language.times import is_time

#: Auxiliaries of what is, and of what was.
_THEN = {"is": "was", "are": "were", "am": "was", "do": "did", "does": "did"}
_NOW = {"was": "is", "were": "are", "did": "does"}
_AUXILIARY = re.compile(rf"\b(?:{'|'.join((*_THEN, *_NOW))})\b", re.IGNORECASE)
_GONE = re.compile(r"\b(?:last|yesterday|ago|previous)\b", re.IGNORECASE)
_HERE = re.compile(r"\b(?:this|now|today|tonight|next|tomorrow)\b", re.IGNORECASE)


def named_in(clause: Clause) -> Iterator[tuple[str, Phrase]]:
    """The things that a question names, its subject first, each with its preposition or ""."""
    roles = (clause.subject, clause.object, clause.complement)
    yield from (("", thing) for thing in roles if thing is not None and thing.text)
    yield from clause.prepositions


def asked_again(question: str, named: str, pattern: Question) -> str:
    """The question of another time or of what somebody else has; "" where it names neither."""
    tokens = tagged(named)
    led = len(tokens) > 1 and tokens[0].may_be("IT")
    thing = PhraseParser(named, tokens).phrase(int(led), len(tokens))
    if thing is None:
        return ""
    if not thing.head and thing.owner is not None:
        # “And Ben's?” after “When is Ann's birthday?”
        owners = (each.owner.text for _, each in named_in(pattern.clause) if each.owner is not None)
        whose = next((each for each in owners if each in question), "")
        again = re.sub(rf"\b{re.escape(whose)}(?:['’]s)?", named, question, count=1)
        return f"{again}?" if whose else ""
    return _of_time(question, named, pattern) if is_time(thing, tokens[0].low) else ""


def _of_time(question: str, named: str, pattern: Question) -> str:
    """The question of this time instead of its own, in the tense that goes with it."""
    for preposition, thing in named_in(pattern.clause):
        said = f"{preposition} {thing.text}".strip()
        if is_time(thing, preposition) and said in question:
            question = question.replace(said, "", 1)
    tense = _THEN if _GONE.search(named) else _NOW if _HERE.search(named) else {}
    aux = _AUXILIARY.search(question)
    if aux is not None and (other := tense.get(aux[0].lower())):
        question = f"{question[: aux.start()]}{other}{question[aux.end() :]}"
    return f"{' '.join(question.split())} {named}?"
