"""A voice of our own: vowels by three formants, breaths and pauses, as a WAV file.

It says no word, yet what looks for voices in a recording (Silero) takes it for one. The formants
are those of Peterson and Barney (1952), each a resonance over the harmonics of a falling pitch.
"""

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_RATE = 16_000
_VOWELS = (
    *((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240)),
    *((530, 1840, 2480), (570, 840, 2410)),
)
#: Bandwidth in Hz and loudness of each formant.
_FORMANTS = ((60, 1.0), (90, 0.5), (120, 0.25))
_HARMONICS = 40


def write(path: Path, seconds: float, seed: int = 0) -> Path:
    """A WAV file with so many seconds of voice."""
    chance = np.random.default_rng(seed)
    pieces: list[NDArray[np.float64]] = []
    while sum(map(len, pieces)) < seconds * _RATE:
        pieces.append(_vowel(chance))
        if chance.random() < 0.5:
            breath = np.diff(chance.standard_normal(int(chance.uniform(0.04, 0.1) * _RATE)))
            pieces.append(0.08 * breath / np.abs(breath).max())
        if chance.random() < 0.15:
            pieces.append(np.zeros(int(0.15 * _RATE)))
    whole = np.concatenate(pieces)[: int(seconds * _RATE)]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes((whole * 32767).astype("<i2").tobytes())
    return path


def _vowel(chance: np.random.Generator) -> NDArray[np.float64]:
    formants = _VOWELS[chance.integers(len(_VOWELS))]
    lasts = chance.uniform(0.12, 0.28)
    time = np.arange(int(lasts * _RATE)) / _RATE
    pitch = chance.uniform(95, 150) * (1 - 0.15 * time / lasts)
    phase = 2 * np.pi * np.cumsum(pitch) / _RATE
    sound = np.zeros_like(time)
    for number in range(1, _HARMONICS):
        frequency = number * pitch.mean()
        loud = sum(
            height / (1 + ((frequency - middle) / width) ** 2)
            for middle, (width, height) in zip(formants, _FORMANTS, strict=True)
        )
        sound += loud / number**0.3 * np.sin(number * phase)
    rise = np.clip(np.minimum(time / 0.02, (lasts - time) / 0.03), 0, 1)
    voiced: NDArray[np.float64] = 0.4 * rise * sound / np.abs(sound).max()
    return voiced
