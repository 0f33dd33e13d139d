"""The kinds of models that the program can use, one row each, with a short test of each.

`workbench models`, `workbench doctor` and the page Models show these rows. Only the measured speeds
are stored; only the chosen model server is contacted, and no text of the library is sent to it.
"""

import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from ingest import installation
from ingest.errors import IngestError
from ingest.media.speech_settings import model_problem
from ingest.models import ocr
from workbench import paths, permissions
from workbench.capabilities import installed, text_recognition
from workbench.capability import State
from workbench.errors import InputError, NotFoundError, UsageError
from workbench.intake import speech
from workbench.jobs import Cancel
from workbench.models import choices, server
from workbench.models.language import LanguageModels
from workbench.recall import reader_at_hand
from workbench.space.embeddings import folder
from workbench.space.embeddings.encoder import Encoder
from workbench.space.embeddings.searching import open_model
from workbench.space.pictures.process import ModelProcess
from workbench.store import vectors

#: Test of embeddings, in which the first two sentences are similar; passage and question of the
#: reader's.
_LIKE = ("Marie Curie discovered polonium.", "Who discovered polonium?", "The cat sleeps.")
_PASSAGE, _QUESTION = "The Ferrow mill was built by Anna Brook in 1842.", "Who built the mill?"
#: Text drawn as a picture, to be recognised.
_DRAWING_TEXT = "The mill was built in 1842."
#: Labels for a user's picture, and for the drawn one.
_SUBJECTS = ("a photograph", "a drawing", "a diagram", "a map", "a page of text")
_SHAPES = ("a red circle", "a blue square", "a green triangle")
#: Seconds of a recording that are transcribed.
_LISTENING_SECONDS = 30.0
Row = TypeVar("Row")
#: The model's output, and its speed, in words.
Tried = tuple[str, str]
Trial = Callable[[Path | None, Path | None, Cancel], Tried]


@dataclass(frozen=True, slots=True)
class ModelKind:
    """A kind of model: its purpose and its state on this machine.

    `model` is the one in use ("" for none), `size` its bytes on disk (0 if unknown), `place` its
    folder or server; `how` is the next step, or what it uses; `speed` was measured by the last test
    here ("" without one). A working model that is not `used` is available, but nothing of the
    library was read with it.
    """

    kind: str
    name: str
    does: str
    state: State
    model: str = ""
    size: int = 0
    place: str = ""
    how: str = ""
    speed: str = ""
    used: bool = True


@dataclass(frozen=True, slots=True)
class KindTrial:
    """The result of a test: the output `said`, the `speed` in words, and total seconds."""

    kind: str
    model: str
    said: str
    speed: str
    seconds: float


def kinds(library: Path | None = None) -> list[ModelKind]:
    """A row for each kind; `library` is the file whose own models are used, if any."""
    speeds = _speeds()
    rows = [row_of(library) for row_of, _ in _KINDS.values()]
    return [replace(row, speed=speeds.get(f"{row.kind} {row.model}", "")) for row in rows]


def kind_row(kind: str, library: Path | None = None) -> ModelKind:
    """The row of one kind. Raises `UsageError` for an unknown kind."""
    if kind not in KINDS:
        raise UsageError(f"There is no kind of model “{kind}”.", f"One of: {', '.join(KINDS)}.")
    return _KINDS[kind][0](library)


# -- states ----------------------------------------------------------------------------------------


