"""“Tell me more” and “What happened next?”: shows the text after the last answer."""

import time
from collections.abc import Collection, Sequence

from workbench.memory.snapshot import Snapshot
from workbench.recall import quotes
from workbench.recall.question import parse
from workbench.recall.question_forms import wants_more
from workbench.recall.quotes import Quote
from workbench.recall.records import Answer, AnswerSentence, Coverage
from workbench.recall.search import scope_of
from workbench.store import text
from workbench.store.records import EngramRow
from workbench.store.store import Store

#: Sentences that are read on at once, and the words of all but the first.
_SENTENCES, _WORDS = 3, 80


def read_on(
    store: Store, snapshot: Snapshot, question: str, turns: Sequence[Answer]
) -> Answer | None:
    """The sentences behind the one that the last answer said first.

    None where it said none, and where nothing follows in its source.
    """
    start_time = time.perf_counter()
    previous = turns[-1]
    if previous.abstained or not previous.sentences or not previous.sentences[0].citations:
        return None
    statement = previous.sentences[-1] if wants_more(previous.question) else previous.sentences[0]
    cited = next((item for item in previous.evidence if item.n == statement.citations[0]), None)
    if cited is None:
        return None
    with store.read() as connection:
        ids = cited.engrams
        existing = text.engrams_between(connection, ids[0], ids[-1] + 4 * _SENTENCES)
        rows = _next(existing, statement.text, [sentence.text for sentence in previous.sentences])
        if not rows:
            return None
        quote = Quote(0, tuple(rows), 1.0)
        context = quotes.surroundings(connection, [quote])
        scope = scope_of(text.extents(connection), [rows[0].source], snapshot)
        cue = parse(question, snapshot, scope, frozenset())
    return Answer(
        question, "quotes", False, previous.confidence, None,
        tuple(AnswerSentence(_words(row), (1,)) for row in rows),
        (quotes.evidence(quote, 1, previous.confidence, cue, context),),
        Coverage(len({row.passage for row in rows}), previous.coverage.of, 1),
        (time.perf_counter() - start_time) * 1000,
        about=previous.about,
        asked_as=previous.asked_as or previous.question,
    )  # fmt: skip


def _next(existing: Sequence[EngramRow], passage: str, tokens: Collection[str]) -> list[EngramRow]:
    """What is read behind the sentence that was told: of one section, and not said already."""
    at = next((n for n, row in enumerate(existing) if passage.startswith(_words(row))), 0)
    following = [row for row in existing[at + 1 :] if row.source == existing[at].source]
    rows: list[EngramRow] = []
    total = 0
    for row in following:
        total += len(row.text.split())
        separate = rows and (row.section != rows[0].section or row.id != rows[-1].id + 1)
        if len(rows) == _SENTENCES or separate or (rows and total > _WORDS):
            break
        if not any(_words(row) in item for item in tokens):
            rows.append(row)
    return rows


def _words(row: EngramRow) -> str:
    return " ".join(row.text.split())
