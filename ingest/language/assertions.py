"""Joins a question and its answer into one statement.

“Where do the Olsens live?” answered by “Oslo” asserts “the Olsens live Oslo”: word order and
inflection need not be right, since a model that compares statements reads it.
"""

from itertools import pairwise

from ingest.language.questions import Question, question_of
from ingest.language.records import Phrase, Token
from ingest.language.tagging import tagged

#: Words of questions alone, and words for continuation.
_DO, _STILL = ("do", "does", "did"), ("still", "now", "currently")


def assertion(question: str, answer: str) -> str:
    """The statement that an answer makes; “yes” affirms the question. "" if unclear."""
    pattern = question_of(question)
    if pattern is None:
        return ""
    value = answer if pattern.hole else ""
    tokens = [token for token in tagged(pattern.text.rstrip(" ?？!.")) if token.low not in _STILL]
    inverted = _inversion(pattern, tokens)
    if inverted is not None:
        auxiliary, subject = inverted
        after = " ".join(token.word for token in tokens if token.start >= subject.end)
        verb = "" if auxiliary.low in _DO else auxiliary.low
        is_named = pattern.clause.verb == "be" and value and not pattern.hole.startswith("to:")
        parts = (after, verb, value) if is_named else (verb, after, value)
        return " ".join(filter(None, (subject.text, *parts)))
    if len(tokens) > 1 and tokens[1].low == "there":
        return " ".join((tokens[1].low, tokens[0].low, *(token.word for token in tokens[2:])))
    verb_at = next((at for at, token in enumerate(tokens) if at and token.may_be("VXH")), 0)
    if pattern.hole != "subject" or not verb_at:
        return ""
    return " ".join((value, *(token.word for token in tokens[verb_at:])))


def _inversion(pattern: Question, tokens: list[Token]) -> tuple[Token, Phrase] | None:
    """The verb of a question, and the subject right after it."""
    clause = pattern.clause
    phrases = {p.start: p for p in (clause.subject, clause.object, clause.complement) if p}
    for verb, after in pairwise(tokens):
        if verb.may_be("MXHO") and after.start in phrases:
            return verb, phrases[after.start]
    return None
