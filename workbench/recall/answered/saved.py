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
        found = self.answer.scope.get("collection")
        return found if isinstance(found, str) else None


def record_of(answer: Answer, written: Answer | None = None) -> dict[str, Any]:
    """What is kept of an answer in quotes and, where there is one, of the written one."""
    shown = written if written is not None and written.mode == "written" else answer
    kept = {name: getattr(shown, name) for name in _PLAIN if getattr(shown, name) is not None}
    return {
        **kept,
        "value": None if answer.told is not None else answer.value,
        "coverage": asdict(answer.coverage),
        "sentences": [asdict(each) for each in shown.sentences],
        "quoted": [asdict(each) for each in answer.sentences],
        # Other places are not kept: they are no evidence, and go without anybody asking here.
        "evidence": [asdict(replace(each, elsewhere=(), places=0)) for each in shown.evidence],
        "abstained": answer.abstained,
    }


def answered(
    id: int, asked: float, question: str, scope: Mapping[str, object], kept: Mapping[str, Any]
) -> Answered:
    """The answer of a record, whatever of it can be read."""
    plain: dict[str, Any] = {
        name: kept[name] for name, type_ in _PLAIN.items() if isinstance(kept.get(name), type_)
    }
    abstained = bool(plain.pop("abstained", False))
    evidence = tuple(e for each in _list(kept, "evidence") if (e := _evidence(each)) is not None)
    value = kept.get("value")
    coverage = _made(Coverage, kept.get("coverage")) or Coverage(0, 0, 0)
    plain = {"mode": "quotes", "confidence": 0.0, "milliseconds": 0.0, **plain}
    whole = Answer(
        question,
        abstained=abstained,
        value=value if isinstance(value, str) else None,
        sentences=_sentences(kept, "sentences"),
        evidence=evidence,
        coverage=coverage,
        scope=dict(scope),
        id=id,
        **plain,
    )
    redacted = kept.get("redacted")
    gone = redacted if isinstance(redacted, int) else 0
    if whole.mode != "written":
        return Answered(id, asked, whole, None, gone)
    quoted = _sentences(kept, "quoted")
    own = tuple(item for item in evidence if "earlier" not in item.tags)
    mode = "none" if abstained else "quotes"
    quotes = replace(whole, mode=mode, sentences=quoted, evidence=own, model="", prompt="", cut=0)
    quotes = replace(quotes, note="", hint="")
    return Answered(id, asked, quotes, replace(whole, abstained=False), gone)


def _sentences(kept: Mapping[str, Any], name: str) -> tuple[AnswerSentence, ...]:
    made = (_made(AnswerSentence, each) for each in _list(kept, name))
    return tuple(
        replace(each, citations=tuple(each.citations)) for each in made if each is not None
    )


def _evidence(kept: Mapping[str, Any]) -> Evidence | None:
    source, place = _made(SourceRef, kept.get("source")), _made(Place, kept.get("locator"))
    if source is None or place is None:
        return None
    steps = (_made(Step, each) for each in _list(kept, "path"))
    return _made(
        Evidence,
        {
            **kept,
            "source": source,
            "locator": place if place.box is None else replace(place, box=_box(place.box)),
            "via": _made(Step, kept.get("via")),
            "path": tuple(step for step in steps if step is not None),
            "highlights": tuple(tuple(span) for span in kept.get("highlights") or ()),
            **{name: tuple(kept.get(name) or ()) for name in ("tags", "engrams", "reasons")},
            "elsewhere": (),
        },
    )


def _box(kept: Sequence[float]) -> tuple[float, float, float, float] | None:
    if len(kept) != 4:
        return None
    left, top, right, bottom = kept
    return left, top, right, bottom


def _list(kept: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    found = kept.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _made(kind: type[_Record], kept: object) -> _Record | None:
    """A record of what was kept of it; None where that is damaged."""
    if not isinstance(kept, dict):
        return None
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    try:
        return kind(**{name: value for name, value in kept.items() if name in names})
    except TypeError:
        return None
