"""How many there are where all are named: "my kids are Mia, Tom and Lea" are three."""

import re

from ingest.patterns import later

_ASKED = later(
    r"how many (?P<noun>[a-z]+s|children) (?:do|does) (?P<who>i|we|[^\W\d_][\w-]*) have\s*[?.]*",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)?"
_LIST = later(rf"{_NAME}(?:, {_NAME})*,? and {_NAME}")
_OWN = {"i": "my", "we": "our"}


def question(text: str) -> str:
    """The question for the names of those whose number is asked for; "" for another question."""
    found = _ASKED.fullmatch(text.strip())
    if found is None:
        return ""
    who = found["who"]
    return f"Who are {_OWN.get(who.lower(), f'{who}’s')} {found['noun']}?"


def count(names: str) -> int:
    """How many names a list has; 0 for what is no list of names alone."""
    if _LIST.fullmatch(names) is None:
        return 0
    return names.count(",") + 2 - len(re.findall(r", and ", names))
