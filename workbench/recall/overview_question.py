"""Parses questions for an overview: “What is this book about?”, “Summarise chapter 2”.

The result has the kind of overview and the reference to the text; `overview` decides whether there
is such a text, and whether it is meant.
"""

import re
from dataclasses import dataclass

from ingest.language.numerals import cardinals, ordinals, tens
from ingest.patterns import later
from workbench.recall.topic import topic_of

#: Maximum characters of a question.
_LONGEST = 200
#: Maximum words of a bare title.
_TITLE = 10
_WORK = (
    r"(?:book|text|novel|story|stories|document|paper|article|report|chapter|source|file|essay|play|poem"
    r"|thesis|guide|manual|proposal|notes?|page|collection|library|sources|texts|papers|documents|talk|lecture)"
)
_THE = r"(?:(?:this|the|that|my|these|those|our)\s+(?:\w+\s+)?)?"
_QUERY = r"(?:(?:please|can you|could you|would you)[,\s]+)?"
_GIST = (
    r"(?:main|key|most important|central|essential)\s+(?:points?|ideas?|topics?|themes?|messages?"
    r"|arguments?|things|findings|results|conclusions?|recommendations|decisions|contents?)"
)
_SHORT = r"(?:short\s+|brief\s+|quick\s+)?(?:summary|overview|outline|synopsis|abstract|gist)"
_FORMS = (
    rf"what(?:['’]s|\s+is|\s+are)\s+(?P<a>{_THE}{_WORK}|it|this|these|.{{3,90}}?)\s+(?:all\s+)?about",
    rf"what\s+(?:is|are|does|do)\s+(?P<b>{_THE}{_WORK})\s+(?:deal|deals|dealing)\s+with",
    rf"(?:give|show|write|make)\s+(?:me\s+|us\s+)?(?:an?|the)\s+{_SHORT}(?:\s+(?:of|for|on)\s+(?P<c>.+))?",
    rf"{_SHORT}(?:\s+of\s+(?P<d>.+))?",
    r"(?:summari[sz]e|sum\s+up|outline|recap)(?:\s+(?P<e>.+))?",
    rf"what(?:['’]s|\s+is|\s+are|\s+were)\s+the\s+(?:{_GIST}|gist|plot|story)(?:\s+(?:of|in|from)\s+(?P<f>.+))?",
    r"what\s+(?:should|must|do|can)\s+(?:i|we|one)\s+(?:need\s+to\s+)?(?:know|learn|remember)"
    r"\s+about\s+(?P<g>.+?)(?:,?\s+(?:in\s+(?:short|brief|a\s+nutshell)|at\s+least))?",
    r"what\s+happens\s+in\s+(?P<h>.+)",
    r"what\s+(?:was|were)\s+(?:discussed|debated|talked\s+about)\s+(?:in|at|during|on)\s+(?P<m>.+)",
    r"worum\s+geht\s+es(?:\s+(?:in|im|bei|hier))?(?:\s+(?P<i>.+))?",
    r"wovon\s+handelt\s+(?P<j>.+)",
    r"was\s+(?:steht|passiert|geschieht)\s+(?:in|im)\s+(?P<n>.+)",
    r"fass[et]?(?:\s+(?P<k>.+?))?\s+(?:kurz\s+)?zusammen",
    r"(?:eine\s+)?(?:kurze\s+)?zusammenfassung(?:\s+(?:von|des|der|zu)\s+(?P<l>.+))?",
)
#: “How does Emma end?”, “What happens at the beginning of the book?”
_EDGE = later(
    rf"{_QUERY}(?:how\s+(?:does|did|do)\s+(?P<a>.{{2,90}}?)\s+(?P<ends>end|finish|conclude)"
    r"|how\s+(?:does|did|do)\s+(?P<b>.{2,90}?)\s+(?:begin|start|open)"
    r"|what\s+happens\s+(?:at|in|towards?)\s+the\s+(?:very\s+)?(?:(?P<end>end)|beginning|start)"
    r"(?:\s+of\s+(?P<c>.+))?"
    r"|wie\s+(?:(?P<endet>endet)|beginnt)\s+(?P<d>.+)"
    r"|was\s+(?:passiert|geschieht)\s+am\s+(?:(?P<ende>ende)|anfang)(?:\s+(?:von|des|der)\s+(?P<f>.+))?)",
    re.IGNORECASE,
)
#: Parts of any text, without a number.
EDGES = ("beginning", "end")
_PRONOUNS = frozenset(("it", "this", "that", "these", "es", "das", "dies"))
_TOPIC = later(rf"{_QUERY}(?:{'|'.join(_FORMS)})", re.IGNORECASE)
_CAST_QUERY = later(
    rf"{_QUERY}(?:who\s+(?:are|(?P<one>is))|list|name|tell\s+me|introduce)\s+(?:all\s+)?"
    r"(?:the\s+)?"
    r"(?:main|most\s+important|important|central|principal|chief|leading|key|major)\s+"
    r"(?:characters?|people|persons?|figures?|protagonists?|heroes|men|women|names)"
    r"(?:\s+(?:of|in|from)\s+(?P<work>.+))?|who\s+is\s+(?:it|this|the\s+(?:book|story|novel))\s+about",
    re.IGNORECASE,
)
_PLAIN = later(
    rf"{_THE}(?:whole\s+|entire\s+)?{_WORK}|it|this|these|that|everything|all\s+of\s+(?:it|this|them)"
    r"|(?:(?:das|die|de[rmns]|diese[mrns]?|mein\w*)\s+)?(?:ganzen?\s+)?(?:buche?s?|text(?:es)?|romane?s?|dokuments?"
    r"|geschichte|aufsatz(?:es)?|artikels?|berichte?s?|quelle)",
    re.IGNORECASE,
)
_SEVERAL = later(
    r"(?:(?:the|this|these|those|my|our|all)\s+)*(?:whole\s+|entire\s+)?"
    r"(?:sources|books|texts|papers|documents|articles|files|notes|collection|library)|everything"
    r"|all\s+of\s+(?:it|them)",
    re.IGNORECASE,
)
_NAMES_A_WORK = later(
    r"what(?:['’]s|\s+is|\s+are)\s+.+\s+about$|wo(?:rum|von)\b|what\s+(?:happens|was|were)\b|what\s+(?:is|are|does|do)\s+.+\s+with$"
    r"|what(?:['’]s|\s+is|\s+was)\s+the\s+(?:plot|story)",
    re.IGNORECASE,
)
_PARTS_QUERY = later(
    r"(?:all\s+)?(?:the\s+)?(?:single\s+|different\s+|individual\s+)?"
    r"(?:stories|chapters|parts|letters|sections|tales|essays|poems|episodes|lectures|acts)"
    r"(?:\s+(?:of|in|from)\s+(?P<work>.+))?",
    re.IGNORECASE,
)
_GIST_QUERY = later(
    r"\b(findings|results|conclusions?|arguments?|recommendations|decisions)\b", re.IGNORECASE
)
#: “Summarise the section on safety”: a part by its heading.
_PART_ON = later(
    r"(?:the\s+)?(?:chapter|part|section|story|passage|bit)s?\s+(?:on|about|called|named|titled)\s+(.+)"
    r"|(?:the\s+)?(.+?)\s+(?:chapter|part|section|story)",
    re.IGNORECASE,
)
#: German ordinals by their stems: “das zweite Kapitel”, “im dritten Akt”.
_GERMAN = (
    *("erst", "zweit", "dritt", "viert", "fünft", "sechst"),
    *("siebt", "acht", "neunt", "zehnt", "elft", "zwölft"),
)
#: The values of the words in numerals, and numerals below a hundred: “nine”, “twenty-first”.
_VALUES = (
    cardinals("en")
    | ordinals()
    | {f"{word[:-1]}ieth": ten for word, ten in tens("en").items()}
    | {f"{stem}e{end}": at for at, stem in enumerate(_GERMAN, 1) for end in ("", *"nrsm")}
)
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))
NUMBER_WORDS = rf"(?:{_WORDS})(?:[ -](?:{_WORDS}))?"
#: Kinds of parts in German.
_TRANSLATED = {
    **{"kapitel": "chapter", "teil": "part", "abschnitt": "section", "akt": "act"},
    **{"brief": "letter", "szene": "scene", "band": "volume", "aufzug": "act"},
}
_CHAPTER = later(
    rf"(?:(?:the|das|de[rsmn]|dem)\s+)?(?:(?P<first>{NUMBER_WORDS}|last|letzten?s?)\s+)?"
    r"(?P<kind>chapter|part|letter|book|section|act|scene|canto|story|adventure|volume|lecture"
    rf"|{'|'.join(_TRANSLATED)})s?"
    rf"(?:\s+(?P<number>\d{{1,3}}(?:st|nd|rd|th)?|[ivxlc]{{1,7}}|{NUMBER_WORDS})"
    r"(?:\s*(?:-|–|to|through|and|bis|und)\s*(?P<until>\d{1,3}))?)?"
    r"(?:\s*[:,]?\s+(?:of|in|from|von|aus)\s+(?P<work>.+))?",
    re.IGNORECASE,
)
#: Punctuation around the reference to a text.
_CONTEXT_MARKS = " ,“”\"'"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class OverviewQuery:
    """A parsed question for an overview.

    `kind` is "about", "people", "person" for the main one, or "parts". `work` is the reference to
    the text, "" for the current one, and `plain` its original wording: “the report”; `headed`: it
    refers to a part. `chapter` is the number of a part of kind `part`, −1 for the last, and `until`
    that of the last one of a range; a `part` of `EDGES` has none. Unless `explicit`, it is an
    overview only if `work` is a text: “What is the letter about?” may ask for what somebody wrote.
    With `titled` it must be a full title. `several` means all in scope. `gist` is the requested
    aspect: “findings”.
    """

    kind: str
    work: str = ""
    part: str = ""
    chapter: int = 0
    until: int = 0
    explicit: bool = True
    titled: bool = False
    several: bool = False
    gist: str = ""
    plain: str = ""
    headed: bool = False


