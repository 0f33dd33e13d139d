"""Options and results of learning a schema."""

from dataclasses import dataclass

#: Initial stages, and their decay rates relative to the usual.
STAGES = {"stm": 5.0, "working": 2.0, "episodic": 1.0, "semantic": 0.3}


@dataclass(frozen=True, slots=True)
class Training:
    """Options of learning a schema (NeuralMemory's `DBTrainingConfig`).

    `collection` is the scope of its statements, `domain` the name of the database in them ("": its
    own). `patterns` and `references` enable learning these, of at most `max_tables` tables and
    views, the most connected first.
    `salience_ceiling` (0 to 1) is the maximum salience of a statement, `stage` one of `STAGES`.
    `consolidate` consolidates the scope afterwards.
    """

    domain: str = ""
    patterns: bool = True
    references: bool = True
    max_tables: int = 100
    salience_ceiling: float = 0.5
    stage: str = "episodic"
    consolidate: bool = False
    collection: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """A reference between tables: its meaning and strength (see `patterns.WEIGHTS`)."""

    table: str
    columns: tuple[str, ...]
    to: str
    type: str
    weight: float


@dataclass(frozen=True, slots=True)
class Trained:
    """The result of learning a database; `place` identifies it, without user and password.

    `tables` (views are counted separately), `relationships` and `patterns` are totals, not only new
    ones; `statements` counts their facts, of which this run has `added` and `removed` some: their
    texts. `changed` is False if everything was known. `fingerprint` is that of the whole schema.
    `left_out` names tables and views beyond the limit, `unread` those that the database cannot
    describe, `notices` are sentences.
    """

    place: str
    database: str
    domain: str
    collection: str | None
    tables: int
    views: int
    relationships: int
    patterns: int
    fingerprint: str
    statements: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: bool
    left_out: tuple[str, ...]
    unread: tuple[str, ...]
    related: tuple[Related, ...]
    notices: tuple[str, ...] = ()
    dropped: int = 0
