"""The value in the answering sentence: the reader's span, if it is a single clear thing."""

from dataclasses import dataclass
from itertools import pairwise

from ingest.language.nouns import singular
from ingest.language.numerals import months, number_words, ordinals, weekdays
from ingest.language.word_lists import is_person_noun
from ingest.patterns import later
from workbench.memory import words
from workbench.recall.question import Cue, kind_of
from workbench.recall.rerank import ReadSentence
from workbench.recall.search import Thread

#: The minimum clearness of a span for a value.
_CLEAR, _CLEAR_IN_THREAD = 0.15, 0.5
#: Maximum words of a value, and between two dates of one: “3 May to the 5th of June”.
_LONGEST, _JOINT = 10, 2
#: Answer types of single things (`Cue.kind`).
_SINGLE = ("name", "time", "number", "colour")
#: Final punctuation, except the point of “U.S.” or “J. R.”
_END = later(r"(?<!\b\w)[.!?,;:]+$")
#: A speaker or a column before what is said: “A: 7 metres”, “| Answer: 12”.
_LABEL = later(r"^\W*(?:\w+ ?){1,3}: (?=\S)")
#: Longest first: “Sept” before “Sep”.
_MONTHS = "|".join(
    form
    for name in sorted(months(), key=len, reverse=True)
    for form in (name.title(), *([name.upper()] if len(name) > 3 else ()))
)
#: The names of months in all languages, as written there.
_ALL_MONTHS = "|".join(
    form for name in sorted(months("")) if len(name) > 3 for form in (name, name.title())
)
_ORDINALS = rf"(?:[Tt](?:wen|hir)ty[- ])?(?:{'|'.join(ordinals())}|thirtieth)"
#: What may be between a day and its year: “January 6, old style, 1706”.
_UP_TO_YEAR = later(r",?(?: \(?[A-Za-z. ]{1,20}\)?,)?(?: of)? (?:1\d|20)\d\d\b")
_YEAR = later(r"\d{3}")
_DATE = later(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: day)?(?: of)? (?:{_MONTHS})\.?,? \d{{3,4}}"
    rf"|(?:{_ORDINALS})(?: day)? of (?:{_MONTHS})(?:,? \d{{3,4}})?"
    rf"|\d{{1,2}}(?:\.|er|º)? (?:de )?(?:{_ALL_MONTHS}|[Mm][ae]i)(?:(?: de)? \d{{4}})?"
    rf"|(?:{_ALL_MONTHS})(?: de)? \d{{4}}"
    r"|(?:Christmas|New Year['’]s) (?:Day|Eve),? \d{4}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|(?:{_MONTHS})\.?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?"
    r"|(?<=\bthe )\d{1,2}(?:st|nd|rd|th)(?= of this month|[.,;!?]|$)"
    r"|\d{4}-\d\d-\d\d"
    r"|(?:1[0-9]|20)\d\ds?(?:[–-]\d{2,4})?|\d{1,4} (?:BCE?|AD|CE)|AD \d{1,4}"
    r"|\d{1,2}(?:st|nd|rd|th)[- ]century(?: BCE?)?"
    r"|(?:mid|early|late)[- ](?:\d{4}s|\d{1,2}th century)"
    rf"|(?:{_MONTHS})"
    rf"|(?:{'|'.join(map(str.title, weekdays()))})(?: (?:morning|evening|night|afternoon))?"
    r"|midnight|noon|\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\d{1,2}:\d\d)"
    r"(?![\w%])|\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{4} году?у?"
)


