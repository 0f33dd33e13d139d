"""Original files of sources: whether they exist, and renderings of their pages.

Originals stay where they are; the library stores path, size, time and hash. Pages are rendered only
from a file that is unchanged since it was read, as a citation at the wrong words is worse than
none.
"""

import hashlib
import sqlite3
from pathlib import Path

from ingest import boxes
from ingest.records import Box
from workbench import permissions
from workbench.errors import InputError, NotFoundError
from workbench.store import kept_originals, text

_CHUNK = 1 << 20


def unchanged(connection: sqlite3.Connection, source: int) -> Path | None:
    """A path of the unchanged original of `source`, or None."""
    rows = connection.execute(
        "SELECT l.path, l.size, l.mtime, s.hash FROM location l JOIN source s ON s.id = l.source "
        "WHERE l.source = ? ORDER BY l.added DESC",
        (source,),
    )
    for path, size, mtime, digest in rows:
        file = Path(path)
        try:
            status = file.stat()
        except OSError:
            continue
        if size is not None and status.st_size != size:
            continue
        # A copy or a restored backup has another time and the same bytes.
        if mtime == status.st_mtime or _digest(file) == digest:
            return file
    return None


def line_boxes(
    connection: sqlite3.Connection, source: int, start: int, end: int
) -> list[tuple[int, Box]]:
    """Boxes of the words at `[start, end)`: (page number, box in fractions), one a line."""
    results: list[tuple[int, Box]] = []
    for page, packed in text.page_boxes(connection, source, start, end):
        if not packed:
            continue
        characters = boxes.unpack(packed)
        part = characters[max(0, start - page.start) : max(0, end - page.start)]
        results += [(page.number, box) for box in boxes.lines(part)]
    return results


def letter_boxes(
    connection: sqlite3.Connection, source: int, start: int, end: int
) -> list[tuple[int, Box]]:
    """A page number and a box in fractions for each character of `[start, end)`.

    The box has no width for characters without ink, such as spaces, or without a page.
    """
    results = [(0, (0.0, 0.0, 0.0, 0.0))] * (end - start)
    for page, packed in text.page_boxes(connection, source, start, end):
        if packed:
            first = max(start, page.start)
            part = boxes.unpack(packed)[first - page.start : max(0, end - page.start)]
            visible = [(page.number, (a, b, c, d)) for a, b, c, d in (part / 65535).tolist()]
            results[first - start : first - start + len(visible)] = visible
    return results


def stored_copy(connection: sqlite3.Connection, source: int, folder: Path) -> Path | None:
    """The stored original of `source` written to a new file in `folder`, or None."""
    original = kept_originals.of_source(connection, source)
    if original is None:
        return None
    file = folder / "original"
    permissions.private(file).write_bytes(kept_originals.content(connection, original.hash))
    return file


def picture(file: Path, number: int, width: int) -> tuple[int, int, bytes]:
    """Render page `number` (from 1) of a PDF or picture: (width, height, RGBA).

    Page 1 of an EPUB is its cover.
    """
    from ingest.books import epub_package
    from ingest.books.pdfium import render
    from ingest.errors import IngestError
    from ingest.kinds import is_picture
    from ingest.media.image_file import rows_of

    try:
        with file.open("rb") as start:
            head = start.read(1024)
        if is_picture(head):
            return rows_of(file, number, width)
        if head.startswith(b"PK"):
            return rows_of(epub_package.cover(file), number, width)
        if b"%PDF-" in head:
            return render(file, number, width)
    except IngestError as error:
        raise InputError(error.message, error.hint, error.code) from error
    except Exception as error:
        # Any failure of a library concerns this picture only.
        raise InputError(
            f"This page could not be drawn ({type(error).__name__}).",
            "Open the file itself to see it.",
            "damaged",
        ) from error
    raise NotFoundError("This source has no pages to draw.", "Its text is shown instead.")


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
