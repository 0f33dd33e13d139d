"""The `add` command: adds files and links, and reports the result of each."""

import argparse
import os
import time
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from ingest.books.naming import one_line
from workbench.cli import render
from workbench.cli.opening import open_library
from workbench.cli.output import Output, ProgressLine, plural
from workbench.cli.piped import piped
from workbench.errors import InputError, UsageError
from workbench.intake.records import STAGES, Added
from workbench.translation import tr


def add(arguments: argparse.Namespace, output: Output) -> int:
    """Add files, links and standard input."""
    if arguments.wait not in STAGES[1:]:
        raise UsageError(
            f"There is no stage “{arguments.wait}”.", f"Choose one of: {', '.join(STAGES[1:])}."
        )
    line = ProgressLine(output)
    reporter = _Reporter(output, line)
    with open_library(arguments, make=True) as library:
        targets = [_request(path, arguments) for path in arguments.paths if path != "-"]
        if arguments.on:
            if arguments.on.startswith("tcp://") and not _is_here(arguments.on):
                output.remark(tr("Files go to the cluster unencrypted: tls:// encrypts them."))
            library.queue.read_on(arguments.on)
        try:
            if "-" in arguments.paths:
                for added in library.add_text(
                    piped(),
                    title=arguments.title,
                    collection=arguments.collection,
                    wait=arguments.wait,
                ):
                    reporter.print_row(added)
            if targets:
                library.add(
                    targets,
                    collection=arguments.collection,
                    title=arguments.title,
                    wait=arguments.wait,
                    replace=arguments.replace,
                    report=line,
                    each=reporter.print_row,
                )
        finally:
            line.clear()
        reporter.end(targets)
        for space in library.models.readings("embedding"):
            if space.approximate and not output.as_json:
                output.remark(
                    tr(
                        "All can be asked. Search by meaning is approximate until the model has "
                        "read {statements}: workbench models update",
                        statements=plural(space.approximate, "statement"),
                    )
                )
        spent = library.queue.spent
    if arguments.profile:
        # Last, since the processor time of readers is known once they have ended.
        _print_profile(spent, output)
    return InputError.exit_code if reporter.failed else 0


def add_list(arguments: argparse.Namespace, output: Output) -> int:
    """Add the videos of a list, each with its own result."""
    with open_library(arguments, make=True) as library:
        found = library.queue.playlist(
            arguments.link, first=arguments.first, count=arguments.count, typed=True
        )
    if not found.entries:
        raise InputError("This list has no videos there.", "Choose another --first.")
    arguments.paths = [entry.address for entry in found.entries]
    arguments.title, arguments.wait, arguments.speech = None, "verified", False
    arguments.replace = arguments.profile = False
    arguments.on = ""
    return add(arguments, output)


def _print_profile(spent: Mapping[str, float], output: Output) -> None:
    """Print the time of each stage, and the processor time of this process and its readers."""
    processor = {"here": time.process_time(), "readers": sum(os.times()[2:4])}
    if output.as_json:
        output.record({"profile": {"seconds": spent, "processor_seconds": processor}})
        return
    total = sum(spent.values()) or 1.0
    for stage, seconds in spent.items():
        output.result(f"{stage.ljust(10)} {seconds:8.2f} s  {100 * seconds / total:3.0f} %")
    output.result(
        f"processor  {processor['here']:8.2f} s here, {processor['readers']:.2f} s in readers"
    )


class _Reporter:
    """Prints the result for each source when its file is finished, and counts them."""

    def __init__(self, output: Output, line: ProgressLine) -> None:
        self._output = output
        self._line = line
        self._tried: set[str] = set()
        self._sources = 0
        self.failed = 0

    def print_row(self, added: Added) -> None:
        """Print the result for one source."""
        self._tried.add(added.path)
        self._sources += 1
        self.failed += bool(added.error)
        self._line.clear()
        if self._output.as_json:
            self._output.record(added)
        else:
            render.show(added, self._output, {})

    def end(self, targets: Sequence[str]) -> None:
        """Print skipped files, and the totals."""
        from workbench.intake import places

        for path in targets:
            for skipped in places.ignored_files(path, self._tried):
                if self._output.as_json:
                    self._output.record(skipped)
                else:
                    self._output.remark(
                        f"– {one_line(places.name_of(skipped.path))}: {skipped.notices[0]}"
                    )
        if self.failed and self._sources > 1 and not self._output.as_json:
            self._output.remark(
                f"{self._sources - self.failed} added, {self.failed} could not be used."
            )


def _is_here(address: str) -> bool:
    """Whether a scheduler is on this machine."""
    host = urlsplit(address).hostname or ""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _request(path: str, arguments: argparse.Namespace) -> str:
    """A link with its video options appended; files unchanged."""
    from ingest.media import wishes
    from workbench.intake import places

    languages = [name for name in (arguments.captions or "").split(",") if name]
    if not places.is_link(path) or not (languages or arguments.speech):
        return path
    return wishes.with_wishes(path, languages, speech=arguments.speech)
