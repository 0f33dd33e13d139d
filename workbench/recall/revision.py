"""Effects of a newer statement on an older one, by a trained model.

A cross-encoder encodes both, as `recall.reader` does a question and a passage; a linear head on the
mean of its last layer classifies the effect. It was trained on pairs written for it
(`packaging/reader/revisions.py`); the folder of its weights has its accuracy (`CARD.md`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workbench import paths
from workbench.recall.reader import ABOUT, PairEncoder, loading

#: The effects of a newer statement, in the order of the head's outputs: nothing holds any more;
#: another value holds instead; another one in addition; no effect; it confirms it.
EFFECTS = ("ends", "replaces", "adds", "none", "affirms")
#: The maximum share of a pair's tokens for the older statement.
_OLDER = 0.6


@dataclass(frozen=True, slots=True)
class Effect:
    """The probabilities that a newer statement ends an older one, or replaces its value."""

    ends: float
    replaces: float

    @property
    def changes(self) -> float:
        """The probability that the older one no longer holds as it is."""
        return self.ends + self.replaces


def shipped() -> Path | None:
    """The folder of the included model; None if there is none."""
    folder = paths.resources() / "revision"
    return folder if (folder / ABOUT).is_file() else None


class RevisionModel:
    """A loaded model. Thread-safe."""

    def __init__(self, encoder: PairEncoder) -> None:
        """Wrap an encoder from `PairEncoder.load`."""
        self._encoder = encoder

    @classmethod
    def load(cls, folder: Path) -> "RevisionModel":
        """Load the weights in a folder.

        Raises `InputError` as `PairEncoder.load` does, and if they are of another kind.
        """
        output = cls(PairEncoder.load(folder, threads=1))
        with loading(folder):
            if len(output._encoder.heads["effect.bias"]) != len(EFFECTS):
                raise ValueError(ABOUT)
            # Detects a head of another size, and tokens that the model does not know.
            output.effects(".", ["."])
        return output

    def effects(self, older: str, newer: Sequence[str]) -> list[Effect]:
        """The effect of each newer statement on the older one.

        Long statements are truncated. Raises `InputError` if memory runs out.
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
