"""Answers that quote given places: title pages, list entries, highlights, mails."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.memory.segment import count
from workbench.memory.snapshot import Snapshot
from workbench.recall.quotes import BY_WORDS, reference_to, share_of
from workbench.recall.records import Answer, AnswerSentence, Coverage, Evidence, Place
from workbench.store import text
from workbench.store.records import SourceRow

#: Maximum characters of a quote, and the confidence that it answers.
LONGEST, CONFIDENCE = 300, 0.95
#: Maximum names or titles in a value.
_ENUMERATED = 20


def evidence_at(
    connection: sqlite3.Connection,
    source: SourceRow,
    span: tuple[int, int],
    value: str = "",
    reason: str = "",
) -> Evidence | None:
    """The text of a source at `[start, end)` as evidence; None if it is not indexed.

    The last occurrence of `value` in it is highlighted.
    """
    start, end = span
    passages = text.passages(connection, source.id)
    if not passages:
        return None
    passage = next((row for row in reversed(passages) if row.start <= start), passages[0])
    words = text.text_at(connection, source.id, start, end + LONGEST)
    quote = " ".join(words[: end - start].split())
    value = " ".join(value.split())
    at = quote.rfind(value) if value else -1
    page = text.page_at(connection, source.id, start)
    return Evidence(
        n=1,
        engram=passage.first_engram,
        quote=quote,
        score=CONFIDENCE,
        tags=(),
        tiers=BY_WORDS,
        source=reference_to(source),
        locator=Place(
            page=page.number if page else None,
            page_label=page.label if page else None,
            chapter=passage.chapter or None,
            start=start,
            end=end,
            seconds=passage.seconds,
            share=share_of(source, start),
        ),
        after=" ".join(words[end - start :].split()),
        reasons=(reason,) if reason else (),
        highlights=((at, at + len(value)),) if at >= 0 else (),
    )


def quoting(
    answer: Answer,
    first: Sequence[Evidence],
    remaining: Sequence[Evidence] = (),
    value: str | None = None,
    limit: int | None = None,
) -> Answer:
    """The answer that quotes `first`, followed by `remaining`, at most `limit` in all."""
    quoted = {row.quote for row in first}
    evidence, minimum = list[Evidence](), CONFIDENCE
    further = [row for row in remaining if row.quote not in quoted]
    for number, row in enumerate([*first, *further][:limit], 1):
        minimum = min(minimum, CONFIDENCE if number <= len(first) else row.score)
        evidence.append(replace(row, n=number, score=minimum))
    leading = evidence[: len(first)]
    return replace(
        answer,
        mode="quotes",
        abstained=False,
        confidence=CONFIDENCE,
        value=value,
        sentences=tuple(AnswerSentence(row.quote, (row.n,)) for row in leading),
        evidence=tuple(evidence),
        suggestion="",
        note="",
        differs=(),
    )


def enumerated(names: Iterable[str]) -> str:
    """The first of some names without duplicates, and the number of others."""
    unique = list(dict.fromkeys(names))
    more = len(unique) - _ENUMERATED
    return "; ".join(unique[:_ENUMERATED]) + (f"; and {more} more" if more > 0 else "")


def unanswered(question: str, snapshot: Snapshot, suggestion: str = "") -> Answer:
    """An answer before any retrieval."""
    coverage = Coverage(0, count(snapshot.columns["passage"]), 0)
    return Answer(question, abstained=True, coverage=coverage, suggestion=suggestion)


def covering(answer: Answer) -> Answer:
    """The answer with the numbers of quoted passages and sources."""
    rows = answer.evidence
    coverage = replace(
        answer.coverage,
        passages=len({row.engram for row in rows}),
        sources=len({row.source.id for row in rows}),
    )
    return replace(answer, coverage=coverage)
