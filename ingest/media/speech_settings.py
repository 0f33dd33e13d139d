"""Settings of transcription: speech model, language, and the folder of journals.

Separate from transcription, whose imports would slow down start-up by a second.
"""

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ingest import installation
from ingest.models import weights

#: Seconds of sound that are processed together.
STRETCH_SECONDS = 600.0
#: Files of a model.
NEEDED = ("model.bin", "config.json", "tokenizer.json")


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
        kind, shapes = weights.inspect(folder / "model.bin")
        words = _words(folder)
    except (weights.TruncatedError, ValueError):
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
