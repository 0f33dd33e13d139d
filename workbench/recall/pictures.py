"""Image search: by words, by example, and labels from the library's concepts."""

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
from workbench.store import text, vectors
from workbench.store.store import Store

#: Maximum concepts that are tried as labels.
_NAMES = 400
#: The bonus of text below a figure, as a share of the page: captions are usually below.
_ABOVE = 0.04
#: The maximum overlap of text with a figure's box, whose edges are inexact.
_INTO = 0.02


@dataclass(frozen=True, slots=True)
class PictureSpace:
    """The progress of an image model: `pictures`, and `done` of `total` sources with images.

    Figures in PDFs are included. `trouble` is one sentence if it cannot continue.
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
    """A downloadable image model: bytes on disk, and its folder if downloaded.

    `used` is the one in use in this library; `words` is its quality in a few words.
    """

    name: str
    disk: int
    words: str
    folder: str | None
    used: bool


@dataclass(frozen=True, slots=True)
class PictureHit:
    """A picture of the library; `nearness` is a cosine.

    For a figure, `page` is the page of its source, from 1, and `box` its position in fractions
    (left, top, right, bottom); for an image source `page` is None. `[start, end)` of the source's
    text is the caption or description next to it.
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
    """The image model of a library. Thread-safe."""

    def __init__(
        self,
        store: Store,
        changes: Changes,
        pictures: Pictures,
        graph: ConceptGraph,
    ) -> None:
        self._store = store
        self._changes = changes
        self._pictures = pictures
        self._graph = graph

    def space(self) -> PictureSpace | None:
        """The image model in use and its progress, None if there is none."""
        with self._store.read() as connection:
            row = vectors.picture_space(connection)
            if row is None:
                return None
            visited, finished, total = vectors.picture_counts(connection, row.id)
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
        """The downloadable image models, and which of them are here."""
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
        """Let an image model process every picture; finished vectors stay.

        `folder` is a path, or the name of a downloaded model. Raises `InputError` if it is no model
        or cannot run here, `LibraryLockedError` while another program does it, `Cancelled`.
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
                c, selected.name, selected.digest, path, selected.dimension, vectors.PICTURES
            )
        )
        # Enables searches in pictures.
        self._changes.tell("collections")
        self._pictures.update(report, cancel)
        space = self.space()
        assert space is not None
        return space

    def drop(self) -> int:
        """Delete the vectors of image models; returns how many pictures had them."""
        self._pictures.close()
        removed = self._store.write(vectors.drop_pictures)
        self._changes.tell("collections")
        return removed

    def find(self, like: int | str | Path, limit: int) -> list[PictureHit]:
        """The pictures most similar to words, to a source of the library or to a file.

        Raises `NotFoundError` if no image model is in use, `InputError` if it cannot run.
        """
        if not isinstance(like, str):
            return self._hits(self._pictures.by_picture(_picture_key(like), limit))
        if not like.strip():
            raise UsageError("The search is empty.", "Give a few words to look for.")
        return self._hits(self._pictures.by_words(like, limit))

    def labels(
        self, picture: int | str | Path, names: Sequence[str], limit: int
    ) -> list[tuple[str, float]]:
        """Zero-shot labels of a picture (CLIP, Radford et al. 2021); the shares of all sum to 1.

        Candidates are `names`, or the library's concepts.
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
        """The names of the library's most frequent concepts."""
        existing = concept_cards.listing(self._graph, None, limit=_NAMES, order="mentions")
        return [item.name for item in existing]


def models_folder() -> Path:
    """The folder of downloaded image models."""
    return paths.models_dir() / "pictures"


def _model_folder(model: str | Path) -> Path:
    """The path, or the folder of the downloaded model with this name."""
    downloaded = {row.name: row.folder for row in clip_models.available(models_folder())}
    return downloaded.get(str(model)) or paths.absolute(str(model))


def _picture_key(picture: int | str | Path) -> int | Path:
    return picture if isinstance(picture, int) else paths.absolute(str(picture))


def missing() -> str:
    """What image models need and lack here, as a sentence; "" if nothing."""
    return "" if clip.ready() else " ".join(clip.lacking())


def _load_problem(folder: Path) -> str:
    """Why a model cannot be used here, "" if it can. Loads nothing."""
    if not clip.ready():
        return missing()
    if not folder.is_dir():
        return f"“{folder.name}” is not where it was. Choose its folder again."
    return ""


def _words_beside(connection: sqlite3.Connection, sight: Sight) -> tuple[int, int]:
    """The span `[start, end)` in its source's text of the sentence nearest to a picture.

    The first one for an image source; the start of a page without words.
    """
    if sight.page is None:
        first = text.engrams(connection, [sight.first]).get(sight.first)
        return (0, 0) if first is None else (first.start, first.end)
    stored = vectors.page_with_boxes(connection, sight.shown.source, sight.page)
    if stored is None:
        return 0, 0
    page, packed = stored
    on_page = vectors.engrams_on(connection, sight.shown.source, page.start, page.end)
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
    """The distance of a line from a figure, as a share of the page; infinite beside it."""
    if line[2] < figure[0] or line[0] > figure[2]:
        return float("inf")
    if line[1] >= figure[3] - _INTO:
        return abs(line[1] - figure[3])
    if line[3] <= figure[1] + _INTO:
        return abs(figure[1] - line[3]) + _ABOVE
    return float("inf")
