"""Sentences that do not say that their content is so: myths, dreams, doubts, stories.

“It is a myth that the pier was built in 1850” gives no year of building.

Nor does a question about a former time ask for what is so: “What was my previous plan?”, “Where did
she use to work?” and “What was our fee at first?” ask for a value that no longer holds.
"""

import re
from functools import cache
from typing import NamedTuple

from ingest.language.word_lists import words


def is_unasserted(sentence: str) -> bool:
    """Whether an English or German sentence calls its content untrue, doubtful or invented."""
    text = sentence.strip()
    return any(opener.match(text) is not None for opener in (_opener(), _GERMAN))


@cache
def _opener() -> re.Pattern[str]:
    invented, doubtful = (
        "|".join(sorted(map(re.escape, words(name)))) for name in ("invented", "doubtful")
    )
    work = "|".join(sorted(words("fiction")))
    return re.compile(
        # “It is a common myth that …”, “That's untrue, that …”
        rf"(?:it|that)(?: is|['’]s| was) (?:just |only |merely |simply )?"
        rf"(?:an? |the )?(?:[\w'’]+ ){{0,2}}(?:{invented}),? that\b"
        rf"|it(?: is|['’]s| was) (?:{doubtful}) (?:that|whether|if)\b"
        r"|(?:rumou?r|legend|word|gossip|hearsay) (?:has|had) it\b"
        r"|it (?:isn['’]t|is not|wasn['’]t|was not) (?:clear|certain|known|sure|decided|settled)\b"
        # “Nobody is sure whether …”, “Many wrongly believe …”
        r"|(?:[\w'’]+ ){1,4}(?:not|n['’]t) (?:sure|certain|convinced)\b"
        r"|(?:[\w'’]+ ){0,3}(?:aren|isn|wasn|weren)['’]t (?:sure|certain|convinced)\b"
        r"|(?:[\w'’]+ ){1,4}(?:wrongly|falsely|mistakenly|erroneously) \w+"
        # “In the film I saw, …”, “Suppose the code is …”
        rf"|in (?:the|my|this|that|an?|his|her) (?:\w+ )?(?:{work})"
        r"(?: (?:i|we|he|she|by|of|about) [^,]{1,40})?,"
        r"|(?:suppose|imagine|pretend|let['’]s say|say),? (?:that|the|an?|my|our|i|we|you|there)\b",
        re.IGNORECASE,
    )


_GERMAN = re.compile(
    r"es ist (?:nur )?(?:ein|eine|der|die|das) (?:\w+ )?"
    r"(?:mythos|märchen|lüge|legende|gerücht|irrtum|witz|traum|erfindung),? dass\b"
    r"|es (?:stimmt nicht|ist nicht wahr|ist falsch|ist unklar|ist ungewiss),? (?:dass|ob)\b"
    r"|(?:ich bin|wir sind) (?:mir |uns )?nicht sicher,? ob\b"
    r"|im (?:roman|film|traum|spiel|buch|märchen)\b|in (?:dem|der) (?:serie|geschichte)\b"
    r"|(?:angenommen|gesetzt den fall),? |angeblich ",
    re.IGNORECASE,
)


_PAST = re.compile(r"\b(?:was|were|did|had)\b", re.IGNORECASE)
_USED = re.compile(r"^(.*\bdid .+?) used? to (?=[a-z])", re.IGNORECASE)
_WHO_USED = re.compile(r"^(?:who|what|which \w+) used to (?=[a-z])", re.IGNORECASE)
#: What only a former time has; what the first or the old one is, may also be a name for it.
_FORMER = re.compile(
    r"\b(?:\w+['’]s?|my|our|your|his|her|its|their|the)( (?:previous|former|earlier|prior|ex-)) ",
    re.I,
)
_OLD = re.compile(r"\b(?:\w+['’]s?|my|our|your|his|her|its|their)( (?:old|first|original)) ", re.I)
_AT_FIRST = re.compile(
    r"( (?:at first|at the (?:start|beginning|outset)|in the beginning|to begin with|initially"
    r"|originally))(?=\W|$)",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"( (?:up )?(?:until|till) (?:then|recently|lately|\w+(?: \d{4})?))(?=\W*$)", re.I
)
#: “Which ward was I on before?”
_STRANDED = re.compile(
    r"\b(?:on|in|at|by|to|for|with|from)( (?:before|previously|formerly|earlier))(?=\W*$)", re.I
)
_OLDEST = ("first", "original")


class Former(NamedTuple):
    """A question without its words for a former time.

    It asks for the oldest value (`first`), and for nothing else but a former one (`surely`).
    """

    text: str
    first: bool = False
    surely: bool = True


def former(question: str) -> Former | None:
    """What a question about a former value comes down to; None for other questions."""
    match = _FORMER.search(question)
    if match is not None:
        return Former(_without(question, match), surely=False)
    used = _USED.match(question)
    if used is not None:
        return Former(f"{used[1]} {question[used.end() :]}")
    if _WHO_USED.match(question):
        return Former(question)
    if _PAST.search(question) is None:
        return None
    match = _STRANDED.search(question)
    if match is not None:
        return Former(_without(question, match))
    match = _OLD.search(question)
    if match is not None:
        return Former(_without(question, match), match[1].strip().lower() in _OLDEST, surely=False)
    match = _AT_FIRST.search(question)
    if match is not None:
        return Former(_without(question, match), first=True)
    match = _UNTIL.search(question)
    return None if match is None else Former(_without(question, match), surely=False)


def _without(text: str, match: re.Match[str]) -> str:
    """The text without the first group of a match."""
    return text[: match.start(1)] + text[match.end(1) :]
