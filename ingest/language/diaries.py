"""Sentences of a diary, which leave the writer out: “Quit the choir.”, “Rented a room.”

They are analysed with “I” before them. A participle may begin a note about a thing, too: “Founded
in 1901”, “Sold out”, “Painted wood”.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from ingest.language.records import Clause, Phrase, Sentence, Token
from ingest.language.verbs import forms
from ingest.language.word_lists import words

WRITER = "I "
#: Tags of what follows a verb with a subject left out: an article, a name, a number, “eating”, …
_AFTER = "DSPECGR"


def lacks_writer(tokens: Sequence[Token]) -> bool:
    """Whether a sentence begins with a verb in the past whose subject is the writer."""
    if len(tokens) < 2:
        return False
    verb, after = tokens[0], tokens[1]
    readings = {form.form: form.verb for form in forms(verb.low)}
    base = readings.get("past")
    if base is None or not verb.may_be("V") or after.low == "by":
        return False
    if "base" in readings and base not in words("quit"):
        # “Read the report”, “Put it back” are orders
        return False
    if "participle" not in readings or base in words("quit"):
        return True
    if after.low == "to" or after.tags[0] == "I" or after.may_be("R"):
        return base in words("intransitive")
    if after.tags[0] in "NJ":
        # “Painted wood is nice”
        return verb.tags[0] == "V" and not any(token.tags[0] in "XHMV" for token in tokens[2:])
    return after.tags[0] in _AFTER


def with_writer(text: str) -> str:
    """The sentence with the subject that it leaves out."""
    return f"{WRITER}{text[:1].lower()}{text[1:]}"


def without_writer(sentence: Sentence, text: str) -> Sentence:
    """The analysis of `with_writer(text)`, with the positions of the text itself."""
    tokens = tuple(_shifted(token) for token in sentence.tokens[1:])
    clauses = tuple(_shifted(clause) for clause in sentence.clauses)
    return Sentence(text, sentence.start, tokens, clauses, sentence.complete)


def _shifted(value: Any) -> Any:
    """A record with all positions moved to the left by the length of `WRITER`."""
    if isinstance(value, tuple):
        return tuple(map(_shifted, value))
    if not isinstance(value, (Clause, Phrase, Token)):
        return value
    changes = {field.name: _shifted(getattr(value, field.name)) for field in fields(value)}
    for place in changes.keys() & {"start", "end"}:
        changes[place] = max(0, changes[place] - len(WRITER))
    return replace(value, **changes)
