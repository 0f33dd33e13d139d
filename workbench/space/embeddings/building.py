"""Embeds a whole library in batches that can be resumed, while another space stays in use."""

import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from workbench.errors import InputError, LibraryLockedError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.embeddings import static
from workbench.space.embeddings.encoder import Encodes, TextModel
from workbench.space.embeddings.folder import ModelFolder
from workbench.store import facts, lease, meta, sources, text, vectors
from workbench.store.store import Store
from workbench.store.vectors import VectorRow

#: Characters up to which a section is embedded whole; sentences per window of longer text, and the
#: stride between windows (single sentences retrieve worse, headings before them too).
_SECTION_CHARACTERS, _WINDOW, _STRIDE = 600, 3, 2
#: Characters of a window: the model truncates more.
_MAX_CHARACTERS = 1200
#: The end of a title made of the first words of an untitled text.
_CUT = "…"

#: id, source, section, passage and text of an engram.
Statement = tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Stretch:
    """`count` engrams from `first` on, and their text."""

    first: int
    count: int
    text: str


def stretches(
    statements: Sequence[Statement], above: Mapping[int, str] | None = None
) -> Iterator[Stretch]:
    """Cut ordered statements into units of embedding, none across the end of a section.

    `above` maps a source to a title that is put before its units: a passage about a town need not
    name the town, and a question does. Titles do not move the boundaries.
    """
    for (source, _), group in groupby(
        statements, key=lambda statement: (statement[1], statement[2])
    ):
        section = list(group)
        title = above.get(source, "") if above else ""
        if sum(len(statement[4]) for statement in section) <= _SECTION_CHARACTERS:
            yield _stretch(section, title)
            continue
        for first in range(0, len(section), _STRIDE):
            yield _stretch(section[first : first + _WINDOW], title)
            if first + _WINDOW >= len(section):
                break


def _stretch(statements: Sequence[Statement], title: str) -> Stretch:
    words = " ".join(" ".join(statement[4].split()) for statement in statements)
    end = statements[-1][0]
    return Stretch(
        statements[0][0], end - statements[0][0] + 1, _with_title(title, words)[:_MAX_CHARACTERS]
    )


def _with_title(title: str, words: str) -> str:
    """Prefix the title unless the text contains it."""
    above = " ".join(title.split())
    if not above or above.endswith(_CUT) or above.casefold() in words.casefold():
        return words
    return f"{above}. {words}"


LEASE = "vectors"
#: Statements per batch; the rest of a section that is cut comes with the next.
_BATCH, _STATIC_BATCH = 256, 2048
#: Vectors of an old space that are deleted at a time.
_DROPPED = 500


def reading() -> LibraryLockedError:
    """Return the error of a library that another process is embedding."""
    return LibraryLockedError(
        "An embedding model is already reading this library in another window or program.",
        "Wait until it has finished, or stop it there.",
    )


def begin(store: Store, model: TextModel) -> int:
    """The id of the space of this model, new or existing."""
    return store.write(
        lambda connection: vectors.begin(
            connection, model.name, model.digest, str(model.path), model.dimension
        )
    )


def build(store: Store, space: int, encoder: Encodes, report: Report, cancel: Cancel) -> int:
    """Embed what the space lacks; once complete it becomes active. Returns the vectors made.

    A partial result stays and is resumed. Raises `Cancelled`, and `LibraryLockedError` while
    another process embeds.
    """
    with lease.acquired(store, LEASE, reading) as renew:
        count = _read_on(store, space, encoder, report, cancel, renew)
        store.write(lambda c: vectors.swap(c, space))
        _drop_other_spaces(store, space, cancel)
    return count


def approximate(store: Store, model: ModelFolder, limit: int = sys.maxsize) -> int:
    """Give what this model has not read of the sources static vectors, up to `limit` statements.

    Returns the number of vectors; none are made if the static embedding is damaged.
    """
    digest = static.digest(model)
    with store.read() as connection:
        row, end = vectors.static(connection), text.last_statement(connection)
        read = [space.upto for space in vectors.spaces(connection) if space.digest == model.digest]
        if row is not None and row.digest == digest:
            read.append(row.upto)
        upto, shared = max(read, default=0), sources.shared_titles(connection)
    if not digest or upto >= end:
        return 0
    try:
        embedding = static.of(model)
    except InputError:
        # The model itself still reads in the background.
        return 0
    space = store.write(
        lambda connection: vectors.begin(
            connection, model.name, digest, str(model.path), embedding.dimension, vectors.STATIC
        )
    )
    count, stop = 0, upto + limit
    while upto < min(end, stop):
        with store.read() as connection:
            statements = text.replay(connection, upto, _STATIC_BATCH)
            above = _titles(connection, {statement[1] for statement in statements}, shared)
        if not statements:
            break
        complete = _complete_sections(statements, _STATIC_BATCH)
        cut = list(stretches(complete, above))
        packed = pack(cut, static.unit(_sums(embedding, complete, cut, any(above.values()))))
        upto = complete[-1][0]
        if not store.write(partial(vectors.add, space=space, upto=upto, rows=packed)):
            break
        count += len(packed)
    return count


def _sums(
    embedding: static.StaticEmbedding,
    statements: Sequence[Statement],
    cut: Sequence[Stretch],
    titled: bool,
) -> NDArray[np.float32]:
    """The sums of tokens of stretches: those of their statements, which overlap, added up."""
    if titled:
        return embedding.sums([stretch.text for stretch in cut])
    sums = embedding.sums([statement[4] for statement in statements])
    before = np.concatenate([np.zeros_like(sums[:1]), np.cumsum(sums, axis=0)])
    ids = np.array([statement[0] for statement in statements])
    firsts = np.array([stretch.first for stretch in cut])
    ends = firsts + np.array([stretch.count for stretch in cut])
    added: NDArray[np.float32] = (
        before[np.searchsorted(ids, ends)] - before[np.searchsorted(ids, firsts)]
    )
    return added