def overview_query(question: str) -> OverviewQuery | None:
    """Parse a question for an overview; None for other questions."""
    query = " ".join(question.split()).strip().rstrip(" ?.!…")
    if not query or len(query) > _LONGEST:
        return None
    if cast := _CAST_QUERY.fullmatch(query):
        return OverviewQuery("person" if cast["one"] else "people", _work(cast["work"] or ""))
    if edge := _EDGE.fullmatch(query):
        content = next((edge[name] for name in "abcdf" if edge[name]), "")
        return _chapter(content) or _edge(edge, content)
    topic = _TOPIC.fullmatch(query)
    if topic is None:
        return _titled(question, query)
    content = next((result for result in topic.groups() if result), "")
    if parts := _PARTS_QUERY.fullmatch(content.strip(" ,")):
        return OverviewQuery("parts", _work(parts["work"] or ""))
    if part := _chapter(content):
        return part
    explicit = not _NAMES_A_WORK.match(query)
    gist = _GIST_QUERY.search(query)
    return OverviewQuery(
        "about", _work(content), explicit=explicit, several=bool(_SEVERAL.fullmatch(content)),
        gist=gist[1].lower() if gist else "", plain="" if _work(content) else content,
        headed=bool(_PART_ON.fullmatch(content.strip(_CONTEXT_MARKS))),
    )  # fmt: skip


