"""Bad recordings, captions and links among good ones: one clear sentence each, the rest goes on."""

import os
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.benchmarks.made_whisper import silence, write_model
from tests.recorded import speak
from tests.web_server import Page, web_server
from workbench.library import Library

GOOD = "WEBVTT\n\n00:00:05.000 --> 00:00:08.000\nThe keeper of the lock is called Torvald.\n"
CROSSED = """1
00:00:04,000 --> 00:00:12,000
The ferry of Moss leaves at seven.

2
00:00:06,000 --> 00:00:08,000
Its captain is Solveig Dahl.

3
-00:00:02,000 --> 00:00:01,000
Nobody was on the quay.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    write_model(Path(os.environ["WORKBENCH_HOME"]) / "models" / "speech" / "made")
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


def _tune(path: Path) -> Path:
    seconds = np.arange(12 * 16000) / 16000
    notes = np.cumsum(220 * 2 ** (np.floor(seconds * 2) % 5 / 5))
    tune = np.sin(2 * np.pi * notes / 16000) + np.sin(3 * np.pi * notes / 8000)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes((tune * 8000).astype(np.int16).tobytes())
    return path


def _cut_mp3(path: Path, source: Path) -> Path:
    import av

    with av.open(str(source)) as inside, av.open(str(path), "w") as outside:
        stream: Any = outside.add_stream("libmp3lame", rate=16000)
        stream.layout = "mono"
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=16000)
        for frame in inside.decode(audio=0):
            for piece in resampler.resample(frame):
                outside.mux(stream.encode(piece))
        outside.mux(stream.encode(None))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    return path


@pytest.mark.slow
def test_i12_i13_i14_each_bad_one_is_one_sentence_and_the_rest_goes_on(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    spoken = speak(tmp_path / "said.wav", sentences=1)
    bad = {
        silence(folder / "still.wav", 20): "Nobody speaks",
        _tune(folder / "tune.wav"): "only music",
        folder / "torn.mp4": "cut off or corrupt",
        folder / "empty.srt": "no words",
        folder / "broken.srt": "No time",
    }
    (folder / "torn.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"\x07" * 3000)
    (folder / "empty.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\n\n")
    (folder / "broken.srt").write_text("1\n00:00:xx,000 --> 00:00:04,000\nFirst words.\n")
    (folder / "crossed.srt").write_text(CROSSED)
    (folder / "good.vtt").write_text(GOOD)
    cut = _cut_mp3(folder / "cut.mp3", spoken)
    with web_server() as server:
        server.pages["/empty"] = Page(
            b"<!doctype html><title>A film</title><body><video></video></body>"
        )
        links = [server.url("/empty"), server.url("/gone")]
        paths = [*bad, folder / "crossed.srt", folder / "good.vtt", cut]
        added = library.add([*map(str, paths), *links], typed=True)
    told = {each.path: each for each in added}
    for path, words in bad.items():
        error = told[str(path)].error
        assert error is not None, path
        assert words in error
    for link, words in zip(links, ("no text", "no such page"), strict=True):
        assert words in str(told[link].error)
    for path in (folder / "crossed.srt", folder / "good.vtt", cut):
        assert (told[str(path)].state, told[str(path)].error) == ("verified", None)
    captain = library.ask("Who is the captain of the ferry?").evidence[0]
    assert captain.locator.seconds == pytest.approx(6.0, abs=6.0)
    assert "Torvald" in library.ask("What is the keeper of the lock called?").evidence[0].quote
    torn = library.sources.get(told[str(cut)].source or 0)
    assert any("cut off" in notice or "sure" in notice for notice in torn.notices)
