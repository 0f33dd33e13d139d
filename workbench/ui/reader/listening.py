"""Playback of recordings in the Reader: times, waveform, audio."""

from __future__ import annotations

import urllib.parse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from ingest.media import wishes
from ingest.web import address as links
from workbench.errors import WorkbenchError
from workbench.intake.places import is_link
from workbench.jobs import Cancel
from workbench.recall.records import Evidence
from workbench.store.records import SourceRow
from workbench.ui import plots
from workbench.ui.jobs import Jobs
from workbench.ui.reader.timeline import Timeline

if TYPE_CHECKING:
    from workbench.intake.listening import Waveform
    from workbench.library import Library

#: The clock shows the citation's time within this distance, in characters.
_TOLERANCE = 1500
_KINDS = ("recording", "captions")

Times = tuple[tuple[int, float], ...]


class Listening(QObject):
    """Loads the timeline of the open source and plays its audio."""

    def __init__(
        self, jobs: Jobs, timeline: Timeline, failed: Callable[[WorkbenchError], None]
    ) -> None:
        super().__init__(timeline)
        self._jobs, self._timeline, self._failed = jobs, timeline, failed
        self._times_key, self._wave_key, self._play_key = (
            f"reader.{part}.{id(self)}" for part in ("times", "wave", "play")
        )
        #: The library of the open transcript, else None.
        self.library: Library | None = None
        self._source: SourceRow | None = None
        self._offset = 0
        #: Offset and time (s) of the opened citation.
        self._cited: tuple[int, float] | None = None
        timeline.play.connect(self.play)

    def open(
        self, library: Library, source: SourceRow, offset: int, evidence: Evidence | None
    ) -> None:
        """Show the timeline of a recording or a video; hide it for other sources.

        `evidence` is the opened evidence, if any.
        """
        second = None if evidence is None else evidence.locator.seconds
        self._offset, self._cited = offset, None if second is None else (offset, second)
        if self._source is not None and self._source.id == source.id:
            self._show()
            return
        self.close()
        if source.kind in _KINDS:
            self.library, self._source = library, source
            self._timeline.corrector.setHidden(library.read_only)
            self._jobs.run(_times, library, source.id, done=self._times_loaded, key=self._times_key)

    def close(self) -> None:
        """Clear the timeline and cancel its jobs."""
        for key in (self._times_key, self._wave_key, self._play_key):
            self._jobs.cancel(key)
        self.library = self._source = None
        self._timeline.show_times((), 0.0, browser=False)

    def follow(self, offset: int) -> None:
        """Follow the reading position."""
        self._offset = offset
        if self._cited is not None and abs(offset - self._cited[0]) > _TOLERANCE:
            self._cited = None
        self._show()

    def _show(self) -> None:
        if self._source is None:
            return
        if self._cited is not None:
            self._timeline.show_second(self._cited[1])
        else:
            self._timeline.show_second(self._timeline.second(self._offset))

    def _times_loaded(self, times: Times) -> None:
        if self.library is None or self._source is None:
            return
        if not times and self._source.kind == "recording":
            # Playable even without a transcript.
            times = ((0, 0.0),)
        if not times:
            return
        try:
            lasts = float(self._source.metadata.get("seconds", ""))
        except ValueError:
            lasts = times[-1][1]
        browser = address_at(self._source, 0.0) is not None
        self._timeline.show_times(times, max(lasts, times[-1][1]), browser=browser)
        self._show()
        if not browser:
            self._jobs.run(
                self.library.sources.waveform,
                self._source.id,
                done=partial(self._wave_loaded, self._source.id),
                failed=self._no_wave,
                key=self._wave_key,
            )

    def _wave_loaded(self, source: int, wave: Waveform) -> None:
        if self._source is not None and self._source.id == source:
            self._timeline.wave.show_wave(wave.seconds, wave.levels)
            self._show()

    def _no_wave(self, _error: WorkbenchError) -> None:
        """Ignore a missing recording: the times are shown, and playing reports the error."""

    def play(self, second: float) -> None:
        """Play from a second on."""
        if self.library is None or self._source is None:
            return
        address = address_at(self._source, second)
        if address is not None:
            QDesktopServices.openUrl(QUrl(address))
            return
        self._jobs.run(
            self.library.sources.sound_clip, self._source.id, second,
            done=lambda file: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
            failed=self._failed, key=self._play_key,
        )  # fmt: skip


def address_at(source: SourceRow, second: float) -> str | None:
    """The address of a video at a second; None for files.

    YouTube takes `t=` in the query; others get a media fragment (W3C).
    """
    at = next((path for path in source.locations if is_link(path)), None)
    if at is None or source.kind != "captions":
        return None
    plain = wishes.plain(source.metadata.get("canonical_address") or at)
    parts = urllib.parse.urlsplit(plain)
    if links.video_host((parts.hostname or "").lower()) in ("youtube.com", "youtu.be"):
        query = [(k, v) for k, v in urllib.parse.parse_qsl(parts.query) if k != "t"]
        query.append(("t", f"{int(second)}s"))
        return urllib.parse.urlunsplit(parts._replace(query=urllib.parse.urlencode(query)))
    return urllib.parse.urlunsplit(parts._replace(fragment=f"t={int(second)}"))


def _times(library: Library, source: int, cancel: Cancel) -> Times:
    plots.load()
    rows = library.sources.passages(source)
    cancel.check()
    return tuple((row.start, row.seconds) for row in rows if row.seconds is not None)
