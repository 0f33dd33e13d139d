"""A consistent view of the inverted index: its segments, and columns by ordinal.

A `Snapshot` is immutable: each refresh publishes the next, over arrays that only grow at the end
(`Columns`), so that both share the earlier part.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from workbench.memory import words
from workbench.memory.segment import COLUMNS, Ordinals, Segment

T = TypeVar("T")

#: Maximum forms of one word in query expansion.
_FORMS_LIMIT = 24
#: Maximum cached lookups, and maximum length of a cached list that is copied.
_LASTING, _LITTLE = 20_000, 64
_EMPTY: Ordinals = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index at one point in time. Arrays are shared and must not be modified.

    `columns` have one int32 per ordinal (see `segment.COLUMNS`); `before[i]` is the number of words
    before ordinal i; `sections` and `flows` are their first ordinals, with `size` last. All of
    these end with the last statement of a source. `places` extends to the last fact: ids of
    sources, `text.place_of` scopes, 0 for nothing; `told` counts facts by scope. `known` caches
    lookups of one question, None for no caching, and `lasting` small ones that stay valid until a
    statement of a source is added.
    """

    segments: tuple[Segment, ...]
    size: int
    columns: dict[str, Ordinals]
    before: NDArray[np.int64]
    sections: Ordinals
    flows: Ordinals
    places: Ordinals
    told: Mapping[int, int]
    known: dict[Hashable, Any] | None = None
    lasting: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def unindexed(self) -> list[Segment]:
        """The segments with unindexed facts."""
        return [part for part in self.segments if not part.indexed]

    def for_question(self) -> "Snapshot":
        """This snapshot with a cache of lookups for one question."""
        return replace(self, known={})

    def cached(self, identity: Hashable, make: Callable[[], T]) -> T:
        """The result of `make`, cached for a question under `identity`."""
        if self.known is None:
            return make()
        if identity not in self.known:
            self.known[identity] = make()
        value: T = self.known[identity]
        return value

    def lookup(self, key: int) -> Ordinals:
        """The sorted ordinals of one key."""
        if self.known is None:
            return self._find(key)
        ordinals: Ordinals | None = self.known.get(key)
        if ordinals is None:
            ordinals = self.known[key] = self._find(key)
        return ordinals

    def _find(self, key: int) -> Ordinals:
        cached: Ordinals | None = self.lasting.get(key)
        if cached is not None:
            return cached
        lists = [part for index_part in self.segments if len(part := index_part.lookup(key))]
        if len(lists) > 1:
            ordinals = np.concatenate(lists)
            return self._remember(key, ordinals) if len(ordinals) <= _LITTLE else ordinals
        # A view takes no memory of its own.
        return self._remember(key, lists[0] if lists else _EMPTY)

    def lastingly(self, identity: Hashable, make: Callable[[], T]) -> T:
        """The result of `make`, cached as long as the index is unchanged; for small values."""
        value: T | None = self.lasting.get(identity)
        return self._remember(identity, make()) if value is None else value

    def _remember(self, identity: Hashable, value: T) -> T:
        """Cache a value for later questions, which are often on the same topic."""
        if len(self.lasting) >= _LASTING:
            self.lasting.clear()
        self.lasting[identity] = value
        return value

    def leads_to(self, keys: Collection[int], ordinal: int) -> bool:
        """Whether this ordinal is in the postings of all keys.

        Only its segment is searched.
        """
        if not keys:
            return ordinal < self.size
        return any(part.contains(keys, ordinal) for part in self.segments if ordinal in part.span)

    def union(self, keys: Iterable[int]) -> Ordinals:
        """The sorted ordinals of any of these keys."""
        lists = [part for key in keys if len(part := self.lookup(key))]
        if not lists:
            return _EMPTY
        if len(lists) == 1:
            return lists[0]
        return np.sort(np.concatenate(lists), kind="stable")

    def inflections(self, word: str, languages: Collection[str]) -> list[int]:
        """Keys of the words that share a form with this one, itself first; at most 24.

        `languages` are BCP 47 tags, "" if the language of a source is unknown.
        """
        tags = frozenset(map(words.base_language, languages))
        return self.lastingly(("kin", word, tags), lambda: self._variants(word, tags))

    def _variants(self, word: str, languages: Collection[str]) -> list[int]:
        word_key = words.key(word)
        keys = dict.fromkeys([word_key])
        for form in {form for tag in languages for form in words.forms(word, tag)}:
            key = words.key(form, "s")
            for part in self.segments:
                keys.update(dict.fromkeys(part.words_of(key)))
        return list(keys)[:_FORMS_LIMIT]

    def of_stem(self, stem: str) -> list[int]:
        """The keys of words with an English stem; at most 24."""
        return self.lastingly(("stem", stem), lambda: self._of_stem(stem))

    def _of_stem(self, stem: str) -> list[int]:
        key = words.key(stem, "s")
        keys = dict.fromkeys(word_key for part in self.segments for word_key in part.words_of(key))
        return list(keys)[:_FORMS_LIMIT]

    def casing(self, keys: Iterable[int]) -> tuple[int, int]:
        """How often these words have a capital, and how often not, inside sentences."""
        capitals = smalls = 0
        for key in keys:
            for part in self.segments:
                at = part.find(key)
                if at >= 0:
                    capitals += int(part.capitals[at])
                    smalls += int(part.smalls[at])
        return capitals, smalls


