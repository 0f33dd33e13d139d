"""Blanks out fillers in speech: hesitations, discourse markers, stutters, marks.

Offsets in the cleaned text equal those in the transcript. Ambiguous words ("like", "you know",
"right") are fillers only between commas. The lists follow the disfluencies of the Switchboard
corpus (Shriberg, 1994); English only.
"""

import re

_HESITATION = re.compile(
    r"(?P<before>,\s*)?\b(?:u+m+|u+h+|uhm+|e+rm*|h+m+|m{2,}|mhm|uh-huh|ah|eh)\b(?P<after>\s*,)?",
    re.IGNORECASE,
)
_OPENING = r"(?:so|okay|ok|well|now|right|all right|alright|anyway|basically|actually|yeah|yep|oh)"
#: Sentence openings without content: "Okay, so basically, ...".
_OPENINGS = re.compile(
    rf"(?P<lead>(?:^|[.!?][\"')]*\s)\s*)"
    rf"(?P<said>(?:(?:and\s+)?(?:{_OPENING}|you know|i mean|you see|look|listen)\s*,\s*"
    rf"|(?:okay|ok|yeah|alright|oh)\s+(?=so\b)|so\s+(?=basically\b|actually\b)"
    rf"|(?<=\bso )(?:basically|actually)\s+)+)",
    re.IGNORECASE | re.MULTILINE,
)
_PARENTHETICAL = re.compile(
    r",\s*(?:you know|i mean|like|you see|okay|basically|actually|literally|honestly|let's say)"
    r"\s*(?:,|(?=[.!?]))",
    re.IGNORECASE,
)
#: Tag questions: "..., right?" becomes a statement.
_TAG = re.compile(r",\s*(?:right|okay|ok|you know|yeah|huh)\s*\?", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?P<before>\b(?:an?|the|this|that|what|which|some|any|every|each|no|of|same|other|new"
    r"|very|so|too|most|more|how|quite)\s+)?"
    r"\b(?:kind|sort)\s+of\s+(?!(?:you|him|her|them|me|us)\b)",
    re.IGNORECASE,
)
_STUTTER = re.compile(
    r"\b(?P<word>the|an?|i|and|or|of|was|he|she|we|they|my|our)\b(?:\s*,)?\s+(?=(?P=word)\b)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\[\?\]|>>+")


def without_fillers(text: str) -> str:
    """Blank out fillers, keeping all offsets."""
    text = _MARK.sub(_blank, text)
    text = _HESITATION.sub(_hesitation_blanked, text)
    text = _OPENINGS.sub(lambda match: match["lead"] + " " * len(match["said"]), text)
    text = _TAG.sub(lambda match: " " * (len(match[0]) - 1) + ".", text)
    text = _PARENTHETICAL.sub(_blank, text)
    text = _HEDGE.sub(lambda match: match[0] if match["before"] else _blank(match), text)
    return _STUTTER.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return "".join(letter if letter == "\n" else " " for letter in match[0])


def _hesitation_blanked(match: re.Match[str]) -> str:
    # One comma of two: the text before it may need the other.
    if match["before"] and not match["after"]:
        return match["before"] + " " * (len(match[0]) - len(match["before"]))
    return _blank(match)
