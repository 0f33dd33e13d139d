"""Reading on a Dask cluster: a real scheduler and workers, which the tests start and end."""

import importlib
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.benchmarks import made_files, made_pdf
from tests.benchmarks.prose import Prose
from tests.doors.test_encrypted import made
from tests.intake.machines import Machines, end, started
from tests.patience import seconds
from workbench.errors import InputError, LibraryUnreachableError
from workbench.intake import cluster
from workbench.intake.reader import DEFAULT_READER, Request
from workbench.jobs import Cancel
from workbench.library import Library

pytestmark = [pytest.mark.slow, pytest.mark.timeout(seconds(300))]


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with started(tmp_path_factory.mktemp("cluster"), 2) as made:
        yield made


def _documents(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        made_files.text(folder / f"{number}.txt", Prose(number), 3_000)
    made_pdf.write(folder / "pages.pdf", 4)
    (folder / "empty.txt").touch()
    return folder


def _stored(library: Library) -> list[tuple[str, str, list[str]]]:
    return sorted(
        (row.title, row.hash, [each.text for each in library.sources.passages(row.id)])
        for row in library.sources.list()
    )


def test_a_cluster_reads_what_this_machine_reads(machines: Machines, tmp_path: Path) -> None:
    documents = _documents(tmp_path / "documents", 6)
    with ExitStack() as stack:
        here, there = (
            stack.enter_context(Library.open(tmp_path / name)) for name in ("a.brain", "b.brain")
        )
        assert there.queue.read_on(machines.address) >= 2
        added = [library.add(documents) for library in (here, there)]
        assert _stored(here) == _stored(there)
        assert len(_stored(there)) == 7
        failed = [[row.error for row in rows if row.error] for rows in added]
        assert failed[0] == failed[1] != []


@pytest.mark.skipif(sys.platform != "linux", reason="a path that each process sees otherwise")
def test_a_file_that_no_worker_sees_is_sent(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("letter.txt").write_text("The lamp of Skerrow was lit in 1911.", encoding="utf-8")
    request = Request("/proc/self/cwd/letter.txt", "letter.txt")
    with closing(cluster.Cluster(machines.address)) as found:
        reader = found.reader(DEFAULT_READER, tmp_path, [])
        frames = [frame for frame in reader.read(request, Cancel()) if frame[0] == "batch"]
    texts = [record.text for frame in frames for record in frame[1] if hasattr(record, "text")]
    assert "".join(texts).strip() == "The lamp of Skerrow was lit in 1911."


def test_files_go_encrypted_to_a_cluster_with_certificates(tmp_path: Path) -> None:
    certificate, key = made(tmp_path)
    words = ("--tls-ca-file", certificate, "--tls-cert", certificate, "--tls-key", key)
    place = "distributed.comm.tls."
    theirs = {f"{place}ca-file": certificate, f"{place}client.cert": certificate}
    theirs |= {f"{place}client.key": key}
    config = importlib.import_module("dask.config")
    with (
        started(tmp_path / "cluster", 1, *map(str, words)) as machines,
        config.set({name: str(file) for name, file in theirs.items()}),
        Library.open(tmp_path / "x.brain") as library,
    ):
        assert machines.address.startswith("tls://")
        library.queue.read_on(machines.address)
        (added,) = library.add(_documents(tmp_path / "documents", 1) / "0.txt")
    assert added.error is None
    assert added.state == "verified"


def test_a_worker_that_is_killed_costs_and_doubles_nothing(tmp_path: Path) -> None:
    documents = _documents(tmp_path / "documents", 60)
    with (
        started(tmp_path / "cluster", 2) as machines,
        Library.open(tmp_path / "x.brain") as library,
    ):
        library.queue.read_on(machines.address)
        ended = threading.Event()

        def end_one(_added: object) -> None:
            if not ended.is_set():
                ended.set()
                end(machines.workers[0])

        library.add(documents, each=end_one)
        assert ended.is_set()
        titles = [row.title for row in library.sources.list()]
        assert len(titles) == len(set(titles)) == 61


def test_a_scheduler_that_ends_is_said_and_what_is_left_is_read_later(tmp_path: Path) -> None:
    documents = _documents(tmp_path / "documents", 60)
    with (
        started(tmp_path / "cluster", 1) as machines,
        Library.open(tmp_path / "x.brain") as library,
    ):
        library.queue.read_on(machines.address)

        def end_it(_added: object) -> None:
            end(machines.scheduler)

        with pytest.raises(LibraryUnreachableError, match="does not answer any more"):
            library.add(documents, each=end_it)
        early = len(library.sources.list())
    with Library.open(tmp_path / "x.brain") as library:
        library.add(documents)
        titles = [row.title for row in library.sources.list()]
    assert 0 < early < 61
    assert len(titles) == len(set(titles)) == 61


def test_workers_of_another_version_are_refused(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "9.9")
    with (
        Library.open(tmp_path / "x.brain") as library,
        pytest.raises(InputError, match=r"do not have Engram Workbench 9\.9"),
    ):
        library.queue.read_on(machines.address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "No Dask scheduler answers"),
        ("127.0.0.1:8786", "is not the address of a Dask scheduler"),
        ("inproc://x", "is not the address of a Dask scheduler"),
    ],
)
def test_what_is_no_scheduler_is_said(
    address: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 2.0)
    with (
        Library.open(tmp_path / "x.brain") as library,
        pytest.raises(InputError, match=said),
    ):
        library.queue.read_on(address)


def test_a_cluster_without_a_worker_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 2.0)
    with (
        started(tmp_path / "cluster", 0) as machines,
        Library.open(tmp_path / "x.brain") as library,
        pytest.raises(InputError, match="No worker has joined"),
    ):
        library.queue.read_on(machines.address)
