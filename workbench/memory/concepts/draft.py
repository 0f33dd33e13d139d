"""The trace of a statement while it is built: concepts by key, and links between them."""

from workbench.memory.concepts import kinds
from workbench.memory.concepts.kinds import ASSOCIATION_TYPES, CONCEPT_TYPES
from workbench.memory.concepts.records import Bond, Found, Trace

#: What one statement yields at most.
MOST_FOUND = 20
MOST_BONDS = 12
#: Candidates beyond these are not even looked at.
_MOST_CANDIDATES = 400

#: Which bonds stay where there are too many: what was said outranks what merely stands together.
_RANKS = dict.fromkeys(ASSOCIATION_TYPES, 1) | {
    kinds.CAUSED_BY: 0,
    kinds.LEADS_TO: 0,
    kinds.ENABLES: 0,
    kinds.PREVENTS: 0,
    kinds.RESOLVED_BY: 0,
    kinds.SIMILAR_TO: 0,
    kinds.INVOLVES: 2,
    kinds.HAPPENED_AT: 2,
    kinds.AT_LOCATION: 2,
    kinds.RELATED_TO: 3,
    kinds.CO_OCCURS: 4,
}

_NAMED = (kinds.ENTITY, kinds.SPATIAL)
_Bond = tuple[int, int, int]


class Draft:
    """Concepts and bonds of one statement as they are found; types are numbers (`kinds`)."""

    __slots__ = ("_places", "bonds", "found", "keys", "types", "weights")

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.keys: list[str] = []
        self.types: list[int] = []
        self.weights: list[float] = []
        #: Start, end, place and name of each.
        self.found: list[tuple[int, int, int, str]] = []
        self.bonds: dict[_Bond, None] = {}

    def add(self, key: str, name: str, type_: int, start: int, end: int, weight: float) -> int:
        """The place of a concept, which is new or gains by being said again; -1 where too many."""
        place = self._places.get(key)
        if place is None:
            place = len(self.types)
            if place >= _MOST_CANDIDATES:
                return -1
            self._places[key] = place
            self.keys.append(key)
            self.types.append(type_)
            self.weights.append(weight)
            self.found.append((start, end, place, name))
            return place
        self.weights[place] = min(1.0, max(self.weights[place], weight) + 0.05)
        if self.types[place] == kinds.CONCEPT:
            self.types[place] = type_
        return place

    def join(self, head: int, type_: int, tail: int) -> None:
        """Bond two concepts, if both are there and differ."""
        if head >= 0 and tail >= 0 and head != tail:
            self.bonds[head, type_, tail] = None

    def end(self) -> Trace:
        """The trace: the weightiest concepts in order of the text and the bonds among them."""
        weights, keys, types, kept = self.weights, self.keys, self.types, self.found
        if len(kept) > MOST_FOUND:
            kept = sorted(kept, key=lambda each: -weights[each[2]])[:MOST_FOUND]
        kept = sorted(kept)
        found = tuple(
            [
                Found(keys[at], name, CONCEPT_TYPES[types[at]], start, end, round(weights[at], 2))
                for start, end, at, name in kept
            ]
        )
        order = [each[2] for each in kept]
        return Trace(found, self._bonds(order))

    def _bonds(self, order: list[int]) -> tuple[Bond, ...]:
        new = {place: at for at, place in enumerate(order)}
        bonds = list(self.bonds)
        if len(order) < len(self.keys):
            bonds = [bond for bond in bonds if bond[0] in new and bond[2] in new]
        if len(bonds) < MOST_BONDS:
            bonds += self._together(order, bonds)
        if len(bonds) > MOST_BONDS:
            bonds = sorted(bonds, key=lambda bond: _RANKS[bond[1]])[:MOST_BONDS]
        return tuple(
            [Bond(new[head], ASSOCIATION_TYPES[type_], new[tail]) for head, type_, tail in bonds]
        )

    def _together(self, order: list[int], bonds: list[_Bond]) -> list[_Bond]:
        """Pairs of the three weightiest names that nothing else joins."""
        types = self.types
        named = [place for place in order if types[place] in _NAMED]
        if len(named) < 2:
            return []
        if len(named) > 3:
            floor = sorted([self.weights[place] for place in named])[-3]
            named = [place for place in named if self.weights[place] >= floor][:3]
        joined = {(head, tail) for head, _, tail in bonds}
        return [
            (a, kinds.CO_OCCURS, b)
            for at, a in enumerate(named)
            for b in named[at + 1 :]
            if (a, b) not in joined and (b, a) not in joined
        ]
