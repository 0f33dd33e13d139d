"""Timelines: dates of sentences as days, months, years and spans, in order of time.

Dates are found by the pattern of values (`recall.value`) and by the concepts of a sentence, which
distinguish years from amounts, and normalised by `time_key`. Relative dates (“last week”) are
resolved from the date heading the letter, and a day without a year gets the year nearest to the
previous date; both are marked as uncertain.
"""

import re
import sqlite3
from bisect import bisect
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.language.numerals import months, ordinals, tens, weekdays
from ingest.patterns import later
from ingest.reference_list import list_place
from workbench.jobs import Cancel
from workbench.memory.concepts.records import ConceptSpan, ConceptType
from workbench.memory.concepts.time_keys import time_key
from workbench.memory.concepts.tracing import trace
from workbench.recall.counted import counts
from workbench.recall.siblings import clauses_of
from workbench.recall.value import date_spans
from workbench.store import text
from workbench.store.records import EngramRow, SourceRow

#: Year (0 is 1 BC), month and day; an unknown month or day is 0.
Moment = tuple[int, int, int]
#: Maximum sentences after a date for a day without a year, and after the head of a letter or entry
#: for “yesterday”.
_NEAR, _LETTER = 40, 150
#: Minimum entries of a diary, whose days are sequential.
_DIARY = 3
#: The minimum share of years near that of a source which is of its time: a reprint names its own.
_NEAR_YEARS = 0.2
#: Minimum words of the sentence that stands for a letter, and what is none.
_SAYS = 4
_FORMAL = later(
    r"(?i)\W*(?:hi|hello|dear|hey|from|to|cc|subject|date|sent|traceback|liebe[rs]?|hallo"
    r"|sehr geehrte[rs]?|von|an|betreff|datum|[^.?!]{0,80} (?:wrote|writes|schrieb):?$)\b|[<>\[]"
)
#: A numbered note that begins with a reference: “5. Ribot (1881).”
_REFERENCE = later(
    r"\s*\[?\d{1,3}[.)\]]\s(?:(?:and|et|al|others|&|[A-ZÀ-Ž][\w'’-]*)[,.]?\s)+"
    r"\((?:1\d|20)\d\d[a-z]?\)[.,;]"
)
#: Output of a program: a prompt, permissions of a file, a time with seconds after its date; and the
#: minimum share of letters in prose of more than so many characters.
_OUTPUT = later(
    r"^\s*[$#>]\s+\S|\b[dl-][r-][w-][x-](?:[r-][w-][x-]){2}\b|-[r-][w-]-[r-][w-]-[r-][w-]-"
    r"|\d{4},? (?:at )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d|-{12,}"
)
_LETTERS, _SHORT = 0.45, 40
#: Initial sentences of a chapter that may date it.
_OPENING = 3
#: Maximum words beside the date of a line that heads a letter or an entry.
_HEAD_WORDS = 8
#: Words beside a bare date: a weekday, a place.
_BARE = 3
_MAY_BE_DATED = later(
    r"\d|\b(?i:yesterday|today|tomorrow|tonight|ago|(?:last|next|this) \w+)\b|century"
    rf"|\b(?:{'|'.join(map(str.title, (*months(), *weekdays())))})\b"
)
_YEAR = later(r"(?:1\d|2[01])\d\d")
#: A year or decade that is only a forecast; elsewhere it is a number.
_LATE = later(r"(?<![\w.,])21\d\ds?(?![\w%])")
#: A century, a decade, a range of years, or a year with its era.
_PERIOD = later(
    r"(?:(?:mid|early|late)[- ])?"
    r"(?:(?P<century>\d{1,2})(?:st|nd|rd|th)[- ]century(?P<bc> BCE?)?|(?P<decade>\d{3})0s)"
    r"|(?P<first>\d{4})[–-](?P<last>\d{2,4})|(?:AD )?(?P<year>\d{1,4})(?: (?P<era>BCE?|AD|CE))?"
)
_NUMERIC = later(r"\d{4}-\d\d?-\d\d?|(\d\d?)([./-])(\d\d?)\2\d{4}")
#: Words before a number that make it a year, in languages without concepts for amounts.
_LEADS = later(
    r"(?i)(?:\b(?:years?|in|of|from|since|until|during|the|(?:im )?jahre?n?|im|seit|von|bis|en"
    r"|l['’]an|depuis|jusqu['’]en|de|desde|a[ñn]o|nel|dal|anno|del|em|in het jaar|sinds|van|tot"
    r"|\d{1,2}[.]?(?: de)? [\w]+(?: de)?)\s|\(|[–-])$"
)
#: The word before a date, words that announce a year, and a day of the week.
_WORD_BEFORE = later(r"(?i)\b([^\W_]+)[ -]$")
_YEAR_WORDS = frozenset(("year", "years", "jahr", "jahre"))
_DAY_WORDS = frozenset(("on", "last", "next", "this", "since", "until", "by"))
#: Maximum characters of a year or a decade; ranges have more.
_DIGITS = 5
#: Words before a bare month of a specific year, and units after an amount.
_MONTH_WORDS = frozenset((
    *("in", "since", "until", "by", "of", "during", "from", "to", "before", "after", "last"),
    *("next", "this", "early", "late", "mid"),
))  # fmt: skip
_MEASURE = later(
    r"(?i)\s?(?:(?:to|or|and|[–-])\s?\d[\d,.]*\s)?(?:feet|foot|pounds?|miles?|yards?|met(?:re|er)s?"
    r"|k?m\b|k?g\b|tons?|tonnes?|men|people|persons|words|copies|inhabitants|dollars|euros?|per\b|%"
    r"|°|degrees|hours|ms|horses|acres|fathoms|leagues|inches|paces|houses|head|specimens"
    r"|[kmg]?bytes?|bits?|[KMGT]i?B\b|nodes|machines|users|files|servers|seconds|minutes|steps|times"
    r"|items|pages|points|participants|patients|cases|members|students|books|cells|neurons|copies"
    r"|votes|lines|rows|samples|requests|of\s(?:the|them|its|our|these|those)\b)"
)
#: The first year that is one after “in”, and from which a bare number may be one.
_FIRST, _EARLIEST = 1000, 1100
#: What makes the number after it a year, or an amount or designation.
_SEASON = "spring|summer|autumn|fall|winter|easter|christmas|season"
_PREPOSITION = later(
    rf"(?i)\b(?:in|of|since|until|till|during|by|before|after|from|between|circa|ca?\.|early|late"
    rf"|mid|around|about|and|(?:in|of) the|{_SEASON}|{'|'.join(months())})[ -]$"
)
_AMOUNT = later(
    r"(?i)(?:[€$£#§/=<>@]|\b(?:(?:range|total|sum|size|number|maximum|minimum|limit|value|count"
    r"|batch|group|population|average|mean|median|height|depth|distance|price|cost|budget|length"
    r"|width|set|sample|list|factor|order|capacity|rate|speed|fee|salary|loan|fine) of|range|over"
    r"|under|above|below|exceeds?|than|least|most|up to|exactly|only|every|nearly|almost|some|all"
    r"|no|nos|number|room|page|pages|pp?|port|flight|iso|rfc|din|version|windows|line|lines|model"
    r"|case|grant|plot|figure|fig|table|section|chapter|item|bus|train|route|highway|route|apollo"
    r"|suite|box|unit|euros?|eur|usd|gbp|dollars?|pounds?|crowns?|kroner)\.?)\s?$"
)
_ARTICLE = later(r"(?i)\bthe $")
_HAPPENED = later(
    r"(?i)\b(?:\w+ed|born|died|built|burnt|b|d|fl|est|written|won|lost|held|begun|begins?|begun"
    r"|broke|fell|rose|became|anno|ad|reprint|edition)(?: (?:down|up|out|off|again))?[.,]? $"
)
_OPENS_SENTENCE = later(
    r"(?:\s?[:–—|]\s|\s-\s|\s(?:was|saw|is|brought|marked|began|ended|witnessed|became|had)\b|\.\s)"
)
_BRACKET, _AFTER_NAME = later(r"[(\[]$"), later(r"[A-Z][^\W\d_]+\.?[’']?,? $")
_CLOSES = later(r"[.,;:)\]]|\s?[–—]|$")
#: A noun in the plural, which is counted, and one in the singular, which is dated.
_NOUN = later(
    r" (?:more |other |new |different )?(?!(?:was|is|has|as|his|its|this|thus)\b)[a-z]+s\b"
)
_SINGULAR = later(r" [a-z]+\b")
#: The rest of a range, and the beginning of one.
_RANGE_ON = later(r"\s?(?:to|or|[–-])\s?(\d[\d,.]*)")
_RANGE_FROM = later(r"(\d[\d,.]*)\s?(?:to|or|[–-])\s?$")
#: Maximum characters between a weekday and its date.
_APART = 12
#: What may surround the date at the beginning of a diary entry.
_ENTRY = later(r"\W*(?:(?:[A-Z][a-z]+day),?\s*)?")
_ENTRY_END = later(r"\W*(?:--|[—–:]|\.(?!\w)|$)")
#: Words of a sentence whose weekday is in the future.
_FUTURE = later(r"(?i)\b(?:will|shall|tomorrow|is to|are to)\b")
_COPULAS = frozenset(("is", "was", "are", "were", "am", "be", "been"))
_WORDS = later(r"[^\W_]+")
_OF_YEAR = later(r" (?:of )?(last|this|next) year\b")
_FEASTS = {
    "Christmas Day": "25 December", "Christmas Eve": "24 December",
    "New Year's Day": "1 January", "New Year's Eve": "31 December",
}  # fmt: skip
#: The connective of a span; “and” only after “between”.
_JOINT = later(r"(?i)\s*(?:to|until|till|through|bis|[–-]|(?P<both>and|und))\s*(?:the )?")
_BETWEEN = later(r"(?i)\b(?:between|zwischen)(?: the)?\s*$")
_FIRST_DAY = later(
    r"(?i)\b(?:the )?(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:[–-]|to|and|until|bis|und|au|et)\s*"
    r"(?:the )?$"
)
_BEFORE = later(
    r"(?i)\b(?:(about|around|circa|ca?\.|some time in|probably|perhaps|roughly|um|etwa)"
    r"|(before|vor)|(after|nach)|(by))(?: the year)?\s*$"
)
_OLD_STYLE = later(r",? \(?(?:O\. ?S\.|old style|Julian)")
#: Years in citations.
_CITATION = later(
    r"\([^()]*?\b[A-ZÀ-Ž][\w'’-]+(?:,? et al\.?| (?:and|&) [A-ZÀ-Ž][\w'’-]+)?,? "
    r"(?:1[6-9]|20)\d\d[a-z]?\b[^()]*\)|\bet al\.?,? \(?(?:1[6-9]|20)\d\d[a-z]?\)?"
)
_PAGE_CITED = later(r"\d{4}[,;:.)]{0,2} ?(?:pp?|vol|tom|no)\. ?[\divxl]+")


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """The date at `[start, end)` of a sentence: from `first` to `last`, inclusive.

    `doubt` is the kind of uncertainty, one of `DOUBTS`, "" if certain. `undated` spans have no
    year.
    """

    start: int
    end: int
    first: Moment
    last: Moment
    doubt: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a single day, perhaps without a year."""
        return self.first == self.last and bool(self.first[2]) and self.doubt in ("", "year")


#: The kinds of uncertainty.
DOUBTS = ("relative", "year", "about", "before", "after", "by", "style", "order")


def iso(calendar_day: Moment) -> str:
    """A calendar day in ISO 8601: “1885-05-12”, “1885-05”, “1885”, “-0145” for 146 BC."""
    year, month, day = calendar_day
    text = f"{'-' if year < 0 else ''}{abs(year):04}"
    return text + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def source_dates(
    connection: sqlite3.Connection, row: SourceRow, cancel: Cancel
) -> tuple[list[tuple[EngramRow, DatedSpan]], int]:
    """The dates of a source in text order, and how many cannot be placed.

    Reference lists are excluded.
    """
    words = text.text_at(connection, row.id)
    listed = range(*list_place(words))
    titles = {section.id: section.title for section in text.sections(connection, row.id)}
    reader, section = DateReader(row.language, row.date, words), -1
    results: list[tuple[EngramRow, DatedSpan]] = []
    reader.begin_section(row.title)
    heading: DatedSpan | None = None
    for extent in text.extents(connection):
        if extent.source != row.id:
            continue
        former: EngramRow | None = None
        for engram in text.engrams_between(connection, extent.first, extent.last):
            cancel.check()
            if engram.section != section:
                section = engram.section
                heading = reader.begin_section(titles.get(section, ""))
            is_read = engram.start not in listed and not (
                _is_output(engram.text) or _REFERENCE.match(engram.text)
            )
            spans = reader.read(engram.text) if is_read else []
            if former is not None and results[-1][0] is former:
                # An entry has only the date at its beginning.
                whole = replace(former, text=f"{former.text} {engram.text}", end=engram.end)
                results[-1] = whole, results[-1][1]
            former = engram if len(spans) == 1 and _is_bare(engram.text, spans[0]) else None
            if heading is not None and _says_something(engram.text):
                if heading.first not in [span.first for span in spans]:
                    spans = [replace(heading, start=0, end=0), *spans]
                heading = None
            results += [(engram, span) for span in spans]
    return results, reader.unplaced


class DateReader:
    """Reads the dates of the sentences of one source, in order."""

    def __init__(
        self, language: str = "", written: str = "", content: str = "", undated: bool = False
    ) -> None:
        """`written` is the date of the source (ISO), `content` its text.

        With `undated`, dates of unknown year are included, with year 0.
        """
        self._language, self._undated = language, undated
        #: The date of the letter or entry, the last other date, and the sentences since.
        self._head = _day(written) if _is_of_its_time(written, content) else None
        self._written = self._head
        self._former: Moment | None = None
        self._since_head = self._since = self._entries = self._since_title = 0
        #: Dates that cannot be placed, without a year.
        self.unplaced = 0

    def begin_section(self, title: str) -> DatedSpan | None:
        """Start a section with this title; returns its day if it is only a date."""
        self._since_title = 0
        spans = list(self._spans(title)) if title else []
        days = [span for span in spans if span.is_day and span.first[0]]
        if days:
            self._head, self._since_head = days[0].first, 0
        elif spans and self._former is None and not spans[0].doubt:
            self._former, self._since = spans[0].first, 0
        return days[0] if days and _is_bare(title, days[0]) else None

    def read(self, sentence: str) -> list[DatedSpan]:
        """The dates of the next sentence, without duplicates."""
        sentence = "".join(" " if letter.isspace() else letter for letter in sentence)
        self._since += 1
        self._since_head += 1
        self._since_title += 1
        spans = {(span.first, span.last): span for span in reversed([*self._spans(sentence)])}
        results = sorted(spans.values(), key=lambda span: span.start)
        if results and results[0].is_day and results[0].first[0] and _is_head(sentence, results[0]):
            self._head, self._since_head = results[0].first, 0
            self._entries += bool(_ENTRY.fullmatch(sentence[: results[0].start]))
        is_note = len(_WORDS.findall(sentence)) < _HEAD_WORDS
        for span in results:
            if not span.doubt and span.last[1] and not is_note:
                self._former, self._since = span.last, 0
                is_opening = self._entries and self._since_title <= _OPENING
                # A bare year or one BC cannot date days.
                if is_opening and span.first[0] > 0 < span.first[1]:
                    self._head = *span.first[:2], span.first[2] or 1
        return results

    def _spans(self, sentence: str) -> Iterator[DatedSpan]:
        if not _MAY_BE_DATED.search(sentence):
            return
        excluded = [match.span() for match in _CITATION.finditer(sentence)]
        excluded += [match.span() for match in _PAGE_CITED.finditer(sentence)]
        pending: DatedSpan | None = None
        for span in self._found(sentence, excluded):
            joined = _joined(pending, span, sentence) if pending else None
            if pending is not None and joined is None:
                yield from self._placed(pending, sentence)
            pending = joined or span
        if pending is not None:
            yield from self._placed(pending, sentence)

    def _found(self, sentence: str, taken: list[tuple[int, int]]) -> list[DatedSpan]:
        """The dates of a sentence in order, with year 0 if there is none."""
        at = None if self._head is None else _seconds(self._head)
        times = [
            item
            for item in trace(sentence, language=self._language, at=at).spans
            if item.type == ConceptType.TIME
        ]
        spans = [span for item in times if (span := self._numeric(item))]
        taken = [*taken, *((span.start, span.end) for span in spans)]
        dates = date_spans(sentence)
        dates += [at.span() for at in _LATE.finditer(sentence) if _is_free(*at.span(), dates)]
        for start, end in sorted(dates):
            if not _is_free(start, end, taken):
                continue
            words = sentence[start:end]
            if words.lower() in weekdays():
                day = ConceptSpan(words.lower(), words, ConceptType.TIME, start, end, 0.0)
                times = [item for item in times if item.end <= start or end <= item.start] + [day]
                continue
            is_named = any(item.start < end and start < item.end for item in times)
            if _is_plain(words):
                is_named = self._is_year(sentence, start, end, spans, is_named=is_named)
            if is_named or not (_is_plain(words) or words.isalpha()):
                moments = self._moments(words)
                if moments is not None:
                    spans.append(DatedSpan(start, end, *moments))
                of_year = _OF_YEAR.match(sentence, end)
                taken = [*taken, (start, of_year.end() if of_year else end)]
        for item in times:
            if not _is_free(item.start, item.end, taken):
                continue
            interval = _interval(item.key)
            if interval and not interval[0][0] and interval[0][2]:
                spans.append(DatedSpan(item.start, item.end, *interval))
            elif (span := self._relative(item, sentence)) is not None:
                spans.append(span)
        spans.sort(key=lambda span: span.start)
        return [
            span
            for span in spans
            if sentence[span.start : span.end].lower() not in weekdays()
            or not any(
                -_APART <= other.start - span.end <= _APART
                or -_APART <= span.start - other.end <= _APART
                for other in spans
                if other is not span
            )
        ]

    def _is_year(
        self, sentence: str, start: int, end: int, spans: Sequence[DatedSpan], *, is_named: bool
    ) -> bool:
        """Whether a number, or a range, is a year instead of an amount or a designation."""
        lead, rest = sentence[:start], sentence[end:]
        is_german = self._language[:2] == "de"
        joint = _JOINT.fullmatch(sentence[spans[-1].end : start]) if spans else None
        if joint is not None and not joint["both"]:
            return True
        if counts(lead, rest, german=is_german):
            return False
        if _MEASURE.match(rest) or _AMOUNT.search(lead) or _in_other_range(sentence, start, end):
            return False
        if _word_before(lead) in _YEAR_WORDS:
            return True
        year = int(sentence[start : start + 4])
        if year < _EARLIEST:
            return year >= _FIRST and bool(_PREPOSITION.search(lead)) and not _NOUN.match(rest)
        if self._language[:2] not in ("", "en"):
            after = rest[:2].strip()
            is_plain = is_german and not after[:1].isupper()
            return bool(_LEADS.search(lead)) or (is_plain and len(sentence[start:end]) < _DIGITS)
        if len(sentence[start:end]) > _DIGITS:
            return bool(_LEADS.search(lead)) or not _WORDS.search(lead)
        if _PREPOSITION.search(lead) or (is_named and not _NOUN.match(rest)):
            return True
        is_alone = _NOUN.match(rest) is None
        return bool(
            (_ARTICLE.search(lead) and (is_alone or _SINGULAR.match(rest)))
            or (_HAPPENED.search(lead) and is_alone)
            or (not _WORDS.search(lead) and _OPENS_SENTENCE.match(rest))
            or (_BRACKET.search(lead) and _CLOSES.match(rest))
            or (_AFTER_NAME.search(lead) and _CLOSES.match(rest))
        )

    @staticmethod
    def _numeric(item: ConceptSpan) -> DatedSpan | None:
        """The date of an all-numeric notation."""
        numeric, interval = _NUMERIC.fullmatch(item.name), _interval(item.key)
        if numeric is None or interval is None:
            return None
        is_open = numeric[2] == "/" and numeric[1] != numeric[3]
        is_open = is_open and max(int(numeric[1]), int(numeric[3])) <= 12
        return DatedSpan(item.start, item.end, *interval, "order" if is_open else "")

    def _relative(self, item: ConceptSpan, sentence: str) -> DatedSpan | None:
        """The date relative to the heading: “last week”, “three days ago”, “Monday”."""
        if (
            self._head is None
            or self._since_head > _LETTER
            or not item.name.strip("0123456789.,/:-")
        ):
            return None
        key, at = item.key, _seconds(self._head)
        if key == "last night":
            key = time_key(["yesterday"], at)
        elif key in weekdays():
            lead, rest = sentence[: item.start], sentence[item.end :]
            is_named = not _WORDS.search(lead) or _word_before(lead) in _DAY_WORDS
            if self._entries or not is_named or rest.startswith((" and", "s")):
                return None
            key = time_key([_turn(sentence, lead), key], at)
        interval = _interval(key)
        if interval is None or not interval[0][0]:
            return None
        return DatedSpan(item.start, item.end, *interval, "relative")

    def _moments(self, words: str) -> tuple[Moment, Moment] | None:
        """First and last day of a date in words; None for a time of day."""
        plain = words.replace("-", " ", 1) if words[:1].isalpha() else words
        if match := _PERIOD.fullmatch(words) or _PERIOD.fullmatch(plain):
            return _years(match)
        foreign = months("")
        for feast, date_of in _FEASTS.items():
            words = words.replace("’", "'").replace(feast, date_of)
        names = [word.lower() for word in _WORDS.findall(words)]
        english = {number: name for name, number in reversed(months().items())}
        names = [
            english[foreign[word]] if word in foreign and word not in months() else word
            for word in names
        ]
        counts = ordinals() | tens("en") | {"thirtieth": 30}
        day = sum(counts.get(word, 0) for word in names)
        # “1er août”, “the twenty-first day of June”
        names = [str(day)] * bool(day) + [
            word.removesuffix("er") if word[0].isdigit() else word
            for word in names
            if word not in ("day", "of", *counts)
        ]
        return _interval(time_key(names, None))

    def _placed(self, span: DatedSpan, sentence: str) -> Iterator[DatedSpan]:
        """Yield the date with an inferred year, and with its doubts."""
        lead = sentence[: span.start]
        if not span.first[0] and span.first[1]:
            # “In December it rains” is about every year.
            is_general = self._entries >= _DIARY or _word_before(lead) not in _MONTH_WORDS
            if not span.first[2] and is_general and not _OF_YEAR.match(sentence, span.end):
                return
            if (match := _OF_YEAR.match(sentence, span.end)) and self._head:
                year = self._head[0] + ("last", "this", "next").index(match[1]) - 1
                moments = [(year, *calendar_day[1:]) for calendar_day in (span.first, span.last)]
                if all(map(_is_real, moments)):
                    yield replace(span, first=moments[0], last=moments[1], doubt="relative")
                return
            reach = _NEAR if self._entries < _DIARY else 2
            is_near = self._since < min(reach, self._since_head or reach)
            headed = self._head if self._since_head <= _LETTER else self._written
            near = self._former if is_near and self._former else headed
            if near is None:
                self.unplaced += 1
                if self._undated:
                    yield replace(span, doubt="year")
                return
            is_entry = _is_head(sentence, replace(span, doubt="year"))
            first = _nearest(span.first, near, forward=is_entry and near == self._head)
            last = _nearest(span.last, (*first[:2], first[2] or 1))
            span = replace(span, first=first, last=last, doubt="year")
        is_day_first = span.first == span.last and span.last[2] and sentence[span.start].isdigit()
        if is_day_first and (match := _FIRST_DAY.search(lead)):
            first = (*span.last[:2], int(match[1]))
            if 0 < first[2] < span.last[2]:
                span = replace(span, start=match.start(1), first=first)
        if not _is_real(span.first) or not _is_real(span.last):
            return
        if not span.doubt and (match := _BEFORE.search(lead)):
            doubt = ("about", "before", "after", "by")[(match.lastindex or 1) - 1]
            # A deadline “by 30 June” is dated by that day.
            span = replace(span, doubt="" if doubt == "by" and span.last[2] else doubt)
        if _OLD_STYLE.match(sentence, span.end):
            span = replace(span, doubt="style")
        yield span


def _turn(sentence: str, lead: str) -> str:
    """Whether a weekday is the "last" or the "next" one, by the word before it and the tense."""
    before = _word_before(lead)
    if before in ("last", "next"):
        return before
    if before in ("by", "until") or _FUTURE.search(sentence):
        return "next"
    tenses = {clause.tense for clause in clauses_of(sentence) if clause.verb}
    return "last" if tenses & {"past", "perfect"} else "next"


def _joined(left: DatedSpan, right: DatedSpan, sentence: str) -> DatedSpan | None:
    """Two dates as one span, if a connective joins them and the second is later."""
    between = sentence[left.end : right.start]
    if left.doubt or right.doubt or not right.first[0]:
        return None
    joint = _JOINT.fullmatch(between)
    if joint is None or (joint["both"] and not _BETWEEN.search(sentence[: left.start])):
        return None
    first = left.first
    if not first[0]:
        first = (right.last[0] - (first[1:] > right.last[1:]), *first[1:])
    if first >= right.last:
        return None
    return DatedSpan(left.start, right.end, first, right.last)


def _interval(key: str) -> tuple[Moment, Moment] | None:
    """First and last of a key of `time_key`; year 0 if it has none."""
    if key in months():
        return (0, months()[key], 0), (0, months()[key], 0)
    day, _, clock = key.partition(" ")
    sizes, parts = [len(part) for part in day.split("-")], day.split("-")
    if sizes == [4, 3] and parts[1][0] == "W":
        monday = date.fromisocalendar(int(parts[0]), int(parts[1][1:]), 1)
        return _moment(monday), _moment(monday + timedelta(6))
    if sizes == [4, 2] and parts[1][0] == "Q":
        year, quarter = int(parts[0]), int(parts[1][1])
        return (year, 3 * quarter - 2, 0), (year, 3 * quarter, 0)
    if not all(map(str.isdecimal, parts)) or (clock and sizes[-2:] != [2, 2]):
        return None
    numbers = [int(part) for part in parts]
    calendar_day = 0, 0, 0
    if sizes in ([4, 2, 2], [2, 2]):
        calendar_day = numbers[0] if sizes[0] == 4 else 0, numbers[-2], numbers[-1]
    elif sizes == [4, 2] or (sizes == [4] and _YEAR.fullmatch(key)):
        calendar_day = numbers[0], sum(numbers[1:]), 0
    return (calendar_day, calendar_day) if any(calendar_day) else None


def _in_other_range(sentence: str, start: int, end: int) -> bool:
    """Whether a number is in a range that is none of years."""
    if end - start > _DIGITS:
        return False
    on, begun = _RANGE_ON.match(sentence, end), _RANGE_FROM.search(sentence[:start])
    others = [match[1].rstrip(".,") for match in (on, begun) if match]
    return any(not _YEAR.fullmatch(other) for other in others if len(other) != 2)


def _word_before(lead: str) -> str:
    """The word right before a date, in lower case; "" if there is none."""
    match = _WORD_BEFORE.search(lead)
    return match[1].lower() if match else ""


def _years(match: re.Match[str]) -> tuple[Moment, Moment] | None:
    """First and last of a century, a decade, a range of years, or a year with its era."""
    if match["century"]:
        first = int(match["century"]) * 100 - 100
        years = (-first - 99, -first) if match["bc"] else (first, first + 99)
    elif match["decade"]:
        years = int(match["decade"]) * 10, int(match["decade"]) * 10 + 9
    elif match["first"]:
        years = int(match["first"]), int(match["first"][: -len(match["last"])] + match["last"])
        if years[0] >= years[1]:
            return None
    else:
        year = int(match["year"])
        years = (1 - year if (match["era"] or "").startswith("BC") else year,) * 2
    return (years[0], 0, 0), (years[1], 0, 0)


def _nearest(calendar_day: Moment, near: Moment, *, forward: bool = False) -> Moment:
    """A day or month in the year that makes it nearest to a date; in that year if it is one.

    With `forward` it is at most a month before that date.
    """
    _, month, day = calendar_day
    if not near[1]:
        return near[0], month, day
    distance, reach = month - near[1], (-1, 10) if forward else (-6, 6)
    return near[0] + (distance < reach[0]) - (distance > reach[1]), month, day


def _is_real(calendar_day: Moment) -> bool:
    """Whether the calendar has this day."""
    year, month, day = calendar_day
    if not month:
        return year < 10_000
    return 0 < year < 10_000 and month <= 12 and day <= monthrange(year, month)[1]


def _is_plain(words: str) -> bool:
    """Whether a date consists of years only."""
    return bool(_YEAR.match(words)) and not words[4:].strip("s–-0123456789")


def _is_free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return all(end <= first or last <= start for first, last in taken)


def _is_head(sentence: str, span: DatedSpan) -> bool:
    """Whether a sentence heads a letter or an entry: it begins with its date, or has no verb."""
    if _ENTRY.fullmatch(sentence[: span.start]) and _ENTRY_END.match(sentence, span.end):
        return True
    if span.doubt:
        return False
    remainder = f"{sentence[: span.start]} {sentence[span.end :]}"
    if len(_WORDS.findall(remainder)) > _HEAD_WORDS:
        return False
    # The parser inserts “be” if there is no verb.
    verbs = {clause.verb for clause in clauses_of(sentence)}
    return verbs <= {"", "be"} and _COPULAS.isdisjoint(_WORDS.findall(sentence))


def _is_bare(sentence: str, span: DatedSpan) -> bool:
    """Whether a sentence is a single day and almost nothing else."""
    remainder = f"{sentence[: span.start]} {sentence[span.end :]}"
    return span.is_day and len(_WORDS.findall(remainder)) < _BARE


def _says_something(sentence: str) -> bool:
    """Whether a sentence stands for its letter: no greeting, header, quotation mark or output."""
    return (
        len(_WORDS.findall(sentence)) >= _SAYS
        and not _FORMAL.match(sentence)
        and not _is_output(sentence)
    )


def _is_output(text: str) -> bool:
    """Whether a text is a listing or log of a program, whose times are no events."""
    marks = sum(not letter.isspace() for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    return bool(_OUTPUT.search(text)) or (letters < _LETTERS * marks and marks > _SHORT)


def _is_of_its_time(written: str, content: str) -> bool:
    """Whether a text mentions years near the date of its source: a scan may be younger."""
    years = sorted(int(match[0]) for match in _YEAR.finditer(content))
    if _day(written) is None or not years:
        return _day(written) is not None
    year = int(written[:4])
    near = bisect(years, year + 1) - bisect(years, year - 30)
    return near >= max(1, _NEAR_YEARS * len(years))


def _day(text: str) -> Moment | None:
    try:
        return _moment(date.fromisoformat(text[:10]))
    except ValueError:
        return None


def _moment(day: date) -> Moment:
    return day.year, day.month, day.day


def _seconds(calendar_day: Moment) -> float:
    """Noon of a day in seconds since the epoch."""
    return (date(*calendar_day) - date(1970, 1, 1)).days * 86_400.0 + 43_200
