"""The process that runs RapidOCR, as `python -m ingest.models.ocr_process`.

A request on standard input is a line of JSON ({"width", "height"}) and then that many grey pixels;
the response is a line of JSON ({"words": [[text, sure, box, line], …]} or {"error"}). The process
ends with its standard input, and when idle, to release memory.
"""

import json
import os
import queue
import sys
import threading
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import isolation

Box = tuple[float, float, float, float]

#: Vertical offset of words, as a share of their height, from which a line counts as slanted; and
#: how many grey levels text is darker than its background.
_LEANS, _DARKER = 0.25, 40
#: Largest share of its height by which a box shrinks.
_LIMIT = 0.7


def tightened(grey: NDArray[np.uint8], line: Sequence[Box]) -> list[Box]:
    """Shrink the word boxes of a line, left to right in pixels, to the ink in `grey` (rows,
    columns).

    Recognisers divide the box of a line among its words; words are separated here at the widest gap
    near that border. Slanted lines and light text on dark ground are left unchanged.
    """
    if not line or _leans(line):
        return list(line)
    left, top = max(0, int(min(box[0] for box in line))), max(0, int(min(b[1] for b in line)))
    right = min(grey.shape[1], int(max(box[2] for box in line)) + 1)
    bottom = min(grey.shape[0], int(max(box[3] for box in line)) + 1)
    visited = grey[top:bottom, left:right]
    if min(visited.shape, default=0) < 3:
        return list(line)
    ground, ink = np.percentile(visited, (90, 2))
    if ground - ink < _DARKER or np.median(visited) < (ground + ink) / 2:
        return list(line)
    dark = visited < (ground + ink) / 2
    columns = dark.sum(axis=0) > 0
    edges = [0, *(_parting(columns, a, b, left) for a, b in pairwise(line)), len(columns)]
    return [
        _fitted(dark[:, start:end], box, left + start, top)
        for box, (start, end) in zip(line, pairwise(edges), strict=True)
    ]


def _leans(line: Sequence[Box]) -> bool:
    high = float(np.median([box[3] - box[1] for box in line]))
    tops = [box[1] for box in line]
    ordered = all(a[0] <= b[0] for a, b in pairwise(line))
    return not ordered or high <= 0 or max(tops) - min(tops) > _LEANS * high


def _parting(columns: NDArray[np.bool_], left_box: Box, right_box: Box, left: int) -> int:
    """Return the column between two words: the middle of the widest gap near their border."""
    middle = round((left_box[2] + right_box[0]) / 2) - left
    reach = max(2, round((left_box[3] - left_box[1]) * 0.5))
    low, high = max(0, middle - reach), min(len(columns), middle + reach)
    blank = np.flatnonzero(~columns[low:high])
    if not len(blank):
        return min(max(middle, 0), len(columns))
    runs = np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1)
    best = max(runs, key=lambda run: (len(run), -abs(low + run.mean() - middle)))
    return low + int(best.mean())


def _fitted(dark: NDArray[np.bool_], box: Box, left: int, top: int) -> Box:
    """Return the bounding box of the ink, or the original where that would shrink it too much."""
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows) or rows[-1] + 1 - rows[0] < (1 - _LIMIT) * (box[3] - box[1]):
        return box
    return (
        float(left + columns[0]),
        float(top + rows[0]),
        float(left + columns[-1] + 1),
        float(top + rows[-1] + 1),
    )


#: Idle seconds after which it ends.
_IDLE = 180.0

Picture = NDArray[np.uint8]


def main() -> None:
    """Serve, shut in: a reader in the main process starts this one outside of any cage."""
    isolation.enclose(isolation.Cage())
    serve()


def serve() -> None:
    """Load the models with the first request, then serve until standard input ends."""
    # Output printed by libraries must not mix with responses.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.Queue[Picture | None] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    engine: Any = None
    while True:
        try:
            grey = requests.get(timeout=_IDLE)
        except queue.Empty:
            return
        if grey is None:
            return
        answer: dict[str, Any]
        try:
            engine = engine or _engine()
            answer = {"words": words(engine, grey)}
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this picture only
            answer = {"error": type(error).__name__}
        channel.write(json.dumps(answer).encode() + b"\n")
        channel.flush()


def _listen(requests: "queue.Queue[Picture | None]") -> None:
    pipe = sys.stdin.buffer
    while line := pipe.readline():
        size = json.loads(line)
        pixels = pipe.read(size["width"] * size["height"])
        requests.put(np.frombuffer(pixels, np.uint8).reshape(size["height"], size["width"]))
    requests.put(None)


def words(engine: Any, grey: Picture) -> list[tuple[str, float, Box, int]]:
    """Words with confidence, box and line; every line is a block."""
    matches = engine(np.repeat(grey[:, :, None], 3, axis=2), return_word_box=True)
    result: list[tuple[str, float, Box, int]] = []
    for line, pieces in enumerate(matches.word_results or ()):
        pieces_of_line = [
            (text.strip(), float(certain), _box(corners))
            for text, certain, corners in filter(_is_word, pieces)
        ]
        boxes = tightened(grey, [box for _, _, box in pieces_of_line])
        for (text, certain, _), box in zip(pieces_of_line, boxes, strict=True):
            result.append((text, certain, box, line))
    return result


def _is_word(piece: Any) -> bool:
    """Whether part of a line is a word with a position.

    For a picture without words version 3.10 returns one empty word instead of a line.
    """
    return (
        isinstance(piece, tuple | list)
        and len(piece) == 3
        and isinstance(piece[0], str)
        and bool(piece[0].strip())
        and piece[2] is not None
    )


def _box(corners: Sequence[Sequence[float]]) -> Box:
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))


def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # Two threads: a pool per core takes memory and gains nothing.
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
            # One line at a time takes less memory, and no more time.
            "Rec.rec_batch_num": 1,
            "Cls.cls_batch_num": 1,
        }
    )


if __name__ == "__main__":
    main()
