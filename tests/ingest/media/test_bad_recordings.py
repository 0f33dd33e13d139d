"""Recordings that are too long, or written in a way that the decoder here cannot read."""

import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.errors import UnsupportedFileError
from ingest.media import sound
from ingest.media.remarks import lacks_model
from ingest.media.speech_settings import SpeechSettings
from ingest.readers import read
from ingest.records import Notice, ReadRequest, Section, Source
from tests.benchmarks.made_whisper import silence, write_model
from tests.recorded import speak

HOURS = 10


def _said(folder: Path, rate: int) -> bytes:
    """Some seconds of speech at another rate, as 16-bit numbers."""
    file = speak(folder / "said.wav", sentences=2)
    with wave.open(str(file)) as spoken:
        own = spoken.getframerate()
        heard = np.frombuffer(spoken.readframes(spoken.getnframes()), np.int16)
    places = np.arange(0, len(heard), own / rate)
    return np.interp(places, np.arange(len(heard)), heard).astype("<i2").tobytes()


@pytest.mark.slow
def test_i13_of_ten_hours_the_last_words_are_cited_and_little_is_held_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.media import speech

    rate = 8000
    file = silence(tmp_path / "long.wav", HOURS * 3600, rate)
    said = _said(tmp_path, rate)
    with file.open("r+b") as out:
        out.seek(-len(said) - 2 * rate, 2)
        out.write(said)
    longest = 0
    cutting = speech._Cutter.next

    def measured(cutter: Any, cancel: Any) -> Any:
        nonlocal longest
        part = cutting(cutter, cancel)
        longest = max(longest, len(part[0]) if part is not None else 0)
        return part

    monkeypatch.setattr(speech._Cutter, "next", measured)
    told: list[int] = []
    records = list(
        read(
            file,
            ReadRequest(
                speech=SpeechSettings(write_model(tmp_path / "made")),
                report=lambda done, _total, _unit: told.append(done),
            ),
        )
    )
    (section,) = [record for record in records if isinstance(record, Section)]
    second = section.passages[0].locator.seconds
    assert second is not None
    assert HOURS * 3600 - 15 < second <= HOURS * 3600
    source = records[0]
    assert isinstance(source, Source)
    assert float(source.metadata["seconds"]) == HOURS * 3600
    assert told == sorted(told)
    assert longest <= 601 * sound.RATE


def test_i13_a_coding_that_the_decoder_was_built_without_is_named_with_what_to_do(
    tmp_path: Path,
) -> None:
    import av

    path = tmp_path / "talk.m4a"
    with av.open(str(path), "w") as out:
        stream: Any = out.add_stream("aac", rate=16000)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 16000), np.float32), "fltp", "mono")
        frame.rate = 16000
        for piece in (frame, None):
            out.mux(stream.encode(piece))
    data = path.read_bytes()
    # AC-4 is known by its name, and nothing that is open source decodes it.
    assert data.count(b"mp4a") == data.count(b"esds") == 1
    path.write_bytes(data.replace(b"mp4a", b"ac-4").replace(b"esds", b"free"))
    with pytest.raises(UnsupportedFileError) as caught, sound.open_recording(path) as recording:
        list(recording.pieces())
    assert "format that cannot be read here" in caught.value.message
    assert "Convert it to MP3" in caught.value.hint


def test_without_the_extra_a_recording_is_kept_and_a_notice_says_how_to_add_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = silence(tmp_path / "still.wav", 2)
    monkeypatch.setitem(sys.modules, "av", None)
    source, notice = read(file, ReadRequest(speech=SpeechSettings(tmp_path)))
    assert isinstance(source, Source)
    assert source.kind == "recording"
    assert isinstance(notice, Notice)
    assert lacks_model(notice.message)
    assert notice.hint.startswith("Add the extra `speech` with: uv sync --extra speech, then")
    assert ".srt or .vtt" in notice.hint


def test_without_the_extra_captions_of_its_name_are_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = silence(tmp_path / "talk.wav", 2)
    words = "WEBVTT\n\n00:00.000 --> 00:02.000\nThe ferry leaves at seven.\n"
    (tmp_path / "talk.vtt").write_text(words, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "av", None)
    source, section = read(file, ReadRequest())
    assert isinstance(source, Source)
    assert source.kind == "recording"
    assert isinstance(section, Section)
    assert "The ferry leaves at seven." in section.text


@pytest.mark.parametrize(
    "use",
    [
        lambda file: sound.levels(file, 10, lambda: None),
        lambda file: sound.clip(file, file.with_suffix(".clip"), 0.0, 1.0, lambda: None),
        lambda file: sound.film_frame(file, 80),
    ],
)
def test_without_the_extra_sound_and_picture_say_how_to_add_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use: Callable[[Path], object]
) -> None:
    file = silence(tmp_path / "still.wav", 2)
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(UnsupportedFileError) as caught:
        use(file)
    assert caught.value.message.count(".") == 1
    assert caught.value.hint == "Add the extra `speech` with: uv sync --extra speech."


@pytest.mark.parametrize(
    ("text", "wordless"),
    [
        ("♪", True),
        (" ♪♪ ", True),
        ("[Music]", True),
        ("(upbeat music)", True),
        ("[Applause] ...", True),
        ("♪ The tide is high ♪", False),
        ("Music", False),
        ("[?] The keeper", False),
        ("(Noon) it turns", False),
    ],
)
def test_i13_what_a_model_writes_for_music_is_not_said(text: str, wordless: bool) -> None:
    from ingest.media.speech import is_wordless

    assert is_wordless(text) is wordless
