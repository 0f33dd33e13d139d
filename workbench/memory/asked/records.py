"""What is handed out of what is asked together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A topic that is asked for soon after another one.

    `after` is the topic it follows, as it is compared; `times` says how often it did, `last` when
    it did last, in seconds since the epoch.
    """

    topic: str
    after: str
    times: int
    last: float
