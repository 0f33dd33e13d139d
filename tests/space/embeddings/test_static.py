"""Static vectors: a source that was just read is searched by meaning, before the model reads it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from workbench import paths
from workbench.cli.main import main
from workbench.errors import Cancelled
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.space.embeddings import building, folder, static
from workbench.space.embeddings.encoder import Encoder
from workbench.space.embeddings.searching import Embeddings
from workbench.store import vectors

WEATHER = (
    "The ferry stayed in the harbour because a storm had broken its mast. "
    "Nobody could leave the island for nine days. The baker ran out of flour."
)
MUSIC = (
    "Her violin was made in Cremona. She practised scales before breakfast. "
    "The concert in the old town hall was sold out."
)
GERMAN = (
    "Der Leuchtturm steht auf der Insel, und der Wärter wohnt dort mit seiner Frau. "
    "Er hat eine Tochter, die am Montag mit dem Schiff in die Stadt fährt."
)
ASKED = "What vessel was damaged by bad weather?"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as made:
        made.add_text(WEATHER, title="Weather")
        made.add_text(MUSIC, title="Music")
        yield made


def _search(library: Library) -> Embeddings:
    return library._core.embedding_reading.search


def _cosines(library: Library, seconds: float = 0.0) -> dict[int, float]:
    found = _search(library).all_cosines(ASKED, seconds=seconds)
    assert found is not None
    assert found.starts.tolist() == sorted(found.starts.tolist())
    return dict(zip(found.starts.tolist(), found.cosines.tolist(), strict=True))


def _counts(library: Library) -> tuple[int, int]:
    """The vectors of the model, and static ones."""
    with library._store.read() as connection:
        approximate = vectors.static(connection)
        rows = vectors.spaces(connection)
        return (
            sum(vectors.count(connection, row.id) for row in rows),
            0 if approximate is None else vectors.count(connection, approximate.id),
        )


def test_what_the_command_line_added_is_asked_by_meaning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "x.brain")
    for name, words in (("weather", WEATHER), ("music", MUSIC)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
        assert main(["--library", path, "add", str(tmp_path / f"{name}.txt")]) == 0
    capsys.readouterr()
    main(["--library", path, "--json", "ask", "--explain", ASKED])
    first = json.loads(capsys.readouterr().out)["evidence"][0]
    assert "ferry" in first["quote"]
    assert first["tiers"]["semantic"] > 0.5
    assert main(["--library", path, "--json", "models", "list"]) == 0
    (space,) = json.loads(capsys.readouterr().out)["spaces"]
    assert (space["active"], space["done"], space["approximate"], space["total"]) == (True, 0, 6, 6)


def test_the_model_replaces_them(library: Library) -> None:
    estimated = _cosines(library)
    assert _counts(library) == (0, 2)
    assert library.models.update("embedding") == 2
    assert _counts(library) == (2, 0)
    exact = _cosines(library)
    assert exact.keys() == estimated.keys()
    assert exact != pytest.approx(estimated, abs=0.01)
    library.add_text(GERMAN, title="Leuchtturm")
    assert _counts(library) == (2, 1)
    assert len(_cosines(library)) == 3
    (space,) = library.models.readings("embedding")
    assert (space.done, space.approximate, space.total) == (6, 2, 8)


def test_the_nearest_are_made_exact_and_stored(library: Library, tmp_path: Path) -> None:
    estimated = _cosines(library)
    within = np.array([True] * 3 + [False] * 3)
    found = _search(library).nearest(ASKED, within=within, seconds=60)
    assert found is not None
    (start,) = found.starts.tolist()
    sharpened = _cosines(library)
    assert sharpened[start] == pytest.approx(float(found.cosines[0]))
    assert sharpened[start] != pytest.approx(estimated[start], abs=0.01)
    assert sharpened[3] == estimated[3]
    library.close()
    with Library.open(tmp_path / "x.brain") as again:
        assert _counts(again) == (1, 2)
        assert _cosines(again) == pytest.approx(sharpened)
        # Read after that, all are the model's, and none twice.
        assert again.models.update("embedding") == 2
        exact = _cosines(again)
        assert exact[start] == pytest.approx(sharpened[start], abs=1e-3)
        assert _counts(again) == (2, 0)


def test_half_read_by_the_model_all_is_found_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimated = _cosines(library)
    monkeypatch.setattr(building, "_BATCH", 3)

    class Stop(Cancel):
        def check(self) -> None:
            if _counts(library)[0]:
                raise Cancelled

    with pytest.raises(Cancelled):
        library.models.update("embedding", cancel=Stop())
    assert _counts(library) == (1, 2)
    mixed = _cosines(library)
    assert mixed.keys() == estimated.keys()
    assert [mixed[start] == estimated[start] for start in sorted(mixed)] == [False, True]
    (space,) = library.models.readings("embedding")
    assert (space.active, space.done, space.approximate) == (True, 3, 3)


def test_they_go_with_their_source(library: Library) -> None:
    assert len(_cosines(library)) == 2
    weather = next(row.id for row in library.sources.list() if row.title == "Weather")
    library.sources.delete([weather])
    assert list(_cosines(library)) == [3]


def test_text_in_another_language_has_none(tmp_path: Path) -> None:
    with Library.open(tmp_path / "german.brain") as library:
        library.add_text(GERMAN, title="Der Leuchtturm")
        assert _search(library).all_cosines(ASKED) is None
        assert library.models.readings("embedding") == []
    with Library.open(tmp_path / "x.brain") as library:
        library.add_text(WEATHER, title="Weather")
        assert _search(library).all_cosines("Was ist mit der Fähre im Hafen geschehen?") is None


def test_switched_off_there_are_none(library: Library) -> None:
    library.models.drop()
    assert _counts(library) == (0, 0)
    library.add_text(GERMAN, title="Leuchtturm")
    assert _counts(library) == (0, 0)
    assert _search(library).all_cosines(ASKED) is None
    assert library.models.readings("embedding") == []
    assert library.ask("Where was her violin made?").evidence


@pytest.mark.parametrize("spoilt", ["half", "other"])
def test_a_damaged_embedding_leaves_words_and_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    place = tmp_path / "embeddings"
    shutil.copytree(paths.resources() / "embeddings", place)
    raw = (place / static.FILE).read_bytes()
    changed = raw[: len(raw) // 2] if spoilt == "half" else raw[:-1] + bytes([raw[-1] ^ 1])
    (place / static.FILE).write_bytes(changed)
    monkeypatch.setattr(folder, "shipped_place", lambda: place)
    with Library.open(tmp_path / "x.brain") as library:
        assert library.add_text(WEATHER, title="Weather")[0].state == "verified"
        assert _counts(library) == (0, 0)
        assert "ferry" in library.ask("What happened to the ferry?").evidence[0].quote
        assert library.models.update("embedding") == 1


def test_text_without_any_gets_them_before_the_first_question(
    library: Library, tmp_path: Path
) -> None:
    with library._store.read() as connection:
        approximate = vectors.static(connection)
    assert approximate is not None
    library._store.write(lambda c: vectors.remove(c, approximate.id))
    assert _search(library).all_cosines(ASKED) is None
    with Library.open(tmp_path / "x.brain") as other:
        first = other.ask(ASKED).evidence[0]
        assert "ferry" in first.quote
        assert first.tiers["semantic"] > 0.5
        assert len(_cosines(other)) == 2


def test_estimates_follow_the_cosines_of_the_model() -> None:
    model = folder.shipped()
    assert model is not None
    texts = [
        sentence
        for file in sorted((paths.resources() / "guide").rglob("*.md"))
        for sentence in file.read_text(encoding="utf-8").split("\n\n")
        if len(sentence) > 80
    ][:120]
    encoder = Encoder.load(model)
    exact, approximate = encoder.encode(texts), static.unit(static.of(model).sums(texts))
    assert np.linalg.norm(approximate, axis=1) == pytest.approx(1, abs=1e-5)
    for asked in ("How do I add a book?", "What is forgotten, and when?", "Which models are used?"):
        question = encoder.of_question(asked)
        estimates = approximate @ static.of_question(question)
        assert np.corrcoef(estimates, exact @ question)[0, 1] > 0.4
    assert not static.unit(static.of(model).sums(["", "Salt"]))[0].any()
