"""Caring for a library through its public door: removal for good, repair, originals, versions."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from workbench import Library
from workbench.cli.answer_output import answer_record
from workbench.errors import Cancelled, InputError, NotFoundError, UsageError
from workbench.intake import rereading
from workbench.jobs import Cancel
from workbench.recall.records import Answer
from workbench.store import questions

_WORDS = [
    "granite",
    "marble",
    "slate",
    "gneiss",
    "schist",
    "basalt",
    "flint",
    "chert",
    "chalk",
    "gypsum",
    "shale",
    "loess",
]


def prose(seed: int, paragraphs: int = 60) -> str:
    """Plain paragraphs, other words for every seed."""
    lines = [f"Collected Stones, Part {seed}"]
    for number in range(paragraphs):
        picked = [_WORDS[(seed * 7 + number * 5 + k * k) % len(_WORDS)] for k in range(8)]
        lines.append(
            f"Layer {number} of quarry {seed} shows {', '.join(picked)} in this order. "
            f"The mason of quarry {seed} marked it with the number {seed * 1000 + number}."
        )
    return "\n\n".join(lines)


def files_that_hold(word: str, *folders: Path) -> list[Path]:
    found = []
    needle = word.encode()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and needle in file.read_bytes():
                found.append(file)
    return found


def save(library: Library, answer: Answer) -> None:
    """Keep an answer as the history of questions does."""
    record = json.dumps(answer_record(answer), ensure_ascii=False)
    library._store.write(lambda c: questions.insert(c, answer.question, {}, record))


def saved(library: Library) -> list[dict[str, Any]]:
    with library._store.read() as connection:
        return [json.loads(row.answer) for row in questions.newest(connection)]


def _missing(library: Library) -> list[int]:
    return sorted(row.id for row in library.sources.list(missing=True))


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["plain", "Dropbox"])
def test_l6_no_byte_of_a_removed_book_is_left(tmp_path: Path, folder: str) -> None:
    home = Path(os.environ["WORKBENCH_HOME"])
    originals, place = tmp_path / "originals", tmp_path / folder
    originals.mkdir()
    place.mkdir()
    secret = "Perplexing zymurgy of Quillfeather"
    for seed in range(8):
        text = prose(seed)
        if seed == 3:
            paragraphs = text.split("\n\n")
            text = "\n\n".join(f"{each} {secret} {n}." for n, each in enumerate(paragraphs))
        (originals / f"quarry {seed}.txt").write_text(text, encoding="utf-8")
    book = originals / "quarry 3.txt"
    book.rename(originals / "Quillfeather memoirs.txt")
    with Library.open(place / "x.brain") as library:
        added = library.add([originals])
        assert all(a.error is None for a in added)
        source = next(a.source for a in added if "Quillfeather" in a.path)
        assert source is not None
        kept = next(a.source for a in added if a.source != source)
        library.sources.tag([source], "Quillfeather papers")
        for only in ([source], None):
            answer = library.ask("Which number did the mason of quarry 3 mark?", sources=only)
            save(library, answer)
        assert "Quillfeather" in " ".join(e.quote for e in answer.evidence)
        assert files_that_hold("zymurgy", place)
        library.sources.trash([source])
        assert library.sources.delete([source])
        assert files_that_hold("zymurgy", place, home) == []
        assert files_that_hold("Quillfeather", place, home) == []
        assert library.verify().sound
        assert kept in [row.id for row in library.sources.list()]
        assert not any(
            "zymurgy" in e.quote for e in library.ask("zymurgy of Quillfeather").evidence
        )
        answers = saved(library)
        assert [a["redacted"] for a in answers if "redacted" in a]
        assert all(e["source"]["id"] != source for a in answers for e in a["evidence"])
    assert files_that_hold("Quillfeather", place, home) == []
    assert (originals / "Quillfeather memoirs.txt").exists()


def test_l6_the_preview_says_what_vanishes_and_what_is_kept(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    lines = [
        {"id": str(n), "title": f"Record {n}", "text": f"Stone {n} lies in the river bed."}
        for n in range(3)
    ]
    records.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add(records, collection="Stones")
        first, second, _ = (a.source for a in added if a.source is not None)
        library.sources.tag([first], "only here")
        library.sources.tag([first, second], "everywhere")
        save(library, library.ask("Where does stone 0 lie?", sources=[first]))
        library.backup(tmp_path / "x.before-trip.brain")
        before = library.sources.get(first)
        vanishing = library.sources.delete([first], preview=True).vanishing
        assert vanishing.sources == (first,)
        assert vanishing.titles == ("Record 0",)
        assert (vanishing.passages, vanishing.engrams) == (before.passages, before.engrams)
        assert vanishing.bytes >= 2 * before.characters
        assert vanishing.questions == 1
        assert vanishing.tags == ("only here",)
        assert vanishing.collections == ("Stones",)
        assert vanishing.locations == vanishing.shared == (str(records),)
        assert [copy.name for copy in vanishing.copies] == ["x.before-trip.brain"]
        assert len(library.sources.list()) == 3
        everything = library.sources.delete(
            [row.id for row in library.sources.list()], preview=True
        ).vanishing
        assert everything.shared == ()
        assert set(everything.tags) == {"only here", "everywhere"}
        with pytest.raises(NotFoundError):
            library.sources.delete([first, 99], preview=True)
        with pytest.raises(NotFoundError):
            library.sources.delete([first, 99])
        assert len(library.sources.list()) == 3


@pytest.mark.slow
def test_l6_a_removal_of_much_makes_the_file_smaller(tmp_path: Path) -> None:
    for seed in range(4):
        (tmp_path / f"{seed}.txt").write_text(prose(seed, 3000), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add([tmp_path / f"{seed}.txt" for seed in range(4)])
        library._store.empty_log()
        before = (tmp_path / "x.brain").stat().st_size
        assert library.sources.delete([a.source for a in added[:3] if a.source is not None])
        assert (tmp_path / "x.brain").stat().st_size < before / 2
        assert library.verify().sound
        assert library.ask("Who marked layer 7 of quarry 3?").evidence


@pytest.mark.slow
def test_l6_a_reader_of_an_older_moment_delays_the_last_of_it(tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(prose(1).replace("mason", "Quillfeather"), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        source = library.add(book)[0].source
        assert source is not None
        book.unlink()
        with Library.open(tmp_path / "x.brain") as other, other._store.read() as reading:
            reading.execute("SELECT count(*) FROM engram").fetchone()
            assert library.sources.delete([source]).clean is False
    assert files_that_hold("Quillfeather", tmp_path) == []


def test_l6_what_is_being_read_is_not_removed(tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(prose(1), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        source = library.add(book)[0].source
        assert source is not None
        library._store.write(
            lambda c: c.execute("UPDATE job SET state = 'running', purpose = 'reindex'").rowcount
        )
        with pytest.raises(UsageError, match="still being read"):
            library.sources.delete([source])
        library._store.write(lambda c: c.execute("UPDATE job SET state = 'done'").rowcount)
        library.sources.delete([source])
        assert library.queue.list() == []


def test_l6_pasted_text_that_a_crash_left_behind_goes_too(tmp_path: Path) -> None:
    home = Path(os.environ["WORKBENCH_HOME"])
    pasted = home / "cache" / "pasted"
    pasted.mkdir(parents=True)
    left = pasted / "0123456789abcdef.txt"
    left.write_text("The Quillfeather key lies under the blue flowerpot.", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        source = library.add(left)[0].source
        assert source is not None
        library.sources.delete([source])
    assert files_that_hold("Quillfeather", tmp_path, home) == []


@pytest.mark.slow
def test_verify_compares_the_index_with_the_truth_and_repair_makes_it_anew(
    tmp_path: Path,
) -> None:
    for seed in range(2):
        (tmp_path / f"{seed}.txt").write_text(prose(seed, 40), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        added = library.add([tmp_path / f"{seed}.txt" for seed in range(2)])
        assert library.verify().sound
        # As an index would be that was kept for another library under the same id.
        columns = library._core.lexicon.snapshot().columns
        columns["passage"][:5] += 1
        found = library.verify()
        assert not found.sound
        assert any("index takes 5 of its statements" in each for each in found.problems)
        assert found.repaired == ()
        mended = library.verify(repair=True)
        assert mended.sound
        assert "The index was rebuilt." in mended.repaired
        assert library.ask("Who marked layer 7 of quarry 1?").evidence
        library._store.write(lambda c: c.execute("UPDATE source SET engrams = 1").rowcount)
        assert not library.verify().sound
        assert library.verify(repair=True).sound
        assert {row.engrams for row in library.sources.list()} == {a.engrams for a in added}
    with Library.open(tmp_path / "x.brain") as library:
        assert library.verify().sound


@pytest.mark.slow
def test_l8_a_missing_original_is_told_and_found_again_by_its_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text(prose(1), encoding="utf-8")
    second.write_text(prose(2), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        one, two = (a.source for a in library.add([first, second]) if a.source is not None)
        library.add_text("The spare key lies under the blue flowerpot.")
        assert _missing(library) == []
        moved = tmp_path / "deep" / "renamed 📚.txt"
        moved.parent.mkdir()
        first.rename(moved)
        assert _missing(library) == [one]
        assert library.ask("Who marked layer 7 of quarry 1?").evidence
        with pytest.raises(InputError, match="not the file") as caught:
            library.sources.locate(one, second)
        assert caught.value.hint
        with pytest.raises(InputError, match="no file"):
            library.sources.locate(one, first)
        with pytest.raises(NotFoundError):
            library.sources.locate(99, moved)
        assert _missing(library) == [one]
        assert library.sources.locate(one, moved) == [one]
        assert _missing(library) == []
        assert set(library.sources.get(one).locations) == {str(first), str(moved)}
        assert library.sources.get(one).path == str(moved)
        second.write_text("Something much shorter.", encoding="utf-8")
        assert _missing(library) == [two]
        library.sources.trash([two])
        assert _missing(library) == []


@pytest.mark.slow
def test_l8_a_folder_that_moved_is_found_by_one_of_its_files(tmp_path: Path) -> None:
    old, new = tmp_path / "Reading", tmp_path / "Archive" / "Reading 2024"
    files = [old / "a" / "one.txt", old / "a" / "two.txt", old / "b" / "three.txt"]
    for n, file in enumerate(files):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(prose(n, 4), encoding="utf-8")
    apart = tmp_path / "apart.txt"
    apart.write_text(prose(9, 4), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        ids = [a.source for a in library.add([*files, apart]) if a.source is not None]
        new.parent.mkdir()
        old.rename(new)
        apart.unlink()
        (new / "a" / "two.txt").write_text("Another text has taken the name.", encoding="utf-8")
        assert _missing(library) == sorted(ids)
        assert library.sources.locate(ids[0], new / "a" / "one.txt") == ids[:1]
        assert library.sources.locate(ids[0], new / "a" / "one.txt", others=True) == [ids[2]]
        assert library.sources.get(ids[2]).path == str(new / "b" / "three.txt")
        assert _missing(library) == sorted([ids[1], ids[3]])


@pytest.mark.slow
def test_l8_looking_for_originals_holds_nothing_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(3)]
    for n, file in enumerate(files):
        file.write_text(prose(n, 3), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add(files)
        stop, asked = Cancel(), []

        def slow(path: Path) -> int | None:
            # What a share that hangs would hold up must not be the library.
            asked.append(path)
            library.collections.create(f"made meanwhile {len(asked)}")
            stop.set()
            return None

        monkeypatch.setattr(rereading, "_file_size", slow)
        with pytest.raises(Cancelled):
            library.sources.list(missing=True, cancel=stop)
        assert len(asked) == 1
        assert len(library.collections.list()) == 1


@pytest.mark.slow
def test_l8_records_are_found_again_in_the_file_that_holds_them(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": str(n), "title": f"R {n}", "text": f"Stone {n} lies in the river bed."})
        for n in range(4)
    ]
    records = tmp_path / "records.jsonl"
    records.write_text("\n".join(lines), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        ids = [a.source for a in library.add(records) if a.source is not None]
        records.unlink()
        assert _missing(library) == ids
        shorter = tmp_path / "some.jsonl"
        shorter.write_text("\n".join(lines[1:]), encoding="utf-8")
        with pytest.raises(InputError, match="not the file"):
            library.sources.locate(ids[0], shorter)
        assert library.sources.locate(ids[2], shorter) == ids[1:]
        assert _missing(library) == ids[:1]


@pytest.mark.slow
def test_l7_a_source_read_again_is_found_by_its_words_and_its_title(tmp_path: Path) -> None:
    book = tmp_path / "quarry diary.txt"
    book.write_text(prose(5), encoding="utf-8")
    (tmp_path / "other.txt").write_text(prose(2), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        # By the index alone: vectors of the nearest are made exact from one question to the next.
        library.models.drop("embedding")
        library.add(tmp_path / "other.txt")
        source = library.add(book, title="The Zinnober Diary")[0].source
        assert source is not None
        library.sources.tag([source], "kept")
        question = "What number did the mason of quarry 5 mark on layer 7?"
        before = library.ask(question)
        assert before.evidence[0].source.id == source
        save(library, before)
        added = library.add([source])
        assert [(a.source, a.renewed, a.error) for a in added] == [(source, True, None)]
        after = library.ask(question)
        assert [e.quote for e in after.evidence] == [e.quote for e in before.evidence]
        assert not {e.engram for e in after.evidence if e.source.id == source} & {
            e.engram for e in before.evidence if e.source.id == source
        }
        assert after.coverage.of == before.coverage.of
        # What the index holds after many rounds is what it would hold if it were rebuilt.
        library.add(None)
        library.add([source])
        # Twice in a row, so that nothing else stands between the former text and the new one.
        library.add([source])
        live = [library.ask(q) for q in (question, "Zinnober diary slate")]
        assert any(e.source.id == source for e in live[1].evidence)
        columns = library._core.lexicon.snapshot().columns
        assert (
            columns["titled"][columns["source"] == source][-library.sources.get(source).engrams] > 0
        )
        assert library.verify().sound
        evidence = saved(library)[0]["evidence"]
        for each in evidence:
            place = each["locator"]
            words = library.sources.text(each["source"]["id"], place["start"], place["end"])
            assert " ".join(words.split()) == each["quote"]
    with Library.open(tmp_path / "x.brain") as library:
        assert library.sources.get(source).tags == ("kept",)
        again = [library.ask(q) for q in (question, "Zinnober diary slate")]
        assert [[e.quote for e in a.evidence] for a in again] == [
            [e.quote for e in a.evidence] for a in live
        ]
        library._core.lexicon.rebuild()
        anew = [library.ask(q) for q in (question, "Zinnober diary slate")]
        assert [[e.quote for e in a.evidence] for a in anew] == [
            [e.quote for e in a.evidence] for a in live
        ]


@pytest.mark.slow
def test_i9_a_replaced_text_is_found_and_the_former_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "thesis.txt"
    file.write_text(prose(4), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        source = library.add(file)[0].source
        assert source is not None
        text = prose(4).replace("mason of quarry 4", "surveyor Aldona Rimkus")
        file.write_text(f"A foreword that was not there.\n\n{text}", encoding="utf-8")
        assert [c.source for c in library.queue.changed([file])] == [source]
        added = library.add(file, replace=True)[0]
        assert (added.source, added.renewed) == (source, True)
        assert [row.id for row in library.sources.list()] == [source]
        answer = library.ask("Who marked layer 7 of quarry 4?")
        assert "Aldona Rimkus" in answer.evidence[0].quote
        quotes = [e.quote for e in library.ask("the mason of quarry 4").evidence]
        assert not any("mason of quarry 4" in quote for quote in quotes)
        for each in answer.evidence:
            words = library.sources.text(source, each.locator.start, each.locator.end)
            assert " ".join(words.split()) == each.quote
        assert library.verify().sound


def test_i9_by_default_both_versions_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "thesis.txt"
    file.write_text(prose(4), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        first = library.add(file)[0].source
        file.write_text(prose(6), encoding="utf-8")
        added = library.add(file)[0]
        assert added.former == first
        assert added.source != first
        assert any("replace" in notice for notice in added.notices)
        assert {row.id for row in library.sources.list()} == {first, added.source}
        assert _missing(library) == [first]
