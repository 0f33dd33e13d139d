"""Reading again what is in the library: by a newer reader, or in a new version."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.errors import InputError, NotFoundError
from workbench.intake import rereading
from workbench.intake.intake import Intake
from workbench.intake.records import Added
from workbench.store import collections, questions, sources, tags, text
from workbench.store.records import SourceRow
from workbench.store.store import Store
from workbench.store.verify import verify

MakeIntake = Callable[..., Intake]
WriteFile = Callable[..., Path]
Until = Callable[[Callable[[], object]], None]


def row(store: Store, source: int = 1) -> SourceRow:
    with store.read() as connection:
        return sources.by_id(connection, source)


def words(store: Store, source: int = 1) -> str:
    with store.read() as connection:
        return text.text_at(connection, source, 0, 10**9)


def add(intake: Intake, *paths: Path, replace: bool = False) -> list[Added]:
    return intake.run(intake.enqueue(paths, replace=replace))


def again_(intake: Intake, *wanted: int) -> list[Added]:
    return intake.run(intake.enqueue_again(wanted or None))


def save_quote(store: Store, source: int, quote: str) -> None:
    start = words(store, source).index(quote)
    answer = {
        "value": "x",
        "sentences": [{"text": quote, "citations": [1]}],
        "evidence": [
            {"n": 1, "engram": 1, "quote": quote, "source": {"id": source},
             "locator": {"start": start, "end": start + len(quote), "chapter": "old"}}
        ],
    }  # fmt: skip
    store.write(lambda c: questions.insert(c, "Which line?", {}, json.dumps(answer)))


def quote_of(store: Store) -> dict[str, object]:
    with store.read() as connection:
        answer = json.loads(next(questions.newest(connection)).answer)
    found: dict[str, object] = answer["evidence"][0]
    return found


@pytest.mark.slow
def test_l7_a_newer_reader_gives_the_text_anew_and_the_source_stays_the_same(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    path = write_file("book.txt", lines=30)
    old = make_intake()
    old.run(old.enqueue([path], collection="Thesis", title="My Book"))
    old.close()
    store.write(lambda c: tags.tag(c, [1], "kept"))
    save_quote(store, 1, "amber number 20 of book.txt.")
    before = row(store)
    newer = make_intake(reader="fake_readers:other_version")
    added = again_(newer, 1)
    assert [(a.source, a.state, a.error) for a in added] == [(1, "verified", None)]
    assert added[0].renewed
    assert not added[0].already
    after = row(store)
    assert (after.title, after.added, after.collections, after.tags, after.locations) == (
        "My Book", before.added, ("Thesis",), ("kept",), before.locations,
    )  # fmt: skip
    assert after.state == "verified"
    assert words(store).count("Updated amber") == 30
    assert after.notices == ()
    place = quote_of(store)
    locator = place["locator"]
    assert isinstance(locator, dict)
    assert words(store)[locator["start"] : locator["end"]] == "amber number 20 of book.txt."
    assert locator["chapter"] == "Line 20"
    with store.read() as connection:
        engram = text.engrams(connection, [int(str(place["engram"]))])
    assert [e.text for e in engram.values()] == ["Updated amber number 20 of book.txt."]
    assert "lost" not in place
    assert verify(store).sound
    assert not newer.rows()[-1].already


def test_l7_all_sources_are_read_again_one_job_a_file(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    records = write_file("many.jsonl", "sources", lines=5)
    add(intake, write_file("a.txt", lines=4), write_file("b.txt", lines=4, word="beryl"), records)
    with store.read() as connection:
        ids = {each.id for each in sources.listing(connection)}
    assert len(ids) == 7
    jobs = intake.enqueue_again(None)
    assert len(jobs) == 3
    assert intake.enqueue_again([1]) != []
    added = intake.run(jobs)
    assert {a.source for a in added} == ids
    assert all(a.renewed and a.error is None and a.state == "verified" for a in added)
    assert verify(store).sound


def test_l7_records_that_left_their_file_keep_their_text(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("many.jsonl", "sources", lines=5)
    add(intake, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:3], *lines[4:]]), encoding="utf-8")
    added = again_(intake, 1, 2, 3, 4, 5)
    assert sorted(a.source or 0 for a in added) == [1, 2, 3, 4, 5]
    assert [a.renewed for a in sorted(added, key=lambda a: a.source or 0)] == [
        True, True, False, True, True,
    ]  # fmt: skip
    assert "1 of 5 sources are not in" in str(added[0].error)
    assert "number 2" in words(store, 3)
    assert verify(store).sound


def _gone(path: Path) -> None:
    path.unlink()


def _changed(path: Path) -> None:
    path.write_text("plain\nsomething else", encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("harm", "reader", "sentence"),
    [
        (_gone, "fake_readers:read", "no file"),
        (_changed, "fake_readers:read", "has changed since it was read"),
        (None, "fake_readers:wordless", "has changed since it was read"),
        (None, "fake_readers:missing_function", "its reader stopped"),
    ],
)
def test_l7_what_cannot_be_read_again_keeps_its_text(
    store: Store,
    make_intake: MakeIntake,
    write_file: WriteFile,
    harm: Callable[[Path], None] | None,
    reader: str,
    sentence: str,
) -> None:
    path = write_file("book.txt", lines=6)
    first = make_intake()
    add(first, path)
    first.close()
    before, had = row(store), words(store)
    if harm is not None:
        harm(path)
    intake = make_intake(reader=reader)
    added = again_(intake, 1)
    assert sentence in str(added[0].error)
    assert row(store) == before
    assert words(store) == had
    assert verify(store).sound
    assert intake.rows()[-1].state == "failed"
    intake.dismiss(intake.rows()[-1].id)
    assert row(store) == before


def test_l7_pasted_text_and_unknown_sources_are_refused(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("pasted.txt")
    add(intake, path)
    store.write(lambda c: c.execute("DELETE FROM location WHERE path = ?", (str(path),)))
    with pytest.raises(InputError, match="pasted"):
        intake.enqueue_again([1])
    with pytest.raises(NotFoundError):
        intake.enqueue_again([1, 9])
    assert intake.enqueue_again(None) == []


@pytest.mark.slow
def test_l7_a_reading_that_is_broken_off_leaves_the_old_text_and_goes_on_later(
    store: Store, make_intake: MakeIntake, write_file: WriteFile, tmp_path: Path, until: Until
) -> None:
    gate = tmp_path / "gate"
    path = write_file("book.txt", f"gate {gate} 10", lines=20)
    gate.touch()
    first = make_intake()
    add(first, path)
    gate.unlink()
    had = words(store)
    jobs = first.enqueue_again([1])
    first.start()
    until(lambda: first.rows()[-1].done >= 10 and first.rows()[-1].state == "running")
    first.close()
    assert words(store) == had
    assert row(store).state == "verified"
    assert verify(store).sound
    gate.touch()
    second = make_intake()
    added = second.run(jobs)
    assert [(a.source, a.renewed, a.error) for a in added] == [(1, True, None)]
    assert words(store) == had
    assert verify(store).sound


def test_i9_a_changed_file_is_kept_beside_what_it_was(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("book.txt", lines=6)
    assert add(intake, path)[0].former is None
    assert rereading.changed(store, [path]) == []
    write_file("book.txt", lines=7)
    assert [(c.source, c.title, c.path) for c in rereading.changed(store, [path])] == [
        (1, "book", str(path))
    ]
    added = add(intake, path)[0]
    assert (added.source, added.former, added.renewed) == (2, 1, False)
    assert any("both versions are kept" in notice for notice in added.notices)
    assert not any("both versions" in notice for notice in row(store, 2).notices)
    assert rereading.changed(store, [path]) == []
    assert (row(store, 1).passages, row(store, 2).passages) == (6, 7)
    same = path.read_bytes()
    os.utime(path, (1, 1))
    assert rereading.changed(store, [path]) == []
    path.write_bytes(same[:-1] + b"?")
    assert [c.source for c in rereading.changed(store, [path])] == [2]


def zipped(path: Path, name: str, content: bytes) -> Path:
    """An archive of one file."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)
    return path


