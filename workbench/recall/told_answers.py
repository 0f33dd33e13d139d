"""Adds answers from the user's statements to those from sources."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.language.tagging import tagged
from workbench.errors import InputError
from workbench.memory import words
from workbench.memory.claims.yes_no import positive
from workbench.memory.facts import claimed, facts
from workbench.memory.facts.claimed import TALK
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.meaning import LEARNED
from workbench.memory.facts.records import Fact, Value
from workbench.memory.reflex.records import Recollection
from workbench.recall import neighbours, told_reading, topic
from workbench.recall.missing import HOLLOW, asked_for, bare, shown
from workbench.recall.question import is_stop
from workbench.recall.records import Answer
from workbench.recall.small_talk import asks_nothing
from workbench.recall.told_by_meaning import FactMeaning
from workbench.recall.verbatim import sought
from workbench.store import facts as rows

#: Scopes that are asked for one question, the first ones.
_MOST_SCOPES = 64
#: From this sureness on what sources say stands beside a fact that answers, too.
_BESIDE = 0.75
#: The share of a question's weight that a fact must hold to be shown beside no answer, how many
#: are, and how many words that they share with it are named.
_NEAR, _CLOSEST, _NAMED = 0.6, 3, 2
#: Characters of a question by which it is seen whether it asks for yes or no.
_OPENING = 80
_NOTHING = "None of your notes"


def told(
    index: FactIndex,
    question: str,
    scopes: Iterable[str | None],
    *,
    as_of: str | float | None = None,
    meaning: FactMeaning | None = None,
) -> Value | None:
    """The surest value that facts of these scopes give; of equals the one told last.

    `as_of` answers as it was then. The fact that gives it grows stronger by that. Where none does,
    and there is a `meaning`, the question is asked in words of the facts that are near to it.
    """
    among = [scope for _, scope in zip(range(_MOST_SCOPES), scopes, strict=False)]
    values = [facts.value(index, question, collection=scope, as_of=as_of) for scope in among]
    if meaning is not None and as_of is None and not any(values):
        values = [_by_meaning(meaning, question, scope) for scope in among]
    found = max(filter(None, values), key=_order, default=None)
    if found is not None and as_of is None:
        index.strengths.recalled(found.fact.collection, [found.fact.id])
    return found


def _by_meaning(meaning: FactMeaning, question: str, scope: str | None) -> Value | None:
    """What a question is answered in the words of facts that are near to it in meaning."""
    near = meaning.near(question, scope)
    asked = meaning.reworded(question, near) if near else question
    if asked == question:
        return None
    value = facts.value(meaning.index, asked, collection=scope)
    if value is None or all(value.fact.id != fact.id for fact in near):
        return None
    return replace(value, question=question, confidence=round(value.confidence * LEARNED, 3))


def by_reading(meaning: FactMeaning, question: str, scopes: Sequence[str | None]) -> Value | None:
    """The whole fact that the reader finds to answer, where roles do not deny it.

    That it answers is surer than where in it the answer stands: its place is the likeliest one.
    None without a reader, for a question in another language than it knows, and for one that asks
    for yes or no.
    """
    reader = None if _is_closed(question) else meaning.reader()
    if reader is None or not reader.knows(question):
        return None
    try:
        found = told_reading.found(question, nearest(meaning, question, scopes), reader)
    except InputError:
        return None
    if found is None or found.silent or claimed.denied(meaning.index, question, found.fact):
        return None
    fact, sure = found.fact, round(found.probability, 3)
    meaning.index.strengths.recalled(fact.collection, [fact.id])
    return Value(question, fact.text, sure, fact, found.start, found.end)


def _is_closed(question: str) -> bool:
    """Whether a question asks for yes or no."""
    first = next(iter(tagged(question[:_OPENING])), None)
    return first is not None and first.may_be("MXHO")


def nearest(meaning: FactMeaning, question: str, scopes: Sequence[str | None]) -> list[Fact]:
    """The facts to be read: the nearest by words and in meaning, then the newest; none replaced."""
    among, most = scopes[:_MOST_SCOPES], told_reading.READ
    found = _recalled(meaning.index, question, among, None, most)
    found = sorted(found, key=lambda fact: -fact.score)[:most]
    for scope in among:
        found += meaning.near(question, scope)
        if len(found) < most:
            found += facts.listing(meaning.index, collection=scope, limit=most)
    now = {fact.id: fact for fact in found if fact.current and not fact.expired}
    return list(now.values())[:most]


def told_about(
    index: FactIndex,
    question: str,
    scopes: Sequence[str | None],
    limit: int,
    *,
    as_of: str | float | None = None,
) -> list[Value]:
    """The facts that tell of what a question wants to hear anything about, as wholes.

    They hold all of its words, and as they stand where they are in quotation marks (`verbatim`);
    the one told last comes first.
    """
    phrase = sought(question)
    subject = phrase or topic.subject_of(question)
    asked = [word for token in words.tokens(subject) for word in token.words if not is_stop(word)]
    if not asked or asks_nothing(question):
        return []
    found = [
        fact
        for fact in _recalled(index, subject, scopes, as_of, limit)
        if (fact.current or as_of is not None)
        and phrase.casefold() in fact.text.casefold()
        and _says_all(fact.text, asked)
    ]
    found = sorted(found, key=lambda fact: -fact.told)[:limit]
    for fact in found if as_of is None else ():
        index.strengths.recalled(fact.collection, [fact.id])
    return [Value(question, fact.text, topic.TOLD, fact, 0, 0) for fact in found]


def _says_all(statement: str, asked: Sequence[str]) -> bool:
    """Whether a statement holds a form of each word: recall takes words a slip away, too."""
    said = {
        form
        for token in words.tokens(statement)
        for word in token.words
        for form in words.forms(word, "en")
    }
    return not any(said.isdisjoint(words.forms(word, "en")) for word in asked)


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


def with_told_about(answer: Answer, values: Sequence[Value]) -> Answer:
    """The answer with the facts that tell of what is asked about, beside what sources tell of it.

    Where they do not, the facts are all there is.
    """
    if not values:
        return answer
    if answer.abstained:
        answer = with_told(answer, values[0])
    else:
        sure = max(answer.confidence, values[0].confidence)
        answer = replace(answer, told=values[0], confidence=sure)
    return replace(answer, also_told=tuple(values[1:]))


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
    meaning: FactMeaning | None = None,
) -> Answer:
    """An answer that is silent, with the facts that come closest and what they do not say.

    Where there was nothing to read, but something was told, that is what did not answer.
    """
    if not answer.abstained or (answer.mode == "none" and not _anything_told(index, scopes)):
        return answer
    least = 0.0 if answer.mode == "none" else _NEAR
    near = closest(index, question, scopes, as_of=as_of, least=least, meaning=meaning)
    if not near and answer.mode != "none":
        return answer
    said = _missing(question, near, lambda cue: _recalled(index, cue, scopes, as_of))
    if answer.mode != "none" and said.startswith(_NOTHING):
        # What the sources do not say is more.
        said = answer.suggestion
    return replace(answer, mode="quotes", near=tuple(near), suggestion=said)


def closest(
    index: FactIndex,
    question: str,
    scopes: Sequence[str | None],
    *,
    as_of: str | float | None = None,
    least: float = 0.0,
    meaning: FactMeaning | None = None,
) -> list[Fact]:
    """The told facts that come nearest to a question, best first.

    Those that hold most of it count, at `least` this share of its weight; where none holds that
    much but any will do, the best there are, with those near to it in `meaning`, else those with a
    word near to one of it. The reader puts them into order. What goes on about one of them ("he
    keeps it in the barn") follows it.
    """
    found = sorted(
        _recalled(index, question, scopes, as_of), key=lambda fact: (-fact.score, not fact.current)
    )
    near = [fact for fact in found if fact.score >= max(least, _NEAR)]
    if not near:
        # What is told of somebody is near to all that is asked of them.
        names = _names(question)
        near = [f for f in found if not least or (names and _all_held(names, f))]
    if meaning is not None and as_of is None and not least:
        there = {fact.id for fact in near}
        alike = (each for scope in scopes[:_MOST_SCOPES] for each in meaning.near(question, scope))
        near = meaning.ordered(question, [*near, *(f for f in alike if f.id not in there)])
    if not near and not least:
        near = _in_like_company(index, question, scopes, as_of)
    near = near[:_CLOSEST]
    shown: dict[int, Fact] = {}
    for fact in near:
        shown[fact.id] = fact
        after = facts.by_ids(index, [fact.id + step for step in (1, 2)])
        for each in after if as_of is None else ():
            said_then = fact.collection == each.collection and 0 <= each.told - fact.told <= TALK
            if said_then and claimed.points(each.text):
                shown.setdefault(each.id, each)
    return list(shown.values())[:_CLOSEST]


def _recalled(
    index: FactIndex,
    cue: str,
    scopes: Sequence[str | None],
    as_of: str | float | None,
    most: int = _CLOSEST,
) -> list[Fact]:
    return [
        fact
        for scope in scopes[:_MOST_SCOPES]
        for fact in facts.recall(index, cue, collection=scope, limit=most, as_of=as_of)
    ]


def _in_like_company(
    index: FactIndex, question: str, scopes: Sequence[str | None], as_of: str | float | None
) -> list[Fact]:
    """Facts that hold a word which is near in meaning to one of the question."""
    stems = [
        other
        for token in words.tokens(question)
        for word in (*token.words, _plain(bare(token.raw).casefold()))
        if word and not is_stop(word)
        for other, _ in neighbours.near(word)
    ]
    cue = " ".join(dict.fromkeys(stems))
    found = _recalled(index, cue, scopes, as_of) if cue else []
    # Recall tries words a slip away where it finds none: of a guess that is too far.
    return [fact for fact in found if any(_holding(stem, [fact]) for stem in stems)]


def _plain(word: str) -> str:
    """The adjective of a comparative or superlative, "" for other words."""
    return positive(f"{word[:-3]}er" if word.endswith("est") else word)


def _missing(question: str, found: Sequence[Fact], recall: Callable[[str], list[Fact]]) -> str:
    """One sentence on what the facts that were `found` do not say, and what to do about it."""
    asked = [
        token
        for token in words.tokens(question)
        if any(not is_stop(word) and len(word) > 1 for word in token.words)
    ]
    if aside := asks_nothing(question) or ("" if asked else HOLLOW):
        return aside
    strange = [name for name in _names(question) if not _holding(name, recall(name))]
    if strange:
        said = _listed(strange, question)
        return f"{_NOTHING} mentions {said}: check the spelling, or add a note."
    clearly = f"clearly {asked_for(question)}: use other words, or add a note."
    shared = [bare(token.raw) for token in asked if _holding(token.raw, found)]
    if not shared:
        return f"{_NOTHING} {clearly}"
    return f"Your notes mention {_listed(shared, question)}, but none {clearly}"


def _names(question: str) -> list[str]:
    """The words of a question that it writes as names, but for its first."""
    found = [token.raw for token in words.tokens(question) if token.capital]
    names = (bare(raw) for raw in found if raw[0].isalpha())
    return [name for name in names if name and not question.lstrip("¿¡ ").startswith(name)]


def _all_held(names: Sequence[str], fact: Fact) -> bool:
    return all(_holding(name, [fact]) for name in names)


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
