"""Models: language and speech models, and how far one has read."""

from ingest.errors import IngestError
from workbench.arguments import Words
from workbench.errors import InputError, NotFoundError
from workbench.intake import speech
from workbench.intake.speech import SpeechModelRow
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.library.core import Core
from workbench.library.group import Group
from workbench.memory.graph.modelling import ModelRead, ModelReadingState, warning
from workbench.models.choices import LanguageChoices
from workbench.models.language import LanguageModels
from workbench.store import modelled, text


class Models(Group, LanguageModels):
    """What a library can do with models of language and speech."""

    def __init__(self, core: Core) -> None:
        Group.__init__(self, core)
        LanguageModels.__init__(self, core.language_chosen)

    def read(self, *, report: Report = silent, cancel: Cancel | None = None) -> ModelRead:
        """Let the model chosen for extraction read what it has not read; another reads all anew.

        It also does so by itself in the background. What it finds meets what the rules have drawn
        in one association. Raises `NotFoundError` where none is chosen, `InputError` where it
        cannot be used, `LibraryLockedError` where another program does it, `Cancelled`; what was
        read stays.
        """
        made = self._core.model_reader.catch_up(report, cancel)
        if made.triples:
            self._core.changes.tell("facts")
        return made

    def readings(self) -> list[ModelReadingState]:
        """Which models have read this library and how far, the last chosen first."""
        with self._core.store.read() as connection:
            rows = modelled.readers(connection)
            last = text.last_statement(connection)
        trouble = self._core.model_reader.trouble
        return [
            ModelReadingState(
                row.model, row.prompt, min(row.upto, last), last, row.sentences, row.triples,
                row.refused, row.unread, trouble if not at else "",
                warning(row.model, row.sentences, row.triples, row.unread, row.empty),
            )
            for at, row in enumerate(rows)
        ]  # fmt: skip

    def speech(self) -> list[SpeechModelRow]:
        """The speech models that there are, and which are here. Contacts nobody."""
        return speech.models()

    def choose(
        self,
        name: Words,
        purpose: Words,
        *,
        language: Words = "",
        cancel: Cancel | None = None,
    ) -> LanguageChoices:
        """Choose a model for "dialogue" or "extraction", by a server, or for "speech"; "" for none.

        One for speech is named by its name or its folder; its `language` "" finds out which is
        spoken. Raises `UsageError` for a purpose that there is not, `InputError` for a model that
        the server does not have, that cannot write or is no model, `NotFoundError` for one of
        speech that is not here.
        """
        if purpose != "speech":
            return super().choose(name, purpose, cancel=cancel)
        speech.choose(name, language)
        return self.choices

    def fetch(
        self,
        name: Words,
        *,
        speech: bool = False,
        report: Report = silent,
        cancel: Cancel | None = None,
    ) -> None:
        """Have the server fetch a model, or load one for `speech` from its maker.

        What was fetched stays when it is stopped: the same call goes on. Raises `NotFoundError` for
        a size of speech models that there is not, `InputError` where it did not come (try again),
        `Cancelled`.
        """
        if not speech:
            super().fetch(name, report=report, cancel=cancel)
            return
        _load_speech(name, report, cancel or Cancel())


def _load_speech(name: str, report: Report, stop: Cancel) -> None:
    from ingest.media import speech_models

    model = next((each for each in speech_models.MODELS if each.name == name), None)
    if model is None:
        raise NotFoundError(
            f"There is no speech model “{name}”.", "See `workbench speech` for those there are."
        )

    def tell(done: int, total: int, unit: str) -> None:
        report(Progress("loading", done, total, unit, name))

    try:
        speech_models.load(model, speech.folder(), report=tell, cancel=stop.check)
    except IngestError as error:
        raise InputError(error.message, error.hint, reason=error.code) from error
    except OSError as error:
        raise InputError(
            f"The speech model could not be written ({error.strerror or error}).",
            f"Free {model.disk // 1_000_000} MB, then try again: what has arrived is kept.",
            reason="disk",
        ) from error
