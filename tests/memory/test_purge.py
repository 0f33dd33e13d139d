"""What is removed from the library leaves the index, in memory and in its cache."""

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.memory.memory_shelf import Put, put_into
from workbench.memory import segment_files, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.snapshot import Snapshot
from workbench.store import sources
from workbench.store.store import Store


def remove(store: Store, *wanted: int) -> None:
    store.write(lambda c: sources.delete(c, wanted))


def spoken(snapshot: Snapshot) -> dict[int, list[int]]:
    """Every key of the index with its ordinals."""
    found: dict[int, list[int]] = {}
    for part in snapshot.segments:
        for key in part.keys.tolist():
            found.setdefault(key, []).extend(part.lookup(key).tolist())
    return {key: sorted(ordinals) for key, ordinals in found.items()}


def cached_with(folder: Path, word: str) -> list[str]:
    """The files of the cache in which the number that stands for a word can be found."""
    keys = [
        words.key(form, space).to_bytes(8, "little")
        for form in {word, *words.forms(word, "en")}
        for space in ("", "s", "t", "h", "a")
    ]
    return [
        file.name for file in sorted(folder.iterdir()) if any(k in file.read_bytes() for k in keys)
    ]


def test_l6_no_word_of_a_removed_source_can_be_guessed_from_the_cache(
    store: Store, put: Put, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    put([f"Amber {n} lies here." for n in range(40)])
    index.refresh()
    index.freeze()
    gone = put([f"The zymurgist wrote {n}." for n in range(40)], title="Quillfeather", author="Odo")
    index.refresh()
    index.freeze()
    put([f"Cedar {n} stands there." for n in range(40)])
    index.refresh()
    index.freeze()
    secrets = ("zymurgist", "quillfeather", "odo")
    assert all(cached_with(cache, word) for word in secrets)
    remove(store, gone)
    index.forget()
    assert [cached_with(cache, word) for word in secrets] == [[], [], []]
    for snapshot in (index.snapshot(), Lexicon(store, cache).refresh()):
        assert not len(snapshot.lookup(words.key("zymurgist")))
        assert len(snapshot.lookup(words.key("cedar"))) == 40
        assert not np.any(snapshot.columns["source"] == gone)
        assert not snapshot.columns["words"][40:80].any()


def test_l6_a_checksum_of_a_removed_statement_is_not_kept_either(
    store: Store, put: Put, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    kept = put(["Amber lies here.", "Amber lies there."])
    gone = put(["A secret sentence."])
    index.refresh()
    index.freeze()
    remove(store, gone)
    index.forget()
    facts = json.loads((cache / "lexicon.json").read_text(encoding="utf-8"))
    assert [engram for engram, _ in facts["marks"]] == [1]
    assert facts["seam"]["source"] == 0
    remove(store, kept)
    index.forget()
    facts = json.loads((cache / "lexicon.json").read_text(encoding="utf-8"))
    assert facts["marks"] == []
    put(["A new cedar."])
    assert Lexicon(store, cache).refresh().lookup(words.key("cedar")).tolist() == [3]


def test_l6_what_died_before_it_cleared_the_cache_is_cleared_at_the_next_start(
    store: Store, put: Put, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    put(["Amber lies here."])
    gone = put(["The zymurgist wrote."])
    index.refresh()
    index.freeze()
    remove(store, gone)
    assert cached_with(cache, "zymurgist")
    Lexicon(store, cache).refresh()
    assert cached_with(cache, "zymurgist") == []


def test_l6_a_process_that_did_not_remove_it_brings_nothing_back(
    store: Store, put: Put, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    put(["Amber lies here."])
    gone = put(["The zymurgist wrote."])
    other, one = Lexicon(store, cache), Lexicon(store, cache)
    other.refresh()
    other.freeze()
    one.refresh()
    remove(store, gone)
    one.forget()
    put(["A new cedar."])
    other.refresh()
    other.freeze()
    assert cached_with(cache, "zymurgist") == []
    last = Lexicon(store, cache).refresh()
    assert [len(last.lookup(words.key(word))) for word in ("amber", "cedar")] == [1, 1]


def test_l7_what_was_read_twice_does_not_count_twice_for_capitals(
    store: Store, put: Put, tmp_path: Path
) -> None:
    index = Lexicon(store, tmp_path / "cache")
    said = ["We saw the Captain on the pier.", "There a captain sat, and a captain stood."]
    first = put([*said, "The reward was small."])
    before = index.refresh().casing([words.key("captain")])
    # Read again: the same statements come anew, and those from before go.
    put([*said, "The reward was small."])
    index.refresh()
    remove(store, first)
    index.forget()
    assert before == (1, 2)
    assert index.snapshot().casing([words.key("captain")]) == before
    assert Lexicon(store, tmp_path / "cache").refresh().casing([words.key("captain")]) == before


def test_a_copy_of_the_library_finds_what_was_removed_from_the_other(
    tmp_path: Path,
) -> None:
    cache, original, copy = tmp_path / "cache", tmp_path / "one.brain", tmp_path / "two.brain"
    with Store.open(original) as store:
        first, second = put_into(store, ["Amber lies here."]), put_into(store, ["A zymurgist."])
    shutil.copy(original, copy)
    # Both have the same id, and so the same cache; each loses another source.
    with Store.open(original) as store:
        index = Lexicon(store, cache)
        remove(store, first)
        index.forget()
        index.freeze()
    for removed, wanted in ((None, [1, 1]), (second, [1, 0])):
        with Store.open(copy) as store:
            if removed is not None:
                remove(store, removed)
            found = Lexicon(store, cache).refresh()
            assert [len(found.lookup(words.key(w))) for w in ("amber", "zymurgist")] == wanted
    with Store.open(original) as store:
        found = Lexicon(store, cache).refresh()
        assert [len(found.lookup(words.key(w))) for w in ("amber", "zymurgist")] == [0, 1]


def test_a_file_that_another_process_removed_is_written_again(
    store: Store, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    put(["Amber lies here."])
    index.refresh()
    index.freeze()
    for file in cache.glob("*.seg"):
        file.unlink()
    put(["A new cedar."])
    index.refresh()
    index.freeze()
    named = json.loads((cache / "lexicon.json").read_text(encoding="utf-8"))["segments"]
    assert all((cache / name).exists() for name in named)
    # Nothing has to be read again from the library.
    monkeypatch.setattr("workbench.memory.index_feed.statements", lambda *_: None)
    assert len(Lexicon(store, cache).refresh().lookup(words.key("amber"))) == 1


def test_a_cache_that_cannot_be_written_anew_is_given_up(
    store: Store, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    put(["Amber lies here."])
    gone = put(["The zymurgist wrote."])
    index.refresh()
    index.freeze()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(segment_files, "write", full)
    remove(store, gone)
    index.forget()
    assert cached_with(cache, "zymurgist") == []
    monkeypatch.undo()
    assert len(Lexicon(store, cache).refresh().lookup(words.key("amber"))) == 1


def test_turns_of_a_conversation_stay_one_when_its_first_turn_goes(store: Store, put: Put) -> None:
    index = Lexicon(store, None)
    turns = [put([f"Turn {n}."], title="Session", kind="record") for n in range(3)]
    index.refresh()
    remove(store, turns[0])
    index.forget()
    snapshot = index.snapshot()
    assert snapshot.columns["flow_start"].tolist() == [0, 1, 1]
    assert snapshot.flows.tolist() == [1, 3]
    put(["Turn 3."], title="Session", kind="record")
    assert index.refresh().columns["flow_start"].tolist() == [0, 1, 1, 1]


_TEXTS = st.lists(
    st.lists(st.sampled_from(["amber", "brass", "cedar", "walked"]), min_size=1, max_size=4),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(_TEXTS, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_what_is_left_is_what_an_index_made_anew_would_hold(
    batches: Sequence[tuple[list[list[str]], bool, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "l.brain") as store:
        index = Lexicon(store, Path(folder) / "cache")
        doomed = []
        for statements, frozen, goes in batches:
            number = put_into(store, [" ".join(each) for each in statements], title="T")
            index.refresh()
            if frozen:
                index.freeze()
            if goes:
                doomed.append(number)
        remove(store, *doomed)
        index.forget()
        fresh = Lexicon(store, None).refresh()
        for snapshot in (index.snapshot(), Lexicon(store, Path(folder) / "cache").refresh()):
            assert spoken(snapshot) == spoken(fresh)
            for name, column in fresh.columns.items():
                assert snapshot.columns[name][: fresh.size].tolist() == column.tolist()
                assert not snapshot.columns[name][fresh.size :].any()