def test_what_comes_out_of_an_archive_or_mailbox_is_no_change_of_it(
    make_intake: MakeIntake, tmp_path: Path
) -> None:
    head = b"From: a@x.org\nTo: b@x.org\nSubject: Salt\nDate: Mon, 06 May 2024 10:11:12 +0200\n"
    mixed = b'Content-Type: multipart/mixed; boundary="q"\n\n--q\n\nThe amber is found.\n'
    attached = b'--q\nContent-Disposition: attachment; filename="a.pdf"\n\nx\n--q--\n'
    mail = head + mixed + attached
    one = zipped(tmp_path / "one.zip", "a.txt", b"The amber is found in the north of the land.")
    letter = zipped(tmp_path / "mail.zip", "a.eml", mail.replace(b"Salt", b"Flour"))
    box = tmp_path / "a.mbox"
    box.write_bytes(b"From a@x.org Mon May  6 10:11:12 2024\n" + mail)
    intake = make_intake(reader="ingest.readers:read")
    added = [add(intake, path) for path in (one, letter, box)]
    assert [found[0].error for found in added] == [None] * 3
    assert [found[0].former for found in added] == [None, None, None]
    assert not any("both versions" in note for found in added for note in found[0].notices)
    again_added = add(intake, zipped(one, "a.txt", b"The amber is found in the south of the land."))
    assert again_added[0].former == added[0][0].source


