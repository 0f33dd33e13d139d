"""The doors of recordings: speech models, and transcripts that were heard wrong."""

from collections.abc import Callable

from ingest.errors import IngestError
from workbench.arguments import Id, Number, Words
from workbench.changes import Changes
from workbench.errors import InputError, NotFoundError
from workbench.intake import correcting, speech
from workbench.intake.correcting import Corrected
from workbench.intake.speech import SpeechModelRow
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.store.store import Store


class SpeechDoors:
    """What a library can do with recordings; `Library` is one. Any thread may call."""

    _store: Store
    _changes: Changes
    _index: Callable[[], None]

    def speech_models(self) -> list[SpeechModelRow]:
        """The speech models that there are, and which are here. Contacts nobody."""
        return speech.models()

    def use_speech_model(self, name: Words, *, language: Words = "") -> None:
        """Write down recordings with this model; `language` "" finds out which is spoken.

        Raises `NotFoundError` where the model is not here.
        """
        speech.choose(name, language)

    def get_speech_model(
        self, name: Words, *, report: Report = silent, cancel: Cancel | None = None
    ) -> SpeechModelRow:
        """Load a speech model from its maker, as nothing else does, going on where one stopped.

        Raises `NotFoundError` for a size that there is not, `InputError` where it did not come
        (try again), `Cancelled`.
        """
        from ingest.media import speech_models

        stop = cancel or Cancel()
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
                f"Free {model.disk // 1_000_000} MB, then try again: what came is kept.",
                reason="disk",
            ) from error
        return next(row for row in speech.models() if row.name == name)

    def correct_transcript(self, source: Id, start: Number, end: Number, words: Words) -> Corrected:
        """Put other words in the place of `[start, end)` of a transcript (I13).

        Citations follow by their words, and every other word keeps its second. Reading the source
        again from its original brings back what was heard. Raises `NotFoundError`, `UsageError`.
        """
        done = self._store.write(
            lambda c: correcting.correct(c, source, start, end, words), sync=True
        )
        self._index()
        self._changes.tell("sources")
        return done
