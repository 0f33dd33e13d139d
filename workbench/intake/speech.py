"""Which speech model writes down recordings here, and what has been written down so far.

Models lie in the folder of models, each in one of its name, or in any folder that the user names;
which of them is used is noted in a small file of its own, since the window writes its settings as
a whole. What was written down of a recording lies in the cache until the recording is read to its
end.
"""

import contextlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

from ingest.media.speech_settings import NEEDED, SpeechSettings, model_problem
from workbench import paths, permissions
from workbench.errors import InputError, NotFoundError

#: Seconds after which what was written down of a recording that nobody asks for goes.
_MODEL_SECONDS = 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class SpeechModelRow:
    """A speech model: bytes on disk, bytes of memory (an estimate), where it lies if it is here.

    `used` is the one that writes down recordings; `words` says how good it is, in a few.
    """

    name: str
    disk: int
    memory: int
    words: str
    folder: str | None
    used: bool


def folder() -> Path:
    """Where the speech models lie."""
    return paths.models_dir() / "speech"


def journals() -> Path:
    """Where what is being written down is noted."""
    return paths.cache_dir() / "speech"


def _file() -> Path:
    return paths.config_dir() / "speech.json"


def _selected_model() -> tuple[str, str]:
    """The model (a name, or the path of a folder) and the language chosen, "" where none was."""
    try:
        settings = json.loads(_file().read_text(encoding="utf-8"))
        return str(settings["model"]), str(settings.get("language", ""))
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def choose(name: str, language: str = "") -> None:
    """Use this model from now on: one that is here, by its name, or the one in a folder.

    Raises `NotFoundError` where there is none, `InputError` for a folder that holds none.
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
    """The folder that a user names; None where there is none, or it can be no path at all."""
    try:
        place = Path(name).expanduser()
        return place if place.is_dir() else None
    except (OSError, RuntimeError, ValueError):
        return None


def models() -> list[SpeechModelRow]:
    """The sizes that there are, what lies in the folder besides, and the user's own folder."""
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
    """What writes down recordings: the model chosen, else the first that is here."""
    name, language = _selected_model()
    place = folder()
    if name and _is_intact(place / name):
        return SpeechSettings(place / name, language, journals())
    with contextlib.suppress(OSError):
        for path in sorted(place.iterdir()):
            if _is_intact(path):
                return SpeechSettings(path, language, journals())
    return None


def lacking() -> str:
    """Why there is nothing that writes down recordings, where a model was chosen; "" elsewhere."""
    name, _ = _selected_model()
    if not name:
        return ""
    place = folder() / name
    if not place.is_dir():
        return f"The folder “{place.name}” of the speech model is no longer there."
    return model_problem(place)


def _is_intact(path: Path) -> bool:
    return all((path / name).is_file() for name in NEEDED)


def forget(hash: str) -> None:
    """Let go of what was written down of a recording, and of what nobody asks for any more."""
    place = journals()
    with contextlib.suppress(OSError):
        (place / f"{hash}.jsonl").unlink(missing_ok=True)
        for path in place.iterdir():
            if time.time() - path.stat().st_mtime > _MODEL_SECONDS:
                path.unlink(missing_ok=True)
