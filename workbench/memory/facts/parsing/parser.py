"""Texts into what the memory keeps of them, compiled where that is ready, else in Python."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench import kernels
from workbench.kernels import KernelSet, warm_up
from workbench.memory import hashing
from workbench.memory.facts.parsing import batch, cues, scanning
from workbench.memory.facts.parsing.characters import Bytes, Numbers
from workbench.memory.facts.parsing.keeping import REASONS, Kept, keep
from workbench.memory.facts.parsing.slots import TAPE
from workbench.memory.facts.parsing.table import Vocabulary
from workbench.memory.facts.reading import same
from workbench.store.claim_records import MOST_BYTES, pack

Hashes = NDArray[np.uint64]
Ends = NDArray[np.int64]

#: Texts, and characters of them, that the kernel is given at once: it keeps the interpreter.
_TEXTS = 256
_CHARACTERS = 1 << 16
_UNKNOWN = 1024
#: Words that were spelled out to whoever asked, at most.
_TOLD = 1 << 20
_PARTER = chr(scanning.PARTER)


class Parsed(NamedTuple):
    """What is kept of texts, in arrays over all of them.

    `reasons` are places in `REASONS`, 0 says that a text is a statement; of others nothing is kept
    but `same`. Text i has the terms `terms[term_starts[i]:term_starts[i + 1]]` (distinct, without
    a scope), its claims likewise in `topics` (0: none), `contents` and `negative`, packed in
    `records[i]`. `words` are those that were not handed out before: (number, word).
    """

    reasons: NDArray[np.int64]
    same: Hashes
    term_starts: Ends
    terms: Hashes
    claim_starts: Ends
    topics: Hashes
    contents: Hashes
    negative: NDArray[np.bool_]
    records: list[bytes]
    words: list[tuple[int, str]]


class One(NamedTuple):
    """What is kept of one statement; see `Parsed`. `claims` are rows of topics, contents, flags."""

    same: int
    terms: Numbers
    claims: Numbers
    record: bytes
    words: list[tuple[int, str]]

    def parsed(self) -> Parsed:
        """The same as what is kept of texts, of which there is one."""
        ends = np.array([[0, 0], [0, 0], [0, len(self.terms)], [0, self.claims.shape[1]],
                         [0, len(self.record)]], np.int64)  # fmt: skip
        ends[batch.SAME, 1] = hashing.signed(self.same)
        return _parsed([_Part(ends, self.terms, self.claims, self.record, {})], self.words)


class _Part(NamedTuple):
    """What came out for some texts that follow one another.

    `heads` has a column more than there are texts, ends count from the first. `left` is what Python
    read.
    """

    heads: Numbers
    terms: Numbers
    claims: Numbers
    records: bytes
    left: dict[int, Kept]


class Parser:
    """Reads texts for the memory of facts; `kernel_set` is the one that has its kernels.

    Any thread may call it; one at a time is served.
    """

    def __init__(self, kernel_set: KernelSet) -> None:
        self._kernels = kernel_set
        self._lock = threading.Lock()
        self._vocabulary = Vocabulary()
        self._told: set[int] = set()
        self._work: _Work | None = None

    def parse(self, texts: Sequence[str], *, weighed: bool = False, every: bool = False) -> Parsed:
        """Read texts, each one sentence.

        Where somebody has `weighed` them and said what kind they are, two words are enough; with
        `every` all of them are statements, since they were taken for such before.
        """
        with self._lock:
            words: list[tuple[int, str]] = []
            parts: list[_Part] = []
            if kernels.ready(self._kernels):
                for chunk in _chunks(texts):
                    parts += self._compiled(chunk, words, weighed or every, every)
            else:
                parts = [self._interpreted(texts, words, weighed or every, every)]
        return _parsed(parts, words)

    def one(self, text: str) -> One | None:
        """`parse` of one text without detours; None where that is no statement, or takes them."""
        if not kernels.ready(self._kernels) or _PARTER in text:
            return None
        data = text.encode("utf-8", "surrogatepass")
        raw = np.frombuffer(data, np.uint8)
        with self._lock:
            if self._work is None:
                self._work = _Work()
            work, vocabulary = self._work, self._vocabulary
            work.state.fill(0)
            vocabulary.reserve(_UNKNOWN)
            while (status := work.parse(raw, vocabulary, 1, False)) == batch.UNKNOWN:
                vocabulary.learn(data, work.unknown[: work.state[batch.UNKNOWNS]])
            if status != batch.DONE:
                return None
            reason, number, ends, claims_end, record_end = work.ends(0)
            if reason:
                return None
            words: list[tuple[int, str]] = []
            spelled = work.spelled[: work.state[batch.SPELLED]].tolist()
            if spelled:
                self._tell(vocabulary.words(spelled), words)
            if not number:
                number = int(batch.hashes([same(text)])[0])
            return One(hashing.unsigned(number), *work.taken(ends, claims_end, record_end), words)

    def cue(self, text: str) -> tuple[cues.Group, ...]:
        """The words of a cue, each with the terms that meet it and how well."""
        return cues.cue(text)

    def _interpreted(
        self, texts: Sequence[str], words: list[tuple[int, str]], weighed: bool, every: bool
    ) -> _Part:
        heads = np.zeros((batch.HEAD, len(texts) + 1), np.int64)
        left = {at: self._kept(text, words, weighed, every) for at, text in enumerate(texts)}
        return _Part(heads, np.zeros(0, np.int64), np.zeros((3, 0), np.int64), b"", left)

    def _kept(self, text: str, words: list[tuple[int, str]], weighed: bool, every: bool) -> Kept:
        kept = keep(text, weighed=weighed, every=every)
        self._tell(kept.words, words)
        return kept

    def _tell(self, found: Iterable[tuple[int, str]], words: list[tuple[int, str]]) -> None:
        """Put words on the list that were on none before, in whatever case."""
        if len(self._told) > _TOLD:
            self._told.clear()
        for number, word in found:
            if number not in self._told:
                self._told.add(number)
                words.append((number, word))

    def _compiled(
        self, texts: Sequence[str], words: list[tuple[int, str]], weighed: bool, every: bool
    ) -> list[_Part]:
        joined = _PARTER.join(texts)
        if joined.count(_PARTER) != len(texts) - 1:
            # It is white space as any other.
            joined = _PARTER.join(text.replace(_PARTER, " ") for text in texts)
        if self._work is None:
            self._work = _Work()
        work, vocabulary = self._work, self._vocabulary
        data = joined.encode("utf-8", "surrogatepass")
        raw = np.frombuffer(data, np.uint8)
        parts: list[_Part] = []
        taken = 0
        work.state.fill(0)
        while True:
            vocabulary.reserve(_UNKNOWN)
            status = work.parse(raw, vocabulary, len(texts), weighed)
            state = work.state.tolist()
            if status == batch.UNKNOWN:
                vocabulary.learn(data, work.unknown[: state[batch.UNKNOWNS]])
                continue
            done = state[batch.TEXT]
            if done == taken and status == batch.FULL:
                work.grow()
                continue
            part = work.part(state, taken)
            if state[batch.SPELLED]:
                self._tell(vocabulary.words(work.spelled[: state[batch.SPELLED]].tolist()), words)
            if state[batch.OPEN]:
                self._complete(part, texts[taken:done], words, weighed, every)
            if every:
                for at in np.flatnonzero(part.heads[batch.REASON, 1:]).tolist():
                    if at not in part.left:
                        part.left[at] = self._kept(texts[taken + at], words, weighed, every)
            parts.append(part)
            if status == batch.DONE:
                return parts
            taken = done
            work.begin(taken)

    def _complete(
        self,
        part: _Part,
        texts: Sequence[str],
        words: list[tuple[int, str]],
        weighed: bool,
        every: bool,
    ) -> None:
        """Do in Python what the kernel left."""
        heads = part.heads
        wide: list[int] = []
        for at in np.flatnonzero(heads[batch.SAME, 1:] == 0).tolist():
            if heads[batch.REASON, at + 1] == batch.LEFT:
                part.left[at] = self._kept(texts[at], words, weighed, every)
            else:
                wide.append(at)
        if wide:
            heads[batch.SAME, 1:][wide] = batch.hashes([same(texts[at]) for at in wide])


class _Work:
    """The arrays that the kernel works in."""

    __slots__ = ("_claims", "_columns", "_heads", "_records", "_tape", "_terms", "spelled",
                 "state", "unknown")  # fmt: skip

    def __init__(self) -> None:
        self._columns = np.zeros(scanning.WORK, np.int64)
        self._tape = np.zeros(TAPE, np.int64)
        self._heads = np.zeros((batch.HEAD, _TEXTS + 1), np.int64)
        self._terms = np.zeros(1 << 14, np.int64)
        self._claims = np.zeros((3, 1 << 11), np.int64)
        self._records = np.zeros((1 << 11) * MOST_BYTES, np.uint8)
        self.unknown = np.zeros((_UNKNOWN, 3), np.int64)
        self.spelled = np.zeros(1 << 12, np.int64)
        self.state = np.zeros(batch.STATE, np.int64)

    def parse(self, data: Bytes, vocabulary: Vocabulary, count: int, weighed: bool) -> int:
        """Go on with the texts; why it stopped."""
        return batch.parse(
            data, vocabulary.rows, vocabulary.forms, self._columns, self._tape, self._heads,
            self._terms, self._claims, self._records, self.spelled, self.unknown, self.state,
            count, weighed,
        )  # fmt: skip

    def ends(self, text: int) -> list[int]:
        """What came out of a text; see `batch.HEAD`."""
        found: list[int] = self._heads[:, text + 1].tolist()
        return found

    def taken(self, terms: int, claims: int, record: int) -> tuple[Numbers, Numbers, bytes]:
        """The first so many terms and claims, and so much of the records."""
        return (
            self._terms[:terms].copy(),
            self._claims[:, :claims].copy(),
            self._records[:record].tobytes(),
        )

    def grow(self) -> None:
        """Make room: one text needs more than there is."""
        self._terms = np.zeros(2 * len(self._terms), np.int64)
        self.spelled = np.zeros(2 * len(self.spelled), np.int64)

    def begin(self, text: int) -> None:
        """Write from the beginning of all arrays again; this text is the next."""
        self.state[batch.TERMS : batch.SPELLED + 1] = 0
        self.state[batch.OPEN] = 0
        self._heads[batch.TERMS_END :, text] = 0

    def part(self, state: list[int], first: int) -> _Part:
        """What came out since text `first`."""
        return _Part(
            self._heads[:, first : state[batch.TEXT] + 1].copy(),
            self._terms[: state[batch.TERMS]].copy(),
            self._claims[:, : state[batch.CLAIMS]].copy(),
            self._records[: state[batch.RECORDS]].tobytes(),
            {},
        )


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Runs of texts that are not too long together."""
    if len(texts) <= _TEXTS and sum(map(len, texts)) <= _CHARACTERS:
        if texts:
            yield texts
        return
    first = size = 0
    for at, text in enumerate(texts):
        if at - first >= _TEXTS or (size + len(text) > _CHARACTERS and at > first):
            yield texts[first:at]
            first, size = at, 0
        size += len(text)
    yield texts[first:]


