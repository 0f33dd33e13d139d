"""What is looked at, how far, and what is left out, by the rules around an image model.

The model is one of few lines here, so that it can end in the midst of a picture, as a real one does
for want of memory.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from ingest.books import pdf_figures
from ingest.records import Box
from tests.figures_made import with_figures
from workbench.errors import Cancelled, InputError, LibraryLockedError
from workbench.jobs import Cancel, silent
from workbench.library import Library
from workbench.space.pictures.process import CRASHED, ModelProcess
from workbench.space.pictures.showing import embed_pictures
from workbench.store import vectors

Floats = NDArray[np.float32]


class _Model(ModelProcess):
    """Sees how bright a picture is, and ends over what it is told to."""

    def __init__(self, deadly: Sequence[str] = (), *, dead: bool = False) -> None:
        super().__init__(Path())
        self.deadly, self.dead = set(deadly), dead
        self.asked: list[str] = []

    def texts(self, texts: Sequence[str], cancel: Cancel | None = None) -> Floats:
        self._live(not self.dead)
        return np.ones((len(texts), 2), np.float32)

    def pictures(
        self, paths: Sequence[Path], cancel: Cancel | None = None
    ) -> tuple[Floats, list[bool]]:
        self._live(not self.dead and self.deadly.isdisjoint(path.name for path in paths))
        self.asked += [path.name for path in paths]
        return np.ones((len(paths), 2), np.float32), [True] * len(paths)

    def figures(
        self, path: Path, page: int, cancel: Cancel | None = None
    ) -> tuple[Floats, list[tuple[int, Box]], int]:
        self._live(not self.dead and path.name not in self.deadly)
        self.asked.append(f"{path.name} from {page}")
        found, after = pdf_figures.figures(path, page, 1)
        places = [(each.page, each.box) for each in found]
        return np.ones((len(found), 2), np.float32), places, after

    def _live(self, on: bool) -> None:
        if not on:
            raise InputError("The image model's process ended.", "Try again.", CRASHED)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for name in ("a.png", "b.png", "c.png"):
        Image.new("RGB", (60, 40), (ord(name[0]), 90, 160)).save(tmp_path / name)
    with Library.open(tmp_path / "x.brain") as opened:
        opened.add([tmp_path / name for name in ("a.png", "b.png", "c.png")])
        yield opened


def _look(library: Library, model: _Model) -> int:
    store = library._store
    store.write(lambda c: vectors.begin(c, "Few Lines", "few", "", 2, "picture"))
    space = library._core.pictures._pictures.space()
    assert space is not None
    while True:
        try:
            return embed_pictures(store, space, model, silent, Cancel())
        except LibraryLockedError:
            # What reads new sources in the background tries too, and finds no such model.
            time.sleep(0.02)


@pytest.mark.slow
def test_a_picture_over_which_the_model_ends_is_left_out_and_the_others_are_seen(
    library: Library,
) -> None:
    model = _Model(["b.png"])
    assert _look(library, model) == 2
    # In which order three files of one drop come to be sources is nobody's promise.
    assert sorted(model.asked) == ["a.png", "c.png"]
    (space,) = library.models.readings("pictures")
    assert (space.pictures, space.done, space.total) == (2, 3, 3)
    told = {source.title: source.notices for source in library.sources.list()}
    assert "crashed over its pictures" in told.pop("B")[0]
    assert not any("crashed" in notice for notices in told.values() for notice in notices)
    # It is not tried again and again.
    again = _Model()
    assert _look(library, again) == 0
    assert again.asked == []


def test_a_model_that_ends_over_everything_is_told_and_nothing_counts_as_seen(
    library: Library,
) -> None:
    with pytest.raises(InputError, match="The image model's process ended"):
        _look(library, _Model(dead=True))
    (space,) = library.models.readings("pictures")
    assert (space.pictures, space.done, space.total) == (0, 0, 3)
    assert _look(library, _Model()) == 3


@pytest.mark.slow
def test_i10_a_paper_is_looked_through_in_parts_that_stay_and_anew_when_it_is_read_anew(
    library: Library, tmp_path: Path
) -> None:
    one = tmp_path / "one.png"
    Image.linear_gradient("L").save(one)
    paper = with_figures(tmp_path / "paper.pdf", [[one], [], [one], [one]])
    (added,) = library.add(paper)
    assert added.source is not None

    class Stopped(_Model):
        def figures(
            self, path: Path, page: int, cancel: Cancel | None = None
        ) -> tuple[Floats, list[tuple[int, Box]], int]:
            if page > 2:
                raise Cancelled
            return super().figures(path, page, cancel)

    with pytest.raises(Cancelled):
        _look(library, Stopped())
    (space,) = library.models.readings("pictures")
    assert (space.pictures, space.done) == (5, 3)
    rest = _Model()
    assert _look(library, rest) == 1
    assert rest.asked == ["paper.pdf from 4"]
    pages = {hit.page for hit in library.sources.pictures(_first(library))}
    assert pages == {None, 1, 3, 4}
    library.add([added.source])
    (space,) = library.models.readings("pictures")
    assert space.pictures == 3, "the figures of the former text are gone"
    assert _look(library, _Model()) == 3


def _first(library: Library) -> int:
    return next(row.id for row in library.sources.list() if row.title == "B")
