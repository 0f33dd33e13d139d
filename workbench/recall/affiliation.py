"""Where the authors of a paper work, as its title page says."""

import re
import sqlite3

from ingest.patterns import later
from workbench.memory.snapshot import Snapshot
from workbench.recall.named_source import NamedSource
from workbench.recall.quoting import covering, enumerated, evidence_at, quoting, unanswered
from workbench.recall.records import Answer
from workbench.recall.search import Request
from workbench.store import sources, text
from workbench.store.records import SourceRow

_AUTHORS = r"\b(?:authors?|autor\w*|verfasser\w*)\b"
_PLACES = (
    r"\b(?:universit\w+|institut\w*|affiliation\w*|compan(?:y|ies)|employers?|laborator\w+"
    r"|organi[sz]ations?|hochschule\w*|firm(?:s|a|en)?|einrichtung\w*)\b"
)
_ASKED = later(
    # Who paid, or is thanked, is another matter.
    r"(?is)(?!.*\b(?:paid|fund\w*|sponsor\w*|support\w*|thank\w*|cite\w*|bezahl\w*|förder\w*|dank\w*)\b)"
    rf".*?(?:\b(?:where|wo)\b.*{_AUTHORS}.*\b(?:works?|working|worked|based|employed|arbeite\w*"
    rf"|tätig)\b|{_PLACES}.*{_AUTHORS}|{_AUTHORS}.*{_PLACES})"
)
#: Most characters of such a question; the pattern takes the square of it.
_ASKED_IN = 300
#: Characters of a title page, and where it ends; the longest line that is no prose.
_HEAD, _LONGEST = 2_500, 300
_END = later(
    r"(?im)^\W*(?:\d\W+)?(?:abstract|summary|introduction|zusammenfassung|einleitung|contents)\b"
)
#: Names of places of work, and of parts of them; forms of companies.
_WHOLE = later(
    r"(?i)\b(?:universit\w+|institut\w*|college|academy|hospital|laborator\w+|labs?|research"
    r"|foundation|project|corporation|company|hochschule|akademie|klinik\w*|gesellschaft|école"
    r"|politecnico|eth|mit|cnrs|inria)\b"
    r"|\b(?:Inc|Ltd|GmbH|Corp|LLC|PLC|ASA|AG|S\.A|B\.V)\b(?-i:)"
)
_PART = later(r"(?i)\b(?:department|dept|school|faculty|division|fakultät|fachbereich|lehrstuhl)\b")
#: What separates names: marks of footnotes, commas; an address; another university.
_BETWEEN = later(
    r"[;|•·†‡§¶*∗\n]|,(?! (?:Inc|Ltd|LLC|Corp|GmbH|S\.A)\b)|\?+|\band\b|\bund\b|\{[^}]*\}@\S+"
    r"|\S+@\S+|(?<=[a-z.]) (?=University of )"
)
_NOT_OF_PLACES = later(r"(?i)https?:|proceedings|sponsored|isbn|copyright|permission|conference")


def affiliations(
    connection: sqlite3.Connection,
    snapshot: Snapshot,
    request: Request,
    named: NamedSource | None,
) -> Answer | None:
    """The places of work on the title page of the one source that is asked; None for others."""
    if len(request.question) > _ASKED_IN or not _ASKED.match(request.question):
        return None
    rows = [] if named is None else list(named.rows)
    if not rows and request.sources is not None and len(request.sources) == 1:
        rows = sources.by_ids(connection, list(request.sources))
    if len(rows) != 1:
        return None
    found = _places(connection, rows[0])
    evidence = [
        item
        for span in dict.fromkeys(span for _, span in found)
        if (item := evidence_at(connection, rows[0], span, reason="The title page says so."))
    ]
    if not evidence:
        return None
    blank = unanswered(request.question, snapshot)
    value = enumerated(name for name, _ in found)
    return covering(quoting(blank, evidence, value=value, limit=request.limit))


def _places(connection: sqlite3.Connection, row: SourceRow) -> list[tuple[str, tuple[int, int]]]:
    """The places of work on a title page, each with the span of its line.

    Parts of them, such as departments, only if no line names a whole.
    """
    found: list[tuple[str, tuple[int, int], bool]] = []
    head = text.text_at(connection, row.id, 0, _HEAD)
    end = _END.search(head)
    people = [
        re.escape(name) for name in row.author.split(", ") if name and not _WHOLE.search(name)
    ]
    names = re.compile("|".join(people) or r"(?!)")
    for line in re.finditer(r"[^\n]+", head[: end.start()] if end else ""):
        words = line[0].strip()
        if len(words) > _LONGEST or words == row.title or _NOT_OF_PLACES.search(words):
            continue
        pieces = [piece.strip(" \t.:0123456789") for piece in _BETWEEN.split(names.sub(",", words))]
        wholes = [
            _with_town(pieces, at)
            for at, piece in enumerate(pieces)
            if _WHOLE.search(piece) and piece[:1].isupper()
        ]
        parts = [piece for piece in pieces if _PART.search(piece)]
        found += [(name, line.span(), name in wholes) for name in wholes or parts]
    has_whole = any(is_whole for *_, is_whole in found)
    return [(name, span) for name, span, is_whole in found if is_whole or not has_whole]


def _with_town(pieces: list[str], at: int) -> str:
    """A university of a state with its town: “University of California, Santa Cruz”."""
    town = pieces[at + 1] if at + 1 < len(pieces) else ""
    is_state = pieces[at].endswith(("University of California", "University of Texas"))
    return f"{pieces[at]}, {town}" if is_state and town else pieces[at]
