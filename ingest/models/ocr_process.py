"""The process in which RapidOCR runs, as `python -m ingest.models.ocr_process`.

A request on standard input is a line of JSON ({"width", "height"}) and then that many grey pixels;
the answer is a line of JSON ({"words": [[text, sure, box, line], …]} or {"error"}). It ends when
its standard input does, and when nobody has asked anything for a while: models hold memory.
"""

import json
import os
import queue
import sys
import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest import isolation
from ingest.models.ocr_ink import Box, tightened

#: Seconds without a question after which it ends.
_IDLE = 180.0

Picture = NDArray[np.uint8]


def main() -> None:
    """Load the models at the first question, then serve."""
    # Whoever reads in its own process starts this one from outside every isolation.
    isolation.isolate()
    # What libraries print must not end up among the answers.
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
    """Words with certainty, box and line; every line is a block of its own order."""
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
    """Whether part of a line is a word with its place.

    Of a picture without words version 3.10 gives one word, "" and nowhere, in the place of a line.
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
    # Two threads: pools of a thread a core swell the memory and win nothing.
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
