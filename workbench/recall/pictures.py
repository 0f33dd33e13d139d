"""What pictures show: by words, by a picture, and the library's own names for one."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest import boxes
from ingest.errors import IngestError
from ingest.models import clip, clip_models
from ingest.records import Box
from workbench import paths
from workbench.changes import Changes
from workbench.errors import InputError, UsageError
from workbench.jobs import Cancel, Report
from workbench.memory.graph import concept_cards
from workbench.memory.graph.concept_graph import ConceptGraph
from workbench.space.pictures.showing import Pictures, Sight
from workbench.store import pictures, text, vectors
from workbench.store.store import Store

#: Names of the library that a picture is tried on.
_NAMES = 400
#: How much farther above a figure words may stand than below it, as a share of the page, to be
#: preferred: captions stand below.
_ABOVE = 0.04
#: How far words may reach into a figure's box, whose edge is not the picture's.
_INTO = 0.02


@dataclass(frozen=True, slots=True)
class PictureSpace:
    """What an image model has seen: `pictures`, and `done` sources of `total` that show something.

    Figures in PDFs are pictures, too. `trouble` is one sentence where it cannot look at more.
    """

    model: str
    path: str
    dimension: int
    pictures: int
    done: int
    total: int
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class PictureModelRow:
    """An image model that can be downloaded: bytes on disk, and where it lies if it is here.

    `used` is the one that looks at this library's pictures; `words` says how good it is, in a few.
    """

    name: str
    disk: int
    words: str
    folder: str | None
    used: bool


@dataclass(frozen=True, slots=True)
class PictureHit:
    """A picture of the library; `nearness` is a cosine.

    Of a figure `page` is the page of its source, from 1, and `box` its place there in fractions
    (left, top, right, bottom); of a picture that is a source `page` is None. `[start, end)` of the
    source's text is what stands beside it there: a caption, or what is told of the picture.
    """

    source: int
    title: str
    nearness: float
    kind: str
    page: int | None
    box: Box
    start: int
    end: int


class LibraryPictures:
    """What a library can do with an image model. Any thread may call."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        pictures: Pictures,
        graph: ConceptGraph,
    ) -> None:
        """Made with the library that it is of."""
        self._store = store
        self._changes = changes
        self._pictures = pictures
        self._graph = graph

    def space(self) -> PictureSpace | None:
        """The image model in use and how much it has seen, None where there is none."""
        with self._store.read() as connection:
            row = pictures.space(connection)
            if row is None:
                return None
            visited, finished, total = pictures.counts(connection, row.id)
        return PictureSpace(
            row.model,
            row.path,
            row.dimension,
            visited,
            finished,
            total,
            _load_problem(Path(row.path)),
        )

    def models(self) -> list[PictureModelRow]:
        """The image models that can be downloaded, and which of them are here."""
        space = self.space()
        return [
            PictureModelRow(
                row.name,
                row.disk,
                row.words,
                None if row.folder is None else str(row.folder),
                space is not None and row.folder == Path(space.path),
            )
            for row in clip_models.available(models_folder())
        ]

    def use(self, folder: str | Path, report: Report, cancel: Cancel) -> PictureSpace:
        """Let an image model look at every picture; what it has seen stays.

        `folder` is one of the user's, or the name of a downloaded model. Raises `InputError` for
        what is no model or cannot be run here, `LibraryLockedError` while another program does it,
        `Cancelled`.
        """
        try:
            selected = clip.inspect(_model_folder(folder))
        except IngestError as error:
            raise InputError(error.message, error.hint, reason=error.code) from error
        if not clip.ready():
            raise InputError(*clip.lacking(), reason="missing")
        path = str(selected.path)
        self._store.write(
            lambda c: vectors.begin(
                c, selected.name, selected.digest, path, selected.dimension, pictures.PURPOSE
            )
        )
        # Whoever asks may look in pictures from now on.
        self._changes.tell("collections")
        self._pictures.update(report, cancel)
        space = self.space()
        assert space is not None
        return space

    def drop(self) -> int:
        """Remove what image models made; returns how many pictures they had seen."""
        self._pictures.close()
        removed = self._store.write(pictures.drop)
        self._changes.tell("collections")
        return removed

    def find(self, like: int | str | Path, limit: int) -> list[PictureHit]:
        """The pictures nearest to words, to a source of the library or to a file.

        Raises `NotFoundError` where no image model is in use, `InputError` where it cannot run.
        """
        if not isinstance(like, str):
            return self._hits(self._pictures.by_picture(_picture_key(like), limit))
        if not like.strip():
            raise UsageError("The search is empty.", "Give a few words to look for.")
        return self._hits(self._pictures.by_words(like, limit))

    def labels(
        self, picture: int | str | Path, names: Sequence[str], limit: int
    ) -> list[tuple[str, float]]:
        """Which of the library's own concepts fit a picture, with shares that sum to 1 over all.

        `names` are tried instead where there are some. Nothing was taught: the model knows words.
        """
        return self._pictures.names(_picture_key(picture), names or self._names(), limit)

    def _hits(self, matches: list[Sight]) -> list[PictureHit]:
        with self._store.read() as connection:
            return [
                PictureHit(
                    item.shown.source, item.shown.title, item.nearness, item.shown.kind,
                    item.page, item.box, *_words_beside(connection, item),
                )
                for item in matches
            ]  # fmt: skip

    def _names(self) -> list[str]:
        """What the library speaks of most often, by name."""
        existing = concept_cards.listing(self._graph, None, limit=_NAMES, order="mentions")
        return [item.name for item in existing]


