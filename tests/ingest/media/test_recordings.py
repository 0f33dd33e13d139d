"""Recordings: the real decoder, the real voice detector, and a real model of chance."""

import json
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.errors import DamagedFileError, IngestError, NoTextError, UnsupportedFileError
from ingest.kinds import sniff
from ingest.media import sound
from ingest.media.sound import RATE
from ingest.media.speech_settings import SpeechSettings
from ingest.readers import read
from ingest.records import Notice, Passage, Reading, ReadRequest, Section, Source
from tests.benchmarks.made_whisper import silence, write_model
from tests.recorded import speak


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of our own."""
    return write_model(tmp_path_factory.mktemp("speech") / "made")


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some ten seconds of speech."""
    return speak(tmp_path_factory.mktemp("spoken") / "lock.wav")


def passages_of(records: Sequence[Reading]) -> list[Passage]:
    """All passages of a reading."""
    return [p for record in records if isinstance(record, Section) for p in record.passages]


def encoded(path: Path, codec: str, source: Path) -> Path:
    """The sound of a WAV file in another coding, by the encoders of PyAV."""
    import av

    with av.open(str(source)) as inside, av.open(str(path), "w") as outside:
        stream: Any = outside.add_stream(codec, rate=16000)
        stream.layout = "mono"
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=16000)
        for frame in inside.decode(audio=0):
            for piece in resampler.resample(frame):
                outside.mux(stream.encode(piece))
        outside.mux(stream.encode(None))
    return path


def refusal(path: Path, means: SpeechSettings | None) -> IngestError:
    """Why a recording is not read."""
    with pytest.raises(IngestError) as caught:
        list(read(path, ReadRequest(speech=means)))
    assert caught.value.hint
    return caught.value


@pytest.mark.slow
def test_i13_speech_becomes_passages_with_seconds_in_order_and_within_the_recording(
    model: Path, spoken: Path
) -> None:
    heard: list[tuple[int, int, str]] = []
    records = list(
        read(
            spoken, ReadRequest(speech=SpeechSettings(model), report=lambda *far: heard.append(far))
        )
    )
    source = records[0]
    assert isinstance(source, Source)
    assert (source.kind, source.title, source.language) == ("recording", "Lock", "en")
    length = float(source.metadata["seconds"])
    seconds = [p.locator.seconds for p in passages_of(records)]
    assert seconds
    assert all(each is not None and 0 <= each <= length for each in seconds)
    assert seconds == sorted(seconds, key=lambda each: each or 0.0)
    assert heard[-1][2] == "seconds"
    assert heard[-1][0] == int(length)
    text = "".join(record.text for record in records if isinstance(record, Section))
    for passage in passages_of(records):
        assert text[passage.locator.start : passage.locator.end] == passage.text


@pytest.mark.slow
def test_i13_what_the_model_was_not_sure_of_is_marked_and_named(model: Path, spoken: Path) -> None:
    records = list(read(spoken, ReadRequest(speech=SpeechSettings(model))))
    assert "[?]" in passages_of(records)[0].text
    (notice,) = [record for record in records if isinstance(record, Notice)]
    assert notice.code == "doubtful"
    assert "listen there" in notice.hint


@pytest.mark.slow
def test_i13_voices_are_found_where_they_are_and_cuts_fall_between_them(
    spoken: Path, tmp_path: Path
) -> None:
    from ingest.media.speech import _Cutter

    with wave.open(str(spoken)) as file:
        rate = file.getframerate()
        said = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    gap = np.zeros(4 * rate, np.int16)
    path = tmp_path / "three.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.concatenate([gap, said, gap, said, gap, said, gap]).tobytes())
    length = len(said) / rate
    with sound.open_recording(path) as recording:
        cutter = _Cutter(recording, length + 10)
        at, found = 0.0, []
        while (part := cutter.next(lambda: None)) is not None:
            found += [(at + v["start"] / RATE, at + v["end"] / RATE) for v in part[1]]
            at += len(part[0]) / RATE
            inside = (at - 4) % (length + 4)
            assert inside > length - 0.3 or at > 3 * length + 16 - 1, f"cut inside speech at {at}"
    starts = [4 + n * (length + 4) for n in range(3)]
    for start in starts:
        assert any(abs(first - start) < 0.6 for first, _ in found)
    assert abs(found[-1][1] - (starts[-1] + length)) < 0.8
    assert abs(at - (3 * length + 16)) < 0.1


