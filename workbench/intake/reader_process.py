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
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ingest import kinds
from ingest.books import pdfium
from ingest.errors import IngestError
from ingest.media.speech_settings import SpeechSettings
from ingest.models import ocr
from ingest.records import Reading, ReadRequest, Source
from workbench.intake import cage, limits, wire

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
    channel = wire.Channel()
    module, _, name = reader.partition(":")
    # Its folder may be no part of the program, and closed afterwards.
    read: Read = getattr(importlib.import_module(module), name)
    heavy = cage.enclosed(channel, ocr.programs())
    try:
        while True:
            kind, *values = channel.next()
            if kind in _ERRANDS:
                _run_errand(channel, kind, *values)
            else:
                place, folder, title, start_section, left_out, pictures, passwords, model = values
                path = str(wire.path_of(place))
                request = ReadRequest(
                    title,
                    start_section,
                    left_out=frozenset(left_out),
                    folder=wire.path_of(folder),
                    speech=_speech(model),
                )
                if pictures == "put off" and not _is_picture(path):
                    # Pictures in embedded files cannot be read later by themselves.
                    pictures = "scans"
                with _PICTURES[pictures](), pdfium.unlocking(passwords):
                    _serve(read, channel, path, request, heavy=heavy)
    except BrokenPipeError:
        os._exit(0)


def _speech(values: wire.Frame | None) -> SpeechSettings | None:
    if values is None:
        return None
    model, language, journals = values
    return SpeechSettings(Path(model), language, None if journals is None else Path(journals))


def _serve(
    read: Read, channel: wire.Channel, path: str, request: ReadRequest, *, heavy: bool
) -> None:
    watchdog = limits.Watchdog(seconds=limits.SPEECH_SECONDS) if heavy else limits.Watchdog()
    load = _Load(channel, watchdog)
    watchdog.begin()
    request = replace(request, report=load.report)
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
    channel.send("done")


def _is_picture(path: str) -> bool:
    try:
        return kinds.sniff(path) in ("pdf", "image")
    except (IngestError, OSError):
        return False


def _run_errand(channel: wire.Channel, kind: str, path: str, *values: Any) -> None:
    from ingest import bibliography
    from ingest.media import sound
    from ingest.media.sound import film_frame

    watchdog = limits.Watchdog()
    watchdog.begin()
    file = wire.path_of(path)
    try:
        if kind == "levels":
            channel.send("levels", *sound.levels(file, values[0], watchdog.wind))
        elif kind == "still":
            channel.send("still", *film_frame(file, values[0]))
        elif kind == "attachments":
            entries, _ = bibliography.references(file, kinds.sniff(file))
            folder = wire.path_of(values[0])
            files = (item for e in entries for item in bibliography.attachments(e, folder))
            channel.send("attachments", [wire.path_text(item) for item in files])
        else:
            target, second, lasts = values
            sound.clip(file, wire.path_of(target), second, lasts, watchdog.wind)
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
        self._batch.append(wire.to_values(record))
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
