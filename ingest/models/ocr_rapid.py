"""RapidOCR: its models lie in its package, ONNX Runtime runs them."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, Any

from ingest.models.ocr import Word

if TYPE_CHECKING:
    from PIL.Image import Image


def words(grey: Image) -> list[Word]:
    """The words of a picture, line by line; every line is a block of its own order."""
    import numpy as np

    found = _engine()(np.asarray(grey.convert("RGB")), return_word_box=True)
    result: list[Word] = []
    for line, pieces in enumerate(found.word_results or ()):
        for text, sure, corners in pieces:
            if not text.strip() or corners is None:
                continue
            xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
            box = (float(min(xs)), float(min(ys)), float(max(xs)), float(max(ys)))
            result.append(Word(text.strip(), box, float(sure), line, 0))
    return result


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
