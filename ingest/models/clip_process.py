"""The process that runs an image model, as `python -m ingest.models.clip_process FOLDER PICTURES`.

Requests are lines of JSON on standard input: {"pictures": [paths]}, {"texts": [words]} or
{"figures": path of a PDF, "page": first page}. Each response is a line of JSON ({"rows", "columns",
"read", "places", "after"} or {"error", "hint", "code"}) followed by that many float32 numbers. The
process ends with its standard input, and when idle, to release memory. It has no network access,
and can open only what is put into the folder PICTURES.
"""

import json
import os
import queue
import sys
import tempfile
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest import isolation
from ingest.errors import IngestError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ingest.models.clip import Clip

#: Idle seconds after which it ends.
_IDLE = 180.0


def main(folder: str, pictures: str) -> None:
    """Load the model in `folder`, then serve; `pictures` is the folder of what is asked about."""
    if hasattr(os, "nice"):
        os.nice(5)
    # NumPy starts threads, and isolation must come before any.
    isolation.enclose(isolation.Cage([folder], [pictures]))
    tempfile.tempdir = pictures
    from ingest.models.clip import Clip

    # Output printed by libraries must not mix with responses.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    warnings.simplefilter("ignore")
    requests: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    model: Clip | None = None
    while True:
        try:
            line = requests.get(timeout=_IDLE)
        except queue.Empty:
            return
        if not line:
            return
        numbers = None
        reply: dict[str, Any]
        try:
            model = model or Clip(Path(folder))
            numbers, reply = _answer(model, json.loads(line))
        except IngestError as error:
            reply = {"error": error.message, "hint": error.hint, "code": error.code}
        channel.write(json.dumps(reply).encode() + b"\n")
        if numbers is not None:
            channel.write(numbers.astype("float32").tobytes())
        channel.flush()


def _listen(requests: "queue.Queue[bytes]") -> None:
    for line in sys.stdin.buffer:
        requests.put(line)
    requests.put(b"")


def _answer(model: "Clip", request: dict[str, Any]) -> tuple["NDArray[np.float32]", dict[str, Any]]:
    read: list[bool] = []
    places: list[list[float]] = []
    after = 0
    if "texts" in request:
        numbers = model.texts(request["texts"])
    elif "figures" in request:
        numbers, result, after = model.figures(Path(request["figures"]), request["page"])
        places = [[page, *box] for page, box in result]
    else:
        numbers, read = model.pictures([Path(item) for item in request["pictures"]])
    rows, columns = numbers.shape
    header = {"rows": rows, "columns": columns, "read": read, "places": places, "after": after}
    return numbers, header


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