@pytest.mark.slow
def test_i13_a_reading_that_was_ended_goes_on_after_the_last_segment(
    model: Path, spoken: Path, tmp_path: Path
) -> None:
    means = SpeechSettings(model, journals=tmp_path / "journals")
    whole = list(read(spoken, ReadRequest(speech=means)))
    (journal,) = (tmp_path / "journals").iterdir()
    lines = journal.read_text().splitlines()
    segments = len(lines) - 2
    assert segments >= 2
    # As a kill leaves it: one segment noted, the next cut off in its middle.
    kept = lines[1:2]
    journal.write_text("\n".join([lines[0], *kept, lines[2][: len(lines[2]) // 2]]))
    again = list(read(spoken, ReadRequest(speech=means)))
    first = json.loads(kept[0])["segment"]
    text = "".join(record.text for record in again if isinstance(record, Section))
    assert text.startswith(f"[?] {first['text']}")
    last = json.loads(journal.read_text().splitlines()[-1])["stretch"]
    assert last["segments"][0] == first
    assert last["language"] == "en"
    assert all(each["start"] >= first["end"] for each in last["segments"][1:])
    # What was done is not done again: no model is needed for it.
    journal.write_text("\n".join(lines) + "\n")
    done = list(
        read(
            spoken,
            ReadRequest(speech=SpeechSettings(tmp_path / "made", journals=tmp_path / "journals")),
        )
    )
    assert passages_of(done) == passages_of(whole)


@pytest.mark.slow
def test_i13_sections_before_the_asked_one_are_left_out_at_the_same_places(
    model: Path, spoken: Path, tmp_path: Path
) -> None:
    means = SpeechSettings(model, journals=tmp_path / "journals", stretch=5.0)
    whole = [
        record for record in read(spoken, ReadRequest(speech=means)) if isinstance(record, Section)
    ]
    assert len(whole) >= 2
    later = [
        record
        for record in read(spoken, ReadRequest(speech=means, start_section=1))
        if isinstance(record, Section)
    ]
    assert later == whole[1:]
    assert [section.start for section in whole[1:]] == [section.end for section in whole[:-1]]


@pytest.mark.slow
def test_i13_what_is_said_again_and_again_is_said_once(
    model: Path, spoken: Path, tmp_path: Path
) -> None:
    means = SpeechSettings(model, journals=tmp_path / "journals")
    list(read(spoken, ReadRequest(speech=means)))
    (journal,) = (tmp_path / "journals").iterdir()
    about = journal.read_text().splitlines()[0]
    segment = {"start": 1.0, "end": 3.5, "text": "The ferry leaves.", "doubtful": True,
               "repeats": 14}  # fmt: skip
    stretch = {"stretch": {"start": 0.0, "end": 12.0, "segments": [segment], "language": "en"}}
    journal.write_text(f"{about}\n{json.dumps(stretch)}\n")
    records = list(read(spoken, ReadRequest(speech=means)))
    text = "".join(record.text for record in records if isinstance(record, Section))
    assert text.count("ferry") == 1
    assert any("14 times" in getattr(record, "message", "") for record in records)


def test_i13_without_a_model_it_has_no_text_and_a_notice_says_how_to_add_one(
    spoken: Path,
) -> None:
    source, notice = read(spoken, ReadRequest(speech=None))
    assert isinstance(source, Source)
    assert isinstance(notice, Notice)
    assert "workbench speech get" in notice.hint
    assert ".srt" in notice.hint


def test_captions_of_its_name_are_its_text_without_a_model(spoken: Path, tmp_path: Path) -> None:
    recording = tmp_path / "talk.wav"
    recording.write_bytes(spoken.read_bytes())
    cue = "00:00:02.000 --> 00:00:04.000\nOdile Brandt founded the school of Bredal.\n"
    (tmp_path / "talk.en.vtt").write_text(f"WEBVTT\n\n{cue}", "utf-8")
    records = list(read(recording))
    source = records[0]
    assert isinstance(source, Source)
    assert (source.kind, source.title) == ("recording", "Talk")
    assert float(source.metadata["seconds"]) > 4
    (passage,) = passages_of(records)
    assert passage.text.startswith("Odile Brandt founded")
    assert passage.locator.seconds == 2.0


def test_i13_a_model_that_is_not_whole_is_named(spoken: Path, tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    assert "model.bin is missing" in refusal(spoken, SpeechSettings(tmp_path / "half")).message


def test_i13_silence_is_no_speech(model: Path, tmp_path: Path) -> None:
    error = refusal(silence(tmp_path / "still.wav", 30), SpeechSettings(model))
    assert isinstance(error, NoTextError)
    assert "Nobody speaks" in error.message


def test_i13_music_alone_is_no_speech(model: Path, tmp_path: Path) -> None:
    seconds = np.arange(12 * 16000) / 16000
    notes = 220 * 2 ** (np.floor(seconds * 2) % 5 / 5)
    tune = np.sin(2 * np.pi * np.cumsum(notes) / 16000) + np.sin(3 * np.pi * np.cumsum(notes) / 8e3)
    path = tmp_path / "tune.wav"
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16000)
        out.writeframes((tune * 8000).astype(np.int16).tobytes())
    assert "only music" in refusal(path, SpeechSettings(model)).message


@pytest.mark.parametrize(
    ("name", "codec"),
    [("a.mp3", "libmp3lame"), ("a.flac", "flac"), ("a.ogg", "libopus"), ("a.m4a", "aac"),
     ("a.mka", "flac")],
)  # fmt: skip
def test_i13_every_usual_coding_is_known_and_decoded(
    name: str, codec: str, spoken: Path, tmp_path: Path
) -> None:
    path = encoded(tmp_path / name, codec, spoken)
    assert sniff(path) == "recording"
    with sound.open_recording(path) as recording, sound.open_recording(spoken) as plain:
        length = sum(map(len, recording.pieces())) / RATE
        assert abs(length - sum(map(len, plain.pieces())) / RATE) < 0.3


@pytest.mark.slow
def test_i13_a_truncated_mp3_gives_what_it_has_and_says_so(
    model: Path, spoken: Path, tmp_path: Path
) -> None:
    path = encoded(tmp_path / "whole.mp3", "libmp3lame", spoken)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    records = list(read(path, ReadRequest(speech=SpeechSettings(model))))
    assert passages_of(records)
    assert any(getattr(record, "code", "") in ("cut_off", "broken_sound") for record in records)


def test_i13_what_only_begins_like_a_recording_is_damaged(model: Path, tmp_path: Path) -> None:
    path = tmp_path / "torn.mp4"
    path.write_bytes(b"\x00\x00\x00\x18ftypmp42" + b"\x07" * 3000)
    error = refusal(path, SpeechSettings(model))
    assert isinstance(error, DamagedFileError)


def test_i13_a_film_without_sound_says_so(model: Path, tmp_path: Path) -> None:
    import av

    path = tmp_path / "mute.mkv"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    assert "no sound" in refusal(path, SpeechSettings(model)).message


def test_i13_sound_in_an_unknown_coding_is_refused_with_what_to_do(
    model: Path, spoken: Path, tmp_path: Path
) -> None:
    data = bytearray(spoken.read_bytes())
    data[20:22] = (0x5A5A).to_bytes(2, "little")
    path = tmp_path / "odd.wav"
    path.write_bytes(data)
    error = refusal(path, SpeechSettings(model))
    assert isinstance(error, UnsupportedFileError | DamagedFileError)
    assert "MP3" in error.hint or "copy" in error.hint


def test_a3_a_waveform_has_its_peaks_where_somebody_speaks(spoken: Path, tmp_path: Path) -> None:
    seconds, levels = sound.levels(spoken, 50, lambda: None)
    assert 50 <= len(levels) <= 52
    assert 5 < seconds < 20
    assert max(levels) > 0.1
    assert all(0 <= level <= 1 for level in levels)
    still = sound.levels(silence(tmp_path / "still.wav", 5), 20, lambda: None)
    assert still[0] == pytest.approx(5, abs=0.01)
    assert max(still[1]) < 0.02


def test_a3_a_clip_begins_at_its_second(spoken: Path, tmp_path: Path) -> None:
    target = tmp_path / "clip.wav"
    sound.clip(spoken, target, 2.0, 3.0, lambda: None)
    with sound.open_recording(spoken) as whole, sound.open_recording(target) as part:
        everything = np.concatenate(list(whole.pieces()))
        heard = np.concatenate(list(part.pieces()))
    assert len(heard) == 3 * RATE
    assert np.abs(heard - everything[2 * RATE : 5 * RATE]).max() < 1e-3
