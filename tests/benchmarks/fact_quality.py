"""How rightly the fact memory answers: made sets of facts, each in a library of its own.

A value is right when it is one of those that a set names, case, a leading article and a full stop
aside. A question that nothing answers is right when it stays unanswered.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks import fact_sets, made_facts
from tests.benchmarks.fact_sets import Asked, QualitySet
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.errors import WorkbenchError
from workbench.library import Library

_ARTICLES = ("the ", "a ", "an ")
_TOLD = 3
#: Lines of one call when a haystack is told.
_CALL = 10_000


def rows(folder: Path, hay: int, goals: Mapping[str, Goal], say: Say) -> Iterator[Row]:
    """The share of right answers of every set; `hay` facts hide the needles."""
    for number, each in enumerate(fact_sets.every()):
        yield _row(each, _fresh(folder / f"set{number}.brain", each), goals, say)
    yield _chains(folder, goals, say)
    yield _needles(folder / "needles.brain", hay, goals, say)


def right(value: str | None, asked: Asked) -> bool:
    """Whether a value is what was asked for; None where there is nothing to answer."""
    if value is None:
        return not asked.right
    return _plain(value) in map(_plain, asked.right)


def wrong(library: Library, asked: Sequence[Asked]) -> list[tuple[Asked, str | None]]:
    """The questions that were not answered rightly, with what was answered."""
    found = []
    for each in asked:
        answer = library.facts.value(each.question)
        value = None if answer is None else answer.value
        if not right(value, each):
            found.append((each, value))
    return found


def _fresh(file: Path, told_: QualitySet) -> list[tuple[Asked, str | None]]:
    with Library.open(file) as library:
        _tell(library, told_.told)
        return wrong(library, told_.asked)


def _tell(library: Library, facts: Sequence[str]) -> None:
    for first in range(0, len(facts), _CALL):
        call = facts[first : first + _CALL]
        made = library.facts.tell("\n".join(call))
        if made.left:
            raise WorkbenchError("A fact was not stored.", made.left[0].text)


def _row(
    of: QualitySet, failed: Sequence[tuple[Asked, str | None]], goals: Mapping[str, Goal], say: Say
) -> Row:
    share = 100 * (len(of.asked) - len(failed)) / len(of.asked)
    say(f"{of.name}: {len(of.asked) - len(failed)} of {len(of.asked)} right")
    for asked, value in failed[:_TOLD]:
        say(f"  “{asked.question}” → {value or 'nothing'}, not {asked.right or 'nothing'}")
    on = f"{len(of.told)} facts, {len(of.asked)} questions; right values"
    return judged(of.name, share, goals, on, "%")


def _chains(folder: Path, goals: Mapping[str, Goal], say: Say) -> Row:
    """From each project to the city of its owner's manager, in both ways of saying it."""
    arrived = total = told_ = 0
    for phrasing in (0, 1):
        facts, chains = fact_sets.organisations(phrasing)
        with Library.open(folder / f"chains{phrasing}.brain") as library:
            _tell(library, facts)
            ends = [library.facts.chain(start, path).value for start, path, _ in chains]
        good = sum(end == right for end, (_, _, right) in zip(ends, chains, strict=True))
        say(f"chains, phrasing {phrasing + 1}: {good} of {len(chains)} right")
        arrived, total, told_ = arrived + good, total + len(chains), told_ + len(facts)
    name = f"chains_both_phrasings_{total}"
    on = f"{told_} facts in two libraries; {total} chains of three hops"
    return judged(name, 100 * arrived / total, goals, on)


def _needles(file: Path, hay: int, goals: Mapping[str, Goal], say: Say) -> Row:
    hidden = fact_sets.needles()
    facts = list(made_facts.facts(0, hay - len(hidden.told)))
    step = max(1, len(facts) // len(hidden.told))
    for number, needle in enumerate(hidden.told):
        facts.insert(number * (step + 1), needle)
    name = f"needles_{len(hidden.told)}_in_{hay // 1000}k"
    whole = QualitySet(name, tuple(facts), hidden.asked)
    return _row(whole, _fresh(file, whole), goals, say)


def _plain(value: str) -> str:
    text = value.strip().rstrip(".").casefold()
    return next((text[len(a) :] for a in _ARTICLES if text.startswith(a)), text)
