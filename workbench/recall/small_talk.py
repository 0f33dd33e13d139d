"""Greetings, politeness and other input that asks nothing of the sources.

A greeting or thanks, and what the library itself is asked for: which sources it holds is not said
in any of them. Their words stand somewhere in every novel, which answers nothing. The words around
a question that is asked politely lead astray, too: of 412 questions behind “Can you tell me” and
the like 178 are answered rightly first, of the same without it 191.
"""

import re

from ingest.language.politeness import unprefaced
from ingest.language.question_detection import is_question
from ingest.patterns import later
from workbench.memory.turn import courtesy

_HELD = (
    r"(?:sources?|books?|texts?|notes?|documents?|papers?|articles?|files?|recordings?|lectures?)"
)
_HERE = (
    r"(?:(?:stored|saved|kept|there)\s+)?(?:here|(?:in|inside|on)\s+(?:my|our|this|your)\s+"
    r"(?:whole\s+)?(?:library|collection|workbench|brain|engram(?:\s+workbench)?"
    rf"|{_HELD}))"
)
_ABOUT_THE_LIBRARY = later(
    rf"(?:what(?:['’]s|\s+is|\s+are|\s+do\s+(?:i|we|you)\s+have)\s+{_HERE}"
    rf"|(?:what|which|how\s+many)\s+{_HELD}\s+(?:are|do\s+(?:i|we|you)\s+have)(?:\s+{_HERE})?"
    rf"|(?:list|show)(?:\s+me)?\s+(?:all\s+)?(?:my|the)\s+{_HELD})",
    re.IGNORECASE,
)
#: Characters of the longest text that is looked at: what is longer asks something.
_LONGEST = 100


def courtesy_reply(text: str) -> str:
    """What to say of a text that asks nothing of the sources; "" where it may ask something."""
    said = text.strip()
    if len(said) > _LONGEST:
        return ""
    if _ABOUT_THE_LIBRARY.fullmatch(said.rstrip("?!. ")):
        return "Your sources are listed in Read."
    if _is_courtesy(said):
        return "Ask a question about your sources."
    return ""


def plainly(question: str) -> str:
    """The question without a greeting and “Can you tell me” before it."""
    said = question.strip()
    rest = said[_behind_courtesy(said) :]
    plain = unprefaced(rest)
    if plain == said or not (plain != rest or is_question(plain.rstrip("?"))):
        # “Hello, Dolly” is a title.
        return question
    return f"{plain[0].upper()}{plain[1:]}"


def _behind_courtesy(text: str) -> int:
    """Where a text goes on behind greetings, thanks and the like."""
    start = 0
    while found := courtesy.opening(text, start, len(text)):
        start = found[1]
        while start < len(text) and not text[start].isalnum():
            start += 1
    return start


def _is_courtesy(text: str) -> bool:
    """Whether greetings, thanks and the like are all that a text holds."""
    return _behind_courtesy(text) == len(text) > 0
