"""The Reader over transcripts: the second of a citation, the wave, what plays from there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.recorded import speak
from workbench.library import Library
from workbench.store.records import SourceRow
from workbench.ui.ask.wording import open_words, place_words
from workbench.ui.jobs import Jobs
from workbench.ui.reader.listening import address_at
from workbench.ui.reader.tab import ReaderTab

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SAID = """WEBVTT

00:00:01.000 --> 00:00:03.000
The lock of Bredal opens at noon every day.

00:00:04.000 --> 00:00:06.000
In winter the water freezes, and nobody comes for weeks.

00:00:20.000 --> 00:00:24.000
Then the gates are oiled, the ropes are mended, and the house is painted white.

00:00:40.000 --> 00:00:44.000
The keeper's name is Torvald, and he counts the ships.
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with captions, a recording beside them under the same name."""
    speak(tmp_path / "talk.wav", times=7)
    (tmp_path / "talk.en.vtt").write_text(SAID)
    (tmp_path / "book.txt").write_text("The lock was built by hand in a long summer.")
    with Library.open(tmp_path / "x.brain") as opened:
        opened.add([tmp_path / "talk.en.vtt", tmp_path / "book.txt"])
        yield opened


@pytest.fixture
def reader(qtbot: QtBot, jobs: Jobs, library: Library) -> ReaderTab:
    tab = ReaderTab(library, jobs)
    qtbot.addWidget(tab)
    tab.resize(900, 600)
    tab.show()
    return tab


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the system was asked to open."""
    asked: list[QUrl] = []

    def note(url: QUrl) -> bool:
        asked.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return asked


@pytest.mark.slow
def test_a3_a_citation_opens_at_its_second_with_its_words_on_the_marker(
    qtbot: QtBot, reader: ReaderTab, library: Library
) -> None:
    answer = library.ask("What is the keeper's name, who counts the ships?")
    place = answer.evidence[0].locator
    assert place.seconds == 40.0
    assert place_words(place, answer.evidence[0].source).endswith("0:40")
    assert open_words(place) == "Open at 0:40"
    reader.open_evidence(answer, 1)
    qtbot.waitUntil(lambda: "Torvald" in reader.highlighted_words())
    qtbot.waitUntil(lambda: reader.timeline.isVisible())
    qtbot.waitUntil(lambda: bool(reader.timeline.wave.levels))
    timeline = reader.timeline
    qtbot.waitUntil(lambda: timeline.clock.text().startswith("0:40"))
    assert timeline.player.accessibleName() == "Play from 0:40"
    assert max(timeline.wave.levels) > 0.1


@pytest.mark.slow
def test_a3_the_wave_leads_to_the_words_and_the_player_begins_there(
    qtbot: QtBot, reader: ReaderTab, library: Library, opened: list[QUrl]
) -> None:
    from ingest.media import sound

    source = next(row.id for row in library.sources.list() if row.kind == "captions")
    reader.open_source(source)
    qtbot.waitUntil(lambda: bool(reader.timeline.wave.levels))
    wave = reader.timeline.wave
    share = 21.0 / wave.seconds
    QTest.mouseClick(
        wave, Qt.MouseButton.LeftButton, pos=QPoint(int(share * wave.width()), wave.height() // 2)
    )
    assert wave.at == pytest.approx(21.0, abs=0.5)
    assert reader.timeline.player.text().strip() == "Play from 0:21" or wave.at < 21
    QTest.keyClick(wave, Qt.Key.Key_Left)
    assert wave.at == pytest.approx(16.0, abs=0.5)
    QTest.mouseClick(reader.timeline.player, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened))
    clip = Path(opened[0].toLocalFile())
    assert clip.suffix == ".wav"
    with sound.open_recording(clip) as recording:
        lasts = sum(map(len, recording.pieces())) / sound.RATE
    assert lasts == pytest.approx(wave.seconds - wave.at, abs=0.6)


@pytest.mark.slow
def test_a3_what_was_written_has_no_line_of_time(
    qtbot: QtBot, reader: ReaderTab, library: Library
) -> None:
    kinds = {row.kind: row.id for row in library.sources.list()}
    reader.open_source(kinds["captions"])
    qtbot.waitUntil(lambda: reader.timeline.isVisible())
    reader.open_source(kinds["text"])
    qtbot.waitUntil(lambda: reader.source_id == kinds["text"])
    assert not reader.timeline.isVisible()


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("https://www.youtube.com/watch?v=abc&t=3s#captions=de",
         "https://www.youtube.com/watch?v=abc&t=65s"),
        ("https://youtu.be/abc", "https://youtu.be/abc?t=65s"),
        ("https://films.example/v/1#speech", "https://films.example/v/1#t=65"),
    ],
)  # fmt: skip
def test_a3_a_video_opens_in_the_browser_at_its_second(link: str, there: str) -> None:
    row = SourceRow(
        1, "T", "", "en", "", "captions", None, "h", "verified", link, (link,), 1, 1, 1, 1, 0,
        0.0, None, None, (),
    )  # fmt: skip
    assert address_at(row, 65.4) == there
