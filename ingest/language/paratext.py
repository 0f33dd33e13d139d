"""Paratext (Genette 1987): lines about a text rather than of it, such as summaries of chapters.

“Return home from Brazil—The gift of a ship—The rebuilding of the Spray” has the words of its whole
chapter and answers no question; nor does “[Illustration: The house of the king.]”.
"""

from functools import lru_cache

from ingest.patterns import later

_CAPTION = later(r"(?i)\[(?:illustration|abbildung|image|bild)\b[^\[\]]*\]")
_DASH = later(r"\s*(?:--+|—|\s–\s)\s*")
#: The fewest topics of a summary, their fewest words on average, and the share of them that begin
#: like headings.
_TOPICS, _WORDS, _CAPITAL = 4, 2, 0.75


@lru_cache(4096)
def is_paratext(sentence: str) -> bool:
    """Whether a sentence is the caption of an illustration or the summary above a chapter."""
    text = sentence.strip()
    if _CAPTION.fullmatch(text):
        return True
    topics = list(filter(None, _DASH.split(text.rstrip(" ."))))
    if len(topics) < _TOPICS or any(topic[-1] in ".!?;," for topic in topics):
        return False
    if len(text.split()) < _WORDS * len(topics):
        return False
    heads: int = sum(topic.lstrip("_*\"'“‘„(")[:1].isupper() for topic in topics)
    return heads >= _CAPITAL * len(topics)
