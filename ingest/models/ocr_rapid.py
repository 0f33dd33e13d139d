"""RapidOCR: its models lie in its package, ONNX Runtime runs them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest.models.ocr import Word
from ingest.models.ocr_ink import Box, tightened

if TYPE_CHECKING:
    from PIL.Image import Image


def words(grey: Image) -> list[Word]:
    """The words of a picture, line by line; every line is a block of its own order."""
    import numpy as np

    seen = np.asarray(grey.convert("L"))
    found = _engine()(np.asarray(grey.convert("RGB")), return_word_box=True)
    result: list[Word] = []
    for line, pieces in enumerate(found.word_results or ()):
        named = [
            (text.strip(), float(sure), _box(corners))
            for text, sure, corners in pieces
            if text.strip() and corners is not None
        ]
        boxes = tightened(seen, [box for _, _, box in named])
        for (text, sure, _), box in zip(named, boxes, strict=True):
            result.append(Word(text, box, sure, line, 0))
    return result


def _box(corners: Sequence[Sequence[float]]) -> Box:
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # Two threads: pools of a thread a core swell the reader's memory and win nothing.
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
        }
    )
