"""Real recordings written down by a real model: Whisper tiny.en, out of a folder of the user's."""

import importlib
import json
import re
import shutil
import time
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ingest.media import sound, speech
from ingest.media.speech_settings import SpeechSettings
from ingest.models import ocr
from tests.benchmarks import real_models
from tests.benchmarks.made_whisper import silence, write_model
from workbench import paths
from workbench.cli.main import main
from workbench.errors import InputError
from workbench.library import Library

pytestmark = [pytest.mark.slow, pytest.mark.model]
#: Share of wrong words of the model, on read prose and an address of 1961.
_WRONG = 0.12
#: The sentence below that noise is laid over.
_NOISY = 1
_SPOKEN = (
    "The ferry crossed the river every morning until the bridge was opened.",
    "Her brother counted the comets from a hill above the lake, and she wrote them down.",
    "Nobody may borrow more than five books from the reading room.",
    "What was learned in the evening is often remembered better after a night of sleep.",
    "The garden has three beds, and the third of them lies empty until spring.",
)


@pytest.fixture(scope="module")
def model() -> Path:
    """The folder of the model, as its package lays it down."""
    found = real_models.whisper()
    assert found is not None, "the dependency group `models` is not installed: uv sync --group dev"
    return found


@pytest.mark.corpus
def test_m2_recordings_are_written_down_as_they_were_spoken(
    model: Path, corpus: Path, tmp_path: Path
) -> None:
    speech = corpus / "speech"
    wrong = words = 0
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")
        (used,) = [row for row in library.models.list("speech") if row.used]
        assert (used.folder, used.words) == (str(model.resolve()), "your own")
        for line in (speech / "references.jsonl").read_text(encoding="utf-8").splitlines():
            spoken = json.loads(line)
            (added,) = library.add(speech / spoken["file"])
            assert (added.state, added.error) == ("verified", None)
            assert added.source is not None
            passages = library.sources.passages(added.source)
            assert passages[0].seconds is not None
            heard = _words(" ".join(each.text for each in passages))
            asked = _words(spoken["text"])
            wrong, words = wrong + _edits(asked, heard), words + len(asked)
        answer = library.ask("What should you ask what you can do for?")
        assert "country" in answer.evidence[0].quote
        assert answer.evidence[0].locator.seconds is not None
    assert words > 40
    assert wrong <= _WRONG * words, f"{wrong} of {words} words"


def test_sentences_of_a_synthesiser_are_written_down_as_they_were_spoken(
    model: Path, tmp_path: Path
) -> None:
    voice = importlib.import_module("hibari").Hibari()
    wrong = words = 0
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")
        for number, text in enumerate(_SPOKEN):
            file = tmp_path / f"{number}.wav"
            voice.save(text, str(file), seed=number)
            (added,) = library.add(file)
            assert added.source is not None, added.error
            heard = _words(" ".join(p.text for p in library.sources.passages(added.source)))
            wrong, words = wrong + _edits(_words(text), heard), words + len(_words(text))
    assert words > 60
    assert wrong <= _WRONG * words, f"{wrong} of {words} words"


def test_words_in_doubt_are_marked_beside_the_text_until_they_are_corrected(
    model: Path, tmp_path: Path
) -> None:
    voice = importlib.import_module("hibari").Hibari()
    heard = []
    for number, text in enumerate(_SPOKEN):
        voice.save(text, str(tmp_path / "clear.wav"), seed=number)
        heard.append(_sound(tmp_path / "clear.wav"))
    clear = np.concatenate(heard)
    hiss = np.random.default_rng(5).standard_normal(len(clear)).astype("f4")
    noisy = clear + hiss * np.float32(np.sqrt(np.mean(clear**2)))
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")
        (added,) = library.add(_written(tmp_path / "noisy.wav", noisy / np.abs(noisy).max()))
        assert added.source is not None, added.error
        (section,) = library.sources.sections(added.source)
        words = library.sources.text(section.source, section.start, section.end)
        marked = library.sources.get(added.source).doubtful
        assert 2 <= len(marked) < len(words.split()) / 2
        assert {(a, b) for a, b in marked} <= {m.span() for m in re.finditer(r"\S+", words)}
        (first, second), last = marked[:2], marked[-1]
        kept = words[slice(*last)]
        # One is corrected, the other confirmed: neither is in doubt any more, the last one moved.
        library.sources.correct(added.source, *second, words[slice(*second)])
        library.sources.correct(added.source, *first, "Heard anew")
        now = library.sources.get(added.source).doubtful
        assert len(now) == len(marked) - 2
        assert not now or library.sources.text(added.source, *now[-1]) == kept


