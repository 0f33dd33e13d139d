"""Opens the bytes of a job: a file on disk, or an original stored in the library.

Web pages are fetched once and stored before they are read, and pasted text is stored when it is
queued; from then on only the stored original is read, so that neither a crash nor re-indexing
fetches again. Readers take files, so it is extracted to one while it is read.
"""

import contextlib
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.records import Source
from ingest.web import address, media
from ingest.web.fetched import Fetched
from workbench import permissions
from workbench.errors import InputError
from workbench.intake import places
from workbench.intake.places import Print
from workbench.store import kept_originals
from workbench.store.kept_originals import Original


@dataclass(frozen=True, slots=True)
class Origin:
    """A file to read, and its fingerprint; `copy` if the library stores the original."""

    path: Path
    mark: Print
    copy: Original | None = None

    @property
    def has_changed(self) -> bool:
        """Whether the file has changed since it was hashed."""
        return self.copy is None and places.has_changed(self.path, self.mark)

    def annotated(self, record: Source, stored: str) -> Source:
        """Add the requested address and the time of fetching (ISO 8601, UTC) to the record."""
        if self.copy is None or not self.copy.address:
            return record
        existing = dict(record.metadata)
        canonical = existing.get("address")
        existing["address"] = stored if places.is_link(stored) else self.copy.address
        existing["fetched"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.copy.fetched))
        if self.copy.final != address.asked_for(existing["address"]):
            existing["final_address"] = self.copy.final
        if canonical and canonical not in (existing["address"], self.copy.final):
            existing["canonical_address"] = canonical
        return replace(record, metadata=existing)


def of_page(page: Fetched) -> Original:
    """The original of a fetched page."""
    charset = f"; charset={page.charset}" if page.charset else ""
    return Original(
        kept_originals.digest(page.content),
        address=page.asked,
        final=page.final,
        media_type=page.media_type + charset,
        fetched=page.fetched,
        size=len(page.content),
        name=page.name,
    )


def of_text(content: bytes) -> Original:
    """The original of pasted text."""
    return Original(
        kept_originals.digest(content),
        address="",
        final="",
        media_type="text/plain; charset=utf-8",
        fetched=time.time(),
        size=len(content),
        name="pasted.txt",
    )


@contextlib.contextmanager
def extracted(folder: Path, original: Original, content: Callable[[], bytes]) -> Iterator[Path]:
    """Write stored bytes, which `content` returns, to a file below `folder` for the block.

    Raises `InputError` if it cannot be written.
    """
    kind, _, charset = original.media_type.partition("; charset=")
    # A new folder: a reader that was killed may still have the last one open.
    place = folder / secrets.token_hex(6)
    file = place / media.file_name(original.final, kind, original.name)
    try:
        try:
            permissions.folder(place)
            permissions.private(file).write_bytes(media.readable(content(), kind, charset))
        except OSError as error:
            raise InputError(
                f"There is not enough space to read this original: {place.parent.parent} cannot "
                f"be written ({error.strerror or error}).",
                "Free some space or correct its permissions, then retry.",
                reason="disk",
            ) from error
        yield file
    finally:
        shutil.rmtree(place, ignore_errors=True)
        with contextlib.suppress(OSError):
            folder.rmdir()


def sweep(folder: Path) -> None:
    """Remove extracted originals that a crash left below `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
