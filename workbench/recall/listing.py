"""Lists: all amounts or dates of some texts, and questions that several sentences answer.

“List all amounts in kroner” and “Which dates are named in the lease?” are answered by each sentence
that has one, in the order of the texts. What else asks for several things is read as any question,
and shows more than the first sentences.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from ingest.language.nouns import singular
from ingest.language.numerals import number_words
from ingest.language.tagging import tagged
from ingest.patterns import later
from workbench.jobs import Cancel
from workbench.memory import words
from workbench.memory.snapshot import Snapshot
from workbench.memory.vocabulary import ENGLISH_STOP
from workbench.recall.quoting import covering, evidence_at, quoting, unanswered
from workbench.recall.records import Answer
from workbench.recall.search import Request
from workbench.recall.value import dates
from workbench.store import sources, text
from workbench.store.records import EngramRow, SourceRow

_KIND = (
    r"(?P<{0}money>amounts?(?: of money)?|sums?(?: of money)?|prices?|costs|fees)"
    r"|(?P<{0}date>dates?|deadlines)"
)
_NAMED = r"(?:named|mentioned|given|stated|listed|there)"
_REQUEST = later(
    rf"(?i)(?:please )?(?:list|name|show|give|collect|find)(?: me| us)? (?:all|every|each)(?: of)?"
    rf"(?: the)? (?:{_KIND.format('listed_')})(?P<rest>(?: .*)?)"
    rf"|(?:which|what) (?:are (?:all )?the )?(?:{_KIND.format('asked_')})"
    rf"(?P<place> (?:are|were|is|was) {_NAMED}\b.*| (?:does|do|did) .* (?:name|mention|give|state)"
    rf"|(?: {_NAMED})? in the .*)"
)
_CURRENCY = (
    "euros?|dollars?|pounds(?: sterling)?|kron(?:er?|or|en)|francs?|franken|cents?|pence|shillings?"
    "|guineas?|yen|rupees?|roubles?|rubles?|złotys?|zlotys?|lir[ae]|pesos?|ducats?|thalers?"
    "|guilders?|florins?|usd|eur|gbp|chf|nok|sek|dkk|jpy"
)
_SCALE = r"(?: ?(?:thousand|million|billion|m|bn|k))?"
_NUMBER = rf"(?:\d[\d.,]*\d|\d|\b(?:{'|'.join(sorted(number_words() - {'a', 'an'}))})\b)"
_MONEY = later(
    rf"(?i)[€$£¥] ?\d[\d.,]*{_SCALE}\b"
    rf"|{_NUMBER}{_SCALE}(?:[ -](?:{_CURRENCY})\b| ?[€$£¥])"
)
#: A day and a month, whose year may be another sentence's.
_DAY = later(r"\d.*[^\W\d_]{3}|[^\W\d_]{3}.*\d")
#: Words of such a question that say nothing about what is listed.
_EMPTY = frozenset(
    ("named", "mentioned", "given", "stated", "listed", "name", "mention", "give", "state", "money",
     "there", "document", "documents", "source", "sources", "text", "texts", "file", "files")
)  # fmt: skip
#: Lines that are shown at most, and sentences that are looked through.
_LINES, _SCANNED = 40, 300_000
#: Lines of a list that the reader makes, where no fewer quotes than usual are asked for.
READ_LINES, USUAL = 10, 5
INCOMPLETE = "That may not be all."
_ALL = later(r"(?i)\b(?:all|every)\b|^(?:list|name)\b")
_OF_KIND = later(r"(?i)(?:which|what)\b")
_PLURAL = ("are", "were", "have")
_PRESENT = later(r"(?i)who (?:was|were|is|are) (?:present|there)((?: (?:in|at|on|during)\b.*)?)")


def listed_values(
    connection: sqlite3.Connection, snapshot: Snapshot, request: Request
) -> Answer | None:
    """The answer to a question for all amounts or dates; None where it is none, or finds none."""
    match = _REQUEST.fullmatch(request.question.strip().rstrip("?!. "))
    if match is None:
        return None
    rows = _rows(connection, request)
    remainder = [
        token.raw.lower()
        for token in words.tokens(match["rest"] or match["place"] or "")
        if token.raw.lower() not in ENGLISH_STOP | _EMPTY
    ]
    titled = [row for row in rows if any(_in_title(word, row) for word in remainder)]
    if titled:
        remainder = [word for word in remainder if not any(_in_title(word, r) for r in titled)]
    is_money = bool(match["listed_money"] or match["asked_money"])
    if any(not _MONEY.fullmatch(f"1 {word}") for word in remainder) or (remainder and not is_money):
        # What is asked more closely has to be read.
        return None
    found: list[tuple[SourceRow, EngramRow, str]] = []
    for row in titled or rows:
        lines = _amounts(connection, row) if is_money else _dates(connection, row, request.cancel)
        for engram, value in lines:
            request.cancel.check()
            if all(word.rstrip("s") in value.lower() for word in remainder):
                found.append((row, engram, value))
    if not found:
        return None
    evidence = [
        item
        for row, engram, value in found[:_LINES]
        if (item := evidence_at(connection, row, (engram.start, engram.end), value)) is not None
    ]
    answer = covering(quoting(unanswered(request.question, snapshot), evidence))
    return replace(answer, note=INCOMPLETE) if len(found) > _LINES else answer


def asks_for_several(question: str) -> bool:
    """Whether a question asks for several things: “Which birds …”, “Who was there?”"""
    if _ALL.search(question) or reworded(question):
        return True
    # Word classes are loaded for such a question alone.
    if not _OF_KIND.match(question):
        return False
    for token, following in pairwise(tagged(question)[1:6]):
        low = token.low
        if low in _PLURAL:
            return True
        if not token.may_be("N"):
            return False
        # “Which birds did …”, but not “What happens in …”, “What makes the …”
        is_noun = not any(map(following.may_be, "DIR"))
        if is_noun and low[-1] == "s" and low != singular(low):
            return True
    return False


def reworded(question: str) -> str:
    """A question for who was present as the reader understands it best; "" for any other."""
    match = _PRESENT.fullmatch(question.strip().rstrip("?!. "))
    return f"Which people were present{match[1] or ' at the meeting'}?" if match else ""


def _rows(connection: sqlite3.Connection, request: Request) -> list[SourceRow]:
    ids = {
        extent.source
        for extent in text.extents(connection)
        if not extent.trashed and (request.sources is None or extent.source in request.sources)
    }
    return sources.by_ids(connection, sorted(ids))


def _in_title(word: str, row: SourceRow) -> bool:
    keys = {words.key(part) for token in words.tokens(row.title) for part in token.words}
    return words.key(word) in keys


def _amounts(connection: sqlite3.Connection, row: SourceRow) -> Iterator[tuple[EngramRow, str]]:
    """The sentences of a source with an amount of money, and the first of it."""
    for engram in islice(_sentences(connection, row), _SCANNED):
        if match := _MONEY.search(engram.text):
            yield engram, match[0]


def _sentences(connection: sqlite3.Connection, row: SourceRow) -> Iterator[EngramRow]:
    for extent in text.extents(connection):
        if extent.source == row.id:
            yield from text.engrams_between(connection, extent.first, extent.last)


def _dates(
    connection: sqlite3.Connection, row: SourceRow, cancel: Cancel
) -> Iterator[tuple[EngramRow, str]]:
    """The sentences of a source with a date, and the first of it."""
    # How dates are read is loaded by the first who asks for them.
    from workbench.recall.timeline import source_dates

    placed: dict[int, str] = {}
    for engram, span in source_dates(connection, row, cancel)[0]:
        placed.setdefault(engram.id, engram.text[span.start : span.end])
    for engram in islice(_sentences(connection, row), _SCANNED):
        days = (day for day in dates(engram.text) if _DAY.search(day))
        if value := placed.get(engram.id) or next(days, ""):
            yield engram, value


def completed(answer: Answer, limit: int) -> Answer:
    """An answer of several sentences with the evidence that they cite, and what it leaves open."""
    numbers = [number for sentence in answer.sentences for number in sentence.citations]
    evidence = answer.evidence[: max([limit, *numbers])]
    note = answer.note or (INCOMPLETE if len(answer.sentences) > 1 else "")
    return covering(replace(answer, evidence=evidence, note=note))
