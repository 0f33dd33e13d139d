"""The strength of an association: from its kind, its evidence and its use.

The constants for one and several fibers are those of the encoder of neural-memory 4.63: stated
relations outweigh co-occurrence.
"""

import numpy as np
from numpy.typing import NDArray

from workbench.memory.concepts.records import AssociationType

#: The weight of one fiber, the increment of each more, and the maximum, by groups of types.
_WEIGHTS: dict[int, tuple[float, float, float]] = {
    AssociationType[name]: weights
    for weights, names in (
        ((0.9, 0.02, 0.95), "HAPPENED_AT"),
        ((0.5, 0.1, 0.9), "BEFORE AFTER EVOKES DENIED"),
        ((0.6, 0.05, 0.9), "DURING"),
        ((0.8, 0.05, 0.95), "CAUSED_BY LEADS_TO"),
        ((0.75, 0.05, 0.95), "ENABLES PREVENTS INVOLVES RESOLVED_BY EVOLVES_FROM ROLE_OF"),
        ((0.3, 0.1, 0.7), "CO_OCCURS"),
        ((0.4, 0.1, 0.8), "RELATED_TO"),
        ((0.6, 0.1, 0.9), "SIMILAR_TO FELT ACTS_ON"),
        ((0.85, 0.02, 0.95), "IS_A"),
        ((0.7, 0.05, 0.95), "HAS_PROPERTY CONTRADICTS"),
        ((0.8, 0.03, 0.95), "AT_LOCATION CONTAINS SUPERSEDES OWNS PART_OF MEMBER_OF WORKS_FOR "
                            "CREATED INFLUENCED KIN_OF NAMED"),
    )
    for name in names.split()
}  # fmt: skip


def of_evidence(type: int, evidence: int) -> float:
    """The weight, 0 to 1, of an association of a type with so many fibers."""
    if evidence <= 0:
        return 0.0
    first, more, limit = _WEIGHTS[type]
    return min(limit, first + more * (evidence - 1))


#: First weight, increment and maximum for every type: float32[types] each.
_FIRST, _MORE, _ALL = np.array(
    [_WEIGHTS.get(type, (0.0, 0.0, 0.0)) for type in range(1 + max(AssociationType))], np.float32
).T


def strengths(type: NDArray[np.uint8], evidence: NDArray[np.int64]) -> NDArray[np.float32]:
    """`of_evidence` vectorised: float32[n]."""
    weights: NDArray[np.float32] = np.minimum(
        _ALL[type], _FIRST[type] + _MORE[type] * (evidence - 1).astype(np.float32)
    )
    return weights