def test_one_bad_sentence_of_thirty_seconds_is_marked_alone(model: Path, tmp_path: Path) -> None:
    voice = importlib.import_module("hibari").Hibari()
    chance = np.random.default_rng(5)
    clear, noisy = [], []
    for number, text in enumerate(_SPOKEN):
        voice.save(text, str(tmp_path / "one.wav"), seed=number)
        one = _sound(tmp_path / "one.wav")
        hiss = 2 * np.std(one) * chance.standard_normal(len(one)) * (number == _NOISY)
        pause = np.zeros(sound.RATE, np.float32)
        clear += [one, pause]
        noisy += [(one + hiss).astype("f4"), pause]
    # Of what it is sure of, the words are not timed.
    sure = _said(_written(tmp_path / "sure.wav", np.concatenate(clear)), model)
    assert not any(each.words or each.doubtful for each in sure)
    said = _said(_written(tmp_path / "noisy.wav", np.concatenate(noisy)), model)
    assert [each.doubtful for each in said].count(True) == 1
    # The last sentence may lie in a window of its own.
    assert all(each.words for each in said[:-1])


@pytest.mark.corpus
@pytest.mark.skipif(not ocr.engine(), reason="no text recognition is installed")
def test_a_recording_a_picture_and_a_page_light_up_the_same_concepts(
    model: Path, corpus: Path, tmp_path: Path
) -> None:
    shown = Image.new("L", (1200, 160), 255)
    font = ImageFont.load_default(size=44)
    ImageDraw.Draw(shown).text((30, 40), "Mr. John Dashwood inherited Norland Park.", 0, font)
    shown.save(tmp_path / "deed.png")
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")
        heard, seen = library.add([corpus / "speech" / "sense_0870.wav", tmp_path / "deed.png"])
        assert (heard.state, seen.state) == ("verified", "verified")
        library.add_text(
            "Mr. John Dashwood promised his father to help his sisters. Fanny Dashwood persuaded "
            "Mr. John Dashwood to give nothing. Fanny Dashwood disliked Norland Park.",
            title="Sense and Sensibility, in short",
        )
        library.graph.link(concepts_only=True)
        library.graph.link()
        silent = library.brain.recall("Mr. John Dashwood")
        # The recording tells of him first, the page twice after it: he is heard all the same.
        library.models.update("embedding")
        # Another thread of the library may have been reading already.
        for _ in range(600):
            if any(
                each.active and each.done == each.total
                for each in library.models.readings("embedding")
            ):
                break
            time.sleep(0.1)
        found = library.brain.recall("Mr. John Dashwood")
    # One of them is said in the picture too, the other on the page alone.
    assert {"Norland Park", "Fanny Dashwood"} <= {each.name for each in found.lit}
    assert found.regions["auditory"] > silent.regions["auditory"] == 0