def embed_stretches(
    store: Store, encoder: Encodes, ranges: Sequence[tuple[int, int]]
) -> list[VectorRow]:
    """The vectors of stretches of sources by (first, count); without those that were removed."""
    ids = [id for first, count in ranges for id in range(first, first + count)]
    with store.read() as connection:
        rows = text.engrams(connection, ids)
        above = _titles(
            connection, {row.source for row in rows.values()}, sources.shared_titles(connection)
        )
    cut = [
        _stretch(
            [(row.id, row.source, 0, 0, row.text) for row in found], above.get(found[0].source, "")
        )
        for first, count in ranges
        if (found := [rows[id] for id in range(first, first + count) if id in rows])
        and found[0].id == first
    ]
    return pack(cut, encoder.encode([stretch.text for stretch in cut])) if cut else []


def store_stretches(store: Store, model: TextModel, rows: Sequence[VectorRow]) -> None:
    """Store vectors made for a question in the space of this model, if no other reads."""

    def write(connection: sqlite3.Connection) -> None:
        existing = vectors.spaces(connection)
        if meta.get(connection, meta.EMBEDDINGS_OFF) or any(
            row.digest != model.digest for row in existing
        ):
            return
        space = (
            existing[0].id
            if existing
            else vectors.begin(
                connection, model.name, model.digest, str(model.path), model.dimension
            )
        )
        vectors.store(connection, space, rows)

    store.write(write)


def embed_facts(store: Store, space: int, encoder: Encodes, ids: Sequence[int]) -> None:
    """Embed these facts out of turn; the reading of the whole library repeats them."""
    with store.read() as connection:
        rows = facts.by_ids(connection, ids)
    cut = list(stretches([(row.id, 0, -row.id, 0, row.text) for row in rows]))
    packed = pack(cut, encoder.encode([stretch.text for stretch in cut]))
    store.write(lambda connection: vectors.store(connection, space, packed))


def _read_on(
    store: Store,
    space: int,
    encoder: Encodes,
    report: Report,
    cancel: Cancel,
    renew: Callable[[sqlite3.Connection], None],
) -> int:
    count = 0
    with store.read() as connection:
        shared = sources.shared_titles(connection)
    while True:
        cancel.check()
        with store.read() as connection:
            row = next(
                (space_row for space_row in vectors.spaces(connection) if space_row.id == space),
                None,
            )
            if row is None:
                # Another model was chosen meanwhile.
                return count
            statements = vectors.unread(connection, row.upto, _BATCH)
            end = vectors.newest(connection)
            above = _titles(connection, {statement[1] for statement in statements}, shared)
        if not statements:
            return count
        report(Progress("reading", row.upto, end, "statements", row.model))
        complete = _complete_sections(statements, _BATCH)
        cut = list(stretches(complete, above))
        numbers = encoder.encode([stretch.text for stretch in cut], lambda _d, _t: cancel.check())
        packed = pack(cut, numbers)
        upto = complete[-1][0]

        def store_batch(
            connection: sqlite3.Connection,
            upto: int = upto,
            packed: Sequence[VectorRow] = tuple(packed),
        ) -> bool:
            renew(connection)
            return vectors.add(connection, space, upto, packed)

        if not store.write(store_batch):
            return count
        count += len(packed)


def _titles(
    connection: sqlite3.Connection, source_ids: set[int], shared: frozenset[str]
) -> dict[int, str]:
    """The titles of these sources that no other source has."""
    return {
        source: title
        for source, (title, _, kind, _) in sources.briefs(connection, source_ids).items()
        if kind == "record" and title not in shared
    }


def _complete_sections(statements: list[text.Replayed], batch: int) -> list[text.Replayed]:
    """Drop statements of the last section of a full batch, since it may continue.

    Unless it is the only section, or the end of the library.
    """
    if len(statements) < batch:
        return statements
    final = statements[-1][1:3]
    complete = [statement for statement in statements if statement[1:3] != final]
    return complete or statements


def pack(cut: Sequence[Stretch], numbers: NDArray[np.float32]) -> list[VectorRow]:
    """Quantise vectors to signed bytes times a scale, as they are stored."""
    scales = np.abs(numbers).max(axis=1, initial=1e-9) / 127
    bytes_ = np.rint(numbers / scales[:, None]).astype(np.int8)
    return [
        VectorRow(stretch.first, stretch.count, float(scale), row.tobytes())
        for stretch, scale, row in zip(cut, scales, bytes_, strict=True)
    ]


def _drop_other_spaces(store: Store, space: int, cancel: Cancel) -> None:
    with store.read() as connection:
        rows = vectors.spaces(connection)
        other_ids = [row.id for row in rows if row.id != space]
        approximate, model = vectors.static(connection), next(r for r in rows if r.id == space)
        # What was added meanwhile keeps its static vectors until the model reads it.
        if approximate is not None and (
            approximate.upto <= model.upto or not approximate.digest.startswith(model.digest)
        ):
            other_ids.append(approximate.id)
    drop(store, other_ids, cancel)


def drop(store: Store, spaces: Sequence[int], cancel: Cancel) -> None:
    """Delete spaces with their vectors, some at a time. Raises `Cancelled`."""
    for space in spaces:

        def drop_batch(connection: sqlite3.Connection, space: int = space) -> int:
            return vectors.drop(connection, space, _DROPPED)

        while store.write(drop_batch) == _DROPPED:
            cancel.check()
