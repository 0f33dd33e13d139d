"""Salting: the same word is another term in every scope, so each has its own postings.

A scope's salt is mixed in by a bijection of the 64 bits, so no two words of a scope become one.
"""

import numpy as np

from workbench.arrays import U64

_MASK = 0xFFFFFFFFFFFFFFFF
_STEP = 0x9E3779B97F4A7C15
_FACTOR = 0xD6E8FEB86659FD93

_HALF = np.uint64(32)


def salt(scope: int) -> int:
    """What a scope's terms are told apart by; `scope` is the id of a collection, 0 for none."""
    return (scope + 1) * _STEP & _MASK


def salted(term: int, scope: int) -> int:
    """The term that a hash is in a scope; 64 bits, like the hash."""
    mixed = term ^ salt(scope)
    mixed = (mixed ^ mixed >> 32) * _FACTOR & _MASK
    return mixed ^ mixed >> 32


def salted_all(terms: U64, scope: int) -> U64:
    """`salted` of every element."""
    mixed = terms ^ np.uint64(salt(scope))
    mixed ^= mixed >> _HALF
    mixed *= np.uint64(_FACTOR)
    mixed ^= mixed >> _HALF
    return mixed
