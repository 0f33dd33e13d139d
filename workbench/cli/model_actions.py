"""Commands of models, pictures and the brain that are more than one call of the library."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.media import speech_settings
from workbench import kernels, model_kinds, paths
from workbench.brain.engine.kernel_set import BRAIN_KERNELS
from workbench.cli.actions import Arguments
from workbench.cli.output import Output, ProgressLine, read_secret
from workbench.errors import InputError, UsageError
from workbench.library import Library

if TYPE_CHECKING:
    from workbench.brain.library.assembly import Assembly
    from workbench.brain.records import BrainRecall
    from workbench.intake.speech import SpeechModelRow
    from workbench.models.choices import LanguageChoices
    from workbench.models.language import LanguageModel, LanguageStatus
    from workbench.recall.answered.saved import Answered
    from workbench.recall.embedding_models import EmbeddingModel, EmbeddingSpace
    from workbench.recall.pictures import PictureSpace

#: Largest scale of a brain that runs without compiled loops.
_UNCOMPILED = 0.05


def resized_brain(library: Library, arguments: Arguments, output: Output) -> None:
    """Set the scale of the brain, and compile its loops if needed."""
    scale = arguments.scale
    if scale is not None:
        library.brain.configure(scale=scale)
    if arguments.what not in ("recall", "dream") or (scale is not None and scale <= _UNCOMPILED):
        return
    if not kernels.is_cached(BRAIN_KERNELS):
        output.remark("Compiling the brain for this machine, once; this takes a moment.")
    if not library.brain.prepare():
        output.remark("It cannot be compiled here; a small brain answers instead.")


def brain_recall(library: Library, arguments: Arguments, _: Output) -> "BrainRecall":
    """Recall associations of a cue in the brain."""
    return library.brain.recall(
        arguments.cue,
        mode=arguments.mode,
        limit=arguments.limit,
        collection=arguments.collection,
        seed=arguments.seed,
        # A command runs once: wait for proposed links.
        patience=None,
    )


def assembly(library: Library, arguments: Arguments, _: Output) -> "Assembly":
    """Show the neurons of a concept."""
    concept = library.graph.concept(arguments.cue).concept
    return library.brain.assembly(concept.id, collection=arguments.collection)


def unlearned(library: Library, arguments: Arguments, _: Output) -> int:
    """Undo the last lesson, one by number, or all."""
    target = arguments.cue
    if target not in (None, "all") and not target.isdecimal():
        raise UsageError(
            f"“{target}” is not a lesson.", "Give the number of one, or all; see: brain lessons"
        )
    if target == "all":
        return library.undo("lessons").rows
    return library.undo("lesson", None if target is None else int(target)).rows


@dataclass(frozen=True, slots=True)
class ModelList:
    """Models by kind, and what they have processed."""

    models: "list[EmbeddingModel]"
    spaces: "list[EmbeddingSpace]"
    language_models: "list[LanguageModel]"
    kinds: list[model_kinds.ModelKind]


@dataclass(frozen=True, slots=True)
class LanguageList:
    """The language models of the chosen server, and its status."""

    models: "list[LanguageModel]"
    status: "LanguageStatus"


def list_models(library: Library, _: Arguments, output: Output) -> Any:
    """List every kind of model."""
    rows = ModelList(
        library.models.list("embedding"),
        library.models.readings("embedding"),
        _language_models(library),
        model_kinds.kinds(library.path),
    )
    if output.as_json:
        return rows
    return [rows, LanguageList(rows.language_models, library.models.status())]


def _language_models(library: Library) -> "list[LanguageModel]":
    """The language models of the chosen server; none if it does not answer."""
    try:
        return library.models.list()
    except InputError:
        return []


def tried(library: Library, arguments: Arguments, _: Output) -> Any:
    """Test a model of any kind on a small input."""
    name = arguments.model
    if name in model_kinds.KINDS:
        file = None if arguments.file is None else paths.absolute(arguments.file)
        return model_kinds.try_kind(name, library.path, file=file)
    embeds = any(row.name.casefold() == name.casefold() for row in library.models.list("embedding"))
    if not embeds and any(row.name == name and row.writes for row in _language_models(library)):
        return library.models.try_(name)
    return library.models.try_(name, "embedding")


def chosen_server(library: Library, arguments: Arguments, _: Output) -> "LanguageChoices":
    """Choose a model server, with a key that is asked for."""
    key = read_secret("Key: ").strip() if arguments.with_key else ""
    return library.models.choose(arguments.model, "server", beyond=arguments.beyond, key=key)


def studied(library: Library, arguments: Arguments, output: Output) -> "Answered":
    """Write a study, and make cards of its questions if wanted."""
    with ProgressLine(output) as line:
        study = library.answers.study(
            arguments.kind, sources=arguments.source, collection=arguments.collection,
            question=arguments.question, report=line,
        )  # fmt: skip
    if arguments.cards:
        output.remark(f"{library.answers.make_cards(study.id)} cards made.")
    return study


def fetched_speech(
    library: Library, arguments: Arguments, output: Output
) -> "list[SpeechModelRow]":
    """Use a downloaded speech model if none is chosen."""
    if missing := speech_settings.missing():
        output.remark(missing)
    if not any(row.used for row in library.models.list("speech")):
        library.models.choose(arguments.model, "speech", language=arguments.language)
    return library.models.list("speech")


def picture_space(library: Library, _: Arguments, __: Output) -> "PictureSpace | None":
    """Show which image model has processed the pictures."""
    return next(iter(library.models.readings("pictures")), None)
