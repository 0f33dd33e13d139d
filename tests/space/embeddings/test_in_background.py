"""The model that came with the program: it reads by itself, and stays off where it is unwanted."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.patience import seconds
from tests.space.embeddings import tiny_model
from workbench.cli.main import main
from workbench.jobs import Progress
from workbench.library import Library
from workbench.space.embeddings import background, building, folder
from workbench.space.embeddings.folder import ModelFolder

WEATHER = (
    "The ferry stayed in the harbour because a storm had broken its mast. "
    "Nobody could leave the island for nine days. The baker ran out of flour."
)
MUSIC = "Her violin was made in Cremona. She practised scales before breakfast."


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelFolder:
    """A tiny model in the place of the one that ships, and no wait for more to come along."""
    tiny_model.write(tmp_path / "shipped", seed=7)
    made = folder.inspect_folder(tmp_path / "shipped")
    monkeypatch.setattr(folder, "shipped", lambda: made)
    monkeypatch.setattr(background, "_WAIT", 0.01)
    return made


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as made:
        made.add_text(WEATHER, title="Weather")
        yield made


def _until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + seconds(10)
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _is_read(library: Library) -> bool:
    return any(
        each.active and each.done == each.total for each in library.models.readings("embedding")
    )


def test_a_library_is_read_and_then_what_comes_without_being_asked(library: Library) -> None:
    library._core.embedding_reading.begin_by_itself()
    _until(lambda: _is_read(library))
    (space,) = library.models.readings("embedding")
    assert (space.model, space.vectors) == ("shipped", 1)
    library.add_text(MUSIC, title="Music")
    _until(lambda: _is_read(library) and library.models.readings("embedding")[0].vectors == 2)
    _until(lambda: library.models.progress is None)


@pytest.mark.slow
def test_nothing_is_read_where_nobody_stays_to_see_it(library: Library) -> None:
    library.subscribe(lambda _topic: None)
    library.add_text(MUSIC, title="Music")
    time.sleep(0.2)
    assert library.models.readings("embedding") == []


def test_an_empty_library_is_left_alone_until_something_is_told(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty.brain") as empty:
        empty._core.embedding_reading.begin_by_itself()
        time.sleep(0.2)
        assert empty.models.readings("embedding") == []
        empty.facts.tell("The key is under the mat.")
        _until(lambda: _is_read(empty) and empty.models.readings("embedding")[0].vectors == 1)


@pytest.mark.slow
def test_who_turned_it_off_keeps_it_off(library: Library, tmp_path: Path) -> None:
    library._core.embedding_reading.begin_by_itself()
    _until(lambda: _is_read(library))
    assert library.models.drop() == 1
    library.add_text(MUSIC, title="Music")
    time.sleep(0.2)
    assert library.models.readings("embedding") == []
    with Library.open(tmp_path / "x.brain") as again:
        again._core.embedding_reading.begin_by_itself()
        time.sleep(0.2)
        assert again.models.readings("embedding") == []
        assert not again.add_text("Salt is old.", title="Salt", wait="embedded")[0].error
        assert again.models.readings("embedding") == []
        # Chosen again, it reads again.
        assert again.models.use(str(tmp_path / "shipped")).active
    with Library.open(tmp_path / "x.brain") as later:
        later._core.embedding_reading.begin_by_itself()
        later.add_text("Bees sleep in mountains.", title="Bees")
        _until(lambda: _is_read(later))


@pytest.mark.slow
def test_a_model_of_ones_own_is_never_replaced(library: Library, tmp_path: Path) -> None:
    tiny_model.write(tmp_path / "own", seed=3)
    library.models.use(str(tmp_path / "own"))
    library._core.embedding_reading.begin_by_itself()
    library.add_text(MUSIC, title="Music")
    _until(lambda: library.models.readings("embedding")[0].vectors == 2)
    assert [each.model for each in library.models.readings("embedding")] == ["own"]


@pytest.mark.slow
def test_a_model_of_ones_own_that_was_only_begun_is_not_thrown_away(
    library: Library, small: ModelFolder, tmp_path: Path
) -> None:
    tiny_model.write(tmp_path / "own", seed=3)
    building.begin(library._store, folder.inspect_folder(tmp_path / "own"))
    library._core.embedding_reading.begin_by_itself()
    time.sleep(0.2)
    assert [each.model for each in library.models.readings("embedding")] == ["own"]


@pytest.mark.slow
def test_a_model_of_one_language_leaves_others_alone(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "shipped"
    (place / "README.md").write_text("---\nlanguage: en\n---\n", encoding="utf-8")
    english = folder.inspect_folder(place)
    monkeypatch.setattr(folder, "shipped", lambda: english)
    german = (
        "Der Leuchtturm steht auf der Insel, und der Wärter wohnt dort mit seiner Frau. "
        "Er hat eine Tochter, die am Montag mit dem Schiff in die Stadt fährt."
    )
    with Library.open(tmp_path / "german.brain") as other:
        assert other.add_text(german, title="Der Leuchtturm")[0].state == "verified"
        other._core.embedding_reading.begin_by_itself()
        time.sleep(0.2)
        assert other.models.readings("embedding") == []
    library._core.embedding_reading.begin_by_itself()
    _until(lambda: _is_read(library))
    assert (
        library._core.embedding_reading.search.nearest("What happened to the ferry in the harbour?")
        is not None
    )
    assert (
        library._core.embedding_reading.search.nearest("Was ist mit der Fähre im Hafen geschehen?")
        is None
    )


class _Held:
    """Holds the background up in the middle of its reading."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.there, self.go_on = threading.Event(), threading.Event()
        build = building.build

        def slowly(*arguments: object) -> int:
            self.there.set()
            *_, report, cancel = arguments
            report(Progress("reading", 1, 4, "statements", "shipped"))  # type: ignore[operator]
            while not self.go_on.wait(0.01):
                cancel.check()  # type: ignore[attr-defined]
            return build(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(building, "build", slowly)


@pytest.mark.slow
def test_a_choice_does_not_wait_for_what_reads_by_itself(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _Held(monkeypatch)
    tiny_model.write(tmp_path / "own", seed=3)
    library._core.embedding_reading.begin_by_itself()
    assert held.there.wait(seconds(10))
    # It is told by the thread that waits here, a moment later where the processor is busy.
    _until(lambda: library.models.progress is not None)
    progress = library.models.progress
    assert progress is not None
    assert (progress.done, progress.total) == (1, 4)
    assert [each.reading for each in library.models.readings("embedding")] == [True]
    chosen = threading.Thread(target=library.models.use, args=(str(tmp_path / "own"),))
    held.there.clear()
    chosen.start()
    # The background has let go: it is the chosen one that reads now.
    assert held.there.wait(seconds(10))
    _until(lambda: library.models.progress is None)
    held.go_on.set()
    chosen.join()
    assert [each.model for each in library.models.readings("embedding")] == ["own"]


def test_turning_it_off_stops_it_and_closing_does_not_wait(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _Held(monkeypatch)
    library._core.embedding_reading.begin_by_itself()
    assert held.there.wait(seconds(10))
    assert library.models.drop() == 1
    _until(lambda: library.models.progress is None)
    assert library.models.readings("embedding") == []


@pytest.mark.slow
def test_what_was_cut_short_goes_on_where_it_was(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        library.add_text(f"{MUSIC} It was year {number}.", title=f"Music {number}")
    monkeypatch.setattr(building, "_BATCH", 3)
    held, build = threading.Event(), building._read_on

    def stops(*arguments: object) -> int:
        *rest, report, cancel, holder = arguments

        def after(progress: Progress) -> None:
            report(progress)  # type: ignore[operator]
            if progress.done:
                held.set()
                assert cancel.wait(seconds(10))  # type: ignore[attr-defined]

        return build(*rest, after, cancel, holder)  # type: ignore[arg-type,call-arg]

    monkeypatch.setattr(building, "_read_on", stops)
    library._core.embedding_reading.begin_by_itself()
    assert held.wait(seconds(10))
    library.close()
    monkeypatch.setattr(building, "_read_on", build)
    with Library.open(tmp_path / "x.brain") as again:
        (space,) = again.models.readings("embedding")
        assert not space.active
        assert 0 < space.done < space.total
        again._core.embedding_reading.begin_by_itself()
        _until(lambda: _is_read(again))
        assert again.models.readings("embedding")[0].vectors == 4


@pytest.mark.slow
def test_the_command_line_waits_for_it_where_it_is_told_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "weather.txt"
    file.write_text(WEATHER, encoding="utf-8")
    at = ["--library", str(tmp_path / "cli.brain"), "--json"]
    assert main([*at, "add", str(file)]) == 0
    assert '"verified"' in capsys.readouterr().out
    with Library.open(tmp_path / "cli.brain") as library:
        assert library.models.readings("embedding") == []
    file.with_name("music.txt").write_text(MUSIC, encoding="utf-8")
    assert main([*at, "add", str(tmp_path / "music.txt"), "--wait", "embedded"]) == 0
    assert '"embedded"' in capsys.readouterr().out
    with Library.open(tmp_path / "cli.brain") as library:
        assert _is_read(library)
        assert library.verify().sound
    assert main([*at, "models", "off"]) == 0
    assert main([*at, "models", "update"]) != 0


@pytest.mark.slow
def test_opening_a_library_loads_nothing_that_runs_models(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(WEATHER, title="Weather")
    code = (
        "import sys\nfrom workbench.ui.app import open_to_read\nfrom pathlib import Path\n"
        f"library = open_to_read(Path({str(tmp_path / 'x.brain')!r}))\n"
        "print([each for each in ('ctranslate2', 'tokenizers', 'torch') if each in sys.modules])\n"
        "library.close()\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "[]"
