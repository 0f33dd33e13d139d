"""The process that runs an image model, as `python -m ingest.models.clip_process FOLDER`.

Requests come as lines of JSON on standard input ({"pictures": [paths]} or {"texts": [words]});
each answer is a line of JSON ({"rows", "columns", "read"} or {"error", "hint", "code"}) followed by
that many float32 numbers. It ends when its standard input does.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np

from ingest.errors import IngestError
from ingest.models.clip import Clip


def main(folder: str) -> None:
    """Load the model, then serve."""
    # What libraries print must not end up among the answers.
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    model: Clip | None = None
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        try:
            model = model or Clip(Path(folder))
            if "texts" in asked:
                numbers, read = model.texts(asked["texts"]), [True] * len(asked["texts"])
            else:
                numbers, read = model.pictures([Path(each) for each in asked["pictures"]])
        except IngestError as error:
            told = {"error": error.message, "hint": error.hint, "code": error.code}
            channel.write(json.dumps(told).encode() + b"\n")
            channel.flush()
            continue
        rows, columns = numbers.shape
        channel.write(json.dumps({"rows": rows, "columns": columns, "read": read}).encode() + b"\n")
        channel.write(np.ascontiguousarray(numbers, np.float32).tobytes())
        channel.flush()


if __name__ == "__main__":
    main(sys.argv[1])