@pytest.mark.corpus
def test_the_model_is_tried_with_a_recording_of_the_user(
    model: Path, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ["--library", str(tmp_path / "x.brain"), "models", "try", "speech"]
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")
    assert main(here) == 2
    assert "--file" in capsys.readouterr().err
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF" + bytes(40))
    assert main([*here, "--file", str(broken)]) == 3
    assert len(capsys.readouterr().err.splitlines()) <= 2
    assert main([*here, "--file", str(corpus / "speech" / "jfk.flac")]) == 0
    said = capsys.readouterr().out
    assert "what you can do for your country" in said
    assert "s of sound a second" in said


def test_a_folder_that_holds_no_model_is_refused_and_the_choice_stays(
    model: Path, tmp_path: Path
) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech")
        with pytest.raises(InputError, match="contains no speech model"):
            library.models.choose(str(tmp_path), "speech")
        assert [row.used for row in library.models.list("speech") if row.folder == str(model)] == [
            True
        ]


@pytest.mark.corpus
def test_damaged_weights_and_those_of_another_kind_are_one_sentence(
    model: Path, corpus: Path, tmp_path: Path
) -> None:
    whole = (model / "model.bin").read_bytes()
    embeddings = (paths.resources() / "embeddings" / "model.bin").read_bytes()
    made = write_model(tmp_path / "made", brief=True)
    wrong = {
        "size": ("model.bin", (made / "model.bin").read_bytes()),
        "tokens": ("tokenizer.json", (made / "tokenizer.json").read_bytes()),
        "half": ("model.bin", whole[: len(whole) // 2]),
        "zeros": ("model.bin", bytes(len(whole))),
        "longer": ("config.json", b"{"),
        "other": ("model.bin", embeddings),
        "split": ("tokenizer.json", b"{}"),
    }
    with Library.open(tmp_path / "x.brain") as library:
        for name, (file, content) in wrong.items():
            folder = tmp_path / name
            shutil.copytree(model, folder)
            (folder / file).write_bytes(content)
            if file == "model.bin":
                # Seen at once: the model that was chosen before stays.
                with pytest.raises(
                    InputError, match=r"damaged or cut off|another kind|another size"
                ):
                    library.models.choose(str(folder), "speech", language="en")
                continue
            library.models.choose(str(folder), "speech", language="en")
            (added,) = library.add(corpus / "speech" / "jfk.flac")
            assert added.error is not None, name
            why = "stopped while it listened" if name == "tokens" else "cannot be loaded"
            assert f"“{name}” {why}. Choose another folder" in added.error
        shutil.copytree(model, tmp_path / "gone")
        library.models.choose(str(tmp_path / "gone"), "speech", language="en")
        shutil.rmtree(tmp_path / "gone")
        (added,) = library.add(corpus / "speech" / "jfk.flac")
        assert (added.error, added.passages) == (None, 0)
        assert any("no speech model is here" in notice for notice in added.notices)
        library.models.choose(str(model), "speech", language="en")
        assert added.source is not None
        (again,) = library.add([added.source])
        assert (again.state, again.source) == ("verified", added.source)
        assert again.passages


@pytest.mark.corpus
def test_two_voices_and_no_language_are_read_with_doubt_music_and_silence_are_refused(
    model: Path, corpus: Path, tmp_path: Path
) -> None:
    one, other = (_sound(corpus / "speech" / name) for name in ("jfk.flac", "sense_0870.wav"))
    size = min(len(one), len(other))
    tune = np.concatenate([_chord(steps) for steps in ((0, 4, 7), (5, 9, 12), (7, 11, 14)) * 7])
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")

        def heard(name: str, wave_: NDArray[np.float32]) -> tuple[str | None, str]:
            (added,) = library.add(_written(tmp_path / name, wave_))
            found = library.sources.passages(added.source) if added.source is not None else []
            return added.error, " ".join(each.text for each in found)

        together = heard("both.wav", np.float32(0.5) * (one[:size] + other[:size]))[1]
        assert "country" in together
        # Neither of them alone is doubted, and nothing of the two is not.
        assert together.startswith("[?]")
        assert not any("[?]" in heard(*each)[1] for each in (("one.wav", one), ("2.wav", other)))
        # Backwards it is nobody's language: what is heard all the same is marked.
        assert heard("back.wav", one[::-1])[1].startswith("[?]")
        assert "only music" in (heard("tune.wav", tune)[0] or "")
        (still,) = library.add(silence(tmp_path / "hour.wav", 3600))
        assert "only music" in (still.error or "")


def test_a_language_that_the_model_does_not_know_is_marked_and_told(
    model: Path, tmp_path: Path
) -> None:
    german = Path(__file__).parents[1] / "fixtures" / "speech" / "ferry-de.ogg"
    with Library.open(tmp_path / "x.brain") as library:
        library.models.choose(str(model), "speech", language="en")
        (added,) = library.add(german)
        assert added.source is not None, added.error
        assert any("was not sure of what is said at 0:00" in each for each in added.notices)
        for passage in library.sources.passages(added.source):
            assert passage.text.startswith("[?]")


def _chord(steps: tuple[int, ...]) -> NDArray[np.float32]:
    """A second of strings that are struck together, so many half-tones above A."""
    time = np.arange(sound.RATE) / sound.RATE
    waves = [
        np.sin(2 * np.pi * 220 * 2 ** (step / 12) * over * time) / over
        for step in steps
        for over in range(1, 8)
    ]
    struck: NDArray[np.float32] = np.float32(0.1) * (np.exp(-2 * time) * sum(waves)).astype("f4")
    return struck


def _said(file: Path, model: Path) -> list[speech.Segment]:
    with sound.open_recording(file) as recording:
        found = speech.stretches(
            recording,
            SpeechSettings(model, "en"),
            speech.Journal(),
            report=lambda *_: None,
            cancel=lambda: None,
        )
        return [segment for stretch in found for segment in stretch.segments]


def _sound(file: Path) -> NDArray[np.float32]:
    with sound.open_recording(file) as recording:
        return np.concatenate(list(recording.pieces()))


def _written(file: Path, samples: NDArray[np.float32]) -> Path:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return file


def _words(text: str) -> list[str]:
    plain = text.casefold().replace("mister", "mr").replace("[?]", "")
    return re.findall(r"[a-z']+", plain.replace("-", " "))


def _edits(asked: list[str], heard: list[str]) -> int:
    """Words put in, left out or changed (Levenshtein 1966)."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(asked, 1):
        before, row = row, [at]
        for there, other in enumerate(heard, 1):
            row.append(min(row[-1] + 1, before[there] + 1, before[there - 1] + (word != other)))
    return row[-1]
