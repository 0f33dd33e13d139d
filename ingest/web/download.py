"""Downloads the files of a model, checked, resuming an earlier attempt.

Nothing is requested unless the user chooses a model. A partial file is resumed at its end; its
length, and SHA-256 if the host gives it, are verified.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpcore

from ingest.errors import AddressError, RefusedError, UnreachableError
from ingest.records import Check, Report
from ingest.web import address, answers, hosts
from ingest.web.dial import CheckedBackend, Deadline
from ingest.web.request import Network

#: The URL of model files; `{repository}` and `{file}` are replaced.
HOST = "https://huggingface.co/{repository}/resolve/main/{file}"
_SECONDS = 6 * 3600.0
_REDIRECTS = 5
_SHA256 = re.compile(r'"?([0-9a-f]{64})"?\Z')


@dataclass(frozen=True, slots=True)
class Repository:
    """A model's files: of each group of `files` the first that exists; "" if optional.

    `disk` is their approximate total size in bytes.
    """

    path: str
    disk: int
    files: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Downloader:
    """Downloads files into a folder; `private` allows hosts of the local network."""

    report: Report
    cancel: Check
    network: Network = field(default_factory=Network)
    host: str = HOST
    private: bool = False

    def download(self, repository: Repository, folder: Path) -> None:
        """Download a repository's files into `folder`, which is created.

        `report(done, total, "bytes")` reports progress. Raises `UnreachableError`, `RefusedError`,
        and `OSError` if it cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        completed = 0
        for group in repository.files:
            hear = partial(self._hear, completed, repository.disk)
            for name in group:
                url = self.host.format(repository=repository.path, file=name)
                size = self._file(url, folder / name, hear) if name else 0
                if size is not None:
                    completed += size
                    break
            else:
                raise RefusedError(
                    f"“{group[0]}” of the model “{folder.name}” is no longer there.",
                    "Choose another model, or update the program.",
                )

    def _hear(self, offset: int, total: int, count: int) -> None:
        self.report(offset + count, max(total, offset + count), "bytes")

    def _file(self, url: str, target: Path, hear: Callable[[int], None]) -> int | None:
        """The size of the file `target`; None if the address has none."""
        if target.is_file():
            return target.stat().st_size
        part = target.with_name(f"{target.name}.part")
        digest = ""
        for _ in range(_REDIRECTS + 1):
            place = address.parse(url)
            try:
                status, headers = self._get(place, part, hear)
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as e:
                raise UnreachableError(
                    f"The connection to “{place.host}” broke off.",
                    "Try again: what has arrived is kept, and the rest is downloaded.",
                ) from e
            regex_match = _SHA256.match(headers.get("x-linked-etag", "") or headers.get("etag", ""))
            digest = regex_match[1] if regex_match else digest
            if headers.get("location") and 300 <= status < 400:
                url = address.followed(place, headers["location"]).url
                continue
            if status == 404:
                return None
            if status not in (200, 206):
                raise answers.refusal(place.host, status, headers)
            if digest and _digest(part) != digest:
                part.unlink()
                raise RefusedError(
                    f"“{target.name}” arrived damaged.", "Try again; it will be downloaded again."
                )
            part.replace(target)
            return target.stat().st_size
        raise RefusedError("The model's server redirects in circles.", "Try again later.")

    def _get(
        self, place: address.Address, part: Path, hear: Callable[[int], None]
    ) -> tuple[int, dict[str, str]]:
        numbers = hosts.numbers_of(place.host, place.port, self.network.resolve)
        if not self.private and not all(map(hosts.is_public, numbers)):
            raise AddressError(
                f"The model's host leads to “{place.host}”, which is in a private network.",
                "Check the network that this machine is in.",
            )
        network = self.network
        had = part.stat().st_size if part.is_file() else 0
        headers = [("User-Agent", "EngramWorkbench"), ("Connection", "close")]
        headers += [("Accept-Encoding", "identity")]
        if had:
            headers.append(("Range", f"bytes={had}-"))
        backend = CheckedBackend(numbers, Deadline(_SECONDS, self.cancel), network.dial)
        waits = {"connect": network.connect_seconds, "read": 60.0, "write": 60.0, "pool": 60.0}
        context = network.trust() if place.scheme == "https" else None
        with (
            httpcore.ConnectionPool(
                ssl_context=context, network_backend=backend, max_connections=1, retries=0
            ) as pool,
            pool.stream("GET", place.url, headers=headers, extensions={"timeout": waits}) as answer,
        ):
            answer_headers = {
                n.decode("latin-1").lower(): v.decode("latin-1") for n, v in answer.headers
            }
            if answer.status == 416:
                # The partial file is complete, or of another file.
                total = answer_headers.get("content-range", "").rpartition("/")[2]
                if total == str(had):
                    return 200, answer_headers
                part.unlink()
                raise httpcore.RemoteProtocolError("another file")
            if answer.status not in (200, 206):
                return answer.status, answer_headers
            if answer.status == 200:
                had = 0
            with part.open("ab" if had else "wb") as file:
                for piece in answer.iter_stream():
                    self.cancel()
                    file.write(piece)
                    had += len(piece)
                    hear(had)
            return answer.status, answer_headers


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
