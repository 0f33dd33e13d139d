"""Compact storage of the bounding box of every character on a page.

Boxes are in units of 1/65535 of the page's width and height, from the top left. Neighbours on a
line touch and share top and bottom, so deltas compress to three or four bytes a character.
"""

import zlib

import numpy as np
from numpy.typing import NDArray

from ingest.records import Box

Boxes = NDArray[np.uint16]

#: In a right-to-left line, a number or Latin words may begin so many times their height further
#: left.
_WORDS = 12


def pack(boxes: Boxes) -> bytes:
    """Pack `(n, 4)` uint16 boxes (left, top, right, bottom; zeros without ink)."""
    if not len(boxes):
        return b""
    left, top, right, bottom = np.asarray(boxes, dtype=np.uint16).T
    # A character begins where the previous one ends, and each letter has its own width: the gaps
    # are nearly constant and the widths spell the text. Arithmetic wraps around.
    parts = np.stack([left, right - left, top, bottom - top])
    parts[0, 1:] -= right[:-1]
    parts[2:, 1:] = np.diff(parts[2:], axis=1)
    # High bytes are nearly all 0 or 255: stored separately, they almost vanish.
    return zlib.compress(parts.astype("<u2").view(np.uint8).reshape(-1, 2).T.tobytes(), 3)


def unpack(packed: bytes) -> Boxes:
    """Unpack to `(n, 4)` uint16. Raises `ValueError` for invalid data."""
    if not packed:
        return np.zeros((0, 4), dtype=np.uint16)
    try:
        raw = np.frombuffer(zlib.decompress(packed), dtype=np.uint8)
    except zlib.error as error:
        raise ValueError("these are no packed boxes") from error
    if len(raw) % 8:
        raise ValueError("these are no packed boxes")
    gap, width, top, tall = np.ascontiguousarray(raw.reshape(2, -1).T).view("<u2").reshape(4, -1)
    right = np.cumsum(gap, dtype=np.uint16) + np.cumsum(width, dtype=np.uint16)
    top, tall = np.cumsum(top, dtype=np.uint16), np.cumsum(tall, dtype=np.uint16)
    return np.stack([right - width, top, right, top + tall], axis=1).astype(np.uint16)


def lines(boxes: Boxes) -> list[Box]:
    """One box per line of characters, in fractions, in reading order.

    Characters without ink (zeros) are skipped. A character begins a new line if it shares less than
    half its height with the line, or lies far to the left of it (a new column); directly to the
    left it continues a right-to-left line.
    """
    inked = boxes[np.any(boxes != 0, axis=1)].astype(np.int64)
    result: list[list[int]] = []
    head = foot = 0
    for left, top, right, bottom in inked.tolist():
        if result:
            line = result[-1]
            shared = min(line[3], bottom) - max(line[1], top)
            minimum = min(line[3] - line[1], bottom - top)
            onward = left >= line[2] - (line[3] - line[1]) * 2
            level = min(foot, bottom) - max(head, top)
            backward = right >= line[0] - _WORDS * (foot - head) and level * 2 >= min(
                foot - head, bottom - top
            )
            head, foot = top, bottom
            if shared * 2 >= minimum and (onward or backward):
                line[0], line[1] = min(line[0], left), min(line[1], top)
                line[2], line[3] = max(line[2], right), max(line[3], bottom)
                continue
        head, foot = top, bottom
        result.append([left, top, right, bottom])
    return [(a / 65535, b / 65535, c / 65535, d / 65535) for a, b, c, d in result]
