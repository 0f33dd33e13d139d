"""Speech for tests, recorded once: no machine needs a program that speaks."""

import wave
from pathlib import Path

SPEECH = (
    "The tide turns at noon in Bredal. The keeper of the lock has watched it for forty years. "
    "In winter the water freezes, and nobody comes for weeks."
)
#: Seconds after which the first, the second and the last sentence has been said.
ENDS = (2.0, 5.2, 9.4)

_RECORDED = Path(__file__).parent / "fixtures" / "speech" / "lock.wav"


def speak(path: Path, sentences: int = 3, times: int = 1) -> Path:
    """The first sentences of `SPEECH` as a WAV file, said so many times."""
    with wave.open(str(_RECORDED)) as recorded, wave.open(str(path), "wb") as out:
        out.setparams(recorded.getparams())
        frames = recorded.readframes(round(ENDS[sentences - 1] * recorded.getframerate()))
        for _ in range(times):
            out.writeframes(frames)
    return path
