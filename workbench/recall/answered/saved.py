"""The stored form of an answer.

Facts are left out: a forgotten fact must not remain in a saved answer. The store knows this form,
and removes the quotes of a deleted source.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from workbench.recall.records import (
    Answer,
    AnswerSentence,
    Coverage,
    Evidence,
)

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_Record = TypeVar("_Record")
#: The readers of stored records, which are slow to make.
_READERS: "dict[type, TypeAdapter[Any]]" = {}
#: Fields of an answer that are stored unchanged, with their types.
_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "mode": str,
    "abstained": bool,
    "confidence": (int, float),
    "milliseconds": (int, float),
    "suggestion": str,
    "depth": str,
    "model": str,
    "sent_to": str,
    "prompt": str,
    "cut": int,
    "note": str,
    "hint": str,
    "about": str,
    "asked_as": str,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A saved question, asked at `asked` (seconds); `written` is the answer of a model.

    `answer` has the quotes. `redacted` counts quotes of sources deleted since.
    """

    id: int
    asked: float
    answer: Answer
    written: Answer | None = None
    redacted: int = 0

    @property
    def collection(self) -> str | None:
        """The collection in which it was asked; None for everything."""
        result = self.answer.scope.get("collection")
        return result if isinstance(result, str) else None


def record_of(answer: Answer, composed: Answer | None = None) -> dict[str, Any]:
    """The stored form of an answer in quotes, and of the written one if there is one."""
    displayed = composed if composed is not None and composed.mode == "written" else answer
    selection = {
        name: getattr(displayed, name) for name in _PLAIN if getattr(displayed, name) is not None
    }
    return {
        **selection,
        "value": None if answer.told is not None else answer.value,
        "coverage": asdict(answer.coverage),
        "sentences": [asdict(sentence) for sentence in displayed.sentences],
        "quoted": [asdict(sentence) for sentence in answer.sentences],
        # Other locations are left out: they are no evidence, and may be deleted without a trace
        # here.
        "evidence": [asdict(replace(item, elsewhere=(), places=0)) for item in displayed.evidence],
        "abstained": answer.abstained,
    }


def restore_answer(
    id: int,
    asked_time: float,
    question: str,
    scope: Mapping[str, object],
    retained: Mapping[str, Any],
) -> Answered:
    """Restore an answer from its record, as far as it is readable."""
    plain: dict[str, Any] = {
        name: retained[name]
        for name, type_ in _PLAIN.items()
        if isinstance(retained.get(name), type_)
    }
    abstained = bool(plain.pop("abstained", False))
    evidence = _records_of(Evidence, retained.get("evidence"))
    value = retained.get("value")
    coverage = _record_of(Coverage, retained.get("coverage")) or Coverage(0, 0, 0)
    full = Answer(
        question,
        abstained=abstained,
        value=value if isinstance(value, str) else None,
        sentences=_records_of(AnswerSentence, retained.get("sentences")),
        evidence=evidence,
        coverage=coverage,
        scope=dict(scope),
        id=id,
        **plain,
    )
    redacted = retained.get("redacted")
    removed = redacted if isinstance(redacted, int) else 0
    if full.mode != "written":
        return Answered(id, asked_time, full, None, removed)
    quoted = _records_of(AnswerSentence, retained.get("quoted"))
    primary = tuple(item for item in evidence if "earlier" not in item.tags)
    mode = "none" if abstained else "quotes"
    unwritten = replace(full, model="", prompt="", cut=0, note="", hint="")
    quotes = replace(unwritten, mode=mode, sentences=quoted, evidence=primary)
    return Answered(id, asked_time, quotes, replace(full, abstained=False), removed)


def _records_of(kind: type[_Record], retained: object) -> tuple[_Record, ...]:
    """The readable records of a list."""
    rows = retained if isinstance(retained, (list, tuple)) else ()
    return tuple(row for item in rows if (row := _record_of(kind, item)) is not None)


def _record_of(kind: type[_Record], retained: object) -> _Record | None:
    """A record from its stored form; None if it is damaged."""
    from pydantic import TypeAdapter, ValidationError  # loaded on demand

    reader = _READERS.get(kind) or _READERS.setdefault(kind, TypeAdapter(kind))
    try:
        record: _Record = reader.validate_python(retained)
    except ValidationError:
        return None
    return record