def test_i9_replacing_keeps_the_source_and_its_citations_follow(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("book.txt", lines=12)
    add(intake, path)
    store.write(lambda c: tags.tag(c, [1], "kept"))
    store.write(lambda c: collections.assign(c, [1], "Thesis"))
    save_quote(store, 1, "amber number 11 of book.txt.")
    save_quote(store, 1, "amber number 3 of book.txt.")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], "new", "newer", *lines[6:]]), encoding="utf-8")
    added = add(intake, path, replace=True)
    assert [(a.source, a.renewed, a.former, a.error) for a in added] == [(1, True, None, None)]
    after = row(store)
    assert (after.tags, after.collections) == (("kept",), ("Thesis",))
    assert after.hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert after.size == path.stat().st_size
    assert after.passages == 9
    with store.read() as connection:
        saved = [json.loads(q.answer)["evidence"][0] for q in questions.newest(connection)]
    lost, followed = saved
    assert lost["lost"] is True
    assert lost["quote"] == "amber number 3 of book.txt."
    place = followed["locator"]
    assert words(store)[place["start"] : place["end"]] == "amber number 11 of book.txt."
    assert verify(store).sound
    assert add(intake, path, replace=True)[0].already


def test_i9_replacing_after_both_were_kept_makes_one_of_them(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    path = write_file("book.txt", lines=6)
    add(intake, path)
    write_file("book.txt", lines=8)
    assert add(intake, path)[0].source == 2
    store.write(lambda c: tags.tag(c, [2], "on the new one"))
    store.write(lambda c: collections.assign(c, [2], "New"))
    save_quote(store, 2, "amber number 7 of book.txt.")
    added = add(intake, path, replace=True)
    assert [(a.source, a.renewed) for a in added] == [(1, True)]
    with store.read() as connection:
        assert [each.id for each in sources.listing(connection)] == [1]
    assert (row(store).tags, row(store).collections) == (("on the new one",), ("New",))
    assert row(store).passages == 8
    quote = quote_of(store)
    assert quote["source"] == {"id": 1}
    assert "lost" not in quote
    assert verify(store).sound


def test_i9_a_new_file_and_a_file_of_records_are_simply_added(
    store: Store, make_intake: MakeIntake, write_file: WriteFile
) -> None:
    intake = make_intake()
    new = add(intake, write_file("new.txt", lines=3), replace=True)
    assert [(a.source, a.renewed, a.error) for a in new] == [(1, False, None)]
    path = write_file("many.jsonl", "sources", lines=3)
    add(intake, path)
    write_file("many.jsonl", "sources", lines=5)
    added = add(intake, path, replace=True)
    assert [a.already for a in added] == [True, True, True, False, False]
    assert verify(store).sound
