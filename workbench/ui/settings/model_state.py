"""The state of an embedding model in words: in use, half read, ready, damaged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.ui.components import words
from workbench.ui.language import tr

if TYPE_CHECKING:
    from workbench.recall.embedding_models import EmbeddingModel, EmbeddingSpace

#: In use; begun and not read to the end; could be used; cannot be used.
ACTIVE, BEGUN, READY, BAD = "active", "begun", "ready", "bad"


@dataclass(frozen=True, slots=True)
class Standing:
    """A model, what it is, and how it stands; `space` is what it has read of the library."""

    kind: str
    name: str
    path: str
    about: str
    state: str
    role: str
    space: "EmbeddingSpace | None" = None


def standings(
    models: "Sequence[EmbeddingModel]", spaces: "Sequence[EmbeddingSpace]"
) -> list[Standing]:
    """One for each model, those that have read something first."""
    by_path = {each.path: each for each in spaces}
    found = [_one(each, by_path.get(each.path)) for each in models]
    order = (ACTIVE, BEGUN, READY, BAD)
    return sorted(found, key=lambda each: order.index(each.kind))


def _one(model: "EmbeddingModel", space: "EmbeddingSpace | None") -> Standing:
    where = model.where or words.home_short(model.path)
    facts = [
        language_words(model.languages),
        tr("{dimension} numbers a passage", dimension=model.dimension) if model.dimension else "",
        words.size(model.size) if model.size else "", where,
    ]  # fmt: skip
    about = " · ".join(filter(None, facts))
    kind, state, role = READY, tr("Ready"), "muted"
    if not model.usable or (space is not None and space.active and space.trouble):
        kind, state, role = BAD if space is None else ACTIVE, tr("Cannot be used"), "danger"
        why = (space.trouble if space is not None else "") or model.why
        about = (
            f"{why} {(tr('Until then, search uses words only.') if model.where else where)}".strip()
        )
    elif space is not None and space.active:
        kind, state, role = ACTIVE, _share(tr("In use"), space), "ok"
    elif space is not None and space.reading:
        kind, state, role = BEGUN, _share(tr("Reading in the background"), space), "muted"
    elif space is not None:
        kind, state, role = BEGUN, _share(tr("Begun"), space), "warn"
    return Standing(kind, model.name, model.path, about, state, role, space)


def language_words(tags: Sequence[str]) -> str:
    """The languages that a model reads: "English", "many languages", "" where nobody says."""
    if "multilingual" in tags:
        return tr("many languages")
    return words.names([words.language(each) for each in tags])


def _share(word: str, space: "EmbeddingSpace") -> str:
    if space.done >= space.total:
        return word
    return tr(
        "{word}: {done} of {total}",
        word=word,
        done=words.number(space.done),
        total=words.number(space.total),
    )
