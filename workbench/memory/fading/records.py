"""Records of fading. Times are seconds since the epoch."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """The strength of a memory, past and future without further use.

    `strengths` (from 0 to `cap`) are those at `times`, which ascend and include `now`. `uses` are
    its last uses. `half_at` is when half of the present strength will be left, None if pinned;
    `half_life` is in seconds.
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
    """A memory that fades: `strength` from 0 to 1, relative to a new one.

    `used` is its last use, or its storage; `fades_at`, perhaps in the past, is when it ranks behind
    its equals. `collection` is the scope of a fact, `source` and `title` those of a sentence.
    `review_due` is None if no review is scheduled.
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
    """The first of `total` memories that fade; `total` is an estimate if not `complete`."""

    items: tuple[Fading, ...]
    total: int
    complete: bool
