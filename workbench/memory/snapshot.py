"""What readers of the inverted index see: its segments, and columns by ordinal, at one moment.

A `Snapshot` never changes: each refresh publishes the next one, over arrays that only grow at their
end (`Columns`), so that both share what was there before.
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

#: Forms of one word that a question is widened to.
_FORMS_LIMIT = 24
#: What an index keeps of what was looked up, and ordinals of a list of its own that it keeps.
_LASTING, _LITTLE = 20_000, 64
_EMPTY: Ordinals = np.zeros(0, np.int32)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The index at one moment. Arrays are shared and must not be written to.

    `columns` hold one int32 an ordinal (see `segment.COLUMNS`); `before[i]` is the number of
    words before ordinal i; `sections` and `flows` are the ordinals at which these begin, with
    `size` last. All of these end with the last statement of a source. `places` goes on to the last
    one that was told: ids of sources, `text.place_of` scopes, 0 for nothing; `told` counts those of
    each scope. `known` holds what was looked up for one question, None where nothing is kept, and
    `lasting` what is little and stays true as long as no statement of a source is added.
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
        """The segments whose told statements have no postings yet."""
        return [part for part in self.segments if not part.indexed]

    def for_question(self) -> "Snapshot":
        """The same, which keeps what it looks up: a question asks for the same words many times."""
        return replace(self, known={})

    def cached(self, identity: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for a question; `what` tells it from all else."""
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
        # A part of the index takes no memory of its own.
        return self._remember(key, lists[0] if lists else _EMPTY)

    def lastingly(self, identity: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once as long as the index is this one: for what is little."""
        value: T | None = self.lasting.get(identity)
        return self._remember(identity, make()) if value is None else value

    def _remember(self, identity: Hashable, value: T) -> T:
        """Keep something for the questions that follow: people ask on of the same things."""
        if len(self.lasting) >= _LASTING:
            self.lasting.clear()
        self.lasting[identity] = value
        return value

    def leads_to(self, keys: Collection[int], ordinal: int) -> bool:
        """Whether looking up every one of these keys leads to this ordinal.

        Only the one segment that the ordinal belongs to is asked.
        """
        if not keys:
            return ordinal < self.size
        return any(part.contains(keys, ordinal) for part in self.segments if ordinal in part.span)

    def union(self, keys: Iterable[int]) -> Ordinals:
        """The sorted ordinals at which any of these keys stands."""
        lists = [part for key in keys if len(part := self.lookup(key))]
        if not lists:
            return _EMPTY
        if len(lists) == 1:
            return lists[0]
        return np.sort(np.concatenate(lists), kind="stable")

    def inflections(self, word: str, languages: Collection[str]) -> list[int]:
        """Keys of the words that share a form with this one, itself first; at most 24.

        `languages` are BCP 47 tags, "" where the language of a source is not known.
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
        """Keys of the words that are forms of an English stem; at most 24."""
        return self.lastingly(("stem", stem), lambda: self._of_stem(stem))

    def _of_stem(self, stem: str) -> list[int]:
        key = words.key(stem, "s")
        keys = dict.fromkeys(word_key for part in self.segments for word_key in part.words_of(key))
        return list(keys)[:_FORMS_LIMIT]

    def casing(self, keys: Iterable[int]) -> tuple[int, int]:
        """How often these words stand with and without a capital inside sentences."""
        capitals = smalls = 0
        for key in keys:
            for part in self.segments:
                at = part.find(key)
                if at >= 0:
                    capitals += int(part.capitals[at])
                    smalls += int(part.smalls[at])
        return capitals, smalls

    def section_of(self, ordinals: Ordinals) -> NDArray[np.intp]:
        """The place in `sections` of each ordinal's section."""
        return np.searchsorted(self.sections, ordinals, side="right") - 1


class Columns:
    """Arrays that grow at the end; what was handed out before stays as it was."""

    def __init__(self) -> None:
        self.size = 0
        #: How far the statements of sources reach.
        self.read = 0
        #: How many told statements each scope has.
        self.told: Counter[int] = Counter()
        self._arrays = {name: np.zeros(0, np.int32) for name in COLUMNS}
        self._cumulative = np.zeros(1, np.int64)
        self._edge_parts: dict[str, list[Ordinals]] = {"section_start": [], "flow_start": []}
        self._edges: dict[str, Ordinals] = {}
        #: Whether the arrays are those of no segment.
        self._is_writable = False

    @property
    def places(self) -> Ordinals:
        """Where each statement is: its source, or the scope that it was told to."""
        return self._arrays["source"][: self.size]

    def extend(self, part: Segment, read: int) -> None:
        """Add a segment; statements of sources now reach to `read`."""
        end = self.size + part.size
        if self.size == 0:
            # The common case of one mapped segment costs no copy.
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
            # Of what was told all else is 0.
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
        """Make arrays of our own with room for more than `end`."""
        for name, array in self._arrays.items():
            grown = np.zeros(end + max(end // 2, 1024), np.int32)
            grown[: self.size] = array[: self.size]
            self._arrays[name] = grown
        self._is_writable = True

    def remove(self, ids: Sequence[int]) -> None:
        """Let told statements have no place any more."""
        ordinals = np.array([id - 1 for id in ids if id <= self.size], np.int64)
        places = self._writeable()
        self._count(places[ordinals], -1)
        places[ordinals] = np.where(places[ordinals] < 0, 0, places[ordinals])

    def add(self, scopes: Sequence[tuple[int, int]]) -> None:
        """Let told statements that had no place any more be in these scopes, by id."""
        rows = np.array(scopes, np.int64).reshape(-1, 2)
        places = self._writeable()
        rows = rows[places[rows[:, 0] - 1] == 0]
        places[rows[:, 0] - 1] = -1 - rows[:, 1]
        self._count(-1 - rows[:, 1], 1)

    def place(self, scopes: Sequence[tuple[int, int]]) -> None:
        """Let told statements be in these scopes, by id, and others nowhere."""
        rows = np.array([row for row in scopes if row[0] <= self.size], np.int64).reshape(-1, 2)
        places = self._writeable()
        places[places < 0] = 0
        # As `text.place_of` says of one.
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
        """What is found in these segments; `lasting` is what is known and still true."""
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