def _embedding(library: Path | None) -> ModelKind:
    row = _row("embedding", "Search by meaning", "Finds passages that say it in other words.")
    space = stored(library, vectors.active)
    if folder.is_served(space.path) if space is not None else choices.load().vectors:
        row = replace(row, model=space.model if space is not None else "")
        try:
            running = server.reached()
        except InputError as error:
            return replace(row, state=State.NEEDS_SERVER, how=str(error))
        return replace(
            row, state=State.WORKS, place=running.address.url, how=f"By {running.title}."
        )
    if (lacking := _missing(row, "ctranslate2", "tokenizers")) is not None:
        return lacking
    try:
        if space is not None:
            place = Path(space.path)
            local = next((e for e in folder.installed() if e.digest == space.digest), None)
            embedding = local or folder.inspect_folder(place)
        else:
            shipped = folder.shipped()
            if shipped is None:
                return replace(row, how="Choose the folder of one: workbench models use FOLDER.")
            embedding = shipped
    except InputError as error:
        return replace(row, model=space.model if space is not None else "", how=str(error))
    row = replace(row, model=embedding.name, size=embedding.size, place=str(embedding.path))
    return replace(row, state=State.WORKS, used=space is not None)


def _reader(_library: Path | None) -> ModelKind:
    row = _row("reader", "Reader", "Chooses the sentence that answers, and says how sure it is.")
    if (lacking := _missing(row, "ctranslate2", "tokenizers")) is not None:
        return lacking
    place = reader_at_hand.folder()
    if place is None:
        return replace(row, how="It is switched off: unset WORKBENCH_READER.")
    row = replace(row, model=place.name, place=str(place), size=_size(place))
    if reader_at_hand.at_hand() is None:
        return replace(row, how=reader_at_hand.load_problem())
    return replace(row, state=State.WORKS)


def _speech(_library: Path | None) -> ModelKind:
    row = _row("speech", "Speech", "Writes down recordings and films that have no captions.")
    if (lacking := _missing(row, "faster_whisper", "av", "onnxruntime")) is not None:
        return replace(lacking, how=f"{installation.add('speech')}.")
    used = speech.active_model()
    if used is None:
        hint = "Load one, or choose a folder: see `workbench speech`."
        wrong = speech.lacking()
        return replace(row, how=f"{wrong} Choose another one." if wrong else hint)
    place = used.model
    if wrong := model_problem(place):
        return replace(row, model=place.name, how=f"{wrong} Choose another one.")
    return replace(row, state=State.WORKS, model=place.name, size=_size(place), place=str(place))


def _pictures(library: Path | None) -> ModelKind:
    row = _row("pictures", "Pictures", "Finds pictures and figures by what they show.")
    if (lacking := _missing(row, "open_clip", "torch")) is not None:
        return replace(lacking, how=f"{installation.add('vision')}.")
    space = stored(library, vectors.picture_space)
    if space is None or not Path(space.path).is_dir():
        hint = "Download one, or choose a folder: see `workbench pictures get`."
        return replace(row, model=space.model if space is not None else "", how=hint)
    place = Path(space.path)
    return replace(row, state=State.WORKS, model=place.name, size=_size(place), place=str(place))


def _language(_library: Path | None) -> ModelKind:
    row = _row("language", "Language model", "Writes answers; each sentence is checked.")
    if (lacking := _missing(row, "ollama", "httpx")) is not None:
        return lacking
    status = LanguageModels().status()
    hint = f"{status.sentence} {status.hint}".strip()
    model = status.choices.dialogue
    row = replace(row, state=status.state, model=model, place=status.address, how=hint)
    if status.state is State.WORKS:
        try:
            return replace(row, size=server.find(model)[1].size)
        except InputError as error:  # removed since the list was read
            return replace(row, state=State.NEEDS_SERVER, how=str(error))
    return row


def _recognition(_library: Path | None) -> ModelKind:
    capability = text_recognition()
    row = _row("text", "Text recognition", "Reads the words in scans, pictures and figures.")
    name = {"tesseract": "Tesseract", "rapidocr": "RapidOCR"}.get(ocr.engine(), "")
    return replace(row, state=capability.state, how=capability.how, model=name)


def _row(kind: str, name: str, does: str) -> ModelKind:
    return ModelKind(kind, name, does, State.NEEDS_MODEL)


