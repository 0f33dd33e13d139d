"""What a search by meaning gives back: the stretches of text that stand nearest to a question.

Whoever searches (the corpus space here, an embedding model elsewhere) answers in this form, so
that recall can weigh either without knowing which it has before it.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Near:
    """Stretches `[starts, ends)` in ordinals (engram id − 1), nearest first.

    `starts` and `ends` int32[n], `cosines` float32[n], sorted downwards.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    cosines: NDArray[np.float32]


class Nearness(Protocol):
    """What finds stretches of a library by their meaning. Any thread may call it."""

    def nearest(
        self, question: str, *, limit: int = 300, within: NDArray[np.bool_] | None = None
    ) -> Near | None:
        """The stretches of the whole library nearest to a question.

        `within` is one truth value an ordinal: stretches that begin elsewhere do not count. None
        where too little is known of the question's words to say anything.
        """

    def cosines(self, question: str, starts: NDArray[np.int32]) -> NDArray[np.float32]:
        """The nearness of the stretches in which these ordinals stand; 0 where none is known."""
