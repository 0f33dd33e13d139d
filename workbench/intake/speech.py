"""Which speech model transcribes recordings here, and unfinished transcripts.

Models are subfolders of the models folder, or any folder that the user names; the choice is stored
in a small file of its own, since the window rewrites its settings as a whole. Unfinished
transcripts are cached until the recording is read completely.
"""

import contextlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

from ingest.media.speech_settings import NEEDED, SpeechSettings, is_model, model_problem
from workbench import paths, permissions
from workbench.errors import InputError, NotFoundError

#: Seconds after which an unused unfinished transcript is deleted.
_MODEL_SECONDS = 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class SpeechModelRow:
    """A speech model: size in bytes, memory in bytes (an estimate), and its path if it is here.

    `used` marks the active model; `words` describes its quality.
    """

    name: str
    disk: int
    memory: int
    words: str
    folder: str | None
    used: bool


def folder() -> Path:
    """The folder of speech models."""
    return paths.models_dir() / "speech"


def journals() -> Path:
    """The folder of unfinished transcripts."""
    return paths.cache_dir() / "speech"


def _file() -> Path:
    return paths.config_dir() / "speech.json"


def _selected_model() -> tuple[str, str]:
    """The chosen model (a name, or the path of a folder) and language, "" for none."""
    try:
        settings = json.loads(_file().read_text(encoding="utf-8"))
        return str(settings["model"]), str(settings.get("language", ""))
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def choose(name: str, language: str = "") -> None:
    """Choose a model by name, or by its folder.

    Raises `NotFoundError` if there is none, `InputError` for a folder without one.
    """
    local_folder = next((row.folder for row in models() if row.name == name and row.folder), None)
    place = _folder_of_users(local_folder or name)
    if place is None:
        raise NotFoundError(
            f"There is no speech model “{name}” here.",
            f"Load it with `workbench speech get {name}`, or see `workbench speech`.",
        )
    wrong = "" if local_folder else model_problem(place)
    if wrong:
        needed = f"Choose a folder of faster-whisper that has {', '.join(NEEDED)}."
        next_step = "Copy or download it again, or choose another folder."
        raise InputError(wrong, next_step if "cut off" in wrong else needed)
    name = place.name if place.parent == folder() else str(place.resolve())
    try:
        permissions.replaced(_file(), json.dumps({"model": name, "language": language}))
    except OSError as error:
        raise InputError(
            f"The choice could not be saved ({error.strerror or error}).",
            "Check that you may write to the settings folder.",
            reason="disk",
        ) from error


def _folder_of_users(name: str) -> Path | None:
    """The folder that a user names; None if it does not exist or is no path."""
    try:
        place = Path(name).expanduser()
        return place if place.is_dir() else None
    except (OSError, RuntimeError, ValueError):
        return None


def models() -> list[SpeechModelRow]:
    """The known sizes, other models in the folder, and the user's own folder."""
    from ingest.media import speech_models

    used = active_model()
    rows = speech_models.available(folder())
    if used is not None and all(item.folder != used.model for item in rows):
        rows.append(speech_models.custom_model(used.model))
    return [
        SpeechModelRow(
            item.name,
            item.disk,
            item.memory,
            item.words,
            None if item.folder is None else str(item.folder),
            used is not None and item.folder == used.model,
        )
        for item in rows
    ]


def active_model() -> SpeechSettings | None:
    """The model in use: the chosen one, or else the first that is here."""
    name, language = _selected_model()
    place = folder()
    if name and is_model(place / name):
        return SpeechSettings(place / name, language, journals())
    with contextlib.suppress(OSError):
        for path in sorted(place.iterdir()):
            if is_model(path):
                return SpeechSettings(path, language, journals())
    return None


def lacking() -> str:
    """Why the chosen model cannot be used; "" if it can, or none was chosen."""
    name, _ = _selected_model()
    if not name:
        return ""
    place = folder() / name
    if not place.is_dir():
        return f"The folder “{place.name}” of the speech model is no longer there."
    return model_problem(place)


def forget(hash: str) -> None:
    """Delete the unfinished transcript of a recording, and unused ones."""
    place = journals()
    with contextlib.suppress(OSError):
        (place / f"{hash}.jsonl").unlink(missing_ok=True)
        for path in place.iterdir():
            if time.time() - path.stat().st_mtime > _MODEL_SECONDS:
                path.unlink(missing_ok=True)
