"""What the library itself teaches about subjects: found in other words, and without a model."""

import contextlib
import json
import random
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.patience import seconds
from tests.recall.word_nearness import nearness
from workbench.errors import Cancelled
from workbench.jobs import Cancel
from workbench.library import Library
from workbench.recall import topic_vectors
from workbench.store.text import extents

#: Passages that use the words of a question and those of its answer in like company.
_NETWORK = (
    "To get online at the lodge, connect a laptop to the wifi and open the browser.",
    "The wifi router has a password, and the browser asks for it once.",
    "Guests who want to be online use the wifi with their phone or laptop.",
    "A browser needs a connection: the router gives one to every laptop.",
    "If the connection drops, switch the router off and on, and get online again.",
    "The phone keeps the wifi password, so the connection comes back by itself.",
    "Without the router no laptop gets online, and no browser opens a page.",
)
_KITCHEN = (
    "Rye bread needs a sour dough, salt and a hot oven.",
    "The oven is heated before the dough is shaped into a loaf.",
    "A loaf of bread cools on the rack while the oven is swept.",
    "Salt the dough late, so that the bread rises well.",
    "The baker weighs flour, salt and water for each loaf.",
    "Flour from the mill gives the dough its colour.",
    "A hot oven and a wet dough give the loaf its crust.",
)
_ANSWER = "The router sits behind the tall bookcase in the study."


def _shelf(folder: Path, name: str, texts: tuple[str, ...]) -> list[Path]:
    files = []
    for number, text in enumerate(texts):
        file = folder / f"{name} {number}.txt"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


def _library(folder: Path) -> Library:
    library = Library.open(folder / "lodge.brain")
    library.add(_shelf(folder, "network", _NETWORK))
    library.add(_shelf(folder, "kitchen", _KITCHEN))
    library.add(_shelf(folder, "answer", (_ANSWER,)))
    return library


def _damage(file: Path, kind: str) -> None:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE derived SET data = x'00' WHERE kind = ?", (kind,))
        connection.commit()


def _of(library: Library, name: str) -> list[int]:
    """The sources that were made from files of this name."""
    return [each.id for each in library.sources.list() if name in (each.path or "")]


@pytest.mark.slow
def test_a10_what_is_told_in_other_words_is_found_once_related_text_was_read(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path / "bare.brain") as bare:
        bare.add(_shelf(tmp_path, "answer", (_ANSWER,)))
        bare.add(_shelf(tmp_path, "kitchen", _KITCHEN))
        assert not bare.ask("the thing used to get online").evidence
    with _library(tmp_path) as library:
        answer = library.ask("the thing used to get online", limit=9, explain=True)
        found = next(each for each in answer.evidence if each.quote == _ANSWER)
        assert found.tiers["semantic"] > 0
        assert any("Similar in meaning" in reason for reason in found.reasons)
        assert not any("dough" in each.quote for each in answer.evidence[:5])


@pytest.mark.slow
def test_what_is_found_keeps_to_the_sources_asked(tmp_path: Path) -> None:
    with _library(tmp_path) as library:
        kitchen = _of(library, "kitchen")
        answer = library.ask("the thing used to get online", sources=kitchen)
        assert not any("router" in each.quote for each in answer.evidence)


@pytest.mark.slow
def test_what_is_removed_for_good_teaches_nothing_any_more(tmp_path: Path) -> None:
    with _library(tmp_path) as library:
        library.ask("the thing used to get online")
        gone = _of(library, "network")
        library.sources.trash(gone)
        library.sources.delete(gone)
        assert not library.ask("the thing used to get online").evidence


@pytest.mark.slow
def test_a_large_library_is_read_beforehand_and_keeps_what_it_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_vectors, "_KIND", replace(topic_vectors._KIND, small=10))
    question = "the thing used to get online"
    with _library(tmp_path) as library:
        assert not any(each.tiers["semantic"] for each in library.ask(question).evidence)
        library.models.update("topics")  # a thread of the library may have been first
        assert not library.models.update("topics")
        told = [each.quote for each in library.ask(question, limit=9).evidence]
        assert _ANSWER in told
    with Library.open(tmp_path / "lodge.brain") as again:
        assert not again.models.update("topics")
        assert [each.quote for each in again.ask(question, limit=9).evidence] == told
    # What is no table is made anew, and words answer meanwhile.
    _damage(tmp_path / "lodge.brain", "subjects")
    with Library.open(tmp_path / "lodge.brain") as again:
        assert again.ask("Where does the router sit?").evidence
        assert again.models.update("topics")
        gone = _of(again, "network")
        again.sources.trash(gone)
        again.sources.delete(gone)
        assert not again._store.rows("SELECT 1 FROM derived")


