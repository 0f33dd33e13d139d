"""A reader whose files say how it is to behave; reader processes of the tests import it.

A file is a line of directives (`plain`, `abort`, `kill`, `raise`, `io`, `hang`, `swell`, `locked`,
`endless`, `slow`, `gate PATH AFTER`, `sources`) and then lines of words: each becomes a section of
one passage with two sentences, or, with `sources`, a source of its own. Each is a page, too, and
can be left out.
"""

import contextlib
import errno
import hashlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import EncryptedFileError
from ingest.records import Locator, Notice, Passage, Reading, ReadRequest, Report, Section, Source


def read(path: str, request: ReadRequest) -> Iterator[Reading]:
    """Read a file of the kind that the module describes."""
    directives, *lines = Path(path).read_text(encoding="utf-8").splitlines()
    words = directives.split(" ")
    if words[0] == "locked":
        raise EncryptedFileError("It is locked by a password.", "Remove the password first.")
    if words[0] != "sources":
        yield Source(
            request.title or Path(path).stem, "text", "fake/1", characters=len("".join(lines))
        )
    start = 0
    for ordinal, line in enumerate(lines):
        request.report(ordinal, len(lines), "pages")
        if ordinal + 1 in request.left_out:
            line = ""
        else:
            _behave(words, ordinal, len(lines), request.report)
        if words[0] == "sources":
            digest = hashlib.sha256(line.encode()).hexdigest()
            yield Source(line[:20], "record", "fake/1", key=line[:5], content_hash=digest)
            yield section(0, 0, line)
            continue
        if words[0] == "endless" and ordinal == 1:
            line = "words " * 3_000_000
        made = section(ordinal, start, line)
        start = made.end
        if ordinal >= request.start_section:
            yield made
    yield Notice("note", "The reader had a remark.", "Look at it.")


def _behave(words: list[str], ordinal: int, count: int, report: Report) -> None:
    middle = ordinal == count // 2
    if words[0] == "gate" and ordinal == int(words[2]):
        while not Path(words[1]).exists():
            time.sleep(0.02)
            report(ordinal, count, "pages")
    elif words[0] == "slow":
        time.sleep(0.004)
    elif words[0] == "abort" and middle:
        os.abort()
    elif words[0] == "kill" and middle:
        os.kill(os.getpid(), signal.SIGKILL)
    elif words[0] == "hang" and middle:
        time.sleep(600)
    elif words[0] == "swell" and middle:
        bytearray(1 << 40)
    elif words[0] == "io" and middle:
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    elif words[0] == "raise" and middle:
        raise ValueError("a fault in the reader")


def section(ordinal: int, start: int, line: str) -> Section:
    """One line as a section: a heading, and a passage of two sentences."""
    if not line.strip():
        return Section(ordinal, "", start, f"{ordinal}\n", ())
    head = f"{ordinal}\n"
    first, second = f"{line}.", f"It is line {ordinal}."
    body = f"{head}{first} {second}\n"
    at = start + len(head)
    between = at + len(first)
    end = between + 1 + len(second)
    passage = Passage(
        Locator(at, end, chapter=f"Line {ordinal}"),
        f"{first} {second}",
        ((at, between), (between + 1, end)),
    )
    return Section(ordinal, f"Line {ordinal}", start, body, (passage,))


def other_version(path: str, request: ReadRequest) -> Iterator[Reading]:
    """The same reader after an update that cuts the text in another way."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()[1:]
    yield Source(Path(path).stem, "text", "fake/2")
    start = 0
    for ordinal, line in enumerate(lines):
        made = section(ordinal, start, f"Updated {line}")
        start = made.end
        if ordinal >= request.start_section:
            yield made


def wordless(path: str, _request: ReadRequest) -> Iterator[Reading]:
    """A reader that finds nothing any more."""
    yield Source(Path(path).stem, "text", "fake/3")
    yield Section(0, "", 0, "\n", ())


def connecting(path: str, _request: ReadRequest) -> Iterator[Reading]:
    """A reader that asks a host for words and reads those: a file is "host port"."""
    host, port = Path(path).read_text(encoding="utf-8").split()
    try:
        with socket.create_connection((host, int(port)), 10) as line:
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
            words = "reached"
    except OSError as error:
        words = f"refused with {error.strerror}"
    yield Source(words, "text", "fake/1")
    yield section(0, 0, words)


def lying(path: str, _request: ReadRequest) -> Iterator[Reading]:
    """A reader that has been taken over, and answers in a form of its own."""
    words = Path(path).read_text(encoding="utf-8")
    if words.startswith("lie"):
        body = b'["batch", [["section", {}]]]'
        for number in range(3, 64):
            with contextlib.suppress(OSError):
                os.write(number, len(body).to_bytes(8, "big") + bytes(8) + body)
    yield Source(Path(path).stem, "text", "fake/1")
    yield section(0, 0, words)
