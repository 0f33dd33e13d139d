"""Speech models by size: names, repositories, resources, and which are available."""

from dataclasses import dataclass, replace
from pathlib import Path

from ingest.media.speech_settings import is_model
from ingest.web.download import Downloader, Repository

_FILES = (
    *(("config.json",), ("tokenizer.json",), ("vocabulary.json", "vocabulary.txt", "")),
    *(("preprocessor_config.json", ""), ("model.bin",)),
)


@dataclass(frozen=True, slots=True)
class SpeechModel:
    """A model size: `disk` and `memory` in bytes, the latter an estimate for 8-bit weights.

    `folder` is its path, None if it is not here; `many` says whether it is multilingual.
    """

    name: str
    repository: str
    disk: int
    memory: int
    words: str
    many: bool = True
    folder: Path | None = None


_MB = 1_000_000
MODELS: tuple[SpeechModel, ...] = (
    SpeechModel("tiny", "Systran/faster-whisper-tiny", 75 * _MB, 300 * _MB, "quick and rough"),
    SpeechModel("base", "Systran/faster-whisper-base", 145 * _MB, 400 * _MB, "quick"),
    SpeechModel("small", "Systran/faster-whisper-small", 484 * _MB, 1000 * _MB, "good"),
    SpeechModel(
        "medium", "Systran/faster-whisper-medium", 1528 * _MB, 2300 * _MB, "very good, slow"
    ),
    SpeechModel(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        1618 * _MB,
        2500 * _MB,
        "very good, faster than its size",
    ),
    SpeechModel(
        "large-v3", "Systran/faster-whisper-large-v3", 3087 * _MB, 4500 * _MB, "best, very slow"
    ),
)


def available(folder: Path) -> list[SpeechModel]:
    """Every known size, and other models below `folder`."""
    results = [
        replace(item, folder=folder / item.name) if is_model(folder / item.name) else item
        for item in MODELS
    ]
    existing = {item.name for item in MODELS}
    try:
        remaining = sorted(path for path in folder.iterdir() if path.name not in existing)
    except OSError:
        remaining = []
    return results + [custom_model(path) for path in remaining if is_model(path)]


def custom_model(folder: Path) -> SpeechModel:
    """The model in a folder of the user's."""
    size = (folder / "model.bin").stat().st_size
    return SpeechModel(folder.name, "", size, 2 * size, "your own", folder=folder)


def load(model: SpeechModel, folder: Path, downloader: Downloader) -> Path:
    """Download a model into `folder`/NAME. Raises as `Downloader.download`."""
    place = folder / model.name
    downloader.download(Repository(model.repository, model.disk, _FILES), place)
    return place
