"""Speak the lecture of the sample, by the voice of the group `models`, with its captions.

    python resources/sample/make/lecture.py

Needs hibari-tts (Apache-2.0, voice included) and PyAV; another release may speak otherwise, so the
recording and its captions are made together and committed.
"""

import re
import tempfile
import wave
from pathlib import Path

import av  # noqa: TID253
import numpy as np
from hibari import Hibari

SAMPLE = Path(__file__).resolve().parent.parent
_PAUSE, _BITS = 0.45, 16_000
#: What captions write in figures, and the voice says in words.
_FIGURE = re.compile(r"\{([^|}]+)\|([^}]+)\}")


def main() -> None:
    voice = Hibari()
    lines = Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    cues, parts, at = ["WEBVTT"], list[np.ndarray](), 0.0
    for line in lines:
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            voice.save(_FIGURE.sub(r"\2", line), file.name, seed=1)
            with wave.open(file.name) as sound:
                rate = sound.getframerate()
                spoken = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
        parts += [spoken, np.zeros(int(_PAUSE * rate), np.int16)]
        end = at + len(spoken) / rate
        written = _FIGURE.sub(r"\1", line)
        cues.append(f"{_clock(at)} --> {_clock(end)}\n{written}")
        at = end + _PAUSE
    (SAMPLE / "lecture.vtt").write_text("\n\n".join(cues) + "\n", encoding="utf-8")
    _encode(np.concatenate(parts), rate, SAMPLE / "lecture.ogg")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}:{rest:06.3f}"


def _encode(samples: np.ndarray, rate: int, file: Path) -> None:
    with av.open(str(file), "w") as out:
        out.metadata["title"] = "Lecture: What sleep does to a memory"
        stream = out.add_stream("libopus", rate=48_000, layout="mono")
        stream.bit_rate = _BITS
        resampler = av.AudioResampler("s16", "mono", 48_000)
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), "s16", "mono")
        frame.sample_rate = rate
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            out.mux(stream.encode(piece))
        out.mux(stream.encode(None))


if __name__ == "__main__":
    main()
