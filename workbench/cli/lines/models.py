"""Lines of models: kinds, language, embedding, speech and image models, and trials of them."""

from typing import TYPE_CHECKING

from workbench.cli.lines.form import Lines, Remark, aside, listed, optional, shows
from workbench.sizes import size_words
from workbench.translation import known, tr

if TYPE_CHECKING:
    from workbench.cli.model_actions import LanguageList, ModelList
    from workbench.intake.speech import SpeechModelRow
    from workbench.library.model_test import ModelTest
    from workbench.memory.graph.modelling import ModelRead
    from workbench.model_kinds import KindTrial, ModelKind
    from workbench.models.language import LanguageModel, LanguageStatus, LanguageTrial
    from workbench.recall.embedding_models import EmbeddingModel, EmbeddingSpace, Trial
    from workbench.recall.pictures import PictureModelRow, PictureSpace


@shows
def _model_list(row: "ModelList") -> Lines:
    for kind in row.kinds:
        yield from _model_kind(kind)
    yield ""
    for model in row.models:
        yield from _embedding_model(model)
    if not row.models:
        yield aside("There is no embedding model; search uses words only.")
    for space in row.spaces:
        yield from _embedding_space(space)


@shows
def _model_kind(row: "ModelKind") -> Lines:
    size = optional(row.size and size_words(row.size), "{} · ")
    details = f"{optional(row.model, '{} · ')}{size}{optional(row.speed, '{} · ')}"
    yield f"{known(row.name):<20} {known(row.state):<17} {details}{known(row.how or row.does)}"


@shows
def _embedding_model(row: "EmbeddingModel") -> Lines:
    size = row.size and size_words(row.size)
    yield f"{row.name}  {size or ''}  {row.path}"
    if row.why:
        yield Remark(row.why)


def _space_line(row: "EmbeddingSpace") -> str:
    state = tr("answers") if row.active else tr("is being made")
    if row.trouble:
        state = tr("does not answer")
    more = ""
    if row.approximate:
        more = tr("; {approximate} more approximately", approximate=row.approximate)
    return tr("{model} {state}: {done} of {total} read, {vectors} vectors{more}", more=more,
              model=row.model, state=state, done=row.done, total=row.total,
              vectors=row.vectors)  # fmt: skip


@shows
def _embedding_space(row: "EmbeddingSpace") -> Lines:
    yield _space_line(row)
    if row.trouble:
        yield Remark(row.trouble)


def used(row: "EmbeddingSpace") -> Lines:
    """An embedding model that was chosen."""
    yield f"✓ {_space_line(row)}"


def read(row: "ModelRead") -> Lines:
    """What a language model has read."""
    yield tr("✓ {sentences} sentences read, {triples} statements found.",
             sentences=row.sentences, triples=row.triples)  # fmt: skip
    if row.warning:
        yield Remark(row.warning)


@shows
def _trial(row: "Trial") -> Lines:
    yield tr("{model}: {like:.2f} for two sentences that mean the same, {unlike:.2f} for two that "
             "do not.", model=row.model, like=row.like, unlike=row.unlike)  # fmt: skip


@shows
def _kind_trial(row: "KindTrial") -> Lines:
    yield f"{row.model}: {row.said}"
    if row.speed:
        yield f"{row.speed[:1].upper()}{row.speed[1:]}."


@shows
def _model_test(row: "ModelTest") -> Lines:
    size = optional(row.size and size_words(row.size), "; {}")
    yield tr("{model}  right {right}, wrong {wrong}, silent {silent} of 10 (quotes alone: {quotes} "
             "right); right passage first {chosen} (not choosing: {ranked}); invented {invented} "
             "of 2; triples {triples} of 3; {rate:.0f} tokens a second, first word after "
             "{first:.0f} s{size}", model=row.model, right=row.right, wrong=row.wrong,
             silent=row.silent, quotes=row.quotes, chosen=row.chosen, ranked=row.ranked,
             invented=row.invented, triples=row.triples, rate=row.rate, first=row.first,
             size=size)  # fmt: skip
    yield Remark(row.sentence)


@shows
def _language_list(row: "LanguageList") -> Lines:
    for model in row.models:
        yield from _language_model(model)
    yield Remark(f"{row.status.sentence} {row.status.hint}")


@shows
def _language_model(row: "LanguageModel") -> Lines:
    size = optional(row.size and size_words(row.size), "  {}")
    does = tr("embeds") if row.embeds and not row.writes else tr("writes")
    chosen = tr("  chosen for {purposes}", purposes=tr(" and ").join(row.chosen))
    details = f"{listed(row.languages, '  {}')}{optional(row.fit, '  {}')}"
    yield f"{row.name}{size}  {does}{details}{chosen if row.chosen else ''}"


@shows
def _language_status(row: "LanguageStatus") -> Lines:
    yield known(row.sentence)
    if row.graphics:
        yield tr("Graphics: {names}.", names=", ".join(card.name for card in row.graphics))
    else:
        yield tr("Graphics: none found; the processor is used.")
    if row.hint:
        yield Remark(row.hint)


@shows
def _language_trial(row: "LanguageTrial") -> Lines:
    yield f"{row.model} ({row.address}, {row.server}): {row.reply}"
    yield tr("First word after {first:.1f} s, {rate:.0f} tokens a second, {context} tokens of "
             "context.", first=row.first, rate=row.rate, context=row.context)  # fmt: skip
    if row.hint:
        yield Remark(row.hint)


def _state(row: "PictureModelRow | SpeechModelRow") -> str:
    states = (tr("in use"), tr("not here"), tr("here"))
    state = states[0 if row.used else 1 if row.folder is None else 2]
    return state.ljust(max(map(len, states)))


@shows
def _picture_model(row: "PictureModelRow") -> Lines:
    yield f"{row.name:<16}{size_words(row.disk):>9}  {_state(row)}  {known(row.words)}"


@shows
def _speech_model(row: "SpeechModelRow") -> Lines:
    memory = tr("about {size} of memory", size=size_words(row.memory))
    yield f"{row.name:<16}{size_words(row.disk):>9}  {memory}  {_state(row)}  {known(row.words)}"


def _seen(row: "PictureSpace") -> str:
    return tr("{model} has looked through {done} of {total} sources with pictures and seen "
              "{pictures}.", model=row.model, done=row.done, total=row.total,
              pictures=row.pictures)  # fmt: skip


def picture_space(row: "PictureSpace") -> Lines:
    """What an image model has seen."""
    yield _seen(row)
    if row.trouble:
        yield Remark(row.trouble)


def picture_model_used(row: "PictureSpace") -> Lines:
    """An image model that was chosen."""
    yield f"✓ {_seen(row)}"
