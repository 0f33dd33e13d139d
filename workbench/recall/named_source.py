"""The sources that a question names: “the Tor paper”, “Ada's mail of 3 May”, “the last minutes”.

A noun for a kind of source with words of a title, an author, a date or an order narrows what is
searched. A wrong narrowing loses the answer, so that a doubtful one is none: every word beside the
noun has to fit, a name alone (“Tor”) and a question for sources (“Which papers …”) name nothing.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile
from pathlib import PurePath

from ingest.books.naming import iso_date
from ingest.language.nouns import singular
from ingest.language.numerals import months
from ingest.language.word_lists import classes
from ingest.patterns import later
from workbench.memory import words
from workbench.memory.vocabulary import COMMON, ENGLISH_STOP
from workbench.recall.question_forms import period_key, quoted_phrase
from workbench.recall.records import Answer
from workbench.store import sources as catalogue
from workbench.store.records import SourceRow

#: Maximum characters of a question, words before and after a noun, and sources that a note names.
_LONGEST, _BEFORE, _AFTER, _NOTED = 300, 6, 10, 3
#: Kinds of nouns in `named_source.txt`; of general ones, titles need not have the noun.
_GENERAL = frozenset(("paper", "book", "manual", "document"))
_KINDS = (*sorted(_GENERAL), "mail", "meeting", "titled")
#: Prepositions of an adverbial that names a source.
_INSIDE = ("in", "from", "under", "per", "at")
_BETWEEN = ("of", "the", "all", "other", "my", "these", "those")
_MONTH = "|".join(sorted(months(), key=len, reverse=True))
_DATE = later(
    rf"(?:the\s+)?((?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{_MONTH})\b\.?"
    rf"(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s+\d{{4}})?|\d{{4}}-\d\d(?:-\d\d)?)",
    re.IGNORECASE,
)
_OWNER = later(r"[’']s?$")
_WORDS = later(r"[^\W_]+")
_REPLY = later(r"^(?:\s*(?:\[[^\]]*\]|[^\W\d]{1,4}:))+\s*")
#: The name of a file: “charter.md”, “02_backup”.
_FILE = later(
    r"(?<![\w@./-])[\w-]+(?:\.[a-z]{2,4}\b(?![./@])|(?<=_[^\W_])\b|_[\w-]*[^\W_]\b)(?!\w)",
    re.IGNORECASE,
)
_HEAD = later(r"[;:(–—]|\s+-\s+")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """The sources that a question names, oldest first.

    `searched` is the question to search them with, without “in the TSC charter” and with “the
    charter” elsewhere. `introduced`: “the report on …”, which a text may tell of as well. Unless it
    `narrows`, they are all that were asked.
    """

    question: str
    rows: tuple[SourceRow, ...]
    searched: str
    introduced: bool
    narrows: bool
    spans: tuple[tuple[int, int], ...]

    @property
    def ids(self) -> frozenset[int]:
        """The ids of the sources."""
        return frozenset(row.id for row in self.rows)

    @property
    def plain(self) -> str:
        """The question with “this text” or “these texts” for what it names."""
        return self.replaced("this text" if len(self.rows) == 1 else "these texts")

    def replaced(self, phrase: str) -> str:
        """The question with a phrase for what it names."""
        question = self.question
        for start, end in reversed(self.spans):
            question = f"{question[:start]}{phrase}{question[end:]}"
        return question

    def noted(self, answer: Answer) -> Answer:
        """The answer with a note that names the sources, if several were asked or none answers."""
        several = len(self.rows) > 1
        if answer.note or not self.narrows or not (several or not answer.found):
            return answer
        titles = list(dict.fromkeys(f"“{row.title}”" for row in self.rows))
        more = len(titles) - _NOTED
        if more > 0:
            titles = [*titles[:_NOTED], f"{more} more"]
        named = " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
        return replace(
            answer, note=f"Only {named} was asked." if not several else f"Asked of {named}."
        )


def named_source(
    connection: sqlite3.Connection, question: str, sources: Collection[int] | None
) -> NamedSource | None:
    """The sources among these (None: all) that a question names; None if it names none."""
    reader = _Reader(question)
    if len(question) > _LONGEST or not reader.may_name or quoted_phrase(question):
        return None
    rows = [row for row in catalogue.listing(connection) if sources is None or row.id in sources]
    known = {row.id: _known(row) for row in rows}
    found = [row for row in reader.references([*known.values()]) if row.sources]
    chosen = {source for reference in found for source in reference.sources}
    if not chosen:
        return None
    # Minutes may have their day only in the title.
    named = sorted(
        (row for row in rows if row.id in chosen),
        key=lambda row: (row.date or "".join(known[row.id].days[:1]), row.id),
    )
    return NamedSource(
        question,
        tuple(named),
        reader.shortened(found),
        any(row.introduced for row in found),
        len(chosen) < len(rows),
        tuple((row.start, row.end) for row in found),
    )


def describes(phrase: str) -> bool:
    """Whether a phrase has other words than “the whole book” or “my new paper”."""
    lists = classes("named_source.txt")
    general = lists["determiner"] | lists["adjective"] | ENGLISH_STOP
    low = [words.fold(token.raw) for token in words.tokens(phrase) if token.words]
    nouns = frozenset().union(*(lists[kind] for kind in _KINDS))
    return any(word not in general and not {word, singular(word)} & nouns for word in low)


# -- what is known of a source ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """How a source may be called: `title` are stems of its title, `names` of short ones.

    `days` are ISO 8601 dates.
    """

    source: int
    kind: str
    title: frozenset[str]
    names: frozenset[str]
    author: frozenset[str]
    days: tuple[str, ...]
    initials: str
    file: str

    def has(self, token: words.Token) -> bool:
        """Whether a word is in the title, an author's name, or initials of the title (“TSC”)."""
        low, raw = words.fold(token.raw), token.raw
        is_acronym = raw.isupper() and len(raw) > 2 and low in self.initials
        return _stem(low) in self.title or low in self.author or is_acronym


