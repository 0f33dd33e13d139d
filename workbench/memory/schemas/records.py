"""Options and results of learning a schema."""

from dataclasses import dataclass

#: Stages in which what was learned may begin, and how fast it fades there beside the usual.
STAGES = {"stm": 5.0, "working": 2.0, "episodic": 1.0, "semantic": 0.3}


@dataclass(frozen=True, slots=True)
class Training:
    """How a schema is to be learned (NeuralMemory's `DBTrainingConfig`).

    `domain` is what the statements call the database ("": its own name). `patterns` and
    `references` say whether these are learned, of at most `max_tables` tables and views, those
    first that are tied to most others. `salience_ceiling` (0 to 1) is how much a statement may
    matter at most, `stage` one of `STAGES`. With `consolidate` the scope is consolidated after.
    """

    domain: str = ""
    patterns: bool = True
    references: bool = True
    max_tables: int = 100
    salience_ceiling: float = 0.5
    stage: str = "episodic"
    consolidate: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A reference between tables: what it says and how strongly (see `patterns.WEIGHTS`)."""

    table: str
    columns: tuple[str, ...]
    to: str
    type: str
    weight: float


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned of a database; `place` says which, without user and password.

    `tables` (views are counted apart), `relationships` and `patterns` are what was learned by now,
    not what is new; `statements` are the facts that say it, of which this training has `added` and
    `removed` some: their words. `changed` is False where everything was
    known. `fingerprint` is that of the whole schema. `left_out` names tables and views beyond the
    limit, `unread` those that the database itself cannot describe, `notices` are sentences.
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
