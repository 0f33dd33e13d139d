"""Results for agents in few tokens: what answers, where it is from, and ids to ask for more."""

from collections.abc import Iterable
from typing import Any

from workbench.memory.chains.records import Chain
from workbench.memory.facts.records import Fact, Remembered, Value
from workbench.recall.records import Answer, Evidence
from workbench.recall.wording import reference

#: Letters of a result, about 80 tokens, of a statement in it, and of a quote.
_RESULT, _STATEMENT, _QUOTE = 300, 120, 180


def brief(result: Any) -> str:
    """A result in a few lines."""
    match result:
        case Answer():
            lines = list(_answer(result))
        case Value():
            lines = [result.value or "", _statement(result.fact)]
            lines += [] if result.also is None else ["But:", _statement(result.also.fact)]
        case Chain():
            broken = f"Nothing says “{result.broken_at}” of the last."
            ids = " ".join(f"[{hop.fact.id}]" for hop in result.hops if hop.fact is not None)
            way = f"{' → '.join(result.trail)} {ids}"
            lines = [broken if result.value is None else result.value, way]
        case Remembered():
            told = (("Kept", result.new), ("Known", result.known))
            lines = [f"{how} [{'] ['.join(map(str, ids))}]" for how, ids in told if ids]
            lines += [f"Left out ({left.reason}): {left.text}" for left in result.left]
        case [Fact(), *_]:
            lines = list(map(_statement, result))
        case _:
            lines = ["Nothing that was told says so."]
    return "\n".join(_fitting(filter(None, lines)))


def _answer(answer: Answer) -> Iterable[str]:
    if answer.abstained:
        yield answer.suggestion or "The library does not say."
        yield from map(_statement, answer.near)
    else:
        yield f"{answer.value or ''}{' (possible)' if answer.possible else ''}".strip()
        yield answer.note if answer.differs else ""
        yield from map(_statement, answer.facts)
        yield from map(_quoted, answer.evidence[:1])


def _statement(fact: Fact) -> str:
    former = "" if fact.current else " (no longer)"
    return f"[{fact.id}] {_cut(fact.text, _STATEMENT)}{former}"


def _quoted(evidence: Evidence) -> str:
    cited = _cut(reference(evidence.source, evidence.locator), _STATEMENT)
    return f"“{_cut(evidence.quote, _QUOTE)}” {cited} (library://sources/{evidence.source.id})"


def _cut(text: str, size: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= size else f"{flat[: size - 1]}…"


def _fitting(lines: Iterable[str]) -> Iterable[str]:
    """The lines that find room; of a longer result it is said that there is more."""
    left = _RESULT
    for place, line in enumerate(lines):
        if len(line) > left and place:
            yield "…"
            return
        left -= len(line)
        yield line
