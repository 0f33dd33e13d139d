"""Opens image files by Pillow: checks sizes before decoding, and converts errors."""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.best_effort import attempt
from ingest.errors import DamagedFileError, TooLargeError, UnsupportedFileError
from ingest.records import Notice

if TYPE_CHECKING:
    from PIL.Image import Image

#: Most pixels of a picture: four bytes each have to fit into memory. A JPEG can be decoded at a
#: fraction of its size.
MAX_PIXELS = 100_000_000
#: The longer side that is requested of a JPEG.
_ENOUGH = 4000

_ORIENTATION = Notice("way_up_unreadable", "Which way up this picture belongs could not be read.")
_SPOILT = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError)


@contextmanager
def open_image(source: Path | bytes) -> Iterator["Image"]:
    """Open a picture, a file or its bytes, without decoding it.

    Raises `DamagedFileError`, `TooLargeError` and `UnsupportedFileError`.
    """
    from PIL import Image, UnidentifiedImageError

    with source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as file:
        try:
            with warnings.catch_warnings():
                # Its size is checked below, with our own error.
                warnings.simplefilter("ignore")
                picture = Image.open(file)
        except Image.DecompressionBombError as error:
            raise _oversize("more than 170 million") from error
        except UnidentifiedImageError as error:
            raise _damaged() from error
        except (*_SPOILT, struct.error, zlib.error, OverflowError) as error:
            raise _damaged() from error
        with picture:
            pixels = picture.width * picture.height
            if pixels > MAX_PIXELS and picture.format != "JPEG":
                raise _oversize(f"{round(pixels / 1e6)} million")
            yield picture


def pixels_of(picture: "Image", enough: int = _ENOUGH) -> "Image":
    """Decode the picture upright; a JPEG may be smaller, but not below `enough`.

    Raises `DamagedFileError` and `UnsupportedFileError`.
    """
    from PIL import ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if picture.format == "JPEG":
                picture.draft(None, (enough, enough))
            picture.load()
            # Its orientation is part of the metadata, which may be invalid.
            rotated = attempt(lambda: ImageOps.exif_transpose(picture), None, _ORIENTATION)
    except (*_SPOILT, struct.error, zlib.error, OverflowError, AttributeError) as error:
        if "decoder" in str(error) and "not available" in str(error):
            raise UnsupportedFileError(
                "This picture is packed in a way that is not supported here.",
                "Save it as PNG or JPEG and add that.",
            ) from error
        raise _damaged() from error
    return rotated if rotated is not None else picture


def rows_of(source: Path | bytes, frame: int, width: int) -> tuple[int, int, bytes]:
    """Frame `frame` (from 1) of a picture, `width` pixels wide: (width, height, RGBA rows).

    Raises as `open_image`.
    """
    from PIL import Image

    with open_image(source) as picture:
        if frame > 1:
            try:
                picture.seek(frame - 1)
            except EOFError as error:
                raise _damaged() from error
        wide = max(1, min(width, 8000))
        entire = pixels_of(picture, min(_ENOUGH, 2 * wide))
        high = max(1, min(30_000, round(wide * entire.height / entire.width)))
        if entire.mode not in ("RGB", "RGBA", "L"):
            entire = entire.convert("RGBA")
        small = entire.resize((wide, high), Image.Resampling.LANCZOS).convert("RGBA")
        ground = Image.new("RGBA", small.size, "white")
        ground.alpha_composite(small)
        return wide, high, ground.tobytes()


def _damaged() -> DamagedFileError:
    return DamagedFileError(
        "This picture is cut off or corrupt.", "Copy or save it again and add the new copy."
    )


def _oversize(pixels: str) -> TooLargeError:
    return TooLargeError(
        f"This picture has {pixels} pixels, more than can be unpacked safely.",
        "Save it smaller, or cut it into parts and add those.",
    )
