"""A set of statements with what they are about, read from `statements.txt`.

Three lines each: the statement; its concepts as type and key; its bonds as head, type and tail,
both apart from `;`, and `-` for none. Every third is kept aside: rules are not made from it.
"""

from dataclasses import dataclass
from pathlib import Path

from workbench.memory.concepts.records import AssociationType, Trace

_FILE = Path(__file__).parent / "statements.txt"
_JOINS = [kind.name.lower() for kind in AssociationType]


@dataclass(frozen=True, slots=True)
class Gold:
    """A statement, its concepts as (key, type) and its bonds as (head, type, tail)."""

    text: str
    concepts: frozenset[tuple[str, str]]
    bonds: frozenset[tuple[str, str, str]]


@dataclass(slots=True)
class Tally:
    """How many were right, found and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def count(self, found: frozenset[object], wanted: frozenset[object]) -> None:
        """Add one statement."""
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)

    @property
    def precision(self) -> float:
        """The part of what was found that is right."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """The part of what is wanted that was found."""
        return self.right / max(1, self.wanted)


def statements(*, aside: bool) -> list[Gold]:
    """The set to build from, or what is kept aside."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    every = [_gold(*lines[at : at + 3]) for at in range(0, len(lines) - 2, 3)]
    return [gold for at, gold in enumerate(every) if (at % 3 == 2) == aside]


def _gold(text: str, concepts: str, bonds: str) -> Gold:
    named = (part.strip().split(" ", 1) for part in concepts.split(";") if part.strip() != "-")
    joined = (part.strip() for part in bonds.split(";") if part.strip() != "-")
    return Gold(
        text,
        frozenset((key, type_) for type_, key in named),
        frozenset(_bond(part) for part in joined),
    )


def _bond(part: str) -> tuple[str, str, str]:
    name = next(kind for kind in _JOINS if f" {kind} " in part)
    head, tail = part.split(f" {name} ")
    return head, name, tail


def concepts_of(trace: Trace) -> frozenset[tuple[str, str]]:
    """The concepts of a trace as the set has them."""
    return frozenset((each.key, each.type.name.lower()) for each in trace.found)


def bonds_of(trace: Trace) -> frozenset[tuple[str, str, str]]:
    """Its bonds; that names merely stand together is no statement and not counted."""
    keys = [each.key for each in trace.found]
    return frozenset(
        (keys[bond.head], bond.type.name.lower(), keys[bond.tail])
        for bond in trace.bonds
        if bond.type is not AssociationType.CO_OCCURS
    )
