"""Boilerplate to ignore: running heads, mail headers, cues, notices, citations, image sizes."""

import re

from ingest.language.word_lists import classes
from ingest.patterns import later

_LINES = r"""
(?:chapter|page|figure|fig\.|table|section|part|volume|appendix|slide)\s+(?:[0-9]+|[ivxlc]+)\b
    (?:\s*(?:of|/)\s*[0-9]+)?\s*[.:]?(?=\s*$)
|(?:page|p\.|slide)\s+[0-9]+\s+of\s+[0-9]+
|(?:chapter|section|figure|fig\.|table|slide)\s+[0-9.]+\s*[:.–—-]
|-?\s*[0-9]{1,4}\s*-?(?=\s*$)
|(?:from|to|cc|bcc|sent|date|reply-to|message-id|received|return-path|mime-version|content-type
    |content-transfer-encoding|in-reply-to|x-[a-z-]+)\s*:[^\n]*[@0-9<=/][^\n]*
|(?:subject|re|fwd|fw)\s*:
|(?:source|url|link|retrieved|accessed|timestamp|uuid|id|hash|sha256|md5|isbn|issn|doi|tags|metadata
    |created|modified|last\ updated|session|speaker\ [0-9]+)\s*:[^\n]*
|table\ of\ contents(?=\s*$)|this\ page\ (?:is\ )?intentionally\ left\ blank|>+
|(?:scroll|click\ here|share\ this|read\ more|sign\ up|log\ in|subscribe|advertisement|cookie)
    [^.\n]{0,60}(?=\s*$)
"""
_ANYWHERE = r"""
\[(?:music|applause|laughter|inaudible|silence|noise|crosstalk|image|citation\ needed
    |edit|[0-9, –-]+)\]
|\((?:music|applause|laughter|inaudible)\)
|\b(?:photograph|picture)(?=\ “[^”\n]*”,\ [0-9]+\ ×)
|(?<=”,\ )[0-9]+\ ×\ [0-9]+\ pixels(?:,\ [0-9]+\ pages)?
|[^.!?\n]{0,40}\ball\ rights\ reserved\b\.?
|(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*[0-9]{4}[^.\n]*
|<[^<>\n]{1,200}>
|:[a-z]+(?:[_:-][a-z]+){0,3}:(?=`)
|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b
|(?<!\w)_+(?=\w)|(?<=\w)_+(?!\w)
|\([^()\n]{0,400}\bet\ al\b[^()\n]{0,400}\)|\bet\ al\b\.?
|[0-9]{1,2}:[0-9]{2}:[0-9]{2}[.,][0-9]{3}(?:\s*-->\s*[0-9:.,]+)?
"""
_WRAPPING = later(rf"^[ \t]*(?:{_LINES})|{_ANYWHERE}", re.IGNORECASE | re.MULTILINE | re.VERBOSE)
#: Without these signs, only lines can begin with boilerplate; most statements have none.
_OPENING = later(rf"^[ \t]*(?:{_LINES})", re.IGNORECASE | re.MULTILINE | re.VERBOSE)
_SIGNS = (
    "et al",
    "_",
    "×",
    ":`",
    "[",
    "<",
    "©",
    "-->",
    "eserved",
    "ESERVED",
    "opyright",
    "OPYRIGHT",
)
#: The label of a memory: “DECISION: …”. “REASON:” is a connective.
_LABELS = "|".join(
    name for verb, names in classes("labels.txt").items() if verb != "reason" for name in names
)
_LABEL = later(rf"(?:^|(?<=[.!?]\s))(?:{_LABELS.replace('_', '[ -]')})\s?:(?=\s)", re.IGNORECASE)
_CUES = later(r"\((?:c\)|music|applause|laughter|inaudible)", re.IGNORECASE)


def blank_boilerplate(text: str) -> str:
    """The text with boilerplate blanked out, at unchanged offsets."""
    if ":" in text:
        text = _LABEL.sub(_blank, text)
    inside = "(" in text and _CUES.search(text) is not None
    for sign in _SIGNS:
        inside = inside or sign in text
    return (_WRAPPING if inside else _OPENING).sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
