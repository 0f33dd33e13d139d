"""“Tell me more” and “What happened next?”: shows the text after the last answer."""

import re
import time
from collections.abc import Collection, Sequence

from ingest.patterns import later
from workbench.memory.snapshot import Snapshot
from workbench.recall import quotes
from workbench.recall.question import parse
from workbench.recall.quotes import Quote
from workbench.recall.records import Answer, AnswerSentence, Coverage
from workbench.recall.scope import scope_of
from workbench.store import text
from workbench.store.records import EngramRow
from workbench.store.store import Store

#: What asks for more and names nothing.
_MORE = later(
    r"\s*(?:(?:and|so|then|ok(?:ay)?|please|well)\b[,\s]+)*"
    r"(?:(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:tell|show|give|read)\s+me\s+)?"
    r"(?:(?:a\s+(?:little|bit)\s+|some\s+|any(?:thing)?\s+)?more|go\s+on|read\s+on|continue|and\s+then"
    r"|what\s+else|what\s+(?:happens|happened|comes|came|follows|followed)"
    r"\s+(?:next|then|after(?:wards?)?|after\s+(?:that|this)))"
    r"(?:[,\s]+please)?\s*[?!.…]*\s*",
    re.IGNORECASE,
)
#: Sentences that are read on at once, and the words of all but the first.
_SENTENCES, _WORDS = 3, 80


def wants_more(question: str) -> bool:
    """Whether a question asks for more of what was said, and names nothing."""
    return _MORE.fullmatch(question) is not None


def read_on(
    store: Store, snapshot: Snapshot, question: str, turns: Sequence[Answer]
) -> Answer | None:
    """The sentences behind the one that the last answer said first.

    None where it said none, and where nothing follows in its source.
    """
    began = time.perf_counter()
    last = turns[-1]
    if last.abstained or not last.sentences or not last.sentences[0].citations:
        return None
    told = last.sentences[-1] if wants_more(last.question) else last.sentences[0]
    cited = next((each for each in last.evidence if each.n == told.citations[0]), None)
    if cited is None:
        return None
    with store.read() as connection:
        ids = cited.engrams
        known = text.engrams_between(connection, ids[0], ids[-1] + 4 * _SENTENCES)
        rows = _next(known, told.text, [each.text for each in last.sentences])
        if not rows:
            return None
        quote = Quote(0, tuple(rows), 1.0)
        around = quotes.surroundings(connection, [quote])
        scope = scope_of(text.extents(connection), [rows[0].source], snapshot)
        cue = parse(question, snapshot, scope, frozenset())
    return Answer(
        question, "quotes", False, last.confidence, None,
        tuple(AnswerSentence(_words(row), (1,)) for row in rows),
        (quotes.evidence(quote, 1, last.confidence, cue, around),),
        Coverage(len({row.passage for row in rows}), last.coverage.of, 1),
        (time.perf_counter() - began) * 1000,
        about=last.about,
        asked_as=last.asked_as or last.question,
    )  # fmt: skip


def _next(known: Sequence[EngramRow], told: str, said: Collection[str]) -> list[EngramRow]:
    """What is read behind the sentence that was told: of one section, and not said already."""
    at = next((n for n, row in enumerate(known) if told.startswith(_words(row))), 0)
    behind = [row for row in known[at + 1 :] if row.source == known[at].source]
    rows: list[EngramRow] = []
    total = 0
    for row in behind:
        total += len(row.text.split())
        apart = rows and (row.section != rows[0].section or row.id != rows[-1].id + 1)
        if len(rows) == _SENTENCES or apart or (rows and total > _WORDS):
            break
        if not any(_words(row) in each for each in said):
            rows.append(row)
    return rows


def _words(row: EngramRow) -> str:
    return " ".join(row.text.split())
