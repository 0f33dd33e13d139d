"""Public records of alerts and health."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that is too much, too little or too old.

    `severity` is info, warning or critical; `status` active, seen, acknowledged or resolved.
    `message` says what was found, `advice` what to do about it; `value` is what was found and
    `limit` what may be. `collection` is None for the whole library. `raised` and `changed` are
    when it came and when its status changed last, in seconds since the epoch. `id` is 0 where the
    library can only be read, so that nothing was noted of it.
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
    """One part of the health of a library: `value` from 0 to 1, counting `weight` in all.

    `value` is None where it cannot be told yet: such a part counts nothing. `told` says what was
    found, `advice` what to do about it, "" where nothing needs doing.
    """

    name: str
    value: float | None
    weight: float
    told: str
    advice: str


@dataclass(frozen=True, slots=True)
class Health:
    """How well a library or a collection (None: all) is.

    `purity` is from 0 to 100 and `grade` A, B, C, D or F by that; both None where there is too
    little to be graded, which `message` then says.
    """

    collection: str | None
    grade: str | None
    purity: float | None
    parts: tuple[Part, ...]
    message: str
    memories: int
