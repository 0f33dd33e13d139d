"""Entries: facts as the index takes them in.

A fact is a set of keys to the index. What it says the same as, what it claims something about and
what it denies are keys as well, told apart from words by a mark in their bits.
"""

from typing import NamedTuple

import numpy as np

from workbench.arrays import U64

#: Marks of the keys that are no words.
SAME = 0x9FB21C651E98DF25
TOPIC = 0xC2B2AE3D27D4EB4F
DENIAL = 0x165667B19E3779F9


class Entry(NamedTuple):
    """A fact, since when it holds (seconds since 1970), and the different keys it is found by.

    They are salted with its scope. `same` is its dedup key, without its mark.
    """

    id: int
    at: float
    same: int
    keys: tuple[int, ...]


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
