"""Lists: all values of a kind in some texts, and questions with several answers.

“List all amounts in kroner” and “Which dates are named in the lease?” are answered by each sentence
with one, in text order; people, places and organisations by the first sentence that names each.
Other questions for several things are answered as any question, with more sentences.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ingest.language.numerals import months, number_words
from ingest.language.word_lists import classes
from ingest.patterns import later
from ingest.reference_list import list_place
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.recall.list_question import NAMES, ListQuestion
from workbench.recall.quoting import covering, enumerated, evidence_at, quoting, unanswered
from workbench.recall.records import Answer
from workbench.recall.search import Request
from workbench.store import sources, text
from workbench.store.records import SourceRow

if TYPE_CHECKING:
    from workbench.recall.timeline import DatedSpan

_CODES = "usd|eur|gbp|chf|nok|sek|dkk|jpy"
_CURRENCY = (
    "euros?|dollars?|pounds(?: sterling)?|kron(?:er?|or|en)|francs?|franken|cents?|pence|shillings?"
    "|guineas?|yen|rupees?|roubles?|rubles?|złotys?|zlotys?|lir[ae]|pesos?|ducats?|thalers?"
    f"|guilders?|florins?|{_CODES}|(?:reichs)?mark|pfennige?|rappen"
)
_SCALE = r"(?: ?(?:thousand|million(?:en)?|billion|m|bn|k|tausend|mio\.?|milliarden?|mrd\.?))?"
_NUMBER = rf"(?:\d[\d.,]*\d|\d|\b(?:{'|'.join(sorted(number_words() - {'a', 'an'}))})\b)"
_MONEY = later(
    rf"(?i)(?:[€$£¥]|\b(?:{_CODES})) ?\d[\d.,]*{_SCALE}\b"
    rf"|(?:{_NUMBER}{_SCALE}|(?:tens|hundreds|thousands|(?:m|b)illions)[a-z ]* of)"
    rf"(?:[ -](?:{_CURRENCY})\b| ?[€$£¥])"
)
_YEAR = later(r"\d{3}|century")
_PRINTED = later(r"\S[^\n]*\w[^\n]*")
_PERCENTAGE = later(r"(?i)\d[\d.,]*(?:\s?%|[ -](?:per ?cent|prozent)\b)")
#: A number with its unit; years, pages and chapter numbers have none.
_COUNTED = later(
    rf"(?i)(?<![\w.,])(?!(?:1[5-9]|20)\d\d\b){_NUMBER}{_SCALE}"
    rf"(?:[ -](?!(?:{'|'.join(months())})\b)\w+|\s?[%°€$£])"
)
_DATED = ("date", "deadline", "year")
#: Who wrote a quoted mail when, what a program says when it starts, and lists of files.
_WRITTEN = later(
    r"(?is)\b(?:from|von): .*\b(?:sent|date|gesendet|datum): |\b(?:wrote|schrieb)\W*$"
    r"|original message|\d\d:\d\d:\d\d\)\s*\[|(?:[r-][w-][x-]){3}\s+\d"
)
_OWING = later(r"(?i)\bdue to\b")
_BY = later(r"(?i)\b(?:by|before|until|till|bis|vor)(?: the| zum| dem)? $")
#: Maximum lines that are shown, and sentences that are searched, per source and for names.
_LINES, _SCANNED, _READ_FOR_NAMES = 40, 300_000, 20_000
INCOMPLETE = "That may not be all."
NOTHING = (
    "The sources searched name nothing of this kind: ask with fewer words, or ask all sources."
)
_IN_TIMELINE = "There are more: the timeline has them all."


class _Line(NamedTuple):
    """A sentence, or a line between sentences: a heading, a caption."""

    start: int
    end: int
    text: str


def listed_values(
    connection: sqlite3.Connection, snapshot: Snapshot, request: Request, asked: ListQuestion
) -> Answer | None:
    """The answer to a question for all values of a kind; None without any."""
    rows, others = _named(_rows(connection, request), asked)
    topic = [word for word in others if word not in asked.documents]
    if topic and asked.kind in NAMES:
        # A more specific question needs the reader.
        return None
    entries: list[tuple[SourceRow, _Line, str]] = []
    left = _READ_FOR_NAMES
    for row in rows:
        request.cancel.check()
        lines = _lines(connection, row)
        if asked.kind in NAMES:
            # Names take longer than values: only the equivalent of some books is searched.
            lines, left = lines[:left], max(0, left - len(lines))
            from workbench.recall.name_kinds import named

            for entity in named([line.text for line in lines], asked.kind):
                line = _naming([lines[at] for at in entity.places], entity.name)
                entries.append((row, line, entity.name))
        else:
            values = _values(connection, row, asked, lines, request.cancel)
            entries += [
                (row, line, value)
                for line, value in values
                if _is_of(topic, line.text, asked.language)
            ]
    if not entries:
        return None
    value = enumerated(name for _, _, name in entries) if asked.kind in NAMES else None
    # A line with several names is listed once.
    entries = list({(item[0].id, item[1].start): item for item in reversed(entries)}.values())[::-1]
    evidence = [
        item
        for row, line, thing in entries[:_LINES]
        if (item := evidence_at(connection, row, (line.start, line.end), thing)) is not None
    ]
    answer = covering(quoting(unanswered(request.question, snapshot), evidence, value=value))
    note = _IN_TIMELINE if asked.kind in _DATED else INCOMPLETE
    is_cut = len(entries) > _LINES or asked.kind in NAMES
    return replace(answer, note=note if is_cut else "")


def _naming(lines: Sequence[_Line], name: str) -> _Line:
    """The first of these lines with the name as given, or else the first."""
    return next((line for line in lines if name in line.text), lines[0])


def _named(rows: Sequence[SourceRow], asked: ListQuestion) -> tuple[Sequence[SourceRow], list[str]]:
    """The sources whose titles have most words of a question, and the words in no title."""
    stems = [set(words.forms(word, asked.language)) for word in asked.words]
    titles = [forms(row.title, asked.language) for row in rows]
    matches = [[not stem.isdisjoint(title) for stem in stems] for title in titles]
    most = max(map(sum, matches), default=0)
    if not most:
        return rows, list(asked.words)
    best = [number for number, match in enumerate(matches) if sum(match) == most]
    left = [
        word
        for at, word in enumerate(asked.words)
        if not any(matches[number][at] for number in best)
    ]
    return [rows[number] for number in best], left


def forms(text: str, language: str = "en") -> set[str]:
    """The forms of the words of a text."""
    return {form for word in words.sequence(text) for form in words.forms(word, language)}


def _is_of(topic: Sequence[str], sentence: str, language: str) -> bool:
    """Whether a sentence has all of these words, in any form."""
    sentence_forms = forms(sentence, language)
    return all(not sentence_forms.isdisjoint(words.forms(word, language)) for word in topic)


def _rows(connection: sqlite3.Connection, request: Request) -> list[SourceRow]:
    asked = request.sources
    rows = [row for row in sources.listing(connection) if asked is None or row.id in asked]
    return sorted(rows, key=lambda row: row.id)


def _lines(connection: sqlite3.Connection, row: SourceRow) -> list[_Line]:
    """The sentences of a source and the lines between them, in text order."""
    document, end = text.text_at(connection, row.id), 0
    lines, seen = list[_Line](), set[str]()
    for extent in text.extents(connection):
        if extent.source != row.id:
            continue
        for engram in islice(text.engrams_between(connection, extent.first, extent.last), _SCANNED):
            for match in _PRINTED.finditer(document, end, max(end, engram.start)):
                # Running heads appear once.
                if match[0] not in seen:
                    seen.add(match[0])
                    lines.append(_Line(*match.span(), match[0]))
            lines.append(_Line(engram.start, engram.end, engram.text))
            end = max(end, engram.end)
    return lines


def _values(
    connection: sqlite3.Connection,
    row: SourceRow,
    asked: ListQuestion,
    lines: Sequence[_Line],
    cancel: Cancel,
) -> Iterator[tuple[_Line, str]]:
    """Yield the lines of a source with a value of this kind, and its first value."""
    kind = asked.kind
    if kind not in _DATED:
        pattern = {"money": _MONEY, "percentage": _PERCENTAGE}.get(kind, _COUNTED)
        yield from ((line, match[0]) for line in lines if (match := pattern.search(line.text)))
        return
    # The date reader is loaded on demand.
    from workbench.recall.timeline import DateReader

    document = text.text_at(connection, row.id)
    reader = DateReader(row.language, row.date, document, undated=kind != "year")
    works = range(*list_place(document))
    for line in lines:
        cancel.check()
        for span in reader.read(line.text) if line.start not in works else ():
            value = line.text[span.start : span.end]
            named = kind != "deadline" or _is_due(line, span, asked)
            if _WRITTEN.search(line.text) or span.doubt == "relative" or not named:
                continue
            if kind != "year" or _YEAR.search(value):
                yield line, value
                break


def _is_due(line: _Line, span: "DatedSpan", asked: ListQuestion) -> bool:
    """Whether something is due on a date: “by 3 May”, “the deadline is 3 May”."""
    if not span.last[1]:
        # “By 1999 the club had forty members”
        return False
    if _BY.search(line.text[: span.start]):
        return True
    due = classes("list_kinds.txt", asked.language)["due"]
    return not due.isdisjoint(words.sequence(_OWING.sub("", line.text)))


def completed(answer: Answer, limit: int) -> Answer:
    """An answer of several sentences with their cited evidence, and a note if incomplete."""
    numbers = [number for sentence in answer.sentences for number in sentence.citations]
    evidence = answer.evidence[: max([limit, *numbers])]
    note = answer.note or (INCOMPLETE if len(answer.sentences) > 1 else "")
    return covering(replace(answer, evidence=evidence, note=note))