def _known(row: SourceRow) -> _Known:
    file, title = PurePath(row.path or "").name.lower(), row.title
    if row.kind == "mail":
        # The file may have many of them.
        file, title = "", _REPLY.sub("", row.title)
    vocabulary, names, author, days, initials = _analysed(title, file, row.author, row.date)
    return _Known(row.id, row.kind, vocabulary, names, author, days, initials, file)


@lru_cache(maxsize=20_000)
def _analysed(
    title: str, file: str, author: str, date: str
) -> tuple[frozenset[str], frozenset[str], frozenset[str], tuple[str, ...], str]:
    """Stems of title and file name, short names, names of authors, dates, and initials."""
    file = PurePath(file).stem
    content = [word for word in _plain(title) if word not in ENGLISH_STOP]
    initials = "".join(
        word[0] for word in _WORDS.findall(title) if word[0].isupper() or word[0].isdigit()
    ).lower()
    head = [word for word in _plain(_HEAD.split(title, maxsplit=1)[0]) if word not in ENGLISH_STOP]
    short = {*content[:1], *(head if len(head) == 1 else ())}
    short |= {initials} if len(initials) > 2 else set()
    dates = [iso_date(text) for text in (title, file, date)]
    days = tuple(dict.fromkeys(day for day in dates if len(day) == 10))
    stems = {_stem(word) for word in (*content, *_plain(file))}
    return (
        frozenset(stems | short),
        frozenset(map(_stem, short)),
        frozenset(_plain(author)),
        days,
        initials,
    )


def _plain(text: str) -> list[str]:
    return [words.fold(word) for word in _WORDS.findall(text)]


def _stem(word: str) -> str:
    return words.forms(word, "en")[0] if word.isalpha() else word


# -- references in a question ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reference:
    """The characters `[start, end)` of a question that name `sources`; `lead` begins “in the …”.

    `noun` is their kind as the question has it, "" if only a day names them.
    """

    start: int
    end: int
    lead: int
    sources: frozenset[int]
    noun: str = ""
    introduced: bool = False


