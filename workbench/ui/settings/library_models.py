"""Embedding, speech and image models."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox

from workbench.errors import InputError
from workbench.jobs import Cancel, Report
from workbench.ui.components import (
    card,
    choice,
    words,
)
from workbench.ui.language import known, tr, tr_n
from workbench.ui.settings.model_list import Model, ModelList, language_words
from workbench.ui.settings.page import Line, Page, lines
from workbench.ui.settings.work import Work
from workbench.ui.shelf.shelf import Shelf

if TYPE_CHECKING:
    from workbench.intake.speech import SpeechModelRow
    from workbench.library import Library
    from workbench.recall.embedding_models import EmbeddingModel, EmbeddingSpace
    from workbench.recall.pictures import PictureModelRow, PictureSpace

#: Languages on offer; by default a recording's language is detected.
_LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh")


class EmbeddingModels(ModelList):
    """Embedding models in folders and on the server; one of them embeds the library."""

    kind, glyph = "embedding", "search"
    title, working = tr("Embedding models"), tr("Reading")
    description = tr(
        "Finds passages that say the same thing in different words. Runs on this "
        "computer. A model is included; you can choose another or turn it off."
    )
    folder = (
        tr("A folder that contains a sentence-transformers model"),
        tr("The folder of an embedding model"),
    )
    wording = (
        tr("{name} reads the library"), tr("{name} has read the library"),
        tr("Answers and See also now find similar meanings too."),
    )  # fmt: skip

    def __init__(self, page: Page, shelf: Shelf, work: Work) -> None:
        super().__init__(page, shelf, work)
        self._served: tuple[EmbeddingModel, ...] = ()
        self._folders: tuple[str, ...] = ()
        for signal in (shelf.sources_changed, shelf.embedding):
            signal.connect(self._refresh_local)

    def refresh(self) -> None:
        """List the models, also those on the server, with their progress."""
        super().refresh()
        self._shelf.ask(_served_models, done=self._add_served, key=self._key(":served"))

    def _refresh_local(self) -> None:
        if self.isVisible():
            super().refresh()

    def refresh_visible(self) -> None:
        """Refresh if visible, without querying the server."""
        self._refresh_local()

    def _reader(self) -> "Callable[[Library], Any]":
        return partial(_embedding_models, folders=self._folders)

    def _add_served(self, models: "tuple[EmbeddingModel, ...]") -> None:
        self._served = models
        # Reload, since an unusable model may work now.
        super().refresh()

    def _read(self, data: Any) -> None:
        super()._read((*data, self._served))

    def _reset(self) -> None:
        self._shelf.jobs.cancel(self._key(":served"))
        self._served = ()
        super()._reset()
        if self.isVisible():
            self.refresh()

    def _advise(self) -> None:
        if not self.models:
            self._say(
                "info", tr("No embedding model is on this computer."),
                tr("Choose the folder of a sentence-transformers model, such as"
                   " all-MiniLM-L6-v2, or fetch one with Ollama, such as nomic-embed-text."),
            )  # fmt: skip
        self._add_folder_button(self.add_folder)

    def _models(self) -> list[Model]:
        models, spaces, served = self.data
        by_path = {space.path: space for space in spaces}
        rows = [
            self._model(model, by_path.get(model.path))
            for model in {item.path: item for item in (*models, *served)}.values()
        ]
        return [model for _order, model in sorted(rows, key=lambda row: row[0])]

    def _model(self, model: "EmbeddingModel", space: "EmbeddingSpace | None") -> tuple[int, Model]:
        """A model with its sort order: in use, started, ready, unusable."""
        location = model.where or words.home_short(model.path)
        facts = [
            language_words(model.languages),
            tr("{dimension} numbers a passage", dimension=model.dimension)
            if model.dimension
            else "",
            words.size(model.size) if model.size else "", location,
        ]  # fmt: skip
        description = " · ".join(filter(None, facts))
        order, state, role, verb = 2, tr("Ready"), "muted", tr("Use")
        active = space is not None and space.active
        if not model.usable or (space is not None and active and space.trouble):
            order, state, role = 3 if space is None else 0, tr("Cannot be used"), "danger"
            cause = (space.trouble if space is not None else "") or model.why
            fallback = tr("Until then, search uses words only.")
            description = f"{cause} {fallback if model.where else location}".strip()
            verb = ""
        elif space is not None and active:
            order, state, role = 0, _share(tr("In use"), space), "ok"
            verb = tr("Read the rest") if space.done < space.total else ""
            if self._work.subject not in ("", model.path):
                state = tr("In use until then")
        elif space is not None and space.reading:
            order, state, verb = 1, _share(tr("Reading in the background"), space), ""
        elif space is not None:
            order, state, role, verb = 1, _share(tr("Begun"), space), "warn", tr("Go on")
        removable = space is not None and (active or space.reading)
        removal = (
            tr("Remove {many} from the library?", many=words.count(space.vectors, "vector")),
            tr("Your texts are not changed. To use the model again, it has to read "
               "everything again."),
        ) if space is not None and removable else ("", "")  # fmt: skip
        call = partial(self._resume if active else self.use, model.path, model.name)
        return order, Model(
            model.name, description, state, role, ((verb, call),) if verb else (), model.path,
            removal,
        )  # fmt: skip

    def use(self, path: str, name: str) -> None:
        """Embed the library with a model; the previous one is used until it has finished."""
        self._removing = ""
        self._begin(name, path, lambda library: partial(library.models.use, path))

    def add_folder(self, folder: str) -> None:
        """List the model in a folder, with an error if it is unusable."""
        self._folders = tuple(dict.fromkeys((*self._folders, str(Path(folder)))))
        self.refresh()


def _share(word: str, space: "EmbeddingSpace") -> str:
    if space.done >= space.total:
        return word
    return tr(
        "{word}: {done} of {total}",
        word=word,
        done=words.number(space.done),
        total=words.number(space.total),
    )


def _embedding_models(library: "Library", folders: Sequence[str]) -> tuple[object, object]:
    models = tuple(library.models.list("embedding", folders=folders))
    return models, tuple(library.models.readings("embedding"))


def _served_models(library: "Library", cancel: Cancel) -> "tuple[EmbeddingModel, ...]":
    """The models of the chosen server; none if it does not respond."""
    try:
        return tuple(library.models.list("embedding", served=True, cancel=cancel))
    except InputError:
        return ()


class SpeechModels(ModelList):
    """Speech models by size: downloaded only on a click, with the size on the button."""

    kind, glyph = "speech", "audio"
    title, working, starting = tr("Speech models"), tr("Loading"), tr("Asking for it…")
    description = tr(
        "Transcribes recordings without captions. Runs on this computer. Downloading "
        "a model fetches its files from huggingface.co and sends nothing of yours."
    )
    folder = (
        tr("A folder that contains a speech model for faster-whisper"),
        tr("The folder of a speech model"),
    )
    wording = (
        tr("Downloading the speech model {name}"), tr("Speech model {name} downloaded"),
        tr("Recordings will be transcribed with it."),
    )  # fmt: skip
    #: The language of recordings; created only if a model is in use.
    language: QComboBox

    def _reader(self) -> "Callable[[Library], Any]":
        return _speech_models

    def _advise(self) -> None:
        rows, language, missing = self.data
        self._add_folder_button(self.use_folder, missing)
        for used in (model.name for model in rows if model.used and model.folder):
            lined = lines(self._language_line(used, language))
            self._list.addWidget(card(lined, name=tr("Language")))

    def _language_line(self, used: str, language: str) -> Line:
        tags = sorted({*_LANGUAGES, language} - {""}, key=words.language)
        entries = [(tr("Detect automatically"), ""), *((words.language(tag), tag) for tag in tags)]
        box = self.language = choice(tr("Language of recordings"), entries)
        box.setCurrentIndex(box.findData(language))
        box.activated.connect(lambda at: self._use(used, str(box.itemData(at))))
        description = tr(
            "If all your recordings are in one language, choosing it is faster and more accurate."
        )
        return Line("web", tr("Language of recordings"), description, "", "", box)

    def _models(self) -> list[Model]:
        rows, language, missing = self.data
        return [self._model(row, language) for row in rows if row.folder or not missing]

    def _model(self, row: "SpeechModelRow", language: str) -> Model:
        description = tr(
            "{words} · about {memory} of memory",
            words=known(row.words),
            memory=words.size(row.memory),
        )
        return self._stored_model(row, description, partial(self._use, row.name, language))

    def load(self, name: str) -> None:
        """Download a model from its publisher."""
        self._begin(name, name, lambda library: partial(_load_speech_model, library, name))

    def use_folder(self, folder: str) -> None:
        """Transcribe recordings with the model in a folder."""
        self._use(folder, self.data[1] if self.data else "")

    def _use(self, name: str, language: str) -> None:
        choose = partial(_choose_speech_model, name=name, language=language)
        self._shelf.ask(choose, done=self._read, failed=self._fail, key=self._key())


def _speech_models(library: "Library") -> object:
    from ingest.media import speech_settings
    from workbench.intake import speech

    model, rows = speech.active_model(), library.models.list("speech")
    return rows, model.language if model is not None else "", speech_settings.missing()


def _choose_speech_model(library: "Library", name: str, language: str) -> object:
    library.models.choose(name, "speech", language=language)
    return _speech_models(library)


def _load_speech_model(library: "Library", name: str, report: Report, cancel: Cancel) -> None:
    """Download a model; the first one is also selected."""
    library.models.fetch(name, "speech", report=report, cancel=cancel)
    if not any(row.used for row in library.models.list("speech")):
        library.models.choose(name, "speech")


_DOWNLOADING = (
    tr("Downloading the image model {name}"), tr("Image model {name} downloaded"),
    tr("Choose Use, and it looks at your pictures."),
)  # fmt: skip


class ImageModels(ModelList):
    """The image model that embeds the pictures of the library."""

    kind, glyph = "pictures", "image"
    title, working = tr("Image model"), tr("Looking")
    description = tr(
        "Finds pictures, and figures in PDFs, by what they show. Runs on this computer. "
        "Downloading a model fetches its files from huggingface.co and sends nothing of yours. "
        "Without one, only captions and words in pictures are searched."
    )
    folder = (
        tr("A folder that contains an image model for open_clip"),
        tr("The folder of an image model"),
    )
    wording = (
        tr("{name} looks at pictures"), tr("{name} has seen the pictures"),
        tr("Pictures and figures are found by what they show."),
    )  # fmt: skip

    def __init__(self, page: Page, shelf: Shelf, work: Work) -> None:
        super().__init__(page, shelf, work)
        shelf.sources_changed.connect(self.refresh_visible)

    def _reader(self) -> "Callable[[Library], Any]":
        return _image_model

    def _advise(self) -> None:
        space, _, missing = self.data
        if space is None and not missing:
            self._say(
                "info",
                tr("No image model is in use."),
                tr("Download one, or choose the folder of a model for open_clip."),
            )
        elif space is not None and space.trouble and not missing:
            self._say("warn", space.trouble, "")
        self._add_folder_button(self.use_folder, missing)

    def _models(self) -> list[Model]:
        space, rows, missing = self.data
        models = [
            self._stored_model(row, known(row.words), partial(self.use_folder, row.folder))
            for row in rows
            if not (missing or row.used)
        ]
        return models if space is None else [self._model(space), *models]

    def _model(self, space: "PictureSpace") -> Model:
        pictures = words.count(space.pictures, "picture")
        description = tr(
            "{pictures} seen, {done} of {sources} looked through · {path}",
            pictures=pictures,
            done=words.number(space.done),
            sources=words.count(space.total, "source"),
            path=words.home_short(space.path),
        )
        removal = (
            tr_n(space.pictures, "Forget what {pictures} shows?", "Forget what {pictures} show?",
                 pictures=pictures),
            tr("Your pictures are not changed. To search them by content again, the model "
               "has to look at all of them again."),
        )  # fmt: skip
        if space.trouble:
            return Model(space.model, description, tr("Not working"), "warn", removal=removal)
        rest = ((tr("Look at the rest"), partial(self._resume, space.model, space.model)),)
        actions = rest if space.done < space.total else ()
        return Model(space.model, description, tr("In use"), "ok", actions, removal=removal)

    def load(self, name: str) -> None:
        """Download a model from its publisher."""
        self.working = tr("Loading")
        self._begin(
            name, name, lambda library: partial(library.models.fetch, name, "pictures"),
            _DOWNLOADING,
        )  # fmt: skip

    def use_folder(self, folder: str) -> None:
        """Embed every picture with the model in a folder."""
        self.working = tr("Looking")
        name = folder.replace("\\", "/").rstrip("/").rpartition("/")[2]
        self._begin(name, name, lambda library: partial(library.models.use, folder, "pictures"))


def _image_model(library: "Library") -> "tuple[PictureSpace | None, list[PictureModelRow], str]":
    models = library.models
    space = next(iter(models.readings("pictures")), None)
    return space, models.list("pictures"), models.missing
