"""Settings of transcription: speech model, language, and the folder of journals.

Separate from transcription, whose imports would slow down start-up by a second.
"""

import json
import os
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from ingest import installation

# -- weight files ----------------------------------------------------------------------------------
# Inspects a CTranslate2 weight file: the kind of model, and whether it is complete.
# Seeks over the arrays, so that kilobytes of gigabytes are read (ctranslate2.specs.model_spec,
# `_serialize`).


#: The format version that is read, and those of which nothing is known.
_VERSION, _OTHER_VERSIONS = 6, range(1, 20)
#: Most arrays and names: a damaged file may claim any number.
_LIMIT = 100_000


class TruncatedError(Exception):
    """The file is truncated, or is no weight file."""


def inspect_weights(path: Path) -> tuple[str, dict[str, list[int]]]:
    """The kind of model, such as "WhisperSpec", and the shape of each array; "" if unknown.

    Raises `TruncatedError` for an incomplete file, and `OSError`.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        version = _number(file, "<I")
        if version != _VERSION:
            if version not in _OTHER_VERSIONS:
                raise TruncatedError
            return "", {}
        shapes = {}
        kind = _text(file)
        _number(file, "<I")
        for _ in range(_length(file)):
            name, axes = _text(file), _number(file, "<B")
            shapes[name] = [_number(file, "<I") for _ in range(axes)]
            file.seek(1, os.SEEK_CUR)
            file.seek(_number(file, "<I"), os.SEEK_CUR)
            if file.tell() > size:
                raise TruncatedError
        for _ in range(_length(file)):
            _text(file)
            _text(file)
    return kind, shapes


def _length(file: BinaryIO) -> int:
    length = _number(file, "<I")
    if length > _LIMIT:
        raise TruncatedError
    return length


def _number(file: BinaryIO, form: str) -> int:
    read = file.read(struct.calcsize(form))
    if len(read) < struct.calcsize(form):
        raise TruncatedError
    return int(struct.unpack(form, read)[0])


def _text(file: BinaryIO) -> str:
    length = _number(file, "<H")
    read = file.read(length)
    if len(read) < length:
        raise TruncatedError
    return read.rstrip(b"\0").decode("utf-8", "replace")


#: Seconds of sound that are processed together.
STRETCH_SECONDS = 600.0
#: Files of a model.
NEEDED = ("model.bin", "config.json", "tokenizer.json")


def is_model(folder: Path) -> bool:
    """Whether a folder has all files of a speech model."""
    return all((folder / name).is_file() for name in NEEDED)


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """The folder of a model, a language ("" detects it), and a folder for journals.

    `threads` 0 uses all cores; `stretch` is in seconds.
    """

    model: Path
    language: str = ""
    journals: Path | None = None
    threads: int = 0
    stretch: float = STRETCH_SECONDS


def ready() -> bool:
    """Whether the packages of the extra `speech` are installed. Loads nothing."""
    return all(find_spec(package) for package in ("av", "faster_whisper", "onnxruntime"))


def lacking() -> tuple[str, str]:
    """The error if recordings cannot be decoded: a sentence and the next step."""
    return "Recordings cannot be played or transcribed here yet.", f"{installation.add('speech')}."


def missing() -> str:
    """The missing packages and the next step, in two sentences, or ""."""
    return "" if ready() else " ".join(lacking())


def model_problem(folder: Path) -> str:
    """Why the model in a folder cannot be used, as a sentence, or ""."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        return f"“{folder.name}” contains no speech model: {missing[0]} is missing."
    try:
        kind, shapes = inspect_weights(folder / "model.bin")
        words = _words(folder)
    except (TruncatedError, ValueError):
        return f"The weights in “{folder.name}” are damaged or cut off."
    except OSError as error:
        return f"“{folder.name}” cannot be read ({error.strerror or error})."
    if kind not in ("", "WhisperSpec"):
        return f"“{folder.name}” contains a model of another kind, which cannot hear."
    rows = shapes.get("decoder/embeddings/weight", [words])[0]
    if rows != words:
        # CTranslate2 would read beyond the weights, and crash.
        return f"The weights in “{folder.name}” are of another size than its list of words."
    return ""


def _words(folder: Path) -> int:
    """The vocabulary size of the model in a folder. Raises `OSError`, `ValueError`."""
    if (folder / "vocabulary.json").is_file():
        return len(json.loads((folder / "vocabulary.json").read_text("utf-8")))
    return (folder / "vocabulary.txt").read_bytes().rstrip(b"\n").count(b"\n") + 1
