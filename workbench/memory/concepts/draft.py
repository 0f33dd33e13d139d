"""The trace of a statement while it is built: concepts by key, and links between them."""

from workbench.memory.concepts.records import (
    AssociationType,
    Bond,
    ConceptSpan,
    ConceptType,
    Trace,
)

#: Maximum concepts of one statement.
CONCEPT_LIMIT = 20
BOND_LIMIT = 12
#: Maximum candidates that are examined.
_CANDIDATE_LIMIT = 400

#: The priority of bonds if there are too many: stated ones precede co-occurrence.
_RANKS = dict.fromkeys(AssociationType, 1) | {
    AssociationType.CAUSED_BY: 0,
    AssociationType.LEADS_TO: 0,
    AssociationType.ENABLES: 0,
    AssociationType.PREVENTS: 0,
    AssociationType.RESOLVED_BY: 0,
    AssociationType.SIMILAR_TO: 0,
    AssociationType.INVOLVES: 2,
    AssociationType.HAPPENED_AT: 2,
    AssociationType.AT_LOCATION: 2,
    AssociationType.RELATED_TO: 3,
    AssociationType.CO_OCCURS: 4,
}

_NAME_TYPES = (ConceptType.ENTITY, ConceptType.SPATIAL)
_Bond = tuple[int, AssociationType, int]


class Draft:
    """The concepts and bonds of one statement during parsing."""

    __slots__ = ("_places", "bonds", "found", "keys", "types", "weights")

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.keys: list[str] = []
        self.types: list[ConceptType] = []
        self.weights: list[float] = []
        #: Start, end, position and name of each concept.
        self.found: list[tuple[int, int, int, str]] = []
        self.bonds: dict[_Bond, None] = {}

    def add(
        self, key: str, name: str, type_: ConceptType, start: int, end: int, weight: float
    ) -> int:
        """Add or reinforce a concept; returns its position, or -1 if there are too many."""
        place = self._places.get(key)
        if place is None:
            place = len(self.types)
            if place >= _CANDIDATE_LIMIT:
                return -1
            self._places[key] = place
            self.keys.append(key)
            self.types.append(type_)
            self.weights.append(weight)
            self.found.append((start, end, place, name))
            return place
        self.weights[place] = min(1.0, max(self.weights[place], weight) + 0.05)
        if self.types[place] == ConceptType.CONCEPT:
            self.types[place] = type_
        return place

    def join(self, head: int, type_: AssociationType, tail: int) -> None:
        """Join two concepts, if both exist and differ."""
        if head >= 0 and tail >= 0 and head != tail:
            self.bonds[head, type_, tail] = None

    def end(self) -> Trace:
        """The trace: the weightiest concepts in text order, and the bonds among them."""
        weights, keys, types, chosen = self.weights, self.keys, self.types, self.found
        if len(chosen) > CONCEPT_LIMIT:
            chosen = sorted(chosen, key=lambda span: -weights[span[2]])[:CONCEPT_LIMIT]
        chosen = sorted(chosen)
        concepts = tuple(
            [
                ConceptSpan(keys[at], name, types[at], start, end, round(weights[at], 2))
                for start, end, at, name in chosen
            ]
        )
        order = [span[2] for span in chosen]
        return Trace(concepts, self._bonds(order))

    def _bonds(self, order: list[int]) -> tuple[Bond, ...]:
        new = {place: at for at, place in enumerate(order)}
        bonds = list(self.bonds)
        if len(order) < len(self.keys):
            bonds = [bond for bond in bonds if bond[0] in new and bond[2] in new]
        if len(bonds) < BOND_LIMIT:
            bonds += self._co_occurrences(order, bonds)
        if len(bonds) > BOND_LIMIT:
            bonds = sorted(bonds, key=lambda bond: _RANKS[bond[1]])[:BOND_LIMIT]
        return tuple([Bond(new[head], type_, new[tail]) for head, type_, tail in bonds])

    def _co_occurrences(self, order: list[int], bonds: list[_Bond]) -> list[_Bond]:
        """Pairs of the three weightiest names without another bond."""
        types = self.types
        names = [place for place in order if types[place] in _NAME_TYPES]
        if len(names) < 2:
            return []
        if len(names) > 3:
            floor = sorted([self.weights[place] for place in names])[-3]
            names = [place for place in names if self.weights[place] >= floor][:3]
        joined = {(head, tail) for head, _, tail in bonds}
        return [
            (a, AssociationType.CO_OCCURS, b)
            for at, a in enumerate(names)
            for b in names[at + 1 :]
            if (a, b) not in joined and (b, a) not in joined
        ]
