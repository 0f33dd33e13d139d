"""Questions about a kind of memory: decisions, todos, errors, and reasons.

Such a memory says what it is by a label ("DECISION: …") or a turn of phrase ("we decided to …"),
not by words that a question could share. What it is about may stand in it, or in what was told just
before: a meeting on architecture, then the decision.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.patterns import later
from workbench.memory.facts import speech
from workbench.memory.facts.choosing import Choice
from workbench.memory.facts.facets import Key
from workbench.memory.facts.facts_at import FactsAt
from workbench.memory.facts.question_parts import Asked
from workbench.memory.facts.reading import carries, tokens
from workbench.store import facts as rows
from workbench.store import marks
from workbench.store.facts import FactRow

#: How sure an answer is whose fact has every word of the question, or only its neighbours have.
_SURE, _BESIDE = 0.8, 0.6
_MOST = 64
#: What was told so many facts, and seconds, before belongs to the same talk.
_NEAR, _TALK = 3, 6 * 3600.0
_LABEL = r"(?:^|[.;!?]\s+|\s[-–—|]\s)\s*(?:{0})\s*[:–—-]\s*(?P<said>.+)"
_END = later(r"\s*[.;,]?\s+(?:[A-Z]{4,}|Reason|Because|Rationale)\s*:|[.!?]?\s*$")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind is asked for and told; every such fact has one of `words` in the index."""

    name: str
    asked: re.Pattern[str]
    told: tuple[re.Pattern[str], ...]
    words: frozenset[str]


def _kind(name: str, asked: str, labels: str, told: str, words: str, *first: str) -> _Kind:
    patterns = (_LABEL.format(labels), *first, told)
    said = tuple(later(each, re.IGNORECASE) for each in patterns)
    return _Kind(name, later(rf"\b(?:{asked})\b", re.IGNORECASE), said, speech.these(words))


_KINDS = (
    _kind(
        "decision",
        r"decid\w+|decisions?|resolutions?|agree(?:d|ments?)?|cho(?:se|sen|ices?)|settled? on"
        r"|opted",
        r"decisions?|decided|resolution|resolved|agreed",
        r"\b(?:decided|agreed|resolved|opted|chose|settled|went)\s+"
        r"(?:to|on|that|for|with|upon)?\s*(?P<said>.+)",
        "decision decide decided resolution resolved resolve agreed agree opted opt chose choose"
        " settled settle went go",
    ),
    _kind(
        "todo",
        r"to-?dos?|to do|tasks?|(?:have|need|ought|supposed|left|remains?) to (?:do|be done)"
        r"|chores?|action items?|(?:should|must) (?:i|we) do",
        r"to-?do|task|action(?: item)?|next step",
        r"\b(?:need|needs|have|has|must|ought|remember|forget|got|remind (?:me|us))\s+to\s+"
        r"(?P<said>.+)",
        "todo task action step need remember forget remind",
    ),
    _kind(
        "error",
        r"errors?|bugs?|(?:went|gone|goes|going) wrong|fail\w*|problems?|crash\w*|faults?|broke",
        r"error|bug|problem|failure|fault|issue",
        r"(?P<said>.*\b(?:failed|fails|crashed|crashes|broke|errors?|bug|timed out)\b.*)",
        "error bug problem failure fault issue fail failed crash crashed break broke timed",
    ),
    _kind(
        "insight",
        r"learn(?:ed|t|ing)?|lessons?|insights?|findings?|found out|realis\w+|realiz\w+",
        r"insight|lesson|lesson learned|learning|finding|til",
        r"\b(?:learned|learnt|realised|realized|found out|discovered)\s+(?:that\s+)?(?P<said>.+)",
        "insight lesson learning learn learned finding find til realise realize realised realized"
        " discover",
    ),
)  # fmt: skip
_TIMES = "|".join(sorted(speech.MONTHS | speech.WEEKDAYS))
_REASON = _kind(
    "reason",
    r"reasons?|why|rationale",
    r"reason|because|rationale|why",
    rf"\b(?P<said>(?:because|due to|since(?! \d| (?:last|then|when|{_TIMES})\b)|so that"
    r"|in order to)\b.+?)(?=, (?:and|but|so) |[.!]?$)",
    "reason rationale because due since order",
    # What follows from a reason that comes first is no part of it.
    rf"^(?P<said>(?:because|due to|since(?! \d| (?:last|then|when|{_TIMES})\b))\b[^,;]+), ",
)
#: Words of such questions that say nothing of what they are about.
_IDLE = speech.these(
    "make made take taken do done we team us reach reached come came happen happened occur"
    " occurred there was were note noted recorded what which last latest recent recently been"
    " still open left get got give reason use used go going went wrong have need about regarding"
    " item items next"
)


