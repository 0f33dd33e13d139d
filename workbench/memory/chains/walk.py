"""Follow a path of relations through answers that may be several: depth first, nothing twice.

A pure search over `ask(thing, relation) → answers`, best first. A thing that led nowhere from one
place in the path is not tried there again, so that loops in the facts cost no more than once round
for each relation asked.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Step(Generic[A]):
    """One answer on the way: from it the walk goes on to `name`."""

    name: str
    answer: A


def walk(
    start: str,
    path: Sequence[str],
    ask: Callable[[str, str], Iterable[A]],
    onward: Callable[[A, bool], Iterable[str]],
    key: Callable[[str], Hashable],
) -> list[Step[A]]:
    """The first way along the whole path, or else the longest part of one.

    `ask` gives the answers for a relation of a thing, best first; `onward` the names by which an
    answer is gone on with (`True`: it is the last), `key` what two names of one thing share.
    """
    longest: list[Step[A]] = []
    steps: list[Step[A]] = []
    tried = {(0, key(start))}

    def branch(name: str, place: int) -> Iterator[Step[A]]:
        last = place == len(path) - 1
        for answer in ask(name, path[place]):
            for onto in onward(answer, last):
                yield Step(onto, answer)

    branches = [branch(start, 0)]
    while branches:
        step = next(branches[-1], None)
        if step is None:
            branches.pop()
            if steps:
                steps.pop()
            continue
        place = len(branches)
        if (place, key(step.name)) in tried:
            continue
        tried.add((place, key(step.name)))
        steps.append(step)
        if len(steps) > len(longest):
            longest = list(steps)
        if place == len(path):
            return longest
        branches.append(branch(step.name, place))
    return longest
