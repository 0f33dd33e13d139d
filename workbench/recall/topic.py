"""Open questions about a topic: “What is known about X?”, “Tell me about X”.

The topic is X alone. The words around it (know, tell, source) are ignored, and there is no answer
type: any text on X answers, and without X there is no answer. Linear in the length of the question;
longer ones ask for more than a topic.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.languages import word_set
from ingest.patterns import later
from workbench.memory import words
from workbench.memory.vocabulary import ENGLISH_STOP

#: Maximum characters of a question, and of a topic.
_LONGEST, _MOST = 240, 120

_HELD = (
    r"(?:(?:the|my|our|your|these|this|all(?: the)?)\s+)?(?:sources?|books?|texts?|notes?"
    r"|documents?|papers?|articles?|library|files?|chats?|collections?|authors?|transcripts?|lectures?)"
)
_OF = r"(?:about|on|of|regarding|concerning)"
_SAID = r"(?:known|said|written|told|recorded|reported|mentioned|stated)"
_SOMETHING = (
    r"(?:something|anything|everything|more|all|a (?:bit|little)|all there is to know|all you know"
    r"|what you know|what is (?:known|said|written))"
)
_LISTED = (
    r"(?:information|details|facts|everything|anything|something|an? (?:short )?(?:overview"
    r"|summary)|background)"
)
_FORMS = (
    # English
    rf"what(?:['’]s|\s+is|\s+are|\s+was|\s+has\s+been)\s+(?:there\s+)?(?:{_SAID}\s+)?"
    rf"(?:(?:here|in\s+{_HELD}|by\s+{_HELD})\s+)?about",
    rf"what(?:['’]s|\s+is|\s+was)\s+(?:known|said)\s+{_OF}",
    rf"what\s+(?:do|does|can|could)\s+(?:we|you|i|{_HELD})\s+(?:know|say|have)\s+{_OF}",
    rf"what\s+(?:do|does|did|can|could)\s+(?:we|you|i|{_HELD})\s+(?:know|say|tell|have|write"
    r"|report|mention|find(?:\s+out)?|learn)(?:\s+(?:me|us))?\s+about",
    rf"(?:tell|remind)\s+(?:me|us)(?:\s+{_SOMETHING})?\s+(?:about|of)",
    rf"(?:is|are|was)\s+(?:there\s+)?(?:anything|something)\s+(?:{_SAID}\s+)?(?:here\s+)?{_OF}",
    rf"(?:do|does|did)\s+(?:we|you|i|{_HELD})\s+(?:(?:know|say|tell|have|write)\s+"
    rf"(?:anything|something)\s+{_OF}|mention)",
    rf"(?:(?:give|show|get|find)(?:\s+(?:me|us))?\s+)?(?:(?:some|all|any|more|the)\s+)?{_LISTED}\s+"
    r"(?:about|on|regarding|concerning)",
    r"(?:give\s+(?:me|us)\s+)?an?\s+(?:short\s+)?(?:overview|summary)\s+of",
    r"(?:please\s+)?(?:describe|summari[sz]e|introduce)(?:\s+(?:me|us)\s+to)?",
    r"(?:what|how)\s+about",
    # German
    r"was\s+(?:ist|wissen\s+wir|weiß\s+man|weißt\s+du|wird|sagen\s+(?:die|meine)\s+quellen|steht"
    r"(?:\s+hier)?)\s+(?:über|von|zu)",
    r"(?:bitte\s+)?erzähle?\s+(?:mir|uns)(?:\s+(?:etwas|mehr|alles))?\s+(?:über|von)",
    r"(?:alles|informationen|etwas)\s+(?:über|zu)",
    r"(?:beschreibe?|beschreiben\s+sie)",
    # French, Spanish, Russian
    r"(?:que\s+sait-on|que\s+savons-nous|que\s+sais-tu|que\s+savez-vous|que\s+disent\s+les\s+sources)"
    r"\s+(?:d['’]|de\s+|du\s+|des\s+|sur\s+|à\s+propos\s+d[e'’]\s*)",
    r"parle(?:z)?-moi\s+(?:d['’]|de\s+|du\s+|des\s+)",
    r"¿?\s*qué\s+(?:se\s+(?:sabe|dice)|sabemos|sabes|dicen\s+las\s+fuentes)\s+"
    r"(?:del?|sobre|acerca\s+del?)",
    r"(?:háblame|cuéntame(?:\s+(?:algo|más))?)\s+(?:del?|sobre|acerca\s+del?)",
    r"что\s+(?:известно|мы\s+знаем|говорят\s+источники)\s+(?:о|об|про)",
    r"расскажи(?:те)?(?:\s+мне)?\s+(?:о|об|про)",
)
_ASKED = later(
    r"(?:(?:please|can\s+you|could\s+you|would\s+you|i\s+(?:want|would\s+like)\s+to\s+know)[,\s]+)?"
    rf"(?:{'|'.join(_FORMS)})\s*(?<![^\W\d_](?=[^\W\d_]))(?P<topic>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
#: Maximum words of a bare name or topic, and the punctuation around it; the confidence of a fact on
#: its topic.
FEW, MARKS, TOLD = 4, " ?.!…,:;\"“”„‘’'«»()", 0.95
#: The minimum share of a topic in one place, and the steepness of the transition: one of two names
#: is half.
_MET, _SHARP = 0.75, 12.0
_CLOSING = later(
    rf"(?:\s+(?:here|please|bekannt|gesagt|geschrieben|berichtet)|,?\s+(?:in|from|according\s+to)\s+"
    rf"{_HELD})$",
    re.IGNORECASE,
)
#: A clause has a specific question: “tell me about how he died”.
_CLAUSES = word_set("how why when where whether what who whom whose which if that")


def topic_of(question: str) -> str:
    """The topic of an open question, as written; "" for a specific one."""
    asked = question.strip().rstrip(" ?.!…？。")
    if len(asked) > _LONGEST:
        return ""
    match = _ASKED.fullmatch(asked)
    if match is None:
        return ""
    topic = match["topic"].strip(" ,:\"“”‘’'«»")
    while (cut := _CLOSING.sub("", topic)) != topic:
        topic = cut.strip(" ,")
    is_clause = not _CLAUSES.isdisjoint(words.raw_tokens(topic.lower())[:1])
    return topic if 0 < len(topic) <= _MOST and not is_clause else ""


def subject_of(question: str) -> str:
    """The topic of a question, or a few words without a question; "" for others."""
    alone = "" if "?" in question else question.strip(MARKS)
    said = words.sequence(alone)
    few = len(said) <= FEW and not any(map(ENGLISH_STOP.__contains__, said))
    return topic_of(question) or (alone if few else "")


def sureness(weights: Sequence[float], meets: NDArray[np.float32]) -> float:
    """The probability that a library covers a topic whose words have these weights.

    `meets`, float32[words, places], is the proximity of each word to each place, 1 for inside. The
    words must occur together in one place, which then answers.
    """
    weight = np.array(weights)
    if not meets.size or not weight.sum():
        return 0.0
    share = float(np.einsum("t,tw->w", weight / weight.sum(), meets).max())
    return float(1 / (1 + np.exp(-_SHARP * (share - _MET))))
