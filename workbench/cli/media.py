"""The commands of videos and recordings: playlist, speech, correct."""

import argparse
import re
from collections.abc import Callable, Mapping, Sequence

from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine
from workbench.errors import NotFoundError, UsageError
from workbench.sizes import size_words
from workbench.store.records import PassageRow


def _playlist(arguments: argparse.Namespace, output: Output) -> int:
    if arguments.first < 1 or arguments.count < 1:
        raise UsageError("Entries are counted from 1.", "Leave --first and --count out.")
    with open_library(arguments) as library:
        found = library.queue.playlist(
            arguments.link, first=arguments.first, count=arguments.count, typed=True
        )
    if output.as_json:
        output.record(found)
        return 0
    if found.title:
        output.result(found.title + (f" ({found.channel})" if found.channel else ""))
    for entry in found.entries:
        lasts = f"  {_clock(entry.seconds)}" if entry.seconds else ""
        output.result(f"{entry.number:>5}  {entry.title}{lasts}  {entry.address}")
    last = found.entries[-1].number if found.entries else arguments.first - 1
    if found.total is not None and found.total > last:
        output.remark(f"{found.total - last} more: go on with --first {last + 1}.")
    elif found.total is None and len(found.entries) == arguments.count:
        output.remark(f"There may be more: go on with --first {last + 1}.")
    output.remark("Add those that you want: workbench add ADDRESS …")
    return 0


def _clock(seconds: float) -> str:
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def _speech(arguments: argparse.Namespace, output: Output) -> int:
    needs = arguments.what != "list"
    if needs != (arguments.model is not None):
        raise UsageError(
            "Say which model." if needs else "`speech list` takes no model.",
            "See which there are with `workbench speech`.",
        )
    with open_library(arguments, make=True) as library:
        if arguments.what == "get":
            with ProgressLine(output) as line:
                library.models.fetch_speech(arguments.model, report=line)
            if not any(row.used for row in library.models.speech()):
                library.models.use_speech(arguments.model, language=arguments.language)
        elif arguments.what == "use":
            library.models.use_speech(arguments.model, language=arguments.language)
        rows = library.models.speech()
    if output.as_json:
        output.record({"models": rows})
        return 0
    for row in rows:
        state = "in use" if row.used else "here" if row.folder else "not here"
        output.result(
            f"{row.name:<16}{size_words(row.disk):>9}  about {size_words(row.memory)} of memory  "
            f"{state:<8}  {row.words}"
        )
    if not any(row.folder for row in rows):
        output.remark("Recordings need one of them: workbench speech get base")
    return 0


def _correct(arguments: argparse.Namespace, output: Output) -> int:
    with open_library(arguments) as library:
        sections = library.sources.sections(arguments.id)
        texts = [(row.start, library.sources.text(row.id)) for row in sections]
        found = [
            base + match.start()
            for base, whole in texts
            for match in re.finditer(re.escape(arguments.was), whole)
        ]
        if arguments.at is not None:
            wanted = _seconds(arguments.at)
            passages = library.sources.passages(arguments.id)
            found.sort(key=lambda at: abs(_second(passages, at) - wanted))
            found = found[:1]
        if not found:
            raise NotFoundError(
                f"“{arguments.was}” is not in that transcript.",
                f"See its words with `workbench show {arguments.id}`.",
            )
        if len(found) > 1:
            raise UsageError(
                f"“{arguments.was}” occurs there {len(found)} times.",
                "Say where with --at, or give more of the words around it.",
            )
        at = found[0]
        done = library.sources.correct(arguments.id, at, at + len(arguments.was), arguments.now)
    output.say(done, f"✓ Corrected; {done.followed} quotes followed, {done.lost} did not.")
    return 0


def _second(passages: Sequence[PassageRow], offset: int) -> float:
    before = [row for row in passages if row.start <= offset and row.seconds is not None]
    return before[-1].seconds or 0.0 if before else 0.0


def _seconds(text: str) -> float:
    try:
        total = 0.0
        for part in text.split(":"):
            total = total * 60 + float(part)
    except ValueError:
        raise UsageError(f"“{text}” is not a time.", "Write it like 4:07 or 1:02:09.") from None
    return total


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Output], int]] = {
    "playlist": _playlist,
    "speech": _speech,
    "correct": _correct,
}
