"""Speech models by size: their names, where they come from, what they cost, which are here.

Models are never loaded unasked: a person names one, sees how large it is, and can stop and go on
later, since a file that broke off is asked for from where it ended. What the host says of a file
(its length, and SHA-256 where it does) is checked before it counts.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import httpcore

from ingest.errors import AddressError, RefusedError, UnreachableError
from ingest.media.speech_settings import NEEDED
from ingest.records import Check, Report
from ingest.web import address, answers, hosts
from ingest.web.dial import CheckedBackend, Deadline
from ingest.web.request import Network

#: Where models are asked for; `{repository}` and `{file}` are put in.
HOST = "https://huggingface.co/{repository}/resolve/main/{file}"
_FILES = ("config.json", "tokenizer.json", "vocabulary.json", "vocabulary.txt")
_OPTIONAL = ("preprocessor_config.json", "vocabulary.json", "vocabulary.txt")
_SECONDS = 6 * 3600.0
_REDIRECTS = 5
_SHA256 = re.compile(r'"?([0-9a-f]{64})"?\Z')


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A size of model: `disk` and `memory` in bytes, the latter an estimate with 8-bit numbers.

    `folder` is where it lies, None where it is not here; `many` says whether it knows more
    languages than English.
    """

    name: str
    repository: str
    disk: int
    memory: int
    words: str
    many: bool = True
    folder: Path | None = None


_MB = 1_000_000
MODELS: tuple[SpeechModel, ...] = (
    SpeechModel("tiny", "Systran/faster-whisper-tiny", 75 * _MB, 300 * _MB, "quick and rough"),
    SpeechModel("base", "Systran/faster-whisper-base", 145 * _MB, 400 * _MB, "quick"),
    SpeechModel("small", "Systran/faster-whisper-small", 484 * _MB, 1000 * _MB, "good"),
    SpeechModel(
        "medium", "Systran/faster-whisper-medium", 1528 * _MB, 2300 * _MB, "very good, slow"
    ),
    SpeechModel(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        1618 * _MB,
        2500 * _MB,
        "very good, faster than its size",
    ),
    SpeechModel(
        "large-v3", "Systran/faster-whisper-large-v3", 3087 * _MB, 4500 * _MB, "best, very slow"
    ),
)


def is_model(folder: Path) -> bool:
    """Whether a folder holds a whole speech model."""
    return all((folder / name).is_file() for name in NEEDED)


def available(folder: Path) -> list[SpeechModel]:
    """Every known size, and what else of a model lies below `folder`."""
    results = [
        replace(item, folder=folder / item.name) if is_model(folder / item.name) else item
        for item in MODELS
    ]
    existing = {item.name for item in MODELS}
    try:
        remaining = sorted(path for path in folder.iterdir() if path.name not in existing)
    except OSError:
        remaining = []
    return results + [custom_model(path) for path in remaining if is_model(path)]


def custom_model(folder: Path) -> SpeechModel:
    """The model in a folder of the user's."""
    size = (folder / "model.bin").stat().st_size
    return SpeechModel(folder.name, "", size, 2 * size, "your own", folder=folder)


def load(
    model: SpeechModel,
    folder: Path,
    *,
    report: Report,
    cancel: Check,
    network: Network | None = None,
    host: str = HOST,
    private: bool = False,
) -> Path:
    """Load a model's files into `folder`/NAME, going on where an earlier try ended.

    `report(done, total, "bytes")` is told how far it is. Raises `UnreachableError`, `RefusedError`,
    and `OSError` where it cannot be written.
    """
    place = folder / model.name
    place.mkdir(parents=True, exist_ok=True)
    fetch = _Fetch(network or Network(), private, cancel)
    completed = 0
    vocabulary = False
    for name in (*_FILES, "preprocessor_config.json", "model.bin"):
        if name == "vocabulary.txt" and vocabulary:
            continue
        url = host.format(repository=model.repository, file=name)
        hear = partial(_hear, report, completed, model.disk)
        size = fetch.file(url, place / name, hear)
        if size is None:
            if name not in _OPTIONAL:
                raise RefusedError(
                    f"“{name}” of the speech model “{model.name}” is no longer there.",
                    "Choose another size, or update the program.",
                )
            continue
        vocabulary = vocabulary or name.startswith("vocabulary")
        completed += size
    return place


def _hear(report: Report, offset: int, total: int, count: int) -> None:
    report(offset + count, max(total, offset + count), "bytes")


class _Fetch:
    """Fetches files whole, from where they broke off."""

    def __init__(self, network: Network, private: bool, cancel: Check) -> None:
        self._network, self._private, self._cancel = network, private, cancel

    def file(self, url: str, target: Path, hear: Callable[[int], None]) -> int | None:
        """Bytes of the file that `target` is now; None where there is none at the address."""
        if target.is_file():
            return target.stat().st_size
        part = target.with_name(f"{target.name}.part")
        digest = ""
        for _ in range(_REDIRECTS + 1):
            available = address.parse(url)
            try:
                status, headers = self._get(available, part, hear)
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as e:
                raise UnreachableError(
                    f"The connection to “{available.host}” broke off.",
                    "Try again: what has arrived is kept, and the rest is downloaded.",
                ) from e
            regex_match = _SHA256.match(headers.get("x-linked-etag", "") or headers.get("etag", ""))
            digest = regex_match[1] if regex_match else digest
            if headers.get("location") and 300 <= status < 400:
                url = address.followed(available, headers["location"]).url
                continue
            if status == 404:
                return None
            if status not in (200, 206):
                raise answers.refusal(available.host, status, headers)
            if digest and _digest(part) != digest:
                part.unlink()
                raise RefusedError(
                    f"“{target.name}” arrived damaged.", "Try again; it will be downloaded again."
                )
            part.replace(target)
            return target.stat().st_size
        raise RefusedError("The model's server redirects in circles.", "Try again later.")

    def _get(
        self, available: address.Address, part: Path, hear: Callable[[int], None]
    ) -> tuple[int, dict[str, str]]:
        numbers = hosts.numbers_of(available.host, available.port, self._network.resolve)
        if not self._private and not all(map(hosts.is_public, numbers)):
            raise AddressError(
                f"The model's host leads to “{available.host}”, which is in a private network.",
                "Check the network that this machine is in.",
            )
        network = self._network
        had = part.stat().st_size if part.is_file() else 0
        headers = [("User-Agent", "EngramWorkbench"), ("Connection", "close")]
        headers += [("Accept-Encoding", "identity")]
        if had:
            headers.append(("Range", f"bytes={had}-"))
        backend = CheckedBackend(numbers, Deadline(_SECONDS, self._cancel), network.dial)
        waits = {"connect": network.connect_seconds, "read": 60.0, "write": 60.0, "pool": 60.0}
        context = network.trust() if available.scheme == "https" else None
        with (
            httpcore.ConnectionPool(
                ssl_context=context, network_backend=backend, max_connections=1, retries=0
            ) as pool,
            pool.stream(
                "GET", available.url, headers=headers, extensions={"timeout": waits}
            ) as answer,
        ):
            answer_headers = {
                n.decode("latin-1").lower(): v.decode("latin-1") for n, v in answer.headers
            }
            if answer.status == 416:
                # What is there is all there is, or it is of another file.
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
                    self._cancel()
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