def _missing(row: ModelKind, *modules: str) -> ModelKind | None:
    """The row if packages of this kind are missing, else None."""
    capability = installed(row.name, *modules)
    if capability.state is State.WORKS:
        return None
    return replace(row, state=capability.state, how=capability.how)


def _size(place: Path) -> int:
    try:
        return sum(file.stat().st_size for file in place.iterdir() if file.is_file())
    except OSError:
        return 0


def stored(library: Path | None, read: Callable[[sqlite3.Connection], Row | None]) -> Row | None:
    """Query a library's file directly; None if it cannot be read."""
    if library is None or not library.is_file():
        return None
    address = f"{library.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=1)) as connection:
            return read(connection)
    except sqlite3.Error:
        return None


# -- trials ----------------------------------------------------------------------------------------


def try_kind(
    kind: str,
    library: Path | None = None,
    *,
    file: Path | None = None,
    cancel: Cancel | None = None,
) -> KindTrial:
    """Test the model of a kind, and store its speed.

    `file` is a recording or picture of the user; kinds in `FILED` require one. Raises `UsageError`
    for an unknown kind or a missing file, `NotFoundError` if no model is in use, `InputError` for
    other failures.
    """
    row = kind_row(kind, library)
    if row.state is not State.WORKS:
        raise NotFoundError(f"{row.name}: {row.state.value}.", row.how)
    if kind in FILED and file is None:
        raise UsageError(
            f"{row.name} needs a recording of yours.",
            f"Name one: workbench models try {kind} --file RECORDING",
        )
    start = time.perf_counter()
    try:
        output, speed = _KINDS[kind][1](library, file, cancel or Cancel())
    except IngestError as error:
        raise InputError(error.message, error.hint, error.code) from error
    trial = KindTrial(kind, row.model, output, speed, time.perf_counter() - start)
    _store_speed(f"{kind} {row.model}", speed)
    return trial


def _try_embedding(library: Path | None, _file: Path | None, _cancel: Cancel) -> Tried:
    space = stored(library, vectors.active)
    shipped = folder.shipped()
    if space is not None:
        # It gets three sentences of the program, whatever the library allows.
        encoder = open_model(space, lambda _: None)
    elif shipped is not None:
        encoder = Encoder.load(shipped)
    else:
        raise NotFoundError("There is no embedding model.", "Choose one: workbench models use NAME")
    start = time.perf_counter()
    statement, like, unlike = encoder.encode(_LIKE)
    seconds = (time.perf_counter() - start) / len(_LIKE)
    output = (
        f"“{_LIKE[0]}” is {float(statement @ like):.2f} like “{_LIKE[1]}”"
        f" and {float(statement @ unlike):.2f} like “{_LIKE[2]}”"
    )
    return output, f"{1000 * seconds:.0f} ms a sentence"


def _try_reader(_library: Path | None, _file: Path | None, cancel: Cancel) -> Tried:
    reader = reader_at_hand.at_hand()
    if reader is None:
        raise NotFoundError("There is no reader.", reader_at_hand.load_problem())
    start = time.perf_counter()
    (reading,) = reader.read(_QUESTION, [_PASSAGE], cancel=cancel)
    seconds = time.perf_counter() - start
    if reading is None:
        raise InputError("The reader did not read a sentence in time.", "Try again.")
    output = (
        f"“{_QUESTION}” “{_PASSAGE[reading.start : reading.end]}”, {reading.probability:.0%} sure"
    )
    return output, f"{1000 * seconds:.0f} ms a passage"