class Columns:
    """Arrays that grow at the end; slices handed out before stay unchanged."""

    def __init__(self) -> None:
        self.size = 0
        #: The ordinal after the last statement of a source.
        self.read = 0
        #: The number of facts by scope.
        self.told: Counter[int] = Counter()
        self._arrays = {name: np.zeros(0, np.int32) for name in COLUMNS}
        self._cumulative = np.zeros(1, np.int64)
        self._edge_parts: dict[str, list[Ordinals]] = {"section_start": [], "flow_start": []}
        self._edges: dict[str, Ordinals] = {}
        #: Whether the arrays are our own copies instead of a segment's.
        self._is_writable = False

    @property
    def places(self) -> Ordinals:
        """The place of each statement: its source, or the scope of a fact."""
        return self._arrays["source"][: self.size]

    def extend(self, part: Segment, read: int) -> None:
        """Add a segment; statements of sources now end at `read`."""
        end = self.size + part.size
        if self.size == 0:
            # The common case of one mapped segment needs no copy.
            self._arrays, self._is_writable = dict(part.columns), False
        elif len(self._arrays["source"]) < end or not self._is_writable:
            self._grow(end)
        if len(self._cumulative) < end + 1:
            grown = np.zeros(end + 1 + end // 2, np.int64)
            grown[: self.size + 1] = self._cumulative[: self.size + 1]
            self._cumulative = grown
        source = part.columns["source"]
        self._count(source, 1)
        if read == self.read:
            # The other columns of facts are 0.
            if self._is_writable:
                self._arrays["source"][self.size : end] = source
            self._cumulative[self.size + 1 : end + 1] = self._cumulative[self.size]
        else:
            for name in COLUMNS if self._is_writable else ():
                self._arrays[name][self.size : end] = part.columns[name]
            np.cumsum(part.columns["words"], out=self._cumulative[self.size + 1 : end + 1])
            self._cumulative[self.size + 1 : end + 1] += self._cumulative[self.size]
            ordinals = np.arange(self.size, end, dtype=np.int32)
            for name, starts in self._edge_parts.items():
                starts.append(ordinals[(part.columns[name] == ordinals) & (source > 0)])
            self._edges = {}
        self.size, self.read = end, read

    def _grow(self, end: int) -> None:
        """Copy the arrays with room for more than `end`."""
        for name, array in self._arrays.items():
            grown = np.zeros(end + max(end // 2, 1024), np.int32)
            grown[: self.size] = array[: self.size]
            self._arrays[name] = grown
        self._is_writable = True

    def remove(self, ids: Sequence[int]) -> None:
        """Remove the scopes of facts."""
        ordinals = np.array([id - 1 for id in ids if id <= self.size], np.int64)
        places = self._writeable()
        self._count(places[ordinals], -1)
        places[ordinals] = np.where(places[ordinals] < 0, 0, places[ordinals])

    def add(self, scopes: Sequence[tuple[int, int]]) -> None:
        """Assign facts without a scope to scopes, by id."""
        rows = np.array(scopes, np.int64).reshape(-1, 2)
        places = self._writeable()
        rows = rows[places[rows[:, 0] - 1] == 0]
        places[rows[:, 0] - 1] = -1 - rows[:, 1]
        self._count(-1 - rows[:, 1], 1)

    def place(self, scopes: Sequence[tuple[int, int]]) -> None:
        """Assign facts to these scopes, by id, and remove those of others."""
        rows = np.array([row for row in scopes if row[0] <= self.size], np.int64).reshape(-1, 2)
        places = self._writeable()
        places[places < 0] = 0
        # See `text.place_of`.
        places[rows[:, 0] - 1] = -1 - rows[:, 1]
        self.told.clear()
        self._count(places, 1)

    def _writeable(self) -> Ordinals:
        if not self._is_writable:
            self._grow(self.size)
        return self.places

    def _count(self, places: Ordinals, sign: int) -> None:
        for place, count in Counter(places[places < 0].tolist()).items():
            self.told[-1 - place] += sign * count

    def snapshot(
        self, segments: tuple[Segment, ...], lasting: dict[Hashable, Any] | None = None
    ) -> Snapshot:
        """A snapshot of these segments; `lasting` are cached lookups that stay valid."""
        if not self._edges:
            end = np.array([self.read], np.int32)
            for name, parts in self._edge_parts.items():
                self._edges[name] = np.concatenate([*parts, end])
                self._edge_parts[name] = [self._edges[name][:-1]]
        return Snapshot(
            segments=segments,
            size=self.read,
            columns={name: self._arrays[name][: self.read] for name in COLUMNS},
            before=self._cumulative[: self.read + 1],
            sections=self._edges["section_start"],
            flows=self._edges["flow_start"],
            places=self.places,
            told={scope: count for scope, count in self.told.items() if count},
            lasting={} if lasting is None else lasting,
        )