class _Reader:
    """A question that may name sources, as words."""

    def __init__(self, question: str) -> None:
        self._question = question
        self._lists = classes("named_source.txt")
        self._tokens = [token for token in words.tokens(question) if token.words]
        self._low = [words.fold(token.raw) for token in self._tokens]
        self._nouns = {
            at: kinds
            for at, low in enumerate(self._low)
            if (
                kinds := frozenset(
                    kind for kind in _KINDS if {low, singular(low)} & self._lists[kind]
                )
            )
        }

    @property
    def may_name(self) -> bool:
        """Whether a noun for sources is in the question, which does not ask for sources."""
        ask = self._lists["ask"]
        # “Which of the papers”, “List all mails”
        before = (
            dropwhile(_BETWEEN.__contains__, self._low[at - 1 :: -1] if at else ())
            for at in self._nouns
        )
        is_list = any(next(words, "") in ask for words in before)
        has_day = self._meeting_day() is not None or _FILE.search(self._question) is not None
        return (bool(self._nouns) and not is_list) or has_day

    def shortened(self, found: Sequence[_Reference]) -> str:
        """The question with “the charter” for one, and without “in the charter” at its end."""
        question = self._question
        for row in sorted(found, key=lambda row: -row.start):
            before, after = question[: row.lead], question[row.end :]
            if row.lead < row.start and not (before.strip() and after.strip(" ?.!,")):
                question = f"{before.rstrip(' ,')}{after.lstrip(' ,')}"
            elif row.noun and len(found) == 1:
                question = f"{question[: row.start]}the {row.noun}{after}"
        return f"{question[:1].upper()}{question[1:]}"

    def references(self, known: Sequence[_Known]) -> Iterator[_Reference]:
        """Yield what names some of these sources."""
        for at, kinds in self._nouns.items():
            if reference := self._reference(at, kinds, known):
                yield reference
        for match in _FILE.finditer(self._question):
            named = match[0].lower()
            fitting = [row for row in known if named in (row.file, PurePath(row.file).stem)]
            sources = frozenset(row.source for row in fitting)
            yield _Reference(*match.span(), match.start(), sources)
        day = None if self._nouns else self._meeting_day()
        if day is not None:
            fitting = [row for row in known if _fits(("meeting",), row, "meeting")]
            fitting = [row for row in fitting if _in(row, period_key(day[1]))]
            sources = frozenset(row.source for row in fitting)
            yield _Reference(day.start(1), day.end(), day.start(1), sources)

    def _meeting_day(self) -> re.Match[str] | None:
        """The day of “Who was present on 5 June 2019?”; None for other questions."""
        if self._lists["present"].isdisjoint(self._low):
            return None
        match = next(_DATE.finditer(self._question), None)
        is_day = match is not None and len(period_key(match[1])) == len("2019-06-05")
        return match if is_day else None

    def _reference(
        self, at: int, kinds: frozenset[str], known: Sequence[_Known]
    ) -> _Reference | None:
        """What the noun at a place names; None unless all that is beside it fits."""
        lists, orders = self._lists, ("last", "first")
        begin, first, owner = self._begin(at)
        before = self._low[begin:at]
        order = next((name for name in orders if {*before} & lists[name]), "")
        plain = frozenset({"most"}).union(lists["adjective"], *(lists[name] for name in orders))
        telling = [self._tokens[n] for n in range(begin, at) if self._low[n] not in plain]
        lead = self._low[begin - 1] if begin else ""
        is_name = lead in lists["place"] and any(token.capital for token in telling)
        is_definite = owner or lead in lists["determiner"] or is_name
        if not is_definite or lists["other"] & {*self._low[max(0, begin - 3) : begin]}:
            return None
        noun = singular(self._low[at])
        fitting = [
            row
            for row in known
            if _fits(kinds, row, noun) and owner <= row.author and all(map(row.has, telling))
        ]
        end, behind = self._behind(at, fitting, kinds)
        fitting = fitting if behind is None else behind
        is_told = (
            bool(owner) or behind is not None or self._is_telling(telling, noun, kinds, fitting)
        )
        if order and (is_told or _GENERAL.isdisjoint(kinds)):
            fitting = _extreme(fitting, order)
        elif not (is_told or (not telling and self._is_framed(begin, at, kinds, fitting))):
            return None
        if not fitting:
            return None
        start = self._tokens[first].start
        above = self._low[max(0, first - 2) : first]
        reach = 2 if above == ["according", "to"] else sum(word in _INSIDE for word in above[-1:])
        ahead = self._tokens[first - reach].start
        sources = frozenset(row.source for row in fitting)
        introduced = behind is not None and kinds.isdisjoint(("paper", "mail", "meeting"))
        return _Reference(start, end, ahead, sources, self._tokens[at].raw, introduced)

    def _begin(self, at: int) -> tuple[int, int, frozenset[str]]:
        """The first word before a noun that belongs to it, that of the phrase, and its owner."""
        begin, inner = at, self._lists["last"] | self._lists["first"] | {"most"}
        while begin and at - begin < _BEFORE:
            token, low = self._tokens[begin - 1], self._low[begin - 1]
            if _OWNER.search(token.raw):
                first = begin - 1
                while first and self._tokens[first - 1].capital and not self._is_stop(first - 1):
                    first -= 1
                return begin, first, frozenset(self._low[first:begin])
            if (low not in inner and self._is_stop(begin - 1)) or self._is_apart(begin):
                break
            begin -= 1
        has_determiner = begin > 0 and self._low[begin - 1] in self._lists["determiner"]
        return begin, begin - has_determiner, frozenset()

    def _is_stop(self, at: int) -> bool:
        return self._low[at] in ENGLISH_STOP

    def _is_apart(self, at: int) -> bool:
        """Whether punctuation separates a word from the one before."""
        gap = self._question[self._tokens[at - 1].end : self._tokens[at].start]
        return bool(gap.strip(" -“”\"‘’'"))

    def _is_telling(
        self,
        before: Sequence[words.Token],
        noun: str,
        kinds: frozenset[str],
        fitting: Sequence[_Known],
    ) -> bool:
        """Whether words before a noun tell a source: a name or short name, or several words.

        One word suffices of the only paper or manual, or with the `noun` of a title (“charter”).
        """
        common = COMMON | self._lists["idiom"]
        telling = [token for token in before if words.fold(token.raw) not in common]
        is_only = len(fitting) == 1 and (
            not kinds.isdisjoint(("paper", "manual")) or _stem(noun) in fitting[0].title
        )
        is_named = any(
            is_only
            or token.capital
            or all(_stem(words.fold(token.raw)) in row.names for row in fitting)
            for token in telling
        )
        return bool(fitting) and (is_named or len(telling) > 1)

    def _is_framed(
        self, begin: int, at: int, kinds: Collection[str], fitting: Sequence[_Known]
    ) -> bool:
        """Whether it is “in the charter” or “the charter says” of the only one, or minutes."""
        is_minutes = self._low[at] == "minutes"
        if not is_minutes and ("titled" not in kinds or len(fitting) > 1):
            return False
        says = {*self._low[at + 1 : at + 2]} & self._lists["says"]
        is_end = not self._question[self._tokens[at].end :].strip(" ?.!")
        before = self._low[begin - 2] if begin > 1 else ""
        return bool(says) or (is_end and before in ("to", *_INSIDE))

    def _behind(
        self, at: int, candidates: Sequence[_Known], kinds: Collection[str]
    ) -> tuple[int, list[_Known] | None]:
        """What follows a noun: “of 3 July”, “by Konrad”, “about least squares”.

        Returns the end in characters, and the sources that fit; None for nothing.
        """
        lists, told = self._lists, None
        rows, place = list(candidates), at
        end = self._tokens[at].end
        while place + 2 < len(self._tokens):
            link, following = self._low[place + 1], self._tokens[place + 2]
            is_dated = link in lists["from"] or (
                link in ("in", "during") and {"mail", "meeting"} & {*kinds}
            )
            date = _DATE.match(self._question, following.start) if is_dated else None
            if date and (period := period_key(date[1])):
                rows = told = [row for row in rows if _in(row, period)]
                end = date.end()
                place = max(n for n, token in enumerate(self._tokens) if token.start < end)
                continue
            if link in lists["by"] and following.capital:
                run = self._run(place + 2)
                name = {*self._low[place + 2 : run]}
                matching = [row for row in rows if name <= row.author]
            elif link in lists["about"]:
                run, matching = self._titled(place + 2, rows)
            else:
                break
            if not matching:
                break
            rows = told = matching
            place, end = run - 1, self._tokens[run - 1].end
        return end, told

    def _run(self, first: int) -> int:
        """The end of the capitalised words from `first`."""
        last = first + 1
        while last < len(self._tokens) and self._tokens[last].capital and not self._is_apart(last):
            last += 1
        return last

    def _titled(self, first: int, rows: Sequence[_Known]) -> tuple[int, list[_Known]]:
        """The end of the most words from `first` that titles have, and the sources with these."""
        last = min(first + _AFTER, len(self._tokens))
        last = next((at for at in range(first + 1, last) if self._is_apart(at)), last)
        for end in range(last, first, -1):
            name = [low for low in self._low[first:end] if low not in ENGLISH_STOP]
            stems = {*map(_stem, name)}
            matching = [row for row in rows if stems <= row.title]
            is_short = end == last or self._is_stop(end)
            is_short = is_short and all(stems <= row.names for row in matching)
            is_told = (is_short or len(name) > 1) and not COMMON.issuperset(name)
            if matching and is_told and not self._is_stop(end - 1):
                return end, matching
        return first, []


def _fits(kinds: Collection[str], row: _Known, noun: str) -> bool:
    """Whether a source is of a kind: a mail, a meeting, or what its title says."""
    if row.kind in ("mail", "chat"):
        return "mail" in kinds
    if "meeting" in kinds:
        return not row.title.isdisjoint(map(_stem, classes("named_source.txt")["meeting"]))
    if "mail" in kinds:
        return False
    return not _GENERAL.isdisjoint(kinds) or _stem(noun) in row.title


def _in(row: _Known, period: str) -> bool:
    return any(in_period(day, period) for day in row.days)


def in_period(day: str, period: str) -> bool:
    """Whether an ISO 8601 day is in a period: a month by name, a year, a day of any year …"""
    if period in months():
        return day[5:7] == f"{months()[period]:02}"
    return day.startswith(period) if period[:4].isdecimal() else day[5:] == period


def _extreme(candidates: Sequence[_Known], order: str) -> list[_Known]:
    """The candidates of the last or first day; none unless at least two days are known."""
    dated = [row for row in candidates if row.days]
    days = {row.days[0] for row in dated}
    if len(days) < 2:
        return []
    day = max(days) if order == "last" else min(days)
    return [row for row in dated if row.days[0] == day]