def _try_speech(_library: Path | None, file: Path | None, cancel: Cancel) -> Tried:
    used = speech.active_model()
    if used is None or file is None:
        raise NotFoundError("There is no speech model.", "Load one: see `workbench speech`.")
    from ingest.media import sound
    from ingest.media.speech import Journal, stretches

    with tempfile.TemporaryDirectory() as place:
        opening = Path(place) / "opening.wav"
        sound.clip(file, opening, 0.0, _LISTENING_SECONDS, cancel.check)
        with sound.open_recording(opening) as recording:
            start = time.perf_counter()
            texts = [
                segment.text
                for stretch in stretches(
                    recording, used, Journal(), report=lambda *_: None, cancel=cancel.check
                )
                for segment in stretch.segments
            ]
            seconds = time.perf_counter() - start
            lasts = recording.track.seconds or 0.0
    output = (
        f"Heard “{' '.join(texts)}”"
        if texts
        else f"Heard no words in the first {_LISTENING_SECONDS:.0f} s."
    )
    return output, f"{lasts / seconds:.1f} s of sound a second"


def _try_pictures(library: Path | None, file: Path | None, cancel: Cancel) -> Tried:
    space = stored(library, vectors.picture_space)
    if space is None:
        raise NotFoundError("There is no image model.", "Choose one: see `workbench pictures`.")
    names = _SHAPES if file is None else _SUBJECTS
    model = ModelProcess(Path(space.path))
    try:
        with tempfile.TemporaryDirectory() as place:
            picture = _draw_circle(Path(place) / "circle.png") if file is None else file
            words = model.texts(
                [f"{name} on white paper" if file is None else name for name in names], cancel
            )
            start = time.perf_counter()
            numbers, (read,) = model.pictures([picture], cancel)
            seconds = time.perf_counter() - start
    finally:
        model.close()
    if not read:
        raise InputError(f"“{picture.name}” cannot be read as a picture.", "Choose another one.")
    best = names[int((words @ numbers[0]).argmax())]
    subject = "The red circle that was drawn" if file is None else f"“{picture.name}”"
    remainder = ", ".join(name for name in names if name != best)
    return (
        f"{subject} is most like “{best}”, less like {remainder}",
        f"{1000 * seconds:.0f} ms a picture",
    )


def _draw_circle(place: Path) -> Path:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (256, 256), "white")
    ImageDraw.Draw(picture).ellipse((48, 48, 208, 208), fill="red")
    picture.save(place)
    return place


def _try_language(_library: Path | None, _file: Path | None, cancel: Cancel) -> Tried:
    trial = LanguageModels().try_(cancel=cancel)
    output = f"“{' '.join(trial.reply.split())}”" if trial.reply else "It answered nothing."
    speed = f"{trial.rate:.0f} tokens a second, the first after {trial.first:.1f} s"
    return f"{output} {trial.hint}".strip(), speed


def _try_recognition(_library: Path | None, _file: Path | None, _cancel: Cancel) -> Tried:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (900, 120), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((30, 30), _DRAWING_TEXT, fill=0, font=ImageFont.load_default(size=48))
    start = time.perf_counter()
    words = ocr.recognise(picture)
    seconds = time.perf_counter() - start
    return f"Read “{' '.join(word.text for word in words)}”", f"{seconds:.1f} s a line"


#: The row and the test of each kind.
_KINDS: Mapping[str, tuple[Callable[[Path | None], ModelKind], Trial]] = {
    "embedding": (_embedding, _try_embedding),
    "reader": (_reader, _try_reader),
    "speech": (_speech, _try_speech),
    "pictures": (_pictures, _try_pictures),
    "language": (_language, _try_language),
    "text": (_recognition, _try_recognition),
}
#: All kinds, and those whose test requires a file.
KINDS, FILED = tuple(_KINDS), ("speech",)


def _file() -> Path:
    return paths.config_dir() / "speeds.json"


def _speeds() -> dict[str, str]:
    try:
        record = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in record.items()} if isinstance(record, dict) else {}


def _store_speed(name: str, speed: str) -> None:
    """Store the speed of a model; failures to write are ignored."""
    text = json.dumps({**_speeds(), name: speed}, ensure_ascii=False, indent=1)
    with suppress(OSError):
        permissions.replaced(_file(), text)
