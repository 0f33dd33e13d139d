"""Question forms that are recognised by wording, before retrieval.

Small talk, quoted phrases to find, “tell me more”, who wrote what to whom, and highlights. Each
function takes the question as typed.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from ingest.language.numerals import months
from ingest.language.politeness import unprefaced
from ingest.language.question_detection import is_question
from ingest.patterns import later
from workbench.memory import words
from workbench.memory.concepts.time_keys import time_key
from workbench.memory.turn import courtesy

#: Maximum characters of a question, and of one for quoted words.
_LONGEST, _LONGEST_QUOTING = 200, 600


# -- small talk ------------------------------------------------------------------------------------


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
#: Maximum characters of small talk.
_LONGEST_TALK = 100


def courtesy_reply(text: str) -> str:
    """The reply to small talk; "" if it may be a question."""
    said = text.strip()
    if not 0 < len(said) <= _LONGEST_TALK:
        return ""
    if _ABOUT_THE_LIBRARY.fullmatch(said.rstrip("?!. ")):
        return "Your sources are listed in Read."
    is_courtesy = _behind_courtesy(said) == len(said)
    return "Ask a question about your sources." if is_courtesy else ""


def plainly(question: str) -> str:
    """The question without a greeting and “Can you tell me”."""
    said = question.strip()
    rest = said[_behind_courtesy(said) :]
    plain = unprefaced(rest)
    if plain == said or not (plain != rest or is_question(plain.rstrip("?"))):
        # “Hello, Dolly” is a title.
        return question
    return f"{plain[0].upper()}{plain[1:]}"


def _behind_courtesy(text: str) -> int:
    """The end of initial greetings, thanks and the like."""
    start = 0
    while match := courtesy.opening(text, start, len(text)):
        start = match[1]
        while start < len(text) and not text[start].isalnum():
            start += 1
    return start


# -- quoted phrases --------------------------------------------------------------------------------


#: A quoted phrase, by kind of quotation mark.
_QUOTED = later(
    r"“([^“”]{2,400})”|„([^„“”]{2,400})[“”]|«([^«»]{2,400})»|»([^«»]{2,400})«|\"([^\"]{2,400})\""
    r"|‘([^‘]{2,400})’(?!\w)|‚([^‚‘]{2,400})‘|「([^「」]{1,400})」|『([^『』]{1,400})』"
)
_ITEMS = (
    r"(?:the|these|this|those) (?:exact )?(?:words|sentence|phrase|passage|quot(?:e|ation)|line) "
)
_PART = r"(?:chapter|book|part|source|text|section|page|paper|document|scene|act|letter)s?"
_PLACE = rf"(?:where(?: exactly)?(?: in \w+ \w+)?|(?:in|on|at) (?:which|what) {_PART})"
_SAYS = r"(?:says?|said|states?|mentions?|uses?|contains?)"
_USED = r"(?:used|found|mentioned|said|quoted)"
_QUOTATION_FORMS = (
    rf"(?:please )?(?:find|search(?: for)?|look (?:up|for)|show(?: me)?|locate) (?:{_ITEMS})?X",
    rf"{_PLACE} (?:do|does|did|has|have) (?:[\w.’'-]+ ){{1,5}}{_SAYS} (?:{_ITEMS})?X",
    rf"{_PLACE} (?:is|are|was|were) (?:{_ITEMS}X(?: \w+)?|X {_USED})",
    rf"{_PLACE} (?:do|does|did) (?:{_ITEMS})?X (?:occur|appear|stand)",
    rf"{_PLACE} (?:do|does|did|can) (?:{_ITEMS}X come(?: from| up)?|i find (?:{_ITEMS})?X)",
    rf"(?:do|does|did) (?:it|they|\w+ \w+) {_SAYS} (?:{_ITEMS})?X(?: anywhere)?",
    rf"(?:on )?(?:which|what) page is (?:{_ITEMS})?X(?: on)?",
    rf"who (?:said|says) (?:{_ITEMS})?X",
    rf"(?:which|what) (?:author|character|{_PART}) {_SAYS} (?:{_ITEMS})?X",
    r"(?:wo|in welche[mnrs]? (?:kapitel|buch|text|quelle|abschnitt|teil)) (?:steht|stehen) X",
    r"(?:wo|in welche[mnrs]? (?:kapitel|buch|text|quelle|abschnitt|teil)) kommt X vor",
    r"wer (?:sagt|sagte) X|(?:suche?|finde?)(?: nach)? X",
)
_ASKING_PATTERN = later(rf"(?:{'|'.join(_QUOTATION_FORMS)})(?: please| bitte)?")
_MARKS = str.maketrans(dict.fromkeys(",:?!.…", " "))


def quoted_phrase(question: str) -> str:
    """The quoted phrase if the question asks where it occurs, or is nothing else; else ""."""
    matches = list(_QUOTED.finditer(question)) if len(question) <= _LONGEST_QUOTING else []
    if len(matches) != 1:
        return ""
    phrase = next(filter(None, matches[0].groups())).strip()
    previous, after = question[: matches[0].start()], question[matches[0].end() :]
    marked = f"{previous.lower()}X{after.lower()}".translate(_MARKS)
    remainder = " ".join(marked.split())
    several = len(words.raw_tokens(phrase)) > 1 or any(map(words.is_dense, words.split(phrase)))
    return phrase if (remainder == "X" and several) or _ASKING_PATTERN.fullmatch(remainder) else ""


# -- requests for more -----------------------------------------------------------------------------


#: A request for more without a topic.
_MORE = later(
    r"\s*(?:(?:and|so|then|ok(?:ay)?|please|well)\b[,\s]+)*"
    r"(?:(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:tell|show|give|read)\s+me\s+)?"
    r"(?:(?:a\s+(?:little|bit)\s+|some\s+|any(?:thing)?\s+)?more|go\s+on|read\s+on|continue|and\s+then"
    r"|what\s+else|what\s+(?:happens|happened|comes|came|follows|followed)"
    r"\s+(?:next|then|after(?:wards?)?|after\s+(?:that|this)))"
    r"(?:[,\s]+please)?\s*[?!.…]*\s*",
    re.IGNORECASE,
)


def wants_more(question: str) -> bool:
    """Whether a question asks for more of the last answer, without a topic."""
    return _MORE.fullmatch(question) is not None


# -- speakers and recipients -----------------------------------------------------------------------


_VERB = (
    r"(?:e-?mail(?:ed)?|writ(?:e|es|ten)|wrote|sen[dt]|sa(?:y|id)|tell|told|ask(?:ed)?|answer(?:ed)?"
    r"|repl(?:y|ied)|forward(?:ed)?|suggest(?:ed)?|propos(?:e|ed)|promis(?:e|ed)|announc(?:e|ed)"
    r"|report(?:ed)?|think)"
)
_MAILS = r"(?:e-?mails?|mails?|messages?|letters?)"
_SPEAKER = (
    r"[^\W\d_][\w.'’-]*(?: (?!to\b|about\b|in\b|on\b|from\b|write|say|send|tell)[\w.'’-]+){0,4}"
)
_MONTH = rf"(?:{'|'.join(sorted(months(), key=len, reverse=True))})"
_PERIOD = (
    rf"(?:\s+(?:in|on|during)\s+(?:the\s+)?(?P<period>(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?(?:,?\s+\d{{4}})?|\d{{4}}(?:-\d\d){{0,2}}))?"
)
_SUPPLIED_TO = rf"\s+to\s+(?:the\s+)?(?P<to>{_SPEAKER})"
_TO = rf"(?:{_SUPPLIED_TO})?"
_TOPIC = r"(?:\s+(?:about|of|on|regarding|concerning)\s+(?P<about>.+?))?"
_STATEMENT = rf"(?P<verb>{_VERB})(?:\s+(?P<told>{_SPEAKER}))??"
#: The forms of questions on speakers: for mails by or to somebody, for what is said, for its day,
#: its recipient and its existence, and for the speaker.
_SPEAKER_FORMS = {
    "mails": rf"(?:(?:which|what|(?P<many>how\s+many))\s+{_MAILS}\s+(?:did|has|had|does)\s+"
    rf"(?P<who>{_SPEAKER})\s+{_VERB}|(?:list|show|find)?\s*(?:me\s+)?(?:all\s+)?(?:the\s+)?"
    rf"{_MAILS}\s+(?:from|by|of)\s+(?P<by>{_SPEAKER})){_TO}{_PERIOD}",
    "received": rf"(?:which|what|(?P<many>how\s+many))\s+{_MAILS}\s+(?:did|has|had)\s+"
    rf"(?P<to>{_SPEAKER})\s+(?:get|got|gotten|receive|received|have)"
    rf"(?:\s+from\s+(?:the\s+)?(?P<who>{_SPEAKER}))?{_PERIOD}",
    "": rf"what\s+(?:did|does|has|had)\s+(?P<who>{_SPEAKER})\s+{_STATEMENT}"
    rf"{_TO}{_PERIOD}{_TOPIC}{_PERIOD.replace('period', 'later')}",
    "time": rf"when\s+(?:did|has)\s+(?P<who>{_SPEAKER})\s+{_STATEMENT}{_TO}{_TOPIC}",
    "recipient": rf"(?:to\s+whom|whom|who)\s+(?:did|has)\s+(?P<who>{_SPEAKER})\s+(?P<verb>{_VERB})"
    rf"(?:\s+to)?{_TOPIC}{_PERIOD}",
    "whether": rf"(?:did|has)\s+(?P<who>{_SPEAKER})\s+(?P<verb>{_VERB})\s+(?:to\s+)?(?:the\s+)?"
    rf"(?P<to>{_SPEAKER}){_PERIOD}",
    "speaker": rf"who\s+(?:has\s+)?{_VERB}(?:\s+(?:an?\s+)?{_MAILS})?{_SUPPLIED_TO}{_PERIOD}",
}
_SPEAKER_QUERIES = {form: later(words, re.IGNORECASE) for form, words in _SPEAKER_FORMS.items()}
_ASIDES = ("time", "recipient", "whether")
_PERSON = later(
    rf"who\s+(?:has\s+)?(?:(?P<writes>{_VERB})|(?P<verb>[a-z-]+))\s+(?:(?:the|an?)\s+)?(?:{_MAILS}\s+)?"
    r"(?P<what>.+)",
    re.IGNORECASE,
)
_OWNER = later(r"['’]s?\b.*")


@dataclass(frozen=True, slots=True)
class SpeakerQuery:
    """A question for what `who` says, `to` whom, `about` what and when (a time key).

    If `who` is "", it asks for the speaker; `counts` asks for a number, `mails` for mails, and
    `replies` for answers only. `aside` asks for the time, the recipient or existence.
    """

    who: str
    to: str = ""
    about: str = ""
    period: str = ""
    counts: bool = False
    mails: bool = False
    replies: bool = False
    aside: str = ""


def speaker_query(question: str) -> SpeakerQuery | None:
    """The speaker query of a question; None if it is none."""
    query = question.strip().rstrip("?!. ")
    for form, pattern in _SPEAKER_QUERIES.items() if len(query) <= _LONGEST else ():
        if match := pattern.fullmatch(query):
            parts = defaultdict(str, match.groupdict(""))
            if parts["verb"].lower() == "think" and parts["told"]:
                # “What did Ida think was the cause?” addresses nobody.
                parts["about"], parts["told"] = f"{parts['told']} {parts['about']}".strip(), ""
            return SpeakerQuery(
                parts["who"] or parts["by"],
                _OWNER.sub("", parts["to"] or parts["told"]),
                parts["about"],
                period_key(parts["period"] or parts["later"]),
                counts=bool(parts["many"]),
                mails=form in ("mails", "received"),
                replies=parts["verb"].lower().startswith(("answer", "repl")),
                aside=form if form in _ASIDES else "",
            )
    return None


@dataclass(frozen=True, slots=True)
class Deed:
    """The action of the agent sought: “sent” of “the offer”; `writes`: a verb of writing."""

    verb: str
    of: str
    writes: bool


def asked_deed(question: str) -> Deed | None:
    """The action whose agent a question asks for; None if there is none."""
    match = _PERSON.fullmatch(question.strip().rstrip("?!. "))
    if match is None:
        return None
    return Deed(match["writes"] or match["verb"], match["what"], match["writes"] is not None)


def period_key(period: str) -> str:
    """The key of a period in words: a month, a year, or a day, perhaps without a year."""
    tokens = re.findall(r"[\w-]+", period.casefold())
    return time_key([word for word in tokens if word not in ("of", "the")], None)


# -- highlights ------------------------------------------------------------------------------------


_MARKED = r"(?:highlight(?:ed)?|mark(?:ed)?|underlined?|annotated?)"
_NOTED = r"(?:not(?:e|ed)(?:\s+down)?|comment(?:ed)?|remark(?:ed)?|scribbled?)"
_REQUEST = later(
    rf"(?:(?:what|where|which\s+[\w ]{{1,30}}?)\s+(?:did|have|do)\s+i\s+"
    rf"(?:(?P<marked>{_MARKED})|{_NOTED})"
    r"|(?:(?:what|which)\s+are|(?:list|show|give)(?:\s+me)?)\s+(?:all\s+)?(?:of\s+)?"
    r"(?P<listed>my\s+(?:highlights|annotations|marked\s+passages|margin(?:al)?\s+notes)"
    r"|the\s+highlights))"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_PAGE = later(r"\b(?:page|p\.)\s*(?P<page>[\divxlc]+)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HighlightQuery:
    """A question for highlights (`marked`) or notes: by page and topic."""

    marked: bool
    page: str
    topic: str


def highlight_query(question: str) -> HighlightQuery | None:
    """The highlight query of a question; None if it is none."""
    match = _REQUEST.fullmatch(question.strip().rstrip("?!. "))
    if match is None:
        return None
    topic, page = match["rest"], _PAGE.search(match["rest"])
    return HighlightQuery(
        marked=bool(match["marked"] or match["listed"]),
        page=page["page"] if page else "",
        topic=topic.replace(page[0], " ") if page else topic,
    )
