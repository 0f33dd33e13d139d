"""An answer as the library keeps it, and back.

What people told is left out: a fact that is forgotten must not go on in an answer of before. The
store knows the form: where a source is removed, what was quoted of it goes from here, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from workbench.recall.records import (
    Answer,
    AnswerSentence,
    Coverage,
    Evidence,
    Place,
    SourceRef,
    Step,
)

_Record = TypeVar("_Record")
#: What is kept of an answer as it is, and the type of each.
_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "mode": str,
    "abstained": bool,
    "confidence": (int, float),
    "milliseconds": (int, float),
    "suggestion": str,
    "depth": str,
    "model": str,
    "prompt": str,
    "cut": int,
    "note": str,
    "hint": str,
    "about": str,
    "asked_as": str,
}


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of before, asked at `asked` (seconds); `written` is what a model wrote to it.

    `answer` has the quotes. `redacted` counts quotes of sources that were removed since.
    """

    id: int
    asked: float
    answer: Answer
    written: Answer | None = None
    redacted: int = 0

    @property
    def collection(self) -> str | None:
        """Where it was asked; None for everything."""
        result = self.answer.scope.get("collection")
        return result if isinstance(result, str) else None


def record_of(answer: Answer, composed: Answer | None = None) -> dict[str, Any]:
    """What is kept of an answer in quotes and, where there is one, of the written one."""
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
        # Other places are not kept: they are no evidence, and go without anybody asking here.
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
    """The answer of a record, whatever of it can be read."""
    plain: dict[str, Any] = {
        name: retained[name]
        for name, type_ in _PLAIN.items()
        if isinstance(retained.get(name), type_)
    }
    abstained = bool(plain.pop("abstained", False))
    evidence = tuple(
        e for item in _list(retained, "evidence") if (e := _evidence(item)) is not None
    )
    value = retained.get("value")
    coverage = _record_of(Coverage, retained.get("coverage")) or Coverage(0, 0, 0)
    plain = {"mode": "quotes", "confidence": 0.0, "milliseconds": 0.0, **plain}
    full = Answer(
        question,
        abstained=abstained,
        value=value if isinstance(value, str) else None,
        sentences=_sentences(retained, "sentences"),
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
    quoted = _sentences(retained, "quoted")
    primary = tuple(item for item in evidence if "earlier" not in item.tags)
    mode = "none" if abstained else "quotes"
    quotes = replace(
        full, mode=mode, sentences=quoted, evidence=primary, model="", prompt="", cut=0
    )
    quotes = replace(quotes, note="", hint="")
    return Answered(id, asked_time, quotes, replace(full, abstained=False), removed)


def _sentences(retained: Mapping[str, Any], name: str) -> tuple[AnswerSentence, ...]:
    outputs = (_record_of(AnswerSentence, item) for item in _list(retained, name))
    return tuple(
        replace(item, citations=tuple(item.citations)) for item in outputs if item is not None
    )


def _evidence(retained: Mapping[str, Any]) -> Evidence | None:
    source, place = (
        _record_of(SourceRef, retained.get("source")),
        _record_of(Place, retained.get("locator")),
    )
    if source is None or place is None:
        return None
    steps = (_record_of(Step, item) for item in _list(retained, "path"))
    return _record_of(
        Evidence,
        {
            **retained,
            "source": source,
            "locator": place if place.box is None else replace(place, box=_box(place.box)),
            "via": _record_of(Step, retained.get("via")),
            "path": tuple(step for step in steps if step is not None),
            "highlights": tuple(tuple(span) for span in retained.get("highlights") or ()),
            **{name: tuple(retained.get(name) or ()) for name in ("tags", "engrams", "reasons")},
            "elsewhere": (),
        },
    )


def _box(retained: Sequence[float]) -> tuple[float, float, float, float] | None:
    if len(retained) != 4:
        return None
    left, top, right, bottom = retained
    return left, top, right, bottom


def _list(retained: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    result = retained.get(name)
    return [item for item in result if isinstance(item, dict)] if isinstance(result, list) else []


def _record_of(kind: type[_Record], retained: object) -> _Record | None:
    """A record of what was kept of it; None where that is damaged."""
    if not isinstance(retained, dict):
        return None
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    try:
        return kind(**{name: value for name, value in retained.items() if name in names})
    except TypeError:
        return None
