"""The process that fetches links, run as `python -m workbench.intake.fetch_process`.

It is the only process of the intake with network access, and opens no document: what it fetched is
stored as bytes and read by a process without network access (`reader_process`). It has the same
limits, and ends with its parent.
"""

import os

from ingest.errors import IngestError
from ingest.web.request import Report
from workbench.intake import cage, limits, wire

_PIECE = 1 << 20


def main() -> None:
    """Serve requests until standard input ends."""
    channel = wire.Channel()
    cage.enclosed(channel, network=True)
    try:
        while True:
            kind, *values = channel.next()
            if kind == "listed":
                _send_playlist(channel, *values)
            else:
                _fetch(channel, *values)
    except BrokenPipeError:
        os._exit(0)


def _fetch(channel: wire.Channel, address: str, typed: bool) -> None:
    from ingest.media.link_kind import fetch

    watchdog = limits.Watchdog()
    watchdog.begin()
    try:
        page = fetch(address, typed=typed, report=_report(channel, watchdog))
    except IngestError as error:
        channel.send("error", error.code, error.message, error.hint)
        return
    finally:
        watchdog.suspend()
    for at in range(0, len(page.content), _PIECE):
        channel.send("piece", page.content[at : at + _PIECE])
    fields = (page.asked, page.final, page.media_type, page.charset, page.fetched, page.name)
    channel.send("fetched", *fields)
    channel.send("done")


def _send_playlist(
    channel: wire.Channel, address: str, first: int, count: int, typed: bool
) -> None:
    from ingest.media.video_fetch import playlist

    watchdog = limits.Watchdog()
    watchdog.begin()
    try:
        report = _report(channel, watchdog)
        result = playlist(address, first=first, count=count, typed=typed, report=report)
    except IngestError as error:
        channel.send("error", error.code, error.message, error.hint)
        return
    finally:
        watchdog.suspend()
    entries = [(e.number, e.address, e.title, e.seconds) for e in result.entries]
    channel.send("listed", result.title, result.channel, result.total, entries)
    channel.send("done")


def _report(channel: wire.Channel, watchdog: limits.Watchdog) -> Report:
    def report(done: int, total: int | None, unit: str) -> None:
        watchdog.wind()
        channel.report(done, total, unit)

    return report


if __name__ == "__main__":
    main()
