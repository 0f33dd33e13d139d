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

#: Tags of what follows a verb with a subject left out: an article, a name, a number, “eating”, …
_AFTER = "DSPECGR"
#: Verbs of a task with its writer left out, and those with “to”.
_TASK, _TO_TASK = ("must", "should"), ("need", "have", "ought", "got", "want")
#: Tags of finite verbs.
_FINITE = "XHMV"


def writer_of(tokens: Sequence[Token]) -> str:
    """What a sentence about its writer leaves out: “I ”, “I was ” or “I am ”; "" for others."""
    if len(tokens) < 2:
        return ""
    verb, after = tokens[0], tokens[1]
    to = verb.low in _TO_TASK and after.low == "to"
    if (to or verb.low in _TASK) and len(tokens) > to + 1:
        # “Must renew the passport”, but not “Must be the rain”
        task = tokens[to + 1]
        return "I " if "B" in task.tags and task.low != "be" else ""
    if verb.tags[0] == "G":
        # “Sharing a flat with Bo”, but not “Cleaning windows is no fun”
        follows = after.tags[0] in _AFTER or after.tags[0] == "I"
        is_finite = any(token.tags[0] in _FINITE for token in tokens[1:])
        return "I am " if follows and not is_finite else ""
    readings = {form.form: form.verb for form in forms(verb.low)}
    base = readings.get("past")
    if base is None or not verb.may_be("VL") or after.low == "by":
        return ""
    if "base" in readings and base not in words("quit"):
        # “Read the report”, “Put it back” are orders
        return ""
    if "participle" not in readings or base in words("quit"):
        return "I "
    if base in words("done_to") and after.low in ("to", "as", "from", "into"):
        return "I was "
    if after.low == "to" or after.tags[0] == "I" or "R" in after.tags:
        return "I " if base in words("intransitive") else ""
    if after.tags[0] in "NJ":
        # “Painted wood is nice”
        is_finite = any(token.tags[0] in _FINITE for token in tokens[2:])
        return "I " if verb.tags[0] == "V" and not is_finite else ""
    return "I " if after.tags[0] in _AFTER else ""


def with_writer(text: str, writer: str) -> str:
    """The sentence with the words that it leaves out."""
    return f"{writer}{text[:1].lower()}{text[1:]}"


def without_writer(sentence: Sentence, text: str, writer: str) -> Sentence:
    """The analysis of `with_writer(text, writer)`, with the positions of the text itself."""
    shift = len(writer)
    tokens = tuple(_shifted(token, shift) for token in sentence.tokens[len(writer.split()) :])
    clauses = tuple(_shifted(clause, shift) for clause in sentence.clauses)
    return Sentence(text, sentence.start, tokens, clauses, sentence.complete)


def _shifted(value: Any, shift: int) -> Any:
    """A record with all positions moved to the left."""
    if isinstance(value, tuple):
        return tuple(_shifted(part, shift) for part in value)
    if not isinstance(value, (Clause, Phrase, Token)):
        return value
    changes = {field.name: _shifted(getattr(value, field.name), shift) for field in fields(value)}
    for place in changes.keys() & {"start", "end"}:
        changes[place] = max(0, changes[place] - shift)
    return replace(value, **changes)
