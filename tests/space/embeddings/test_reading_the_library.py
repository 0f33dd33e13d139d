"""Models that read a library: what they find, how they change places, what is left of them."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.patience import seconds
from tests.space.embeddings import tiny_model
from workbench.cli.main import main
from workbench.errors import Cancelled, InputError, LibraryLockedError, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.space.embeddings import building
from workbench.store import lease, vectors

REAL = "all-MiniLM-L6-v2"
WEATHER = (
    "The ferry stayed in the harbour because a storm had broken its mast. "
    "Nobody could leave the island for nine days. The baker ran out of flour."
)
MUSIC = (
    "Her violin was made in Cremona. She practised scales before breakfast. "
    "The concert in the old town hall was sold out."
)
TINY = "Salt is mined in deep old mountains. Bees sleep in mountains. Salt is old."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "x.brain") as made:
        made.add_text(WEATHER, title="Weather")
        made.add_text(MUSIC, title="Music")
        yield made


@pytest.fixture
def models(tmp_path: Path) -> dict[str, Path]:
    for seed, name in enumerate(("first", "second"), 1):
        tiny_model.write(tmp_path / name, seed=seed)
    return {name: tmp_path / name for name in ("first", "second")}


def _quotes(library: Library, question: str) -> list[str]:
    return [each.quote for each in library.ask(question).evidence]


@pytest.mark.slow
def test_a_question_in_other_words_finds_its_passage(library: Library) -> None:
    asked = "What vessel was damaged by bad weather?"
    space = library.models.use(REAL)
    assert (space.model, space.active, space.done) == (REAL, True, space.total)
    best = library.ask(asked, explain=True).evidence[0]
    assert "ferry" in best.quote
    assert best.tiers["semantic"] > 0.5
    assert any("mean" in reason.casefold() for reason in best.reasons)


def _records(library: Library, *records: dict[str, str]) -> None:
    path = library.path
    assert path is not None
    file = path.with_name("records.jsonl")
    file.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    library.add([file])


def _vectors(library: Library) -> list[tuple[int, bytes]]:
    with library._store.read() as connection:
        (space,) = vectors.spaces(connection)
        return [(row.first, row.numbers) for row in vectors.after(connection, space.id, 0)]


@pytest.mark.slow
def test_what_a_record_is_about_is_found_where_only_its_title_says_so(tmp_path: Path) -> None:
    with Library.open(tmp_path / "towns.brain") as library:
        says = "It was founded by {} and burnt down twice."
        _records(
            library,
            {"id": "1", "title": "Lisbon", "text": says.format("monks")},
            {"id": "2", "title": "Helsinki", "text": says.format("nuns")},
        )
        library.models.use(REAL)
        for number, asked in enumerate(("a city in Portugal", "a city in Finland")):
            near = library._core.embedding_reading.search.nearest(asked)
            assert near is not None
            assert near.starts[0] == number


@pytest.mark.slow
def test_a_title_that_records_share_is_read_with_none_of_them(
    tmp_path: Path, models: dict[str, Path]
) -> None:
    read: list[list[tuple[int, bytes]]] = []
    for titles in (("Salt", "Salt"), ("", ""), ("Salt", "Bees")):
        with Library.open(tmp_path / f"{len(read)}.brain") as library:
            text = ("Deep in mountains.", "Old is deep.")
            _records(
                library,
                *(
                    {"id": f"{n}", "title": title, "text": text[n]}
                    for n, title in enumerate(titles)
                ),
            )
            library.models.use(str(models["first"]))
            read.append(_vectors(library))
    shared, untitled, own = read
    assert shared == untitled
    assert own[0] != untitled[0]
    assert own[1] != untitled[1]


def test_m3_an_older_library_is_read_once_more_and_answers_meanwhile(
    tmp_path: Path, models: dict[str, Path]
) -> None:
    with Library.open(tmp_path / "old.brain") as library:
        _records(library, *({"id": f"{n}", "title": f"Salt {n}", "text": TINY} for n in range(3)))
        library.models.use(str(models["first"]))
        made = _vectors(library)

        # As an older program left it: other vectors, one of a stretch that is no longer cut so.
        def older(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE vector SET numbers = zeroblob(length(numbers))")
            connection.execute(
                "INSERT INTO vector(space, first, count, scale, numbers) "
                "SELECT space, first + 1, 1, scale, numbers FROM vector LIMIT 1"
            )
            (space,) = vectors.spaces(connection)
            vectors.reach(connection, space.id, 0)

        library._store.write(older)
        assert library.models.readings("embedding")[0].done == 0
        old = library._core.embedding_reading.search.nearest("salt")
        assert old is not None
        assert not old.cosines.any()
        assert library.models.update("embedding") == len(made)
        assert _vectors(library) == made
        new = library._core.embedding_reading.search.nearest("salt")
        assert new is not None
        assert new.cosines[0] > 0.1


@pytest.mark.slow
def test_what_is_added_later_is_read_too(library: Library) -> None:
    library.models.use(REAL)
    library.add_text("The lighthouse keeper fed the gulls each dawn.", title="Coast")
    assert library.models.update("embedding") >= 0
    (space,) = library.models.readings("embedding")
    assert space.done == space.total
    assert "lighthouse" in _quotes(library, "Who gives food to seabirds?")[0]


@pytest.mark.slow
def test_what_is_added_is_read_in_the_background(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.space.embeddings.background._WAIT", 0.01)
    library.models.use(REAL)
    before = library.models.readings("embedding")[0].vectors
    library.add_text("The lighthouse keeper fed the gulls each dawn.", title="Coast")
    for _ in range(400):
        if library.models.readings("embedding")[0].vectors > before:
            break
        threading.Event().wait(0.05)
    assert library.models.readings("embedding")[0].vectors > before


@pytest.mark.slow
def test_what_another_program_added_is_read_by_the_next_window(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.space.embeddings.background._WAIT", 0.01)
    library.models.use(REAL)
    path = library.path
    assert path is not None
    library.close()
    with Library.open(path) as other:
        other._core._meaning.close()
        other.add_text("The lighthouse keeper fed the gulls each dawn.", title="Coast")
    with Library.open(path) as again:
        before = again.models.readings("embedding")[0].vectors
        again.subscribe(lambda _topic: None)
        for _ in range(400):
            if again.models.readings("embedding")[0].vectors > before:
                break
            threading.Event().wait(0.05)
        assert again.models.readings("embedding")[0].vectors > before


def test_m3_a_change_of_model_is_built_beside_and_swapped(
    library: Library, models: dict[str, Path]
) -> None:
    library.add_text(TINY, title="Salt")
    library.models.use(str(models["first"]))
    seen: list[list[tuple[str, bool]]] = []

    def report(_progress: Progress) -> None:
        seen.append([(each.model, each.active) for each in library.models.readings("embedding")])

    library.models.use(str(models["second"]), report=report)
    assert seen[0] == [("first", True), ("second", False)]
    assert [(each.model, each.active) for each in library.models.readings("embedding")] == [
        ("second", True)
    ]


@pytest.mark.slow
def test_m3_a_model_that_is_stopped_goes_on_where_it_was(
    tmp_path: Path, models: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_BATCH", 8)
    with Library.open(tmp_path / "long.brain") as library:
        for n in range(6):
            library.add_text(f"{TINY} It is mined {n} times. " * 3, title=f"Salt {n}")
        library.models.use(str(models["first"]))
        cancel, reports = Cancel(), list[Progress]()

        def report(progress: Progress) -> None:
            reports.append(progress)
            if len(reports) == 3:
                cancel.set()

        with pytest.raises(Cancelled):
            library.models.use(str(models["second"]), report=report, cancel=cancel)
        old, new = library.models.readings("embedding")
        assert (old.model, old.active, new.active) == ("first", True, False)
        assert 0 < new.done < new.total
        again: list[Progress] = []
        library.models.use(str(models["second"]), report=again.append)
        assert again[0].done == new.done
        (whole,) = library.models.readings("embedding")
        assert (whole.model, whole.done) == ("second", whole.total)
        with library._store.read() as connection:
            spaces = [row.id for row in vectors.spaces(connection) if row.model == "second"]
            made = [each.first for each in vectors.after(connection, spaces[0], 0)]
        assert len(made) == len(set(made)) == whole.vectors


@pytest.mark.slow
def test_m3_a_model_that_is_gone_is_told_and_words_go_on_answering(
    library: Library, models: dict[str, Path]
) -> None:
    library.models.use(str(models["first"]))
    path = library.path
    assert path is not None
    library.close()
    shutil.rmtree(models["first"])
    with Library.open(path) as again:
        assert "violin" in _quotes(again, "Where was her violin made?")[0]
        (space,) = again.models.readings("embedding")
        assert "first" in space.trouble
        assert "\n" not in space.trouble
        with pytest.raises(InputError, match="no longer there"):
            again.models.update("embedding")


@pytest.mark.slow
def test_m3_scripts_are_told_of_a_model_that_is_gone_before_and_after_they_ask(
    library: Library, models: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    library.models.use(str(models["first"]))
    path = library.path
    assert path is not None
    library.close()
    shutil.rmtree(models["first"])
    gone = "folder of the embedding model “first” is no longer there"
    assert main(["--library", str(path), "models"]) == 0
    told = capsys.readouterr()
    assert "first does not answer" in told.out
    assert gone in told.out + told.err
    assert main(["--library", str(path), "ask", "Where was her violin made?"]) == 0
    assert gone in capsys.readouterr().err
    assert main(["--library", str(path), "see-also", "Her violin was made somewhere."]) == 0
    assert gone in capsys.readouterr().err


@pytest.mark.slow
def test_m3_another_model_in_the_same_folder_is_noticed(
    library: Library, models: dict[str, Path]
) -> None:
    library.models.use(str(models["first"]))
    path = library.path
    assert path is not None
    library.close()
    tiny_model.write(models["first"], seed=9)
    with Library.open(path) as again:
        again.ask("Where was her violin made?")
        assert "another one" in again.models.readings("embedding")[0].trouble


@pytest.mark.slow
def test_m3_a_folder_that_was_renamed_is_told_by_its_new_name(
    library: Library, models: dict[str, Path]
) -> None:
    made = library.models.use(str(models["first"]))
    renamed = models["first"].rename(models["first"].with_name("renamed"))
    told = library.models.use(str(renamed))
    assert (told.model, told.path, told.vectors) == ("renamed", str(renamed), made.vectors)


@pytest.mark.slow
def test_m3_of_two_dimensions_each_answers_by_itself(library: Library, tmp_path: Path) -> None:
    library.models.use(REAL)
    assert library._core.embedding_reading.search.nearest("storm") is not None
    tiny_model.write(tmp_path / "small")
    library.models.use(str(tmp_path / "small"))
    near = library._core.embedding_reading.search.nearest("salt is old")
    assert near is not None
    assert len(near.starts)


@pytest.mark.slow
def test_vectors_go_with_their_source(library: Library) -> None:
    library.models.use(REAL)
    (row,) = [each for each in library.sources.list() if each.title == "Weather"]
    before = library.models.readings("embedding")[0].vectors
    assert "ferry" in library.sources.related("The boat could not sail in the gale.")[0].words
    library.sources.trash([row.id])
    assert not any("ferry" in each.words for each in library.sources.related("A boat in a gale."))
    assert library.sources.delete([row.id])
    assert 0 < library.models.readings("embedding")[0].vectors < before
    near = library._core.embedding_reading.search.nearest("storm at sea")
    assert near is not None
    with library._store.read() as connection:
        left = {row[0] for row in connection.execute("SELECT id FROM engram")}
    assert {start + 1 for start in near.starts.tolist()} <= left
    assert library.models.drop() == 1
    assert library._store.rows("SELECT count(*) FROM vector") == [(0,)]
    assert library.models.readings("embedding") == []


def test_two_do_not_read_at_once(library: Library, models: dict[str, Path]) -> None:
    library._store.write(lambda c: lease.acquire(c, "somebody else", building.LEASE))
    with pytest.raises(LibraryLockedError, match="already"):
        library.models.use(str(models["first"]))


def test_models_that_cannot_be_used_are_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no embedding model"):
        library.models.use("nowhere")
    with pytest.raises(NotFoundError):
        library.models.use("")
    library.models.drop()
    with pytest.raises(NotFoundError):
        library.models.update("embedding")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"config\.json"):
        library.models.use(str(tmp_path / "empty"))
    assert library.models.readings("embedding") == []


def test_all_stretches_come_in_the_order_of_the_text_with_their_cosines(
    library: Library, models: dict[str, Path]
) -> None:
    library.add_text(TINY, title="Salt")
    library.models.use(str(models["first"]))
    search = library._core.embedding_reading.search
    every, near = search.all_cosines("salt in mountains"), search.nearest("salt in mountains")
    assert every is not None
    assert near is not None
    assert every.starts.tolist() == sorted(near.starts.tolist())
    assert (np.diff(near.cosines) <= 0).all()
    best = dict(zip(near.starts.tolist(), near.cosines.tolist(), strict=True))
    assert every.cosines.tolist() == pytest.approx([best[at] for at in every.starts.tolist()])


@pytest.mark.slow
def test_a_question_stays_out_of_the_trash_and_of_other_collections(library: Library) -> None:
    library.models.use(REAL)
    asked = "What vessel was damaged by bad weather?"
    rows = {row.title: row.id for row in library.sources.list()}
    only = library.ask(asked, sources=[rows["Music"]]).evidence
    assert {each.source.title for each in only} <= {"Music"}
    library.sources.trash([rows["Weather"]])


@pytest.mark.slow
def test_what_a_model_read_after_a_look_at_the_library_does_no_harm(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.models.use(REAL)
    old = library._core.lexicon.refresh()
    library.add_text("A gale broke the mast of the new schooner.", title="Coast")
    library.models.update("embedding")
    monkeypatch.setattr(library._core.lexicon, "refresh", lambda *_: old)
    assert "ferry" in " ".join(_quotes(library, "What vessel was damaged by bad weather?"))


@pytest.mark.slow
def test_who_comes_while_this_program_reads_waits_for_it(
    library: Library, models: dict[str, Path]
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def report(_progress: Progress) -> None:
        began.set()
        assert go_on.wait(seconds(20))

    stopped = Cancel()
    stopped.set()
    with ThreadPoolExecutor() as pool:
        first = pool.submit(library.models.use, str(models["first"]), report=report)
        assert began.wait(seconds(20))
        with pytest.raises(Cancelled):
            library.models.use(str(models["second"]), cancel=stopped)
        second = pool.submit(library.models.use, str(models["second"]))
        go_on.set()
        assert first.result(seconds(60)).model == "first"
        assert second.result(seconds(60)).model == "second"
    assert [each.model for each in library.models.readings("embedding")] == ["second"]


# -- see also --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_see_also_by_meaning_and_by_words(library: Library) -> None:
    said = "Her violin was made in Cremona."
    by_words = library.sources.related("violin practice before a concert")
    assert by_words[0].tier == "lexical"
    assert by_words[0].title == "Music"
    assert 0 < by_words[0].nearness < 1, "a part of what was chosen, and nobody is the measure"
    assert [each.nearness for each in by_words] == sorted(
        (each.nearness for each in by_words), reverse=True
    )
    library.models.use(REAL)
    found = library.sources.related("Violinists rehearse before they perform.")
    assert (found[0].tier, found[0].title) == ("semantic", "Music")
    assert 0.3 <= found[0].nearness <= 1
    with library._store.read() as connection:
        rows = connection.execute("SELECT id FROM engram WHERE text = ?", (said,)).fetchall()
    own = [row[0] for row in rows]
    assert own
    assert all(each.engram not in own for each in library.sources.related(own))
    with pytest.raises(UsageError, match="Nothing is selected"):
        library.sources.related("  ")


@pytest.mark.slow
def test_scripts_list_use_and_ask(
    library: Library, models: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--library", str(library.path)]
    assert main([*at, "models", "use", str(models["first"])]) == 0
    assert main([*at, "--json", "models"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [each["model"] for each in told["spaces"]] == ["first"]
    assert REAL in [each["name"] for each in told["models"]]
    assert main([*at, "--json", "models", "try", REAL]) == 0
    trial = json.loads(capsys.readouterr().out)
    assert trial["like"] > 0.4 > trial["unlike"]
    assert main([*at, "models", "off"]) == 0
    assert main([*at, "see-also", "a violin from Cremona"]) == 0
    assert "Music" in capsys.readouterr().out
    assert main([*at, "models", "use"]) == 2
    assert main([*at, "models", "update"]) != 0
