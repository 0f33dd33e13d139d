"""What a question finds among the facts that people told, beside what it finds in sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from workbench.memory import words
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact, Value
from workbench.memory.reflex.records import Recollection
from workbench.recall.aside import asks_nothing
from workbench.recall.missing import HOLLOW, asked_for, bare, shown
from workbench.recall.question import is_stop
from workbench.recall.records import Answer
from workbench.store import facts as rows

#: Scopes that are asked for one question, the first ones.
_MOST_SCOPES = 64
#: From this sureness on what sources say stands beside a fact that answers, too.
_BESIDE = 0.75
#: The share of a question's weight that a fact must hold to be shown beside no answer, how many
#: are, and how many words that they share with it are named.
_NEAR, _CLOSEST, _NAMED = 0.6, 3, 2
_NOTHING = "Nothing you told"


def told(
    index: FactIndex,
    question: str,
    scopes: Iterable[str | None],
    *,
    as_of: str | float | None = None,
) -> Value | None:
    """The surest value that facts of these scopes give; of equals the one told last.

    `as_of` answers as it was then. The fact that gives it grows stronger by that.
    """
    found: Value | None = None
    for _, scope in zip(range(_MOST_SCOPES), scopes, strict=False):
        value = facts.value(index, question, collection=scope, as_of=as_of)
        if value is not None and (found is None or _order(value) > _order(found)):
            found = value
    if found is not None and as_of is None:
        index.strengths.recalled(found.fact.collection, [found.fact.id])
    return found


def _order(value: Value) -> tuple[float, float, int]:
    return value.confidence, value.fact.at, value.fact.id


def with_told(answer: Answer, value: Value | None) -> Answer:
    """The answer with what was told: it gives the value, and an answer where sources have none.

    Passages that were only the nearest ones go: next to a fact that answers they say nothing. So
    do those that are far from sure and do not say its value: a sentence of a book that is near to
    the question by its words is no second opinion.
    """
    if value is None:
        return answer
    if not answer.abstained and (answer.confidence >= _BESIDE or _says(answer, value)):
        confidence = max(answer.confidence, value.confidence)
        return replace(answer, value=value.value, told=value, confidence=confidence)
    return replace(
        answer,
        mode="quotes",
        abstained=False,
        confidence=value.confidence,
        value=value.value,
        told=value,
        sentences=(),
        evidence=(),
        suggestion="",
        note="",
        coverage=replace(answer.coverage, passages=0),
    )


def _says(answer: Answer, value: Value) -> bool:
    """Whether the sources quote what was told."""
    said = value.value.casefold()
    return any(said in " ".join(each.quote.split()).casefold() for each in answer.evidence)


def with_closest(
    answer: Answer,
    question: str,
    index: FactIndex,
    scopes: Sequence[str | None],
    as_of: str | float | None = None,
) -> Answer:
    """An answer that is silent, with the facts that come closest and what they do not say.

    Where there was nothing to read, but something was told, that is what did not answer.
    """
    if not answer.abstained or (answer.mode == "none" and not _anything_told(index, scopes)):
        return answer

    def recalled(cue: str) -> list[Fact]:
        return [
            fact
            for scope in scopes[:_MOST_SCOPES]
            for fact in facts.recall(index, cue, collection=scope, limit=_CLOSEST, as_of=as_of)
        ]

    found = recalled(question)
    near = sorted(
        (fact for fact in found if fact.score >= _NEAR),
        key=lambda fact: (-fact.score, not fact.current),
    )[:_CLOSEST]
    if not near and answer.mode != "none":
        return answer
    said = _missing(question, near or found, recalled)
    if answer.mode != "none" and said.startswith(_NOTHING):
        # What the sources do not say is more.
        said = answer.suggestion
    return replace(answer, mode="quotes", near=tuple(near), suggestion=said)


def _missing(question: str, found: Sequence[Fact], recall: Callable[[str], list[Fact]]) -> str:
    """One sentence on what the facts that were `found` do not say, and what to do about it."""
    asked = [
        token
        for token in words.tokens(question)
        if any(not is_stop(word) and len(word) > 1 for word in token.words)
    ]
    if aside := asks_nothing(question) or ("" if asked else HOLLOW):
        return aside
    names = [bare(token.raw) for token in asked if token.capital and token.raw[0].isalpha()]
    names = [name for name in names if not question.startswith(name)]
    strange = [name for name in names if not _holding(name, recall(name))]
    if strange:
        said = _listed(strange, question)
        return f"{_NOTHING} mentions {said}: check the spelling, or tell it."
    clearly = f"clearly {asked_for(question)}: use other words, or tell it."
    shared = [bare(token.raw) for token in asked if _holding(token.raw, found)]
    if not shared:
        return f"{_NOTHING} {clearly}"
    return f"What you told mentions {_listed(shared, question)}, but none of it {clearly}"


def _holding(raw: str, found: Sequence[Fact]) -> bool:
    """Whether any of these facts holds a word, as it is written."""
    said = set(words.split(bare(raw)))
    return any(said & set(token.words) for fact in found for token in words.tokens(fact.text))


def _listed(said: Sequence[str], question: str) -> str:
    """The first of these words in quotes, those that follow one another in the question as one."""
    runs: list[str] = []
    for each in dict.fromkeys(said):
        if runs and f"{runs[-1]} {each}" in question:
            runs[-1] = f"{runs[-1]} {each}"
        else:
            runs.append(each)
    return " and ".join(f"“{shown(each)}”" for each in runs[:_NAMED])


def _anything_told(index: FactIndex, scopes: Iterable[str | None]) -> bool:
    with index.store.read() as connection:
        numbers = [rows.scope_id(connection, scope) for scope in scopes]
    return any(number is not None and index.count(number) for number in numbers)


def with_recalled(answer: Answer, found: Recollection, value: Value | None) -> Answer:
    """The answer with the memories that came to mind.

    What recall by reflex gives, `value`, takes the place of what facts gave without it.
    """
    if value is not None and (answer.abstained or answer.told is not None):
        answer = with_told(answer, value)
    return replace(answer, depth=str(found.depth), recalled=found.hits)