# -- putting together ------------------------------------------------------------------------------


def _parsed(parts: Sequence[_Part], words: list[tuple[int, str]]) -> Parsed:
    whole = [_with_left(part) if part.left else part for part in parts]
    heads, terms, claims, *_ = whole[0] if len(whole) == 1 else _joined(whole)
    hashes = claims.view(np.uint64)
    return Parsed(
        heads[batch.REASON, 1:],
        heads[batch.SAME, 1:].view(np.uint64),
        heads[batch.TERMS_END],
        terms.view(np.uint64),
        heads[batch.CLAIMS_END],
        hashes[0],
        hashes[1],
        claims[2] != 0,
        [record for each in whole for record in _records(each)],
        words,
    )


def _joined(parts: Sequence[_Part]) -> _Part:
    """Parts one behind the other, but for their records."""
    heads = np.zeros((batch.HEAD, 1 + sum(part.heads.shape[1] - 1 for part in parts)), np.int64)
    at = 0
    for part in parts:
        last = at + part.heads.shape[1] - 1
        heads[:, at + 1 : last + 1] = part.heads[:, 1:]
        heads[batch.TERMS_END :, at + 1 : last + 1] += heads[batch.TERMS_END :, at : at + 1]
        at = last
    none = np.zeros(0, np.int64)
    terms = np.concatenate([none, *(part.terms for part in parts)])
    claims = np.concatenate([np.zeros((3, 0), np.int64), *(part.claims for part in parts)], axis=1)
    return _Part(heads, terms, claims, b"", {})


