"""The process that reads files, run as `python -m workbench.intake.reader_process`.

Parsers of foreign files crash, hang and run out of memory; here that costs one file and nothing
else. Image and speech models run here, too. The process has no network access: another one fetches
links (`fetch_process`). Requests come on standard input, records go to the former standard output.
It ends with its parent, when standard input closes.
"""

import contextlib
import importlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ingest import isolation, kinds
from ingest.books import pdfium
from ingest.errors import IngestError
from ingest.media import signatures
from ingest.models import ocr
from ingest.records import Reading, ReadRequest, Source
from workbench.intake import limits, speech, wire

#: Sentences, characters and seconds after which a batch is sent.
_BATCH_SENTENCES = 2000
_BATCH_CHARACTERS = 1_000_000
_BATCH_SECONDS = 0.5

#: Longest section in characters: more without a break is no text for people, and would exhaust
#: memory.
_LONGEST_SECTION = 16_000_000

Read = Callable[[str, ReadRequest], Iterator[Reading]]

#: Requests other than reading a file.
_ERRANDS = ("levels", "clip", "still", "attachments")

#: How pictures are handled, by option.
_PICTURES: Mapping[str, Callable[[], contextlib.AbstractContextManager[None]]] = {
    "read": contextlib.nullcontext,
    "scans": partial(ocr.postponed, "figures"),
    "put off": partial(ocr.postponed, "figures", "scans"),
    "leave out": ocr.left_out,
}


def main(reader: str) -> None:
    """Serve requests until standard input ends. `reader` is `module:function`."""
    isolation.isolate()
    limits.be_modest()
    channel = wire.Channel()
    module, _, name = reader.partition(":")
    read: Read = getattr(importlib.import_module(module), name)
    try:
        while True:
            kind, *values = channel.next()
            if kind in _ERRANDS:
                _run_errand(channel, kind, *values)
            else:
                path, title, start_section, left_out, scratch, pictures, passwords = values
                if pictures == "put off" and not _is_picture(path):
                    # Pictures in embedded files cannot be read later by themselves.
                    pictures = "scans"
                # Temporary files of parsers, too, go where the parent removes them.
                tempfile.tempdir = os.fsdecode(scratch) or None
                with _PICTURES[pictures](), pdfium.unlocking(passwords):
                    _serve(read, channel, os.fsdecode(path), title, start_section, left_out)
    except BrokenPipeError:
        os._exit(0)


def _serve(
    read: Read,
    channel: wire.Channel,
    path: str,
    title: str | None,
    start_section: int,
    left_out: tuple[int, ...],
) -> None:
    is_recording = _is_recording(path)
    watchdog = limits.Watchdog(seconds=limits.SPEECH_SECONDS) if is_recording else limits.Watchdog()
    load = _Load(channel, watchdog)
    watchdog.begin()
    if is_recording:
        limits.make_room()
    request = ReadRequest(
        title,
        start_section,
        load.report,
        left_out=frozenset(left_out),
        speech=speech.active_model() if is_recording else None,
    )
    try:
        for record in read(path, request):
            load.add(record)
    except IngestError as error:
        watchdog.suspend()
        channel.send("error", error.code, error.message, error.hint)
        return
    except BrokenPipeError:
        raise
    except OSError as error:
        watchdog.suspend()
        channel.send("fault", error.errno or 0, error.strerror or str(error))
        return
    except MemoryError:
        load.drop()
        watchdog.suspend()
        channel.send(
            "error",
            "too_large",
            "The file needs more memory to read than is allowed.",
            "Split it into smaller files and add those.",
        )
        return
    load.flush()
    watchdog.suspend()
    # A process that loaded a model is not reused for other files.
    channel.send("done", is_recording)


def _is_picture(path: bytes) -> bool:
    try:
        return kinds.sniff(os.fsdecode(path)) in ("pdf", "image")
    except (IngestError, OSError):
        return False


def _is_recording(path: str) -> bool:
    try:
        with Path(path).open("rb") as file:
            return signatures.is_recording(file.read(4096))
    except OSError:
        return False


def _run_errand(channel: wire.Channel, kind: str, path: bytes, *values: Any) -> None:
    from ingest import bibliography
    from ingest.media import sound
    from ingest.media.sound import film_frame

    watchdog = limits.Watchdog()
    watchdog.begin()
    file = Path(os.fsdecode(path))
    try:
        if kind == "levels":
            channel.send("levels", *sound.levels(file, values[0], watchdog.wind))
        elif kind == "still":
            channel.send("still", *film_frame(file, values[0]))
        elif kind == "attachments":
            entries, _ = bibliography.references(file, kinds.sniff(file))
            files = (item for e in entries for item in bibliography.attachments(e, file.parent))
            channel.send("attachments", [os.fsencode(item) for item in files])
        else:
            target, second, lasts = values
            sound.clip(file, Path(os.fsdecode(target)), second, lasts, watchdog.wind)
    except IngestError as error:
        channel.send("error", error.code, error.message, error.hint)
        return
    except OSError as error:
        channel.send("fault", error.errno or 0, error.strerror or str(error))
        return
    finally:
        watchdog.suspend()
    channel.send("done")


class _Load:
    """Outgoing records in batches, with progress between them."""

    def __init__(self, channel: wire.Channel, watchdog: limits.Watchdog) -> None:
        self._channel = channel
        self._watchdog = watchdog
        self.drop()

    def drop(self) -> None:
        """Start an empty batch."""
        self._batch: list[wire.Frame] = []
        self._sentences = self._characters = 0
        self._batch_start = time.monotonic()

    def add(self, record: Reading) -> None:
        """Add one record to the batch."""
        self._watchdog.wind()
        if len(getattr(record, "text", "")) > _LONGEST_SECTION:
            raise MemoryError
        self._batch.append(wire.to_tuple(record))
        self._sentences += wire.sentences_in(record)
        # Small sources come by the thousand; each costs the library as much as a page of text.
        self._characters += 2000 if isinstance(record, Source) else len(getattr(record, "text", ""))
        if self._sentences >= _BATCH_SENTENCES or self._characters >= _BATCH_CHARACTERS:
            self.flush()
        else:
            self._flush_if_due()

    def report(self, done: int, total: int | None = None, unit: str = "") -> None:
        """Report progress; called by readers."""
        self._watchdog.wind()
        self._flush_if_due()
        self._channel.report(done, total, unit)

    def _flush_if_due(self) -> None:
        if self._batch and time.monotonic() - self._batch_start >= _BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Send the batch."""
        # The receiver may be busy with earlier batches.
        self._watchdog.suspend()
        self._channel.send("batch", self._batch)
        self._watchdog.wind()
        self.drop()


if __name__ == "__main__":
    main(sys.argv[1])
