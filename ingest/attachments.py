"""Files attached to a message, each read as a document of its own.

An attachment is written to a file, read as if it had been added, and removed. Its source names the
message. Unreadable ones are listed with the reason among the notices of the message. Nested
messages and archives are opened down to `unpacked.DEEPEST`.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from email.message import Message
from functools import partial
from pathlib import Path

from ingest import mailbox, readers, unpacked
from ingest.errors import ForeignFormatError, TooLargeError, UnsupportedFileError
from ingest.parts import Parts
from ingest.records import Check, Reading, ReadRequest, Source

#: Attachments of one message that are read.
MOST_FILES = 100
#: Attachments for programs: signatures and keys.
_FOR_PROGRAMS = frozenset(
    {
        *("application/pgp-signature", "application/pkcs7-signature", "application/pgp-keys"),
        *("application/x-pkcs7-signature",),
    }
)
#: Kinds with many documents, which report omissions themselves.
_MANY = frozenset({"archive", "mailbox", "rows", "record"})
_SAVE = "Save it from your mail program and add that."


@dataclass(frozen=True, slots=True)
class Attachment:
    """A named part of a message that is not its text."""

    name: str
    part: Message


def read(
    attached: Sequence[Attachment],
    message: Path,
    parts: Parts,
    told: Mapping[str, str],
    beat: Check,
) -> list[Iterator[Reading]]:
    """Yield the records of each readable attachment; `parts` records the others with the reason.

    `message` is the file with the message, `told` is added to the metadata of each source; `beat`
    is called to show progress.
    """
    results = []
    for number, item in enumerate(attached):
        if number >= MOST_FILES:
            parts.leave_out(item.name, "too_many", f"Only {MOST_FILES} are read.", _SAVE)
            continue
        records = parts.value(item.name, partial(_read, item, message, told, beat))
        if records is not None:
            results.append(records)
    return results


def _read(
    attachment: Attachment, message: Path, told: Mapping[str, str], beat: Check
) -> Iterator[Reading]:
    """The records of one attachment. Raises the errors of `ingest.errors`."""
    part = attachment.part
    if part.get_content_type() in _FOR_PROGRAMS:
        raise UnsupportedFileError("It is a signature or a key, for mail programs only.")
    if part.get_content_maintype() == "image" and part.get("Content-ID"):
        raise UnsupportedFileError("It is a picture that belongs to the letter's layout.", _SAVE)
    if unpacked.depth(message) >= unpacked.DEEPEST:
        raise UnsupportedFileError("It is in a message inside another file.", _SAVE)
    if not part.get_payload():
        megabytes = mailbox.MAX_ATTACHMENT_BYTES // 1_000_000
        raise TooLargeError(
            f"It is empty, or all together larger than {megabytes} MB.",
            _SAVE,
        )
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    name = unpacked.base_name(attachment.name)
    with unpacked.folder(message) as folder:
        path = folder / name
        path.write_bytes(content)
        try:
            many = readers.sniff(path) in _MANY
        except ForeignFormatError:
            raise
        except UnsupportedFileError as error:
            # Without its hint, which suggests other files.
            raise UnsupportedFileError(error.message) from error
    records = _records(content, name, message, told, beat)
    # A single document is read completely first, so that a failure leaves no part of it.
    return records if many else iter(list(records))


def _records(
    content: bytes, name: str, message: Path, told: Mapping[str, str], beat: Check
) -> Iterator[Reading]:
    digest = hashlib.sha256(content).hexdigest()
    with unpacked.folder(message) as folder:
        path = folder / name
        path.write_bytes(content)
        request = ReadRequest(report=lambda *_: beat(), cancel=beat)
        for record in readers.read(path, request):
            if isinstance(record, Source):
                record = replace(
                    record,
                    content_hash=record.content_hash or digest,
                    metadata={"member": name, **record.metadata, **told},
                )
            yield record
