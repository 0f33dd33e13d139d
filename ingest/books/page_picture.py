"""Renders a PDF page."""

from pathlib import Path

from ingest.books import pdfium
from ingest.errors import IngestError

#: Most rows of a picture.
_HIGHEST = 30_000


def render(path: str | Path, number: int, width: int) -> tuple[int, int, bytes]:
    """Page `number` (from 1) drawn `width` pixels wide: (width, height, RGBA rows).

    Safe to call from any thread, one page at a time. Raises the errors of `ingest.errors`.
    """
    import pypdfium2

    path = Path(path)
    with pdfium.open_document(path) as document, pdfium.LOCK:
        if not 1 <= number <= len(document):
            raise IngestError(
                f"“{path.name}” has no page {number}.", "The file may have changed; add it again."
            )
        try:
            page = pdfium.page_of(document, number - 1)
            points, high = page.get_size()
            scale = max(1, width) / points if points > 0 else 1.0
            # A page of extreme proportions would not fit into memory.
            scale = min(scale, _HIGHEST / high) if high > 0 else scale
            bitmap = page.render(
                scale=scale, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx
            )
        except pypdfium2.PdfiumError as error:
            raise pdfium.damaged(f"Page {number} of this PDF is damaged.") from error
        rows, stride = bitmap.height, bitmap.stride
        pixels = bytearray(bitmap.buffer)
        if stride != bitmap.width * 4:
            pixels = bytearray(
                b"".join(pixels[y * stride : y * stride + bitmap.width * 4] for y in range(rows))
            )
        # PDFium leaves the fourth byte unused; it must be opaque here.
        pixels[3::4] = b"\xff" * (len(pixels) // 4)
        return bitmap.width, rows, bytes(pixels)