def _records(part: _Part) -> list[bytes]:
    data = part.records
    return [data[start:end] for start, end in pairwise(part.heads[batch.RECORD_END].tolist())]


def _with_left(part: _Part) -> _Part:
    """The part with what Python read, each at its place."""
    terms: list[Numbers] = []
    claims: list[Numbers] = []
    records: list[bytes] = []
    heads = part.heads.copy()
    ends = part.heads[batch.TERMS_END :].T.tolist()
    for at, (start, end) in enumerate(pairwise(ends)):
        kept = part.left.get(at)
        if kept is None:
            terms.append(part.terms[start[0] : end[0]])
            claims.append(part.claims[:, start[1] : end[1]])
            records.append(part.records[start[2] : end[2]])
        else:
            heads[batch.REASON, at + 1] = REASONS.index(kept.reason)
            heads[batch.SAME, at + 1] = hashing.signed(kept.same)
            terms.append(np.array(kept.terms, np.uint64).view(np.int64))
            claims.append(_columns(kept))
            records.append(pack(kept.claims))
    for row, sizes in (
        (batch.TERMS_END, map(len, terms)),
        (batch.CLAIMS_END, (each.shape[1] for each in claims)),
        (batch.RECORD_END, map(len, records)),
    ):
        heads[row, 1:] = np.cumsum(list(sizes))
    return _Part(
        heads, np.concatenate(terms), np.concatenate(claims, axis=1), b"".join(records), {}
    )


def _columns(kept: Kept) -> Numbers:
    rows = [(row.topic, row.content, int(row.negative)) for row in kept.claims]
    return np.array(rows, np.uint64).reshape(-1, 3).T.view(np.int64)


@warm_up
def _warm() -> None:
    """Compile the kernels."""
    data = np.frombuffer(b"The code of door 7 is b-12.", np.uint8)
    _Work().parse(data, Vocabulary(), 1, False)
    vocabulary = Vocabulary()
    vocabulary.reserve(1 << 14)
    batch.hashes(["a", "b"])
