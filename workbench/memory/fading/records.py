"""Records of fading. Times are seconds since the epoch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """How strong a memory was and will be if it is not used again.

    `strengths` (from 0 to `cap`) are those at `times`, which ascend and have `now` among them.
    `uses` are its last uses. `half_at` is when half of what there is now will be left, None for
    what is pinned; `half_life` is in seconds.
    """

    times: tuple[float, ...]
    strengths: tuple[float, ...]
    uses: tuple[float, ...]
    now: float
    half_at: float | None
    pinned: bool
    half_life: float
    cap: float


@dataclass(frozen=True, slots=True)
class Fading:
    """A memory that fades: `strength` from 0 to 1, the share that is left of what a new one has.

    `used` is its last use, or when it came; from `fades_at` on it ranks behind its equals, which
    may have passed. `collection` is its scope where it was told, `source` and `title` where it was
    read. `review_due` is None where it is not kept for review.
    """

    engram: int
    text: str
    kind: str
    strength: float
    used: float
    fades_at: float
    collection: str | None
    source: int | None
    title: str | None
    review_due: float | None
    archived: bool


@dataclass(frozen=True, slots=True)
class FadingList:
    """The first of `total` memories that fade; `total` is an estimate where not `complete`."""

    items: tuple[Fading, ...]
    total: int
    complete: bool
