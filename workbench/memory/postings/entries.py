"""Entries: facts as the index takes them in.

A fact is a set of keys to the index. What it says the same as, what it claims something about and
what it denies are keys as well, told apart from words by a mark in their bits.
"""

from typing import NamedTuple

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
