"""What a newer statement does to an older one, by a trained model.

A cross-encoder reads both, as `recall.reader` reads a question and a passage; a linear head over
the mean of its last layer tells its effects apart. It learned from pairs written for it
(`packaging/reader/revisions.py`); the folder of its weights says how it went (`CARD.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench import paths
from workbench.recall.reader import ABOUT, PairEncoder, damaged

#: What a newer statement does to an older one, in the order of the head's outputs: nothing of it
#: holds any more; another value holds instead; another holds besides; nothing; it makes it true.
EFFECTS = ("ends", "replaces", "adds", "none", "affirms")
#: Share of a pair's tokens that the older statement may fill.
_OLDER = 0.6


@dataclass(frozen=True, slots=True)
class Effect:
    """How likely a newer statement ends what an older one says, or gives another value for it."""

    ends: float
    replaces: float

    @property
    def changes(self) -> float:
        """How likely the older one no longer holds as it is."""
        return self.ends + self.replaces


def shipped() -> Path | None:
    """The folder of the model that came with the program; None where none did."""
    folder = paths.resources() / "revision"
    return folder if (folder / ABOUT).is_file() else None


class RevisionModel:
    """A model that is loaded. Any thread may call it."""

    def __init__(self, encoder: PairEncoder) -> None:
        """Take over what `PairEncoder.load` has loaded."""
        self._encoder = encoder

    @classmethod
    def load(cls, folder: Path) -> "RevisionModel":
        """Load the weights in a folder.

        Raises `InputError` as `PairEncoder.load` does, and where they are not of such a model.
        """
        output = cls(PairEncoder.load(folder, threads=1))
        try:
            if len(output._encoder.heads["effect.bias"]) != len(EFFECTS):
                raise ValueError(ABOUT)
            # A head of another size, and tokens that the model does not know, show here.
            output.effects(".", ["."])
        except (RuntimeError, ValueError, KeyError, TypeError) as error:
            raise damaged(folder) from error
        return output

    def effects(self, older: str, newer: Sequence[str]) -> list[Effect]:
        """What each of the newer statements does to the older one.

        Of long statements the beginnings are read. Raises `InputError` where memory runs out.
        """
        first, *seconds = (text.ids for text in self._encoder.encoded([older, *newer]))
        maximum = self._encoder.tokens - 3
        first = first[: int(maximum * _OLDER)]
        shortened = [second[: maximum - len(first)] for second in seconds]
        layers = self._encoder.last_layer(first, shortened)
        logits = np.stack([self._encoder.head("effect", layer.mean(axis=0)) for layer in layers])
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return [Effect(*map(float, row[:2])) for row in shares]