#: Characters of a text whose families are kept at hand.
_KEPT = 500


def answer(here: FactsAt, asked: Asked, *, alone: bool = False) -> Choice | None:
    """What answers a question for a kind of memory; None where it is no such question.

    With `alone` only where the question asks for nothing else: for the kind, or for a reason.
    """
    kind = _asked_for(asked)
    if kind is None:
        return None
    about = [key for key in (*asked.wanted, *asked.soft) if not _is_idle(key, kind)]
    if alone and about and kind is not _REASON:
        return None
    then = here.moment
    for row in _those(here, kind):
        if row.at > then or (row.expires is not None and row.expires <= then):
            continue
        said = _said(kind, row)
        if said is None:
            continue
        missing = [key for key in about if not _holds(row.text, key)]
        sure = _SURE
        if missing and kind is _REASON and not kind.told[0].search(row.text):
            # "The S-200 was recalled because …" gives the reason for itself alone.
            continue
        if missing:
            before = " ".join(_before(here.connection, row))
            if not all(_holds(before, key) for key in missing):
                continue
            sure = _BESIDE
        return Choice(row.id, *said, sure)
    return None


def _asked_for(asked: Asked) -> _Kind | None:
    if asked.dense or asked.yours or asked.kind not in ("what", "why"):
        return None
    if asked.kind == "why" or _REASON.asked.search(asked.text):
        return _REASON
    return next((kind for kind in _KINDS if kind.asked.search(asked.text)), None)


def _is_idle(key: Key, kind: _Kind) -> bool:
    if key.name:
        return False
    if kind is _REASON and any(each.asked.search(key.word) for each in _KINDS):
        return True
    return bool(key.kin & _IDLE) or kind.asked.search(key.word) is not None


def _those(here: FactsAt, kind: _Kind) -> Iterator[FactRow]:
    """The facts that may be of a kind, newest first."""
    ids = set(here.index.meeting(here.scope, [kind.words], _MOST))
    ids.update(marks.of_kind(here.connection, here.scope, kind.name)[-_MOST:])
    yield from sorted(rows.by_ids(here.connection, ids), key=lambda row: (-row.at, -row.id))


def _said(kind: _Kind, row: FactRow) -> tuple[int, int] | None:
    """Where a fact says what was decided, or is to be done."""
    for pattern in kind.told:
        found = pattern.search(row.text)
        if found is not None:
            start = found.start("said")
            return start, start + _length(found["said"])
    return (0, len(row.text.rstrip(". "))) if row.kind == kind.name else None


def _length(said: str) -> int:
    end = _END.search(said, 1)
    return end.start() if end is not None else len(said)


def _holds(text: str, key: Key) -> bool:
    said = _kin_of(text) if len(text) <= _KEPT else _kin_of.__wrapped__(text)
    return not said.isdisjoint(speech.related(key.word) | key.kin)


@lru_cache(maxsize=4096)
def _kin_of(text: str) -> frozenset[str]:
    """The families of the words of a text: one question after the other asks the same memories."""
    return frozenset().union(*(speech.kin(token.word) for token in tokens(text) if carries(token)))


def _before(connection: sqlite3.Connection, row: FactRow) -> Sequence[str]:
    """What was told in the same talk just before a fact."""
    earlier = rows.by_ids(connection, range(row.id - _NEAR, row.id))
    return [
        each.text for each in earlier
        if each.scope == row.scope and row.told - each.told <= _TALK
    ]  # fmt: skip
