"""Public records of alerts and health."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alert:
    """A value that is too large, too small or outdated.

    `severity` is info, warning or critical; `status` active, seen, acknowledged or resolved.
    `message` is the finding, `advice` what to do; `value` is the measured number and `limit` its
    bound. `collection` is None for the whole library. `raised` and `changed` are the times of
    creation and of the last change of status, in seconds since the epoch. `id` is 0 in a read-only
    library, where nothing is recorded.
    """

    id: int
    type: str
    severity: str
    status: str
    message: str
    advice: str
    value: float
    limit: float
    collection: str | None
    raised: float
    changed: float


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the health of a library: `value` from 0 to 1, with a `weight`.

    `value` is None if unknown: then it has no weight. `told` is the finding, `advice` what to do,
    "" for nothing.
    """

    name: str
    value: float | None
    weight: float
    told: str
    advice: str


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a library or a collection (None: all).

    `purity` is from 0 to 100 and `grade` A, B, C, D or F by that; both are None if there is too
    little to grade, as `message` explains.
    """

    collection: str | None
    grade: str | None
    purity: float | None
    parts: tuple[Part, ...]
    message: str
    memories: int
