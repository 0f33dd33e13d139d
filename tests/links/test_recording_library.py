"""Recordings through the library's doors: a reader process with a real model of chance."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.media.remarks import lacks_model
from tests.benchmarks.made_whisper import write_model
from tests.recorded import speak
from tests.web_server import Page, web_server
from workbench.cli.main import main
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library

SAID = """WEBVTT

00:00:01.000 --> 00:00:04.000
The lock of Bredal opens at noon every day.

00:00:20.000 --> 00:00:24.000
In winter the water freezes, and nobody comes for weeks.

00:00:40.000 --> 00:00:44.000
The keeper's name is Torbald, and he counts the ships.

00:01:05.000 --> 00:01:08.000
In spring the first barge brings salt and oranges from the south.
"""


@pytest.fixture
def made_model() -> Path:
    """A model of our own, where models of this test's home lie."""
    return write_model(Path(os.environ["WORKBENCH_HOME"]) / "models" / "speech" / "made")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library.open(tmp_path / "x.brain") as opened:
        yield opened


@pytest.mark.slow
def test_i13_a_recording_goes_in_and_is_cited_at_its_second(
    made_model: Path, library: Library, tmp_path: Path
) -> None:
    (row,) = [row for row in library.models.list("speech") if row.folder]
    assert (row.name, row.used) == ("made", True)
    (added,) = library.add(speak(tmp_path / "The lock.wav"))
    assert (added.state, added.error) == ("verified", None)
    assert added.source is not None
    source = library.sources.get(added.source)
    assert (source.kind, source.title, source.language) == ("recording", "The lock", "en")
    assert any("not sure" in notice for notice in source.notices)
    passage = library.sources.passages(added.source)[0]
    assert passage.seconds is not None
    answer = library.ask(" ".join(passage.text.replace("[?]", "").split()[:4]))
    assert answer.evidence[0].locator.seconds is not None
    assert list((Path(os.environ["WORKBENCH_HOME"]) / "cache" / "speech").iterdir()) == []