_WHO = later(r"(?i)\bwho(?:m|se)?\b")
#: Verbs of leaving; questions for who follows; the end of a sentence that begins with who left, and
#: the beginning of one that ends with whom somebody follows.
_LEAVING = (
    r"(?:left|leav(?:es?|ing)|resign\w*|step(?:s|ped|ping)? (?:down|back)|retir\w+|quit\w*"
    r"|depart\w*|withdr[ae]w\w*|died|was (?:dismissed|fired|removed|replaced|succeeded))"
)
_LEFT = later(rf"(?i)\b{_LEAVING}\b")
_FOLLOWED = later(
    r"(?i)\b(?:t(?:ook|akes?|aken?) over|replac\w+|succe\w+|follow\w*|becom\w*|became)\b"
)
_LEAVES = later(rf"(?i)\W*(?:(?:who|has|have|had|is|was|will|to|be|\w+ly)\s+)*{_LEAVING}\b")
_REPLACED = later(
    r"(?i)\b(?:replac(?:es?|ed|ing)|succeed(?:s|ed|ing)?|instead of|in place of|the place of"
    r"|(?:takes?|took) over (?:from|for)|follow(?:s|ed|ing)|after)\s+(?:the\s+)?(?:\w+\s+)?$"
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value: `text` is at `[start, end)` of quote number `quote` (from 0)."""

    text: str
    quote: int
    start: int
    end: int


def span(cue: Cue, sentence: ReadSentence, thread: Thread | None) -> str:
    """The value in a sentence if the question asks for a single thing; else ""."""
    reading = sentence.reading
    if thread is not None and (
        reading.clear < _CLEAR_IN_THREAD or kind_of(thread.question) != cue.kind
    ):
        # “Is it on a map?” asks for no place, though its antecedent may.
        return ""
    if reading.clear < _CLEAR or cue.kind not in _SINGLE:
        return ""
    if all(term.is_name or len(term.word) == 1 for term in cue.terms):
        # A question who somebody is needs a description, not a name.
        return ""
    text = _END.sub("", sentence.text[reading.start : reading.end])
    text = _LABEL.sub("", text, count=1) if not reading.start else text
    if cue.kind == "time" and is_date(text) and not _YEAR.search(text):
        year = _UP_TO_YEAR.match(sentence.text, reading.start + len(text))
        text += year[0] if year else ""
    query = set(words.raw_tokens(cue.text.casefold()))
    new = [word for word in words.raw_tokens(text) if word.casefold() not in query]
    if not new or len(text.split()) > _LONGEST:
        # A repetition of the question is no value, nor is a clause.
        return ""
    if cue.kind == "name" and not any(word[0].isupper() for word in new):
        return ""
    if _WHO.search(cue.text) and not _may_be_person(cue.text, text, sentence):
        return ""
    if cue.kind == "time" and any(
        len(words.raw_tokens(text[end:start])) > _JOINT
        for (_, end), (start, _) in pairwise(date_spans(text))
    ):
        # “1 April and ends on 31 March” are dates of two things.
        return ""
    counts = any(map(str.isdigit, text)) or not number_words().isdisjoint(map(str.casefold, new))
    if cue.kind == "time" and not (counts or _DATE.search(text)):
        return ""
    # “2023” is a time, not a number.
    return text if cue.kind != "number" or (counts and not is_date(text)) else ""


def _may_be_person(question: str, text: str, sentence: ReadSentence) -> bool:
    """Whether a value may answer who: no thing (“a NoSQL store”), nor who left for who followed."""
    last = words.raw_tokens(text.partition(",")[0])[-1]
    if last.islower() and last.isascii() and not is_person_noun(singular(last)):
        return False
    if _LEFT.search(question) or not _FOLLOWED.search(question):
        return True
    before = sentence.text[: sentence.reading.start]
    after = sentence.text[sentence.reading.start + len(text) :]
    return not (_LEAVES.match(after) or _REPLACED.search(before))


def dates(text: str) -> list[str]:
    """The dates and times in a text, in order."""
    return [text[start:end] for start, end in date_spans(text)]


def date_spans(text: str) -> list[tuple[int, int]]:
    """The spans of dates and times in a text, in order."""
    return [result.span() for result in _DATE.finditer(text)]


def is_date(text: str) -> bool:
    """Whether a text is only a date."""
    return _DATE.fullmatch(text) is not None
