"""A trace while it is being made: concepts by key, bonds by what they join, and how it is ended."""

from workbench.memory.concepts.records import AssociationType, Bond, ConceptType, Found, Trace

#: What one statement yields at most.
MOST_FOUND = 20
MOST_BONDS = 12
#: Candidates beyond these are not even looked at.
_MOST_CANDIDATES = 400

#: Which bonds stay where there are too many: what was said outranks what merely stands together.
_RANKS = {
    AssociationType.CAUSED_BY: 0, AssociationType.LEADS_TO: 0, AssociationType.ENABLES: 0,
    AssociationType.PREVENTS: 0, AssociationType.RESOLVED_BY: 0, AssociationType.SIMILAR_TO: 0,
    AssociationType.IS_A: 1, AssociationType.HAS_PROPERTY: 1, AssociationType.CONTAINS: 1,
    AssociationType.FELT: 1, AssociationType.EVOKES: 1, AssociationType.SUPERSEDES: 1,
    AssociationType.EVOLVES_FROM: 1, AssociationType.CONTRADICTS: 1,
    AssociationType.BEFORE: 1, AssociationType.AFTER: 1, AssociationType.DURING: 1,
    AssociationType.INVOLVES: 2, AssociationType.HAPPENED_AT: 2, AssociationType.AT_LOCATION: 2,
    AssociationType.RELATED_TO: 3, AssociationType.CO_OCCURS: 4,
}  # fmt: skip
_TOGETHER = (ConceptType.ENTITY, ConceptType.SPATIAL)


class Draft:
    """Concepts and bonds of one statement as they are found."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.keys: list[str] = []
        self.types: list[ConceptType] = []
        self.names: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.weights: list[float] = []
        self.bonds: dict[tuple[int, AssociationType, int], None] = {}

    def add(
        self, key: str, name: str, type_: ConceptType, start: int, end: int, weight: float
    ) -> int:
        """The place of a concept, which is new or gains by being said again; -1 where too many."""
        place = self.places.get(key)
        if place is not None:
            self.weights[place] = min(1.0, max(self.weights[place], weight) + 0.05)
            if self.types[place] is ConceptType.CONCEPT:
                self.types[place] = type_
            return place
        place = len(self.types)
        if place >= _MOST_CANDIDATES:
            return -1
        self.places[key] = place
        self.keys.append(key)
        self.types.append(type_)
        self.names.append(name)
        self.starts.append(start)
        self.ends.append(end)
        self.weights.append(weight)
        return place

    def join(self, head: int, type_: AssociationType, tail: int) -> None:
        """Bond two concepts, if both are there and differ."""
        if head >= 0 and tail >= 0 and head != tail:
            self.bonds[head, type_, tail] = None

    def end(self) -> Trace:
        """The trace: the weightiest concepts in order of the text and the bonds among them."""
        weights = self.weights
        kept = list(range(len(weights)))
        if len(weights) > MOST_FOUND:
            kept = sorted(kept, key=lambda place: -weights[place])[:MOST_FOUND]
        starts, ends = self.starts, self.ends
        order = sorted(kept, key=lambda place: (starts[place], ends[place]))
        keys, names, types = self.keys, self.names, self.types
        found = tuple(
            [
                Found(keys[at], names[at], types[at], starts[at], ends[at], round(weights[at], 2))
                for at in order
            ]
        )
        return Trace(found, self._bonds(order))

    def _bonds(self, order: list[int]) -> tuple[Bond, ...]:
        new = {place: at for at, place in enumerate(order)}
        bonds = [bond for bond in self.bonds if bond[0] in new and bond[2] in new]
        if len(bonds) < MOST_BONDS:
            bonds += self._together(order, bonds)
        if len(bonds) > MOST_BONDS:
            bonds = sorted(bonds, key=lambda bond: _RANKS[bond[1]])[:MOST_BONDS]
        return tuple([Bond(new[head], type_, new[tail]) for head, type_, tail in bonds])

    def _together(
        self, order: list[int], bonds: list[tuple[int, AssociationType, int]]
    ) -> list[tuple[int, AssociationType, int]]:
        """Pairs of the three weightiest names that nothing else joins."""
        named = [place for place in order if self.types[place] in _TOGETHER]
        if len(named) > 3:
            floor = sorted(self.weights[place] for place in named)[-3]
            named = [place for place in named if self.weights[place] >= floor][:3]
        if len(named) < 2:
            return []
        joined = {(head, tail) for head, _, tail in bonds}
        return [
            (a, AssociationType.CO_OCCURS, b)
            for at, a in enumerate(named)
            for b in named[at + 1 :]
            if (a, b) not in joined and (b, a) not in joined
        ]
