"""Interprets responses of web servers: refusals, compression, size and type."""

import zlib
from collections.abc import Iterator, Mapping

from ingest.errors import IngestError, RefusedError, UnreachableError, UnsupportedFileError

SAVE = "Open it in a browser, save the page (or print it to PDF), and add that file."
_UNREAD = {"image": "a picture", "audio": "a recording", "video": "a video"}


def refusal(host: str, status: int, headers: Mapping[str, str]) -> IngestError:
    """The error of an unsuccessful status, with advice."""
    if status == 401:
        return RefusedError(f"“{host}” asks for a login before it shows this page (401).", SAVE)
    if status in (403, 407) or "cf-mitigated" in headers:
        return RefusedError(
            f"“{host}” does not show this page to programs, or asks for a login ({status}).", SAVE
        )
    if status in (404, 410):
        return RefusedError(
            f"There is no such page at “{host}” ({status}).", "Check the address and add it again."
        )
    if status == 429:
        return RefusedError(f"“{host}” has had too many requests (429).", "Retry in a few minutes.")
    if status == 451:
        return RefusedError(f"“{host}” may not show this page here, for legal reasons (451).", SAVE)
    if status >= 500:
        return UnreachableError(
            f"“{host}” has a problem of its own ({status}).", "Retry later; nothing was lost."
        )
    return RefusedError(f"“{host}” did not give this page ({status}).", SAVE)


def check_kind(headers: Mapping[str, str]) -> None:
    """Refuse types other than text before downloading."""
    kind = headers.get("content-type", "").partition("/")[0].strip().lower()
    if kind in _UNREAD:
        hint = (
            "Add a transcript of it, as an .srt or .vtt file."
            if kind != "image"
            else "Add the page that it is on."
        )
        raise UnsupportedFileError(
            f"There is {_UNREAD[kind]} at this address, which is not read yet.", hint
        )


def unpacked(pieces: Iterator[bytes], encoding: str, host: str, maximum: int) -> Iterator[bytes]:
    """Decompress a body. Raises `RefusedError` past `maximum` bytes."""
    coding = encoding.strip().lower()
    size = 0
    # Some servers send "deflate" without its header (RFC 9110, 8.4.1.2): accept both.
    unpack = None
    if coding in ("gzip", "x-gzip", "deflate"):
        unpack = zlib.decompressobj(47)
    elif coding not in ("", "identity"):
        raise RefusedError(f"“{host}” compresses its pages in an unsupported way ({coding}).", SAVE)
    first = True
    try:
        for piece in pieces:
            if unpack is not None and first and coding == "deflate" and not _has_head(piece):
                unpack = zlib.decompressobj(-15)
            first = False
            remainder = piece
            while remainder:
                out = remainder if unpack is None else unpack.decompress(remainder, 1 << 20)
                remainder = b"" if unpack is None else unpack.unconsumed_tail
                size += len(out)
                if size > maximum:
                    raise _too_large(host, maximum)
                yield out
        if unpack is not None and not first:
            final = unpack.flush()
            if not unpack.eof:
                raise _cut_off(host)
            if size + len(final) > maximum:
                raise _too_large(host, maximum)
            yield final
    except zlib.error as error:
        raise _cut_off(host) from error


def _has_head(piece: bytes) -> bool:
    return len(piece) < 2 or (piece[0] & 0x0F == 8 and int.from_bytes(piece[:2], "big") % 31 == 0)


def check_size(headers: Mapping[str, str], host: str, maximum: int) -> int | None:
    """The declared size of a response. Raises `RefusedError` if it is too large."""
    text = headers.get("content-length", "")
    size = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
    if size is not None and size > maximum:
        raise _too_large(host, maximum)
    return size


def _too_large(host: str, maximum: int) -> RefusedError:
    return RefusedError(
        f"What “{host}” sends is larger than the {maximum // 1_000_000} MB that are fetched.",
        "Download it with a browser, and add the file.",
    )


def _cut_off(host: str) -> UnreachableError:
    return UnreachableError(f"What “{host}” sent was cut off or damaged.", "Retry it.")
