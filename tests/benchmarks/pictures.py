"""A thousand pictures: seen by an image model in batches, gone on with after a kill, searched.

The pictures are fields of colour and go through the whole intake. The model is made here, with
layers of chance, so that its own work weighs next to nothing and what is ours is measured; what a
real one takes to read a question or see a picture comes on top. Where the extra `vision` is not
installed, the vectors are chance as well, and the row says so.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ingest.models import clip
from tests.benchmarks import made_clip
from tests.benchmarks.prose import Prose
from tests.benchmarks.rows import Goal, Row, Say, judged
from workbench.library import Library
from workbench.store import vectors
from workbench.store.vectors import SightRow

GOALS: Mapping[str, Goal] = {"image_search_1000": Goal("ms", 20, False)}
_COUNT, _DIMENSION, _SEARCHES, _SIDE = 1000, 512, 60, 48
#: Pictures that are seen before the first process is killed, and seconds that it may take.
_KILLED_AT, _PATIENCE = 100, 600.0
_CHILD = """
import sys
from workbench.library import Library
with Library.open(sys.argv[1]) as library:
    library.models.use(sys.argv[2], "pictures")
"""


def run(say: Say) -> list[Row]:
    """The row `image_search_1000`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "x.brain"
        painted = _painted(folder / "pictures")
        with Library.open(file) as library:
            began = time.perf_counter()
            added = library.add(painted)
            assert all(each.source is not None for each in added), "a picture was not taken in"
            say(f"{_COUNT} pictures taken in after {time.perf_counter() - began:.0f} s")
        seen = _seen_by_a_model(file, folder / "Made", say) if clip.ready() else None
        with Library.open(file) as library:
            if seen is None:
                seen_by_chance(library)
            return [_searched(library, seen)]


def _painted(folder: Path) -> list[Path]:
    from PIL import Image

    folder.mkdir()
    chance = np.random.default_rng(11)
    files = []
    for number in range(_COUNT):
        field = chance.integers(0, 255, (4, 4, 3), dtype=np.uint8)
        file = folder / f"{number:04}.png"
        Image.fromarray(field).resize((_SIDE, _SIDE), Image.Resampling.BILINEAR).save(file)
        files.append(file)
    return files


def _seen_by_a_model(file: Path, model: Path, say: Say) -> str:
    """Let a model see all of them, killed once on the way; returns what is to be told of it."""
    made_clip.write_model(model, _DIMENSION)
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(file), str(model)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(each or "." for each in sys.path)},
    )
    with Library.open(file) as library:
        until = time.monotonic() + _PATIENCE
        before = 0
        while before < _KILLED_AT:
            assert child.poll() is None, "the first process ended by itself"
            assert time.monotonic() < until, "the model saw too few pictures"
            time.sleep(0.05)
            before = sum(space.pictures for space in library.models.readings("pictures"))
        child.kill()
        child.wait()
        (space,) = library.models.readings("pictures")
        before = space.pictures
        began = time.perf_counter()
        made = library.models.update("pictures")
        taken = time.perf_counter() - began
        (space,) = library.models.readings("pictures")
        assert (before + made, space.pictures) == (_COUNT, _COUNT), "something was seen twice"
    rate = made / taken
    say(f"killed after {before} pictures; the other {made} at {rate:.0f} a second, with loading")
    return f"killed after {before} and gone on with, {rate:.0f} a second"


def seen_by_chance(library: Library, folder: Path = Path("Chance")) -> None:
    """Unit vectors of chance for all pictures, as if the model in a folder had seen them.

    A PDF counts as one figure, in the middle of its last page.
    """
    chance = np.random.default_rng(12)
    store = library._store
    space = store.write(
        lambda c: vectors.begin(c, folder.name, "chance", str(folder), _DIMENSION, vectors.PICTURES)
    )
    with store.read() as connection:
        todo = vectors.lacking_pictures(connection, space, 0, _COUNT)
    rows = []
    for each in todo:
        vector = chance.standard_normal(_DIMENSION)
        vector *= 127 / np.abs(vector).max()
        scale = 1 / float(np.linalg.norm(vector))
        numbers = np.rint(vector).astype(np.int8).tobytes()
        page = library.sources.pages(each.source)[-1].number if each.page else 0
        box = (0.1, 0.2, 0.6, 0.5) if each.page else (0.0, 0.0, 1.0, 1.0)
        rows.append(SightRow(each.first, 1, page, box, scale, numbers))
    looked = {each.first: 0 for each in todo}
    store.write(lambda c: vectors.add_pictures(c, space, rows, looked))


def _searched(library: Library, seen: str | None) -> Row:
    prose = Prose(7)
    sources = [row.id for row in library.sources.list()[:_SEARCHES]]
    if seen is not None:
        library.sources.pictures("the first question loads the model")
    times = []
    for number in range(_SEARCHES):
        words = prose.sentence()
        began = time.perf_counter()
        if seen is not None:
            found = library.sources.pictures(words)
        else:
            found = library.sources.pictures(sources[number % len(sources)])
        times.append(1000 * (time.perf_counter() - began))
        assert len(found) == 12
    how = (
        f"by words, encoded by a made model of one layer; {seen}"
        if seen is not None
        else "by a picture, vectors of chance: the extra `vision` is not installed"
    )
    on = f"{_COUNT} pictures, {_DIMENSION} numbers each, {how}; median of {_SEARCHES}"
    name = "image_search_1000"
    return judged(name, float(np.median(times)), GOALS, on)