@pytest.mark.slow
def test_i13_without_a_model_a_recording_is_kept_and_transcribed_when_it_is_read_again(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    recording = speak(folder / "The lock.wav")
    (folder / "lock.txt").write_text("The lock of Bredal opens at noon.")
    (added,) = library.add(recording)
    assert (added.state, added.error, added.passages) == ("verified", None, 0)
    assert added.source is not None
    source = library.sources.get(added.source)
    assert (source.kind, source.title) == ("recording", "The lock")
    assert float(source.metadata["seconds"]) > 0
    (notice,) = source.notices
    assert lacks_model(notice)
    assert "workbench speech get" in notice
    assert library.sources.waveform(source.id).seconds > 0
    assert library.sources.sound_clip(source.id, 0.0).stat().st_size > 1000
    (again,) = library.add([source.id])
    assert again.error is not None
    assert lacks_model(again.error)
    # What lies in a folder is looked through for text.
    assert [each.path for each in library.add(folder)] == [str(folder / "lock.txt")]
    write_model(Path(os.environ["WORKBENCH_HOME"]) / "models" / "speech" / "made")
    (again,) = library.add([source.id])
    assert (again.source, again.error, again.renewed) == (source.id, None, True)
    assert again.passages > 0
    assert not any(map(lacks_model, library.sources.get(source.id).notices))


def test_i13_a_transcript_is_corrected_and_citations_follow(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "talk.vtt"
    file.write_text(SAID)
    (added,) = library.add(file)
    assert added.source is not None
    before = {row.text: row.seconds for row in library.sources.passages(added.source)}
    text = "".join(
        library.sources.text(row.source, row.start, row.end)
        for row in library.sources.sections(added.source)
    )
    at = text.index("Torbald")
    done = library.sources.correct(added.source, at, at + 7, "Torvald Bye")
    assert done.engrams == 4
    after = library.sources.passages(added.source)
    text = "".join(
        library.sources.text(row.source, row.start, row.end)
        for row in library.sources.sections(added.source)
    )
    for row in after:
        assert text[row.start : row.end] == row.text
    kept = {row.text: row.seconds for row in after}
    changed = [words for words in kept if "Torvald Bye" in words]
    assert len(changed) == 1
    for words, seconds in kept.items():
        assert seconds == pytest.approx(before.get(words, 40.0), abs=0.5)
    found = library.ask("Who counts the ships?").evidence[0]
    assert "Torvald Bye" in found.quote
    assert "Torbald" not in text
    assert library.verify().sound
    with pytest.raises(UsageError):
        library.sources.correct(added.source, 5, 10_000, "x")
    book = tmp_path / "book.txt"
    book.write_text("The lock of Bredal opens at noon.")
    (other,) = library.add(book)
    assert other.source is not None
    with pytest.raises(UsageError):
        library.sources.correct(other.source, 0, 3, "A")


def test_i13_a_model_comes_only_when_asked_for_and_goes_on_where_it_stopped(
    tmp_path: Path,
) -> None:
    from ingest.errors import UnreachableError
    from ingest.media import speech_models
    from ingest.media.speech_models import SpeechModel
    from ingest.media.speech_settings import is_model
    from ingest.web.download import Downloader

    weights = bytes(range(256)) * 400
    model = SpeechModel("made", "someone/made", len(weights), 1, "")
    told: list[int] = []

    def load(host: str) -> Path:
        downloader = Downloader(
            lambda done, total, unit: told.append(done), lambda: None, host=host, private=True
        )
        return speech_models.load(model, tmp_path, downloader)

    with web_server() as server:
        base = "/someone/made"
        for name in ("config.json", "tokenizer.json", "vocabulary.json"):
            server.pages[f"{base}/{name}"] = Page(b"{}")
        half = len(weights) // 2
        server.pages[f"{base}/model.bin"] = Page(
            weights[:half], headers={"Content-Length": str(len(weights))}
        )
        host = server.url("/{repository}/{file}")
        with pytest.raises(UnreachableError) as caught:
            load(host)
        assert "what has arrived is kept" in caught.value.hint
        assert not is_model(tmp_path / "made")
        server.pages[f"{base}/model.bin"] = Page(weights[half:], status=206, headers={})
        place = load(host)
        assert server.asked[-1][1]["Range"] == f"bytes={half}-"
        assert (place / "model.bin").read_bytes() == weights
        assert is_model(place)
        assert server.paths.count(f"{base}/config.json") == 1
        assert told == sorted(told)


def test_i13_a_model_that_came_damaged_is_not_kept(tmp_path: Path) -> None:
    from ingest.errors import RefusedError
    from ingest.media import speech_models
    from ingest.media.speech_models import SpeechModel
    from ingest.media.speech_settings import is_model
    from ingest.web.download import Downloader

    with web_server() as server:
        for name in ("config.json", "tokenizer.json", "vocabulary.json"):
            server.pages[f"/a/b/{name}"] = Page(b"{}")
        server.pages["/a/b/model.bin"] = Page(b"weights", headers={"X-Linked-ETag": "0" * 64})
        with pytest.raises(RefusedError) as caught:
            speech_models.load(
                SpeechModel("made", "a/b", 7, 1, ""), tmp_path,
                Downloader(
                    lambda *far: None, lambda: None, host=server.url("/{repository}/{file}"),
                    private=True,
                ),
            )  # fmt: skip
    assert "damaged" in caught.value.message
    assert not is_model(tmp_path / "made")


@pytest.mark.slow
def test_i13_the_command_line_lists_models_with_what_they_cost_and_corrects(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--library", str(tmp_path / "y.brain")]
    assert main(["speech", *place]) == 0
    told = capsys.readouterr()
    assert "145 MB" in told.out
    assert "of memory" in told.out
    assert "workbench speech get" in told.err
    assert main(["speech", "use", "base", *place]) != 0
    file = tmp_path / "talk.vtt"
    file.write_text(SAID)
    assert main(["add", str(file), *place]) == 0
    capsys.readouterr()
    assert main(["correct", "1", "Torbald", "Torvald", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out)["engrams"] == 4
    assert main(["correct", "1", "the", "a", *place]) == UsageError.exit_code
    assert "--at" in capsys.readouterr().err
    assert main(["correct", "1", "the", "all the", "--at", "0:20", *place]) == 0
    capsys.readouterr()
    assert main(["ask", "Who counts the ships?", *place]) == 0
    assert "Torvald" in capsys.readouterr().out


def test_i13_unknown_sizes_of_models_are_refused(library: Library) -> None:
    with pytest.raises(NotFoundError):
        library.models.fetch("enormous", "speech")
    with pytest.raises(NotFoundError):
        library.models.choose("base", "speech")
