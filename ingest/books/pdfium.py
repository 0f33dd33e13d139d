"""The only module that uses PDFium: opening files, error messages, and its lock.

PDFium is not thread-safe, so callers hold `LOCK`.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from ingest.errors import DamagedFileError, EncryptedFileError, IngestError, MissingFileError

LOCK = threading.RLock()

_PASSWORD = 4
_SECURITY = 5

#: Passwords to try with encrypted files; never stored or logged.
_passwords: ContextVar[tuple[str, ...]] = ContextVar("passwords", default=())


@contextmanager
def unlocking(passwords: Sequence[str]) -> Iterator[None]:
    """Try these passwords with encrypted PDFs within the block."""
    token = _passwords.set(tuple(passwords))
    try:
        yield
    finally:
        _passwords.reset(token)


@contextmanager
def open_document(path: Path) -> Iterator[Any]:
    """Open a `pypdfium2.PdfDocument` for the block.

    Raises `EncryptedFileError`, `DamagedFileError` and `MissingFileError`.
    """
    import pypdfium2

    # An open file instead of a name supports every name that the system allows.
    try:
        file = path.open("rb")
    except OSError as error:
        raise MissingFileError(
            f"“{path.name}” cannot be opened ({error.strerror or error}).",
            "Check where it is and that you may read it.",
        ) from error
    with file:
        with LOCK:
            document = _unlocked(file)
        try:
            with LOCK:
                # Filled fields may have no appearance but PDFium's.
                if document.get_formtype() == pypdfium2.raw.FORMTYPE_ACRO_FORM:
                    document.init_forms()
            yield document
        finally:
            with LOCK:
                document.close()


def _unlocked(file: Any) -> Any:
    """Open a document with whichever password works. The caller holds `LOCK`."""
    import pypdfium2

    passwords = _passwords.get()
    for password in (None, *passwords):
        try:
            file.seek(0)
            return pypdfium2.PdfDocument(file, password=password)
        except pypdfium2.PdfiumError as error:
            if error.err_code not in (_PASSWORD, _SECURITY):
                raise damaged() from error
    raise EncryptedFileError(
        "This PDF is locked with another password."
        if passwords
        else "This PDF is locked with a password.",
        "Give its password (`--password-file FILE`), or open it in a PDF viewer, save a copy "
        "without a password and add that.",
    )


def damaged(why: str = "This PDF is cut off or corrupt.") -> DamagedFileError:
    """The error of a file that PDFium cannot read."""
    return DamagedFileError(why, "Copy or download it again and add the new copy.")


def pages_there(document: Any) -> int:
    """The number of existing pages, whatever the page tree declares. The caller holds `LOCK`.

    Missing pages are at the end; a damaged one in the middle is followed by others.
    """
    declared = len(document)
    if not declared or _has_page(document, declared - 1):
        return declared
    existing, missing = -1, declared - 1
    while True:
        while missing - existing > 1:
            middle = (existing + missing) // 2
            if _has_page(document, middle):
                existing = middle
            else:
                missing = middle
        close_by = range(missing + 1, min(declared, missing + _TOLERANCE))
        far = range(missing + _TOLERANCE, declared, max(1, declared // _PROBES))
        subsequent = next((n for n in (*close_by, *far) if _has_page(document, n)), None)
        if subsequent is None:
            return existing + 1
        existing, missing = subsequent, declared - 1


#: Pages tried one by one after a gap, and probes over all the rest.
_TOLERANCE = 64
_PROBES = 256


def page_of(document: Any, index: int) -> Any:
    """A page with its form fields flattened. The caller holds `LOCK`.

    PDFium treats fields and typed text as annotations, which have no characters.
    """
    from pypdfium2 import raw

    page = document[index]
    if not any(_is_filled_in(raw, page, at) for at in range(raw.FPDFPage_GetAnnotCount(page))):
        return page
    raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    page.close()
    return document[index]


def _is_filled_in(raw: Any, page: Any, at: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return False
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)


def _has_page(document: Any, index: int) -> bool:
    import pypdfium2

    # Getting its size does not parse the page.
    try:
        document.get_page_size(index)
    except pypdfium2.PdfiumError:
        return False
    return True


#: Most rows of a picture.
_HIGHEST = 30_000


def render(path: str | Path, number: int, width: int) -> tuple[int, int, bytes]:
    """Page `number` (from 1) drawn `width` pixels wide: (width, height, RGBA rows).

    Safe to call from any thread, one page at a time. Raises the errors of `ingest.errors`.
    """
    import pypdfium2

    path = Path(path)
    with open_document(path) as document, LOCK:
        if not 1 <= number <= len(document):
            raise IngestError(
                f"“{path.name}” has no page {number}.", "The file may have changed; add it again."
            )
        try:
            page = page_of(document, number - 1)
            points, high = page.get_size()
            scale = max(1, width) / points if points > 0 else 1.0
            # A page of extreme proportions would not fit into memory.
            scale = min(scale, _HIGHEST / high) if high > 0 else scale
            bitmap = page.render(
                scale=scale, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx
            )
        except pypdfium2.PdfiumError as error:
            raise damaged(f"Page {number} of this PDF is damaged.") from error
        rows, stride = bitmap.height, bitmap.stride
        pixels = bytearray(bitmap.buffer)
        if stride != bitmap.width * 4:
            pixels = bytearray(
                b"".join(pixels[y * stride : y * stride + bitmap.width * 4] for y in range(rows))
            )
        # PDFium leaves the fourth byte unused; it must be opaque here.
        pixels[3::4] = b"\xff" * (len(pixels) // 4)
        return bitmap.width, rows, bytes(pixels)
