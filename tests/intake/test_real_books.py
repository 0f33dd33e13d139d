"""The intake with the real readers on the evaluation's books."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.intake.intake import Intake
from workbench.store import sources, text
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
Until = Callable[[Callable[[], object]], None]


def shape(store: Store) -> list[tuple[str, int, int, int, str]]:
    with store.read() as connection:
        rows = sources.listing(connection)
    return sorted((r.title, r.characters, r.passages, r.engrams, r.state) for r in rows)


@pytest.mark.slow
@pytest.mark.corpus
def test_five_books_are_verified_and_every_passage_is_at_its_place(
    store: Store, make_intake: MakeIntake, corpus: Path
) -> None:
    intake = make_intake(reader="ingest.readers:read")
    books = sorted((corpus / "books").glob("*.txt"))
    added = intake.run(intake.enqueue(books))
    assert [(a.state, a.error) for a in added] == [("verified", None)] * len(books)
    assert verify(store).problems == ()
    with store.read() as connection:
        for row in sources.listing(connection):
            for passage in text.passages(connection, row.id)[::50]:
                at = text.text_at(connection, row.id, passage.start, passage.end)
                assert at == passage.text


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a thing of POSIX")
def test_i5_the_command_killed_while_it_adds_five_books_goes_on_without_loss_or_doubles(
    store: Store, make_intake: MakeIntake, corpus: Path, tmp_path: Path, until: Until
) -> None:
    books = [str(path) for path in sorted((corpus / "books").glob("*.txt"))]
    library = tmp_path / "killed.brain"
    Store.open(library).close()
    command = [sys.executable, "-m", "workbench", "--quiet", "--library", str(library), "add"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen([*command, *books], env=environment, stdout=subprocess.DEVNULL)

    def some_are_in() -> bool:
        with Store.open(library, read_only=True) as looking:
            return sum(row[3] for row in shape(looking)) > 12_000

    until(some_are_in)
    process.send_signal(signal.SIGKILL)
    process.wait()
    again = subprocess.run(
        [*command, *books], env=environment, stdout=subprocess.DEVNULL, check=False
    )
    assert again.returncode == 0
    uninterrupted = make_intake(reader="ingest.readers:read")
    uninterrupted.run(uninterrupted.enqueue(books))
    with Store.open(library) as resumed:
        assert verify(resumed).problems == ()
        assert shape(resumed) == shape(store)
