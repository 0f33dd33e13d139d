"""Embeds a whole library in batches, resumable, beside the space in use."""

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.errors import LibraryLockedError
from workbench.jobs import Cancel, Progress, Report
from workbench.space.embeddings.encoding import Encodes, TextModel
from workbench.space.embeddings.stretches import Stretch, stretches
from workbench.store import facts, lease, sources, text, vectors
from workbench.store.store import Store
from workbench.store.vectors import VectorRow

LEASE = "vectors"
#: Statements that are read at once; of a section that is cut there, the rest comes next.
_BATCH = 256
#: Vectors of an old space that are removed at once.
_DROPPED = 500


def reading() -> LibraryLockedError:
    """Somebody else is at it."""
    return LibraryLockedError(
        "An embedding model is already reading this library in another window or program.",
        "Wait until it has finished, or stop it there.",
    )


def begin(store: Store, model: TextModel) -> int:
    """The id of the space that this model makes, new or begun earlier."""
    now = store.clock()
    return store.write(
        lambda connection: vectors.begin(
            connection, model.name, model.digest, str(model.path), model.dimension, now
        )
    )


def build(store: Store, space: int, encoder: Encodes, report: Report, cancel: Cancel) -> int:
    """Read what the space has not read yet; when all is read, it answers. Returns vectors made.

    What is read stays when it is stopped, and is gone on from. Raises `Cancelled`, and
    `LibraryLockedError` where somebody else builds.
    """
    with lease.held(store, LEASE, reading) as renew:
        made = _read_on(store, space, encoder, report, cancel, renew)
        store.write(lambda c: vectors.swap(c, space))
        _drop_others(store, space, cancel)
    return made


def embed_facts(store: Store, space: int, encoder: Encodes, ids: Sequence[int]) -> None:
    """Read these facts out of turn; a reading of the whole library reads them once more."""
    with store.read() as connection:
        rows = facts.by_ids(connection, ids)
    cut = list(stretches([(row.id, 0, -row.id, 0, row.text) for row in rows]))
    packed = pack(cut, encoder.encode([stretch.text for stretch in cut]))
    store.write(lambda connection: vectors.put(connection, space, packed))


def _read_on(
    store: Store,
    space: int,
    encoder: Encodes,
    report: Report,
    cancel: Cancel,
    renew: Callable[[sqlite3.Connection], None],
) -> int:
    made = 0
    with store.read() as connection:
        shared = sources.shared_titles(connection)
    while True:
        cancel.check()
        with store.read() as connection:
            row = next((each for each in vectors.spaces(connection) if each.id == space), None)
            if row is None:
                # Another model was chosen meanwhile.
                return made
            statements = vectors.unread(connection, row.upto, _BATCH)
            last = vectors.last(connection)
            above = _titles(connection, {each[1] for each in statements}, shared)
        if not statements:
            return made
        report(Progress("reading", row.upto, last, "statements", row.model))
        some = _whole_sections(statements)
        cut = list(stretches(some, above))
        numbers = encoder.encode([each.text for each in cut], lambda _d, _t: cancel.check())
        packed = pack(cut, numbers)
        upto = some[-1][0]

        def keep(
            connection: sqlite3.Connection,
            upto: int = upto,
            packed: Sequence[VectorRow] = tuple(packed),
        ) -> bool:
            renew(connection)
            return vectors.add(connection, space, upto, packed)

        if not store.write(keep):
            return made
        made += len(packed)


def _titles(
    connection: sqlite3.Connection, among: set[int], shared: frozenset[str]
) -> dict[int, str]:
    """The titles of the records among these sources that no other record has."""
    return {
        source: title
        for source, (title, _, kind, _) in sources.briefs(connection, among).items()
        if kind == "record" and title not in shared
    }


def _whole_sections(statements: list[text.Replayed]) -> list[text.Replayed]:
    """The statements without those of the last section, of which there may be more.

    All of them, where they are one section or the last there are.
    """
    if len(statements) < _BATCH:
        return statements
    last = statements[-1][1:3]
    whole = [each for each in statements if each[1:3] != last]
    return whole or statements


def pack(cut: Sequence[Stretch], numbers: NDArray[np.float32]) -> list[VectorRow]:
    """Vectors as they are stored: signed bytes times a scale."""
    scales = np.abs(numbers).max(axis=1, initial=1e-9) / 127
    bytes_ = np.rint(numbers / scales[:, None]).astype(np.int8)
    return [
        VectorRow(each.first, each.count, float(scale), row.tobytes())
        for each, scale, row in zip(cut, scales, bytes_, strict=True)
    ]


def _drop_others(store: Store, space: int, cancel: Cancel) -> None:
    with store.read() as connection:
        others = [each.id for each in vectors.spaces(connection) if each.id != space]
    drop(store, others, cancel)


def drop(store: Store, spaces: Sequence[int], cancel: Cancel) -> None:
    """Remove spaces with their vectors, some at a time. Raises `Cancelled`."""
    for space in spaces:

        def some(connection: sqlite3.Connection, space: int = space) -> int:
            return vectors.drop(connection, space, _DROPPED)

        while store.write(some) == _DROPPED:
            cancel.check()
