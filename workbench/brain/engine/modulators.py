"""Four neuromodulators and their effects.

Dopamine and acetylcholine scale learning; acetylcholine narrows recall, noradrenaline widens it and
raises the gain; serotonin reduces noise. Each is 1 at rest and returns to it (rates of the
published Cortex).
"""

import math
from dataclasses import dataclass

_BACK = {"dopamine": 0.995, "acetylcholine": 0.99, "noradrenaline": 0.98, "serotonin": 0.999}
#: Initial gain and its decay for narrow and wide recall: 27 winners over 3 steps retrieve exact
#: answers, 32 over 8 related ones (chosen on random graphs of 300,000 and a million triples; the
#: benchmark uses others).
_GAIN = 1.75
_FADES, _WINNERS = (3.0, 8.0), (27, 32)
#: log2 of noradrenaline over acetylcholine at both extremes.
_END = math.log2(2.5)


@dataclass(frozen=True, slots=True)
class Modulators:
    """Levels, from 0 to 2."""

    dopamine: float = 1.0
    acetylcholine: float = 1.0
    noradrenaline: float = 1.0
    serotonin: float = 1.0

    @property
    def gain(self) -> float:
        """The weight factor of links at the moment of the cue."""
        return _GAIN * (1 + 0.3 * (self.noradrenaline - 1) / 2)

    @property
    def width(self) -> float:
        """From 0, narrow, to 1, wide."""
        ratio = max(self.noradrenaline, 0.01) / max(self.acetylcholine, 0.01)
        return min(max((math.log2(ratio) + _END) / (2 * _END), 0.0), 1.0)

    @property
    def fades(self) -> float:
        """Time constant of the gain in steps."""
        narrow, wide = _FADES
        return float(narrow * (wide / narrow) ** self.width)

    @property
    def winners(self) -> int:
        """The number of assemblies that may win in one step."""
        narrow, wide = _WINNERS
        return round(narrow + (wide - narrow) * self.width)

    @property
    def noise(self) -> float:
        """The amplitude of random input: none at rest, more with less serotonin."""
        return 0.1 * max(0.0, 1 - self.serotonin)

    @property
    def learning(self) -> float:
        """The factor of the learning rate."""
        return self.dopamine * (1 + 0.5 * self.acetylcholine) / 1.5

    def after_step(self) -> "Modulators":
        """The levels one step nearer to rest."""
        return Modulators(
            **{name: 1 + (getattr(self, name) - 1) * back for name, back in _BACK.items()}
        )


#: One topic is asked about: keep to it; several: look for what joins them.
FOCUSED = Modulators(acetylcholine=2.0, noradrenaline=0.8)
BROAD = Modulators(acetylcholine=0.8, noradrenaline=2.0)
