"""The strength of an association: from its kind, its evidence and its use.

The numbers for one and for many fibers are those of NeuralMemory's encoder
(package neural-memory, 4.63): what is said outweighs what merely stands together.
"""

import numpy as np
from numpy.typing import NDArray

from workbench.memory.concepts.records import AssociationType
from workbench.memory.reflex.synapses import time_decay
from workbench.store.graph import AssociationRow

_HOUR = 3600.0

#: Of one fiber, what each more adds, and the most.
_WEIGHTS: dict[int, tuple[float, float, float]] = {
    AssociationType.HAPPENED_AT: (0.9, 0.02, 0.95),
    AssociationType.BEFORE: (0.5, 0.1, 0.9),
    AssociationType.AFTER: (0.5, 0.1, 0.9),
    AssociationType.DURING: (0.6, 0.05, 0.9),
    AssociationType.CAUSED_BY: (0.8, 0.05, 0.95),
    AssociationType.LEADS_TO: (0.8, 0.05, 0.95),
    AssociationType.ENABLES: (0.75, 0.05, 0.95),
    AssociationType.PREVENTS: (0.75, 0.05, 0.95),
    AssociationType.CO_OCCURS: (0.3, 0.1, 0.7),
    AssociationType.RELATED_TO: (0.4, 0.1, 0.8),
    AssociationType.SIMILAR_TO: (0.6, 0.1, 0.9),
    AssociationType.IS_A: (0.85, 0.02, 0.95),
    AssociationType.HAS_PROPERTY: (0.7, 0.05, 0.95),
    AssociationType.INVOLVES: (0.75, 0.05, 0.95),
    AssociationType.AT_LOCATION: (0.8, 0.03, 0.95),
    AssociationType.CONTAINS: (0.8, 0.03, 0.95),
    AssociationType.FELT: (0.6, 0.1, 0.9),
    AssociationType.EVOKES: (0.5, 0.1, 0.9),
    AssociationType.CONTRADICTS: (0.7, 0.05, 0.95),
    AssociationType.RESOLVED_BY: (0.75, 0.05, 0.95),
    AssociationType.SUPERSEDES: (0.8, 0.03, 0.95),
    AssociationType.EVOLVES_FROM: (0.75, 0.05, 0.95),
    AssociationType.OWNS: (0.8, 0.03, 0.95),
    AssociationType.PART_OF: (0.8, 0.03, 0.95),
    AssociationType.MEMBER_OF: (0.8, 0.03, 0.95),
    AssociationType.WORKS_FOR: (0.8, 0.03, 0.95),
    AssociationType.CREATED: (0.8, 0.03, 0.95),
    AssociationType.INFLUENCED: (0.8, 0.03, 0.95),
    AssociationType.KIN_OF: (0.8, 0.03, 0.95),
    AssociationType.ROLE_OF: (0.75, 0.05, 0.95),
    AssociationType.NAMED: (0.8, 0.03, 0.95),
    AssociationType.ACTS_ON: (0.6, 0.1, 0.9),
    AssociationType.DENIED: (0.5, 0.1, 0.9),
}


def of_evidence(type: int, evidence: int) -> float:
    """The weight, 0 to 1, that so many fibers give an association of a type."""
    if evidence <= 0:
        return 0.0
    first, more, most = _WEIGHTS[type]
    return min(most, first + more * (evidence - 1))


def weight(row: AssociationRow, now: float, evidence: int | None = None) -> float:
    """The weight of an association at a moment, in seconds since the epoch; 0 without evidence.

    `evidence` counts where only some of it may count. What use has added fades.
    """
    base = of_evidence(row.type, row.evidence if evidence is None else evidence)
    if not base or not row.learned:
        return base
    hours = 0.0 if row.used is None else max(0.0, now - row.used) / _HOUR
    learned = time_decay(min(row.learned, 1.0), hours, row.reinforced)
    return base + (1 - base) * learned


def _by_type() -> tuple[NDArray[np.float32], ...]:
    """What one fiber, each more, and all together give, for every type."""
    table = np.zeros((3, 1 + max(AssociationType)), np.float32)
    for type in AssociationType:
        first, most = of_evidence(type, 1), of_evidence(type, 1_000_000)
        table[:, type] = first, of_evidence(type, 2) - first, most
    return table[0], table[1], table[2]


_FIRST, _MORE, _ALL = _by_type()


def strengths(type: NDArray[np.uint8], evidence: NDArray[np.int64]) -> NDArray[np.float32]:
    """`of_evidence` of many rows."""
    found: NDArray[np.float32] = np.minimum(
        _ALL[type], _FIRST[type] + _MORE[type] * (evidence - 1).astype(np.float32)
    )
    return found
