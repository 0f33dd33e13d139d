"""Guesses the kind of a statement from its first words.

A label (“TODO: …”) decides, as do a few English phrases by which people report a decision,
preference or discovery. Everything else is a plain fact: a wrong kind, which may let a memory
expire, is worse than none.
"""

import re

from ingest.language.word_lists import classes
from ingest.patterns import later

_LABELS = {
    "todo": "to-?do|to do|task",
    "decision": "decision|decided",
    "preference": "preference",
    "insight": "insight|lesson|lesson learn(?:ed|t)|learn(?:ed|t)|til|aha",
    "context": "context",
    "error": "error|bug|exception|known issue|(?-i:[A-Z][A-Za-z_.]*(?:Error|Exception))",
    "workflow": "workflow|procedure|how-?to",
    "reference": "reference|ref|see also|docs|documentation|source code",
}
_WE = (
    r"(?:i|we|(?:the|our|my) (?:team|group|board|committee|family|crew|council)|everyone)"
    r"(?:'ve| have| has|'d| had)?(?: (?:also|just|finally|now|jointly|all|together|already))*"
)
_PHRASES = {
    "todo": r"(?:please )?(?:don't forget|do not forget|remember|remind me) to\b",
    "decision": rf"{_WE} (?:decided|agreed|resolved|opted|voted|chose) (?:to|on|that|against|not)\b"
    rf"|{_WE} (?:opted for|decided for|settled on|chose)\b"
    r"|(?:decided|agreed) (?:to|on|that|against)\b|it was decided (?:to|that)\b",
    "preference": r"(?:i|we)(?:'d| would| do)?(?: (?:really|always|usually|generally|much|strongly"
    r"|still|also|both))* prefer\b|(?:my|our) (?:strong )?preference is\b|i(?:'d| would) rather\b",
    "insight": r"(?:it )?turns out\b|(?:i|we)(?: have|'ve)?(?: (?:just|finally|now))* "
    r"(?:reali[sz]ed|discovered|found out|figured out|learn(?:ed|t)) that\b"
    r"|(?:the )?(?:key|main) (?:insight|takeaway|lesson)\b",
    # "To close the mill: stop the wheel, wait, lock the gate."
    "workflow": r"to [^:;.]{2,80}: [^:]+[,;>→].|step (?:1|one)\b\W",
}
_LABEL = later(
    r"\W*(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + r")(?: ?[(\[][^)\]]{0,30}[)\]])? ?[:：]\s*\S",
    re.IGNORECASE,
)
_PHRASE = later("|".join(f"(?P<{kind}>{words})" for kind, words in _PHRASES.items()), re.IGNORECASE)
#: The first words of these phrases: a quick test, since few statements begin with one.
_OPENING = classes("memory.txt")["kinds_guessing_opening"]
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
#: Characters that are searched for a label or phrase.
_CHARACTERS = 200


def guess(text: str) -> str | None:
    """The kind by the wording of a statement; None for a plain fact."""
    begin = text[:_CHARACTERS].lstrip()
    if not begin.isascii():
        begin = begin.translate(_APOSTROPHES)
    kind = _label(begin)
    if kind is None and begin.partition(" ")[0].lower() in _OPENING:
        match = _PHRASE.match(begin)
        kind = None if match is None else match.lastgroup
    return kind


def labelled(text: str) -> bool:
    """Whether a statement begins with a kind as its label, as in “Error: …”."""
    return _label(text[:_CHARACTERS].translate(_APOSTROPHES)) is not None


def _label(begin: str) -> str | None:
    if ":" not in begin and "：" not in begin:
        return None
    match = _LABEL.match(begin)
    return None if match is None else match.lastgroup