def models_folder() -> Path:
    """Where downloaded image models lie."""
    return paths.models_dir() / "pictures"


def _model_folder(model: str | Path) -> Path:
    """The folder of the user's, or of the downloaded model of this name."""
    downloaded = {row.name: row.folder for row in clip_models.available(models_folder())}
    return downloaded.get(str(model)) or paths.absolute(str(model))


def _picture_key(picture: int | str | Path) -> int | Path:
    return picture if isinstance(picture, int) else paths.absolute(str(picture))


def missing() -> str:
    """What image models cannot be run without here, in a sentence, "" where nothing is."""
    return "" if clip.ready() else " ".join(clip.lacking())


def _load_problem(folder: Path) -> str:
    """Why a model cannot look at pictures here, "" where it can. Loads nothing."""
    if not clip.ready():
        return missing()
    if not folder.is_dir():
        return f"“{folder.name}” is not where it was. Choose its folder again."
    return ""


def _words_beside(connection: sqlite3.Connection, sight: Sight) -> tuple[int, int]:
    """The place `[start, end)` in its source's text of the sentence that is nearest to a picture.

    Of a picture that is a source it is the first one; of a page without words, where it begins.
    """
    if sight.page is None:
        first = text.engrams(connection, [sight.first]).get(sight.first)
        return (0, 0) if first is None else (first.start, first.end)
    found = pictures.page(connection, sight.shown.source, sight.page)
    if found is None:
        return 0, 0
    page, packed = found
    on_page = pictures.engrams_on(connection, sight.shown.source, page.start, page.end)
    cells = boxes.unpack(packed) if packed else None
    best = page.start, page.start
    nearest = float("inf")
    for row in text.engrams(connection, on_page).values():
        if cells is None or not page.start <= row.start < page.end:
            continue
        lines = boxes.lines(cells[row.start - page.start : row.end - page.start])
        far = min((_far(line, sight.box) for line in lines), default=float("inf"))
        if far < nearest:
            best, nearest = (row.start, row.end), far
    return best


def _far(line: Box, figure: Box) -> float:
    """How far a line stands from a figure, as a share of the page; infinite for one beside it."""
    if line[2] < figure[0] or line[0] > figure[2]:
        return float("inf")
    if line[1] >= figure[3] - _INTO:
        return abs(line[1] - figure[3])
    if line[3] <= figure[1] + _INTO:
        return abs(figure[1] - line[3]) + _ABOVE
    return float("inf")
