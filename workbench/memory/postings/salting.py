"""Salting: the same word is another term in every scope, so each has its own postings.

A scope's salt is mixed in by a bijection of the 64 bits, well spread over the upper ones, by which
terms are looked up. Knowing the scope, the word's hash can be told from the term again.
"""

from functools import lru_cache

import numpy as np

from workbench import kernels
from workbench.memory.postings.arrays import U64

_MASK = 0xFFFFFFFFFFFFFFFF
_LOW = 0xFFFFFFFF
_STEP = 0x9E3779B97F4A7C15
_FACTOR = 0xD6E8FEB86659FD93
_INVERSE = pow(_FACTOR, -1, 1 << 64)

_LOW_64 = np.uint64(_LOW)
_HALF = np.uint64(32)
_FACTOR_LOW = np.uint64(_FACTOR & _LOW)
_FACTOR_HIGH = np.uint64(_FACTOR >> 32)


def salt(scope: int) -> int:
    """What a scope's terms are told apart by; `scope` is the id of a collection, 0 for none."""
    return (scope + 1) * _STEP & _MASK


@lru_cache(maxsize=1024)
def salting(scope: int) -> np.uint64:
    """`salt` as kernels take it."""
    return np.uint64(salt(scope))


def salted(term: int, scope: int) -> int:
    """The term that a hash is in a scope; 64 bits, like the hash."""
    mixed = term ^ salt(scope)
    mixed = (mixed ^ mixed >> 32) * _FACTOR & _MASK
    return mixed ^ mixed >> 32


def unsalted(term: int, scope: int) -> int:
    """The hash that is this term in a scope."""
    mixed = (term ^ term >> 32) * _INVERSE & _MASK
    return mixed ^ mixed >> 32 ^ salt(scope)


def salted_all(terms: U64, scope: int) -> U64:
    """`salted` of every element."""
    return salted_with(terms, np.uint64(salt(scope)))


def salted_with(terms: U64, salts: U64 | np.uint64) -> U64:
    """`salted` of every element, each with the salt of its scope."""
    mixed = terms ^ salts
    mixed ^= mixed >> _HALF
    mixed *= np.uint64(_FACTOR)
    mixed ^= mixed >> _HALF
    return mixed


def unsalted_all(terms: U64, scope: int) -> U64:
    """`unsalted` of every element."""
    mixed = terms ^ (terms >> _HALF)
    mixed *= np.uint64(_INVERSE)
    mixed ^= mixed >> _HALF
    mixed ^= np.uint64(salt(scope))
    return mixed


@kernels.inner
def salted_in(term: np.uint64, salt: np.uint64) -> np.uint64:
    """`salted` for kernels; `salt` is that of the scope.

    The factor is applied by halves: as plain Python a product beyond 64 bits would warn.
    """
    mixed = term ^ salt
    mixed ^= mixed >> _HALF
    low, high = mixed & _LOW_64, mixed >> _HALF
    product = low * _FACTOR_LOW
    cross = ((high * _FACTOR_LOW) & _LOW_64) + ((low * _FACTOR_HIGH) & _LOW_64)
    upper = ((product >> _HALF) + cross) & _LOW_64
    mixed = (upper << _HALF) | (product & _LOW_64)
    return mixed ^ (mixed >> _HALF)
