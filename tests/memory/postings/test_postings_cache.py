"""The cache of the index of facts: whatever is wrong with it costs work and nothing else."""

import json
import multiprocessing
import random
from pathlib import Path

import numpy as np
import pytest

from tests.memory.postings.told_facts import EVERY, TERMS, Told, entries_of, some_facts
from workbench.memory import segment_files
from workbench.memory.postings import cache
from workbench.memory.postings.entries import Entry
from workbench.memory.postings.index import Postings
from workbench.memory.segment_files import SegmentError

FACTS = some_facts(random.Random(8), 400)


def _feed(after: int, limit: int) -> list[Entry]:
    """What the library would give."""
    return entries_of([fact for fact in FACTS if fact.id > after][:limit])


def _frozen(folder: Path) -> None:
    postings = Postings(folder, "one")
    assert postings.catch_up(_feed) == len(FACTS)
    postings.note = 3
    postings.freeze()


def _answers(postings: Postings) -> object:
    found = [postings.best(np.array([EVERY, term], np.uint64), [0], [64], 5) for term in TERMS[:20]]
    return (
        [(each.ids.tolist(), each.scores.tolist()) for each in found],
        [[part.tolist() for part in postings.of_topic(term)] for term in TERMS],
        postings.ids().tolist(),
    )


@pytest.fixture
def expected() -> object:
    postings = Postings(None)
    postings.catch_up(_feed)
    return _answers(postings)


def test_what_was_frozen_is_there_when_it_opens_again(tmp_path: Path, expected: object) -> None:
    _frozen(tmp_path)
    postings = Postings(tmp_path, "one")
    assert postings.size == len(FACTS)
    assert postings.note == 3
    assert postings.marks[0] == (FACTS[0].id, FACTS[0].same)
    assert postings.catch_up(_feed) == 0
    assert _answers(postings) == expected


@pytest.mark.parametrize("harm", ["head", "body", "cut", "gone", "manifest", "empty", "dead"])
def test_a_damaged_cache_is_made_again(tmp_path: Path, expected: object, harm: str) -> None:
    _frozen(tmp_path)
    (file,) = tmp_path.glob("*.seg")
    manifest = tmp_path / "postings.json"
    data = bytearray(file.read_bytes())
    match harm:
        case "head":
            data[20] ^= 1
        case "body":
            data[len(data) * 3 // 4] ^= 1
        case "cut":
            del data[-70:]
    file.write_bytes(data)
    match harm:
        case "gone":
            file.unlink()
        case "manifest":
            manifest.write_text('{"stamp": [1, "one"], "segments": [3]}', encoding="utf-8")
        case "empty":
            file.write_bytes(b"")
        case "dead":
            text = manifest.read_text(encoding="utf-8")
            manifest.write_text(text.replace('"dead": []', '"dead": [70000]'), encoding="utf-8")
    postings = Postings(tmp_path, "one")
    assert postings.size == 0
    assert postings.catch_up(_feed) == len(FACTS)
    assert _answers(postings) == expected
    postings.freeze()
    assert Postings(tmp_path, "one").size == len(FACTS)


def test_the_cache_of_another_library_or_version_is_not_used(tmp_path: Path) -> None:
    _frozen(tmp_path)
    assert Postings(tmp_path, "two").size == 0
    assert Postings(tmp_path, ["one", 2]).size == 0
    assert Postings(tmp_path, "one").size == len(FACTS)


def test_large_files_are_checked_in_many_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_files, "_SMALL", 1000)
    _frozen(tmp_path)
    assert Postings(tmp_path, "one").size == len(FACTS)
    (file,) = tmp_path.glob("*.seg")
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))
    with pytest.raises(SegmentError, match="body"):
        cache.read(file)


def test_removed_facts_stay_removed_and_their_terms_leave_with_a_purge(tmp_path: Path) -> None:
    _frozen(tmp_path)
    secret = 0x7A11223344556677
    postings = Postings(tmp_path, "one")
    last = postings.last_id
    told = [Told(last + 1, 0.0, (secret, TERMS[0]), 5), Told(last + 2, 0.0, (TERMS[1],), 6)]
    postings.append(entries_of(told))
    postings.freeze()
    assert postings.remove([last + 1, FACTS[3].id, 10**9]) == 2
    postings.freeze()
    again = Postings(tmp_path, "one")
    assert again.size == len(FACTS)
    assert again.meeting([[secret]], 5).tolist() == []
    assert secret.to_bytes(8, "little") in b"".join(f.read_bytes() for f in tmp_path.iterdir())
    assert again.purge()
    assert not again.purge()
    assert secret.to_bytes(8, "little") not in b"".join(f.read_bytes() for f in tmp_path.iterdir())
    reopened = Postings(tmp_path, "one")
    assert reopened.size == len(FACTS)
    assert reopened.last_id == last + 2
    assert reopened.frequency([secret]).tolist() == [0]
    assert FACTS[3].id not in reopened.ids()


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, expected: object) -> None:
    place = tmp_path / "file"
    place.write_text("no folder", encoding="utf-8")
    postings = Postings(place, "one")
    postings.catch_up(_feed)
    postings.remove([FACTS[0].id])
    postings.freeze()
    postings.purge()
    assert postings.size == len(FACTS) - 1


def test_clear_forgets_all_and_is_made_again(tmp_path: Path, expected: object) -> None:
    _frozen(tmp_path)
    postings = Postings(tmp_path, "one")
    postings.clear()
    assert postings.size == 0
    assert list(tmp_path.iterdir()) == []
    postings.catch_up(_feed)
    assert _answers(postings) == expected


def test_who_holds_less_does_not_push_out_who_holds_more(tmp_path: Path) -> None:
    less, more = Postings(tmp_path, "one"), Postings(tmp_path, "one")
    less.append(entries_of(FACTS[:100]))
    more.append(entries_of(FACTS))
    more.freeze()
    less.freeze()
    assert Postings(tmp_path, "one").size == len(FACTS)
    less.catch_up(_feed)
    assert less.size == len(FACTS)


def _work(folder: str, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(25):
        postings = Postings(Path(folder), "one")
        assert postings.ids().tolist() == [fact.id for fact in FACTS[: postings.size]]
        after, limit = postings.last_id, rng.randint(1, 60)
        if entries := _feed(after, limit):
            postings.append(entries)
        elif rng.random() < 0.2:
            postings.clear()
        postings.freeze()


@pytest.mark.slow
def test_several_processes_share_a_folder(tmp_path: Path, expected: object) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_work, args=(str(tmp_path), i)) for i in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    postings = Postings(tmp_path, "one")
    postings.catch_up(_feed)
    assert _answers(postings) == expected


def test_files_that_others_have_replaced_go_at_once(tmp_path: Path) -> None:
    postings = Postings(tmp_path, "one")
    for at in range(0, len(FACTS), 40):
        postings.append(entries_of(FACTS[at : at + 40]))
        postings.freeze()
    named = set(json.loads((tmp_path / "postings.json").read_text())["segments"])
    assert {file.name for file in tmp_path.glob("*.seg")} == named


def test_one_whose_files_were_replaced_goes_on_and_harms_no_cache(
    tmp_path: Path, expected: object
) -> None:
    half = entries_of(FACTS[:200])
    first = Postings(tmp_path, "one")
    first.append(half)
    first.freeze()
    other = Postings(tmp_path, "one")
    first.append(entries_of(FACTS[200:]))
    first.freeze()
    other.append(entries_of(FACTS[200:]))
    other.freeze()
    assert _answers(other) == _answers(first) == expected
    assert _answers(Postings(tmp_path, "one")) == expected
