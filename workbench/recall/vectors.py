"""Doors to sentence embeddings: which models there are, which one reads the library, see also."""

import sqlite3
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench import paths
from workbench.arguments import Id, Limit, Words
from workbench.changes import Changes
from workbench.errors import Cancelled, InputError, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress, Report, silent
from workbench.models import choices, server
from workbench.recall import quotes
from workbench.recall.dense_scores import Tier
from workbench.recall.recall import Recall
from workbench.recall.records import Place
from workbench.recall.subjects import Subjects
from workbench.space.embeddings import building, folder, served
from workbench.space.embeddings.background import Background
from workbench.space.embeddings.encoder import Encoder, missing
from workbench.space.embeddings.encoding import Encodes
from workbench.space.embeddings.folder import ModelFolder
from workbench.space.embeddings.searching import Embeddings, open_model
from workbench.space.nearest import Nearness
from workbench.store import meta, sources, text, vectors
from workbench.store.records import EngramRow
from workbench.store.store import Store

#: What the nearest stretch adds at most: by a model; by what the library itself taught, and that
#: only where nothing is named, since a name says more than its company.
_WEIGHT, _OWN_WEIGHT = 1.0, 0.7
#: The shares of these in running text (chosen on halves A of the questions about books).
_RUNNING, _OWN_RUNNING = 0.35, 0.29
#: The share of the former in passages of a sentence or two, as turns of a talk.
_SHORT = 0.5
#: The share that a model gives up where a passage holds every word of the question: the words tell
#: then which is meant, and a model that knows little of the matter must not stand over them.
_YIELDS = 0.6
#: Letters of a selection that are looked up, and stretches that are looked through.
_SELECTED, _LOOKED = 1000, 60
#: Stretches of a source that are looked up for it, statements of one, and letters of one.
_PROBES, _AT_ONCE, _STRETCH = 8, 3, 400
#: Cosine from which on a stretch is worth showing.
_NEAR = 0.3
#: Two sentences that mean the same, and one that does not: what a trial compares.
_TRIAL = (
    "The bridge was closed because of the flood.",
    "High water shut the crossing.",
    "She prefers her coffee without sugar.",
)


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A model on this machine. `size` in bytes; `why` is one sentence where it is not `usable`.

    `path` is its folder, or "ollama:" and its name where the chosen server has it, and `where` says
    so then. `dimension` 0 is not known. `languages` are tags of those that it reads, "multilingual"
    for most, none where nobody says.
    """

    name: str
    path: str
    dimension: int
    size: int
    usable: bool
    why: str = ""
    languages: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class EmbeddingSpace:
    """What a model has read: `vectors` so far, engrams `done` of `total`, whether it answers.

    `trouble` is one sentence where the model cannot be used at the moment; `languages` as of
    `EmbeddingModel`. `reading` says whether this program reads on with it in the background.
    """

    model: str
    path: str
    dimension: int
    vectors: int
    done: int
    total: int
    active: bool
    trouble: str = ""
    languages: tuple[str, ...] = ()
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model makes of three sentences: cosines of the like pair and of the unlike one.

    `sentences` are the first, the one like it, the one unlike it; `longest` is the most tokens that
    the model reads at once; `milliseconds` went by for the three, without loading the model.
    """

    model: str
    like: float
    unlike: float
    sentences: tuple[str, str, str]
    dimension: int
    longest: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage near to a selection: `text[start:end]` of a source, with how it was found.

    `place` says where it stands, in pages, chapters or seconds; `kind` is that of the source.
    `nearness` is 0 to 1: of the `tier` semantic a cosine, of the tier lexical the share of what was
    selected, its words weighed by how rare they are, that stands in the passage.
    """

    engram: int
    source: int
    title: str
    words: str
    start: int
    end: int
    nearness: float
    tier: str
    place: Place
    kind: str


class VectorDoors:
    """What a library can do with embedding models; `Library` is one."""

    _store: Store
    _recall: Recall
    _embeddings: Embeddings
    _subjects: Subjects
    _vectors: Background
    _changes: Changes
    #: Whether the model that came with the program may begin by itself, and what stops it again.
    _by_itself = False
    _reading_by_itself: Cancel | None = None
    _embedding: Progress | None = None

    def embed_in_background(self) -> None:
        """Let the model that came with the program read what no other one was chosen to read.

        For a program that stays open, as the window does: it begins once nothing is being added,
        goes on after a restart, and answers once all is read. Where somebody has chosen another
        model, or none (`drop_embeddings`), that stays.
        """
        if not self._store.read_only:
            self._by_itself = True
            self._vectors.wake()

    def embedding_progress(self) -> Progress | None:
        """How far the background has come with reading, in statements; None where it rests."""
        return self._embedding

    def update_subjects(self, *, cancel: Cancel | None = None) -> bool:
        """Learn from a large library what its passages are about; returns whether that was due.

        A small one is read when somebody asks. Raises `Cancelled`.
        """
        return self._subjects.update(cancel)

    def embedding_models(self, *folders: str | Path) -> list[EmbeddingModel]:
        """The models that packages have brought, that lie in the models' folder, or were used.

        Beside them, what lies in `folders`, also where it cannot be used: `why` says what is wrong.
        Nobody is contacted: `served_embedding_models` are those of an Ollama.
        """
        found: dict[str, EmbeddingModel] = {}
        for place in (*self._model_places(), *map(paths.absolute, map(str, folders))):
            made = _looked(place)
            found.setdefault(made.path, made)
        with self._store.read() as connection:
            rows = [row for row in vectors.spaces(connection) if served.is_served(row.path)]
        for row in rows:
            found[row.path] = EmbeddingModel(
                row.model, row.path, row.dimension, 0, True, where=_where()
            )
        return list(found.values())

    def served_embedding_models(self, *, cancel: Cancel | None = None) -> list[EmbeddingModel]:
        """The embedding models of the chosen Ollama (M3). Raises `InputError` where none answers.

        One of another machine is sent the whole library when it is used: `where` says so. Where
        the active one is there again, it is used at once.
        """
        found = served.models(cancel)
        space = self._embeddings.active()
        if space is not None and any(served.is_of(space.digest, each) for each in found):
            self._embeddings.worked(space)
        return [
            EmbeddingModel(
                each.name, each.path, each.dimension, each.size, True, "", each.languages, _where()
            )
            for each in found
        ]

    def embedding_spaces(self) -> list[EmbeddingSpace]:
        """What models have read of this library, the active one first."""
        with self._store.read() as connection:
            last = text.last_statement(connection)
            return [
                EmbeddingSpace(
                    row.model, row.path, row.dimension, vectors.count(connection, row.id),
                    min(row.upto, last), last, row.active,
                    self._embeddings.trouble(row) if row.active else "",
                    folder.languages(Path(row.path)),
                    self._embedding is not None and self._embedding.note == row.model,
                )
                for row in vectors.spaces(connection)
            ]  # fmt: skip

    def use_embeddings(
        self, model: Words, *, report: Report = silent, cancel: Cancel | None = None
    ) -> EmbeddingSpace:
        """Let a model read the whole library; it answers once it has read everything (M3).

        Until then the one before answers. `model` is a name of `embedding_models`, the path of a
        folder, or a model of the chosen Ollama, by its name or as "ollama:NAME". What was read
        stays when it is stopped, or when a server ends: the same call goes on. Raises `InputError`
        for what cannot be used, `LibraryLockedError` while another program does it, `Cancelled`.
        """
        stop = cancel or Cancel()
        encoder = self._encoder_of(model, stop)
        if served.is_served(str(encoder.model.path)):
            choices.change({"vectors": True})
        self._stop_reading_by_itself()
        with self._embeddings.reading(stop):
            self._store.write(lambda c: meta.remove(c, meta.EMBEDDINGS_OFF))
            space = building.begin(self._store, encoder.model)
            building.build(self._store, space, encoder, report, stop)
            return self.embedding_spaces()[0]

    def update_embeddings(self, *, report: Report = silent, cancel: Cancel | None = None) -> int:
        """Let the active model read what came since; returns how many vectors were made.

        Where none was ever chosen, that which came with the program begins. Raises what
        `use_embeddings` does, and `NotFoundError` where no model is to read the library.
        """
        space = self._embeddings.active()
        if space is None:
            own = self._shipped_model()
            if own is None:
                raise NotFoundError(
                    "No embedding model reads this library.",
                    "Choose one: workbench models use NAME",
                )
            return self._read_with(own, report, cancel or Cancel())
        encoder = self._embeddings.encoder()
        if encoder is None:
            encoder = open_model(space)
        stop = cancel or Cancel()
        try:
            with self._embeddings.reading(stop):
                made = building.build(self._store, space.id, encoder, report, stop)
        except InputError as error:
            self._embeddings.failed(space, error)
            raise
        if made:
            self._embeddings.worked(space)
        return made

    def drop_embeddings(self, *, cancel: Cancel | None = None) -> int:
        """Remove all vectors; answers go by words alone. Returns how many spaces went.

        No model reads the library by itself until one is chosen again.
        """
        self._stop_reading_by_itself()
        self._store.write(lambda c: meta.put(c, meta.EMBEDDINGS_OFF, 1))
        with self._store.read() as connection:
            rows = vectors.spaces(connection)
        building.drop(self._store, [row.id for row in rows], cancel or Cancel())
        return len(rows)

    def try_embeddings(self, model: Words, *, cancel: Cancel | None = None) -> Trial:
        """Load a model and compare three sentences with it (M1). Raises as `use_embeddings`."""
        encoder = self._encoder_of(model, cancel or Cancel())
        begun = time.perf_counter()
        one, like, unlike = encoder.encode(_TRIAL)
        took = 1000 * (time.perf_counter() - begun)
        return Trial(
            encoder.model.name, float(one @ like), float(one @ unlike), _TRIAL,
            encoder.model.dimension, encoder.model.longest, took,
        )  # fmt: skip

    def see_also(
        self, selection: Words | Sequence[Id], *, limit: Limit = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """The passages nearest to a selection, elsewhere in the library, nearest first.

        `selection` is text, or the ids of engrams, which then are not among what is found. With an
        active embedding model nearness is of meaning, and holds across languages as far as the
        model does; without one, of words.
        """
        stop = cancel or Cancel()
        own: set[int] = set()
        if isinstance(selection, str):
            said = selection
        else:
            own = set(selection)
            with self._store.read() as connection:
                rows = text.statements(connection, selection)
            said = " ".join(rows[each] for each in sorted(rows))
        said = " ".join(said.split())[:_SELECTED]
        if not said:
            raise UsageError("Nothing is selected.", "Select a sentence or a passage.")
        stop.check()
        found = self._by_meaning(said)
        tier = "semantic" if found else "lexical"
        if not found:
            found = self._by_words(said)
        stop.check()
        return self._shown(found, said, own, limit, tier)

    def see_also_source(
        self, source: Id, *, limit: Limit = 8, cancel: Cancel | None = None
    ) -> list[Alike]:
        """The passages of other sources nearest to something in this one, nearest first.

        Looked up are stretches from all over the source; of a source that holds no statement
        nothing is near.
        """
        stop = cancel or Cancel()
        with self._store.read() as connection:
            extents = text.extents(connection)
            asked = [
                " ".join(" ".join(row.text.split()) for row in rows)[:_STRETCH]
                for rows in _spread(connection, [each for each in extents if each.source == source])
            ]
        others = {each.source for each in extents if each.source != source}
        if not others:
            return []
        within = np.zeros(max(each.last for each in extents), np.bool_)
        for each in extents:
            within[each.first - 1 : each.last] = each.source in others
        near: list[Alike] = []
        for said in filter(None, asked):
            stop.check()
            found, tier = self._by_meaning(said, within), "semantic"
            if not found:
                found, tier = self._by_words(said, others), "lexical"
            near += self._shown(found, said, set(), limit, tier)
        # What was found by meaning comes first: shares of words are no cosines.
        best: dict[int, Alike] = {}
        for one in sorted(near, key=lambda one: (one.tier != "semantic", -one.nearness)):
            best.setdefault(one.engram, one)
        return list(best.values())[:limit]

    def _shipped_model(self) -> ModelFolder | None:
        """The model that came with the program, where it can read and nobody chose otherwise."""
        with self._store.glance() as connection:
            begun = [row.digest for row in vectors.spaces(connection)]
            off = meta.get(connection, meta.EMBEDDINGS_OFF)
            empty = not text.last_statement(connection)
            languages = sources.languages(connection)
        if off or empty or missing() is not None:
            return None
        try:
            own = folder.shipped()
        except InputError:
            return None
        if own is None or not set(begun) <= {own.digest}:
            return None
        reads = not own.languages or languages & {"", *own.languages}
        return own if reads or begun else None

    def _unread(self) -> bool:
        """Whether there is something that the background is to read with an embedding model."""
        with self._store.glance() as connection:
            space, last = vectors.active(connection), text.last_statement(connection)
        if space is not None:
            return space.upto < last
        return self._by_itself and self._shipped_model() is not None

    def _embed(self, cancel: Cancel) -> None:
        """Read on in the background. Raises `Cancelled`, but not where somebody chose otherwise."""

        def report(progress: Progress | None) -> None:
            self._embedding = progress
            self._changes.tell("meaning")

        stop = self._reading_by_itself = cancel.part()
        try:
            self.update_embeddings(report=report, cancel=stop)
        except Cancelled:
            cancel.check()
        except NotFoundError:
            # It was switched off between two looks.
            return
        finally:
            self._reading_by_itself = None
            report(None)

    def _stop_reading_by_itself(self) -> None:
        reading = self._reading_by_itself
        if reading is not None:
            reading.set()

    def _read_with(self, own: ModelFolder, report: Report, cancel: Cancel) -> int:
        """Let the model that came with the program read the library, unless that is unwanted."""
        encoder = Encoder.load(own)
        with self._embeddings.reading(cancel):
            if self._shipped_model() is None:
                return 0
            space = building.begin(self._store, own)
            return building.build(self._store, space, encoder, report, cancel)

    def _meaning_tiers(self) -> tuple[Tier, ...]:
        """The searches by meaning that a question is asked of."""
        own = own_tier(self._subjects)
        if not self._embeddings.active():
            return (own,)
        return model_tier(self._embeddings), own

    def _by_meaning(
        self, said: str, within: NDArray[np.bool_] | None = None
    ) -> list[tuple[list[int], float]]:
        near = self._embeddings.nearest(said, limit=_LOOKED, within=within)
        if near is None:
            return []
        return [
            (list(range(start + 1, end + 1)), cosine)
            for start, end, cosine in zip(
                near.starts.tolist(), near.ends.tolist(), near.cosines.tolist(), strict=True
            )
            if cosine >= _NEAR
        ]

    def _by_words(
        self, said: str, sources: Collection[int] | None = None
    ) -> list[tuple[list[int], float]]:
        found = self._recall.look_up(said, sources=sources, limit=_LOOKED)
        shares = [(quotes.cover(each.words, found.cue), each) for each in found.quotes]
        shares.sort(key=lambda pair: -pair[0])
        return [([row.id for row in each.engrams], share) for share, each in shares if share > 0]

    def _shown(
        self,
        found: Sequence[tuple[list[int], float]],
        said: str,
        own: set[int],
        limit: int,
        tier: str,
    ) -> list[Alike]:
        with self._store.read() as connection:
            rows = text.engrams(connection, [id for ids, _ in found for id in ids])
            trashed = {each.source for each in text.extents(connection) if each.trashed}
            known = {row.source for row in rows.values()}
            titles, kinds = sources.titles(connection, known), sources.kinds(connection, known)
            shown: list[Alike] = []
            taken: set[int] = set()
            for ids, nearness in found:
                kept = [rows[id] for id in ids if id in rows]
                if not kept or kept[0].source in trashed or not taken.isdisjoint(ids):
                    continue
                words = " ".join(" ".join(row.text.split()) for row in kept)
                if not own.isdisjoint(ids) or said in words or words in said:
                    continue
                taken.update(ids)
                source = kept[0].source
                shown.append(
                    _alike(
                        kept, words, titles[source][0], nearness, tier,
                        _place(connection, kept), kinds[source],
                    )
                )  # fmt: skip
                if len(shown) == limit:
                    break
        return shown

    def _model_places(self) -> list[Path]:
        kept = paths.cache_dir().parent / "models"
        places = [each.path for each in _installed()]
        if kept.is_dir():
            places += sorted(each for each in kept.iterdir() if (each / "config.json").is_file())
        with self._store.read() as connection:
            known = {
                row.digest: Path(row.path)
                for row in vectors.spaces(connection)
                if not served.is_served(row.path)
            }
        digests = {each.digest for each in _installed()}
        return places + [path for digest, path in known.items() if digest not in digests]

    def _encoder_of(self, model: str, stop: Cancel) -> Encodes:
        wanted = model.strip()
        if served.is_served(wanted):
            return served.look(wanted, stop)
        try:
            return Encoder.load(self._chosen(wanted))
        except NotFoundError as error:
            if not wanted:
                raise
            # What no folder holds may be a model of the server, where there is one.
            try:
                server.found(wanted, stop)
            except InputError:
                raise error from None
            return served.look(wanted, stop)

    def _chosen(self, wanted: str) -> ModelFolder:
        for found in self.embedding_models():
            if wanted.casefold() == found.name.casefold() and not served.is_served(found.path):
                if found.why and not found.usable:
                    raise InputError(found.why, "Choose another model, or put this one right.")
                return folder.look(Path(found.path))
        place = paths.absolute(wanted) if wanted else Path()
        if wanted and paths.is_there(place) and place.is_dir():
            return folder.look(place)
        raise NotFoundError(
            f"There is no embedding model “{wanted}” here.",
            "See which there are with `workbench models`, or give the path of a model's folder.",
        )


def _where() -> str:
    """Where the models of the chosen server run, as a phrase."""
    chosen = choices.load()
    if chosen.beyond:
        return f"Ollama at {chosen.address}: the library's texts are sent there"
    return "Ollama on this computer"


def model_tier(model: Nearness) -> Tier:
    """The search by a sentence embedding model, as a question is asked of it."""
    return Tier(model, _WEIGHT, running=_RUNNING, short=_SHORT, yields=_YIELDS, evenly=True)


def own_tier(subjects: Subjects) -> Tier:
    """The search by what the library itself taught, as a question is asked of it."""
    return Tier(
        subjects,
        _OWN_WEIGHT,
        only_unnamed=True,
        running=_OWN_RUNNING,
        by_fall=True,
    )


def _installed() -> list[ModelFolder]:
    try:
        return folder.installed()
    except InputError:
        # A package whose files are damaged brings no model.
        return []


def _looked(place: Path) -> EmbeddingModel:
    try:
        found = folder.look(place)
    except InputError as error:
        return EmbeddingModel(place.name, str(place), 0, 0, False, error.message)
    why = missing() or ""
    return EmbeddingModel(
        found.name, str(place), found.dimension, found.size, not why, why, found.languages
    )


def _spread(
    connection: sqlite3.Connection, extents: Sequence[text.Extent]
) -> list[list[EngramRow]]:
    """A few stretches of statements from all over the extents of a source."""
    ids = [id for each in extents for id in range(each.first, each.last + 1)]
    step = max(_AT_ONCE, len(ids) // _PROBES)
    starts = range(min(step // 2, max(0, len(ids) - _AT_ONCE)), len(ids), step)
    cut = [ids[at : at + _AT_ONCE] for at in starts][:_PROBES]
    rows = text.engrams(connection, [id for some in cut for id in some])
    return [[rows[id] for id in some if id in rows] for some in cut]


def _place(connection: sqlite3.Connection, rows: Sequence[EngramRow]) -> Place:
    """Where a passage stands in its source."""
    first, last = rows[0], rows[-1]
    passage = text.passages_by_ids(connection, [first.passage])[first.passage]
    section = text.sections_by_ids(connection, [first.section])[first.section]
    page = text.page_at(connection, first.source, first.start)
    return Place(
        page=page.number if page else passage.page,
        page_label=page.label if page else passage.page_label,
        chapter=text.chapter_path(connection, section) or None,
        start=first.start,
        end=last.end,
        seconds=passage.seconds,
        box=passage.box,
    )


def _alike(
    rows: Sequence[EngramRow], words: str, title: str, nearness: float, tier: str,
    place: Place, kind: str,
) -> Alike:  # fmt: skip
    return Alike(
        engram=rows[0].id,
        source=rows[0].source,
        title=title,
        words=words,
        start=rows[0].start,
        end=rows[-1].end,
        nearness=float(np.clip(nearness, 0, 1)),
        tier=tier,
        place=place,
        kind=kind,
    )
