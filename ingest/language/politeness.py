"""Removes polite openings of questions: “Can you tell me”."""

import re

from ingest.patterns import later

#: Question words, and other openings of a question: “by whom”.
QUESTION_WORD = r"(?:who|whom|whose|what|which|where|when|why|how)\b"
OPENING = (
    r"(?:(?:in|on|at|to|from|for|by|of|with|under|into|through|about|near|after|as|since|until)\s+)?"
    rf"{QUESTION_WORD}"
)
_PREFACE = later(
    r"(?:(?:please|and|so|but|ok|hey|then)[, ]+)*"
    r"(?:(?:do|can|could|would|will) you (?:please )?"
    r"(?:know|tell (?:me|us)|remember|remind (?:me|us)|recall|say|explain(?: to (?:me|us))?)"
    r"|(?:tell|remind|show) (?:me|us)|explain(?: to (?:me|us))?|i wonder|i forgot"
    r"|i (?:want|need) to know|i(?:['’]d| would) like to know|any idea|do we know)"
    r"(?:,? please)?[,:]? +(?:again )?"
    rf"(?={OPENING}|(?:if|whether)\b)",
    re.IGNORECASE,
)


def unprefaced(question: str) -> str:
    """The question without its polite opening, as written."""
    return question[preface.end() :] if (preface := _PREFACE.match(question)) else question
