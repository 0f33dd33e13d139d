"""Sentences that do not say that their content is so: myths, dreams, doubts, stories.

“It is a myth that the pier was built in 1850” gives no year of building.
"""

import re
from functools import cache

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