def _chapter(content: str) -> OverviewQuery | None:
    """A numbered part: “chapter 2 of Emma”; None for other words."""
    part = _CHAPTER.fullmatch(content.strip(" ,"))
    if part is None or not (part["number"] or part["first"]):
        return None
    until = int(part["until"] or 0)
    kind = part["kind"].lower()
    return OverviewQuery(
        "about", _work(part["work"] or ""), _TRANSLATED.get(kind, kind), _number(part), until
    )


def _edge(match: re.Match[str], content: str) -> OverviewQuery | None:
    """The end or the beginning of a text, if a full title or a noun for texts names it."""
    if content.lower() in _PRONOUNS:
        return None
    part = EDGES[any(match[name] for name in ("ends", "end", "endet", "ende"))]
    work = _work(content)
    plain = "" if work else content
    return OverviewQuery("about", work, part, explicit=False, titled=bool(work), plain=plain)


def _titled(question: str, query: str) -> OverviewQuery | None:
    """Parse “Tell me about Sense and Sensibility”, or a bare title; None if it cannot be one.

    A single word is more likely a name in a text than a title.
    """
    single = "" if question.rstrip().endswith("?") or query[:1].islower() else query
    work = _work(topic_of(query) or single)
    return OverviewQuery("about", work, titled=True) if 1 < len(work.split()) <= _TITLE else None


def _work(content: str) -> str:
    """The reference to a text, "" for a generic one."""
    plain = content.strip(_CONTEXT_MARKS)
    if _PLAIN.fullmatch(plain):
        return ""
    part = _PART_ON.fullmatch(plain)
    return next((group for group in part.groups() if group), plain) if part else plain


def _number(part: re.Match[str]) -> int:
    number = (part["first"] or part["number"] or "").lower()
    return -1 if number in ("last", "letzte", "letzten", "letztes") else as_number(number)


def as_number(number: str) -> int:
    """The value of Arabic or Roman numerals or of number words; 0 for others."""
    low = number.lower()
    digits = low.rstrip("sthndr")
    if digits.isdecimal():
        return int(digits)
    if not low or set(low) - _ROMAN.keys():
        return sum(_VALUES.get(word, 0) for word in re.split(r"[ -]", low))
    values = [_ROMAN[item] for item in low]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))