@pytest.mark.slow
def test_two_who_want_it_read_have_it_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_vectors, "_KIND", replace(topic_vectors._KIND, small=10))
    made = topic_vectors._learn_table
    begun, both = threading.Event(), threading.Event()
    times: list[bool] = []

    def counted(*how: Any) -> Any:
        times.append(library._core.subjects.making)
        begun.set()
        assert both.wait(seconds(60))
        return made(*how)

    with _library(tmp_path) as library:
        monkeypatch.setattr(topic_vectors, "_learn_table", counted)
        first = threading.Thread(target=library.models.update, args=("topics",))
        first.start()
        assert begun.wait(seconds(60))
        second = threading.Thread(target=library.models.update, args=("topics",))
        second.start()
        both.set()
        first.join()
        second.join()
        assert times == [True]
        assert not library._core.subjects.making
        # Who waits for another can be stopped.
        stop = Cancel()
        stop.set()
        monkeypatch.setattr(topic_vectors.Subjects, "stale", lambda _self: True)
        with library._core.subjects._making, pytest.raises(Cancelled):
            library.models.update("topics", cancel=stop)


@pytest.mark.slow
def test_passages_cover_every_sentence_and_cross_no_source(tmp_path: Path) -> None:
    chance = random.Random(4)
    words = [f"word{number}" for number in range(60)]
    for number in range(6):
        file = tmp_path / f"{number}.txt"
        said = (" ".join(chance.choices(words, k=12)) for _ in range(1 + number * 17))
        file.write_text(" ".join(f"{each.capitalize()}." for each in said), encoding="utf-8")
    with Library.open(tmp_path / "many.brain") as library:
        library.add(sorted(tmp_path.glob("*.txt")))
        snapshot = library._core.lexicon.snapshot()
        starts, ends = topic_vectors.passages(snapshot, snapshot.columns["source"] > 0)
        assert (starts[1:] >= starts[:-1]).all()
        covered = {at for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
                   for at in range(a, b)}  # fmt: skip
        assert covered == set(range(snapshot.size))
        with library._store.read() as connection:
            bounds = [(each.first - 1, each.last) for each in extents(connection)]
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True):
            assert any(low <= a < b <= high for low, high in bounds)


@pytest.mark.slow
def test_records_of_no_known_language_are_found_as_well(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    texts = (*_NETWORK, *_KITCHEN, _ANSWER)
    lines = (
        json.dumps({"id": str(at), "title": "", "text": text}) for at, text in enumerate(texts)
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "records.brain") as library:
        library.add(file)
        answer = library.ask("the thing used to get online", limit=9)
        assert _ANSWER in [each.quote for each in answer.evidence]


def test_a_library_of_few_passages_or_none_answers(tmp_path: Path) -> None:
    with Library.open(tmp_path / "few.brain") as library:
        assert not library.ask("the thing used to get online").evidence
        library.add(_shelf(tmp_path, "answer", (_ANSWER,)))
        assert library.ask("Where does the router sit?").evidence


@pytest.mark.slow
def test_words_of_like_company_are_nearer_than_others(tmp_path: Path) -> None:
    with _library(tmp_path) as library:
        near, far = (
            nearness(library, "wifi", "Router "),
            nearness(library, "wifi", "dough"),
        )
        assert near is not None
        assert far is not None
        assert near > far
        assert nearness(library, "wifi", "hovercraft") is None
        assert nearness(library, "", "wifi") is None


@pytest.mark.slow
def test_a_library_that_is_read_in_slices_answers_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for size in (4000, 3):
        monkeypatch.setattr(topic_vectors, "_SLICE", size)
        folder = tmp_path / str(size)
        folder.mkdir()
        with _library(folder) as library:
            answer = library.ask("the thing used to get online", limit=9, explain=True)
            found.append([(each.quote, each.tiers) for each in answer.evidence])
    assert found[0] == found[1]
    assert found[0]
