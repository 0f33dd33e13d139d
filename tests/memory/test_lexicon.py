"""The index against a plain search; what the cache may lose; what one process sees of another."""

import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.memory.memory_shelf import Put, put_into
from tests.patience import seconds
from workbench.memory import index_feed, segment, segment_files, words
from workbench.memory.lexicon import Lexicon
from workbench.memory.segment import Segment
from workbench.memory.snapshot import Snapshot
from workbench.store import text
from workbench.store.store import Store

VOCABULARY = [
    "amber",
    "brass",
    "cedar",
    "don't",
    "12,000",
    "Émile",
    "记忆",
    "walking",
    "walked",
    "x",
]


def plain(store: Store, word: str) -> list[int]:
    """The ordinals that hold a word, by looking at every statement."""
    with store.read() as connection:
        rows = text.replay(connection, 0, 10**6)
    return [
        row[0] - 1 for row in rows if any(word in token.words for token in words.tokens(row[4]))
    ]


def looked_up(snapshot: Snapshot, word: str) -> list[int]:
    return sorted(set(snapshot.lookup(words.key(word)).tolist()))


statements = st.lists(
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=6).map(" ".join),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(statements, min_size=1, max_size=6), st.booleans())
def test_index_finds_what_a_plain_search_finds(batches: list[list[str]], frozen: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "l.brain") as store:
        index = Lexicon(store, Path(folder) / "cache")
        for number, batch in enumerate(batches):
            put_into(store, batch)
            index.refresh()
            if frozen and number % 2:
                index.freeze()
        again = Lexicon(store, Path(folder) / "cache").refresh()
        for snapshot in (index.snapshot(), again):
            for word in (
                "amber",
                "brass",
                "dont",
                "12000",
                "émile",
                "记忆",
                "记",
                "walked",
                "none",
            ):
                assert looked_up(snapshot, word) == plain(store, word)


def test_kin_of_a_word_are_found(store: Store, put: Put) -> None:
    put(["She walked home.", "Walking is slow.", "They buy ink.", "He bought ink."])
    snapshot = Lexicon(store, None).refresh()
    walked = snapshot.union(snapshot.inflections("walk", ["en"]))
    assert set(walked.tolist()) == {0, 1}
    assert set(snapshot.union(snapshot.inflections("buy", ["en"])).tolist()) == {2, 3}


def test_new_statements_are_found_at_once(store: Store, put: Put, tmp_path: Path) -> None:
    index = Lexicon(store, tmp_path / "cache")
    put(["The heron stands."])
    assert looked_up(index.refresh(), "heron") == [0]
    put(["Another heron came."])
    assert looked_up(index.refresh(), "heron") == [0, 1]


def test_refresh_reads_only_what_is_new(
    store: Store, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put([f"Statement number {i} stands here." for i in range(300)])
    index = Lexicon(store, None)
    index.refresh()
    read: list[int] = []
    original = index_feed.statements

    def counting(*arguments: Any) -> index_feed.Statements | None:
        batch = original(*arguments)
        read.append(len(batch.ids) if batch is not None else 0)
        return batch

    monkeypatch.setattr(index_feed, "statements", counting)
    put(["One more."])
    index.refresh()
    index.refresh()
    assert sum(read) == 1


def test_deleting_the_cache_loses_nothing(store: Store, put: Put, tmp_path: Path) -> None:
    put([f"Word{i} amber." for i in range(100)])
    cache = tmp_path / "cache"
    first = Lexicon(store, cache)
    first.refresh()
    first.freeze()
    assert list(cache.glob("*.seg"))
    for file in cache.iterdir():
        file.unlink()
    assert looked_up(Lexicon(store, cache).refresh(), "word42") == [42]


def _spoil(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(bytes(data))


@pytest.mark.parametrize("harm", ["flip", "flip head", "cut", "empty", "manifest", "other words"])
def test_a_damaged_cache_is_built_again(store: Store, put: Put, tmp_path: Path, harm: str) -> None:
    put([f"Word{i} amber." for i in range(100)])
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    index.refresh()
    index.freeze()
    (file,) = cache.glob("*.seg")
    manifest = cache / "lexicon.json"
    if harm == "flip":
        _spoil(file, file.stat().st_size // 2)
    elif harm == "flip head":
        _spoil(file, 20)
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "manifest":
        manifest.write_text("{", encoding="utf-8")
    else:
        facts = json.loads(manifest.read_text(encoding="utf-8"))
        facts["stamp"]["words"] -= 1
        manifest.write_text(json.dumps(facts), encoding="utf-8")
    snapshot = Lexicon(store, cache).refresh()
    assert looked_up(snapshot, "word42") == [42]
    assert len(looked_up(snapshot, "amber")) == 100


def test_cache_of_a_library_put_back_from_a_backup_is_not_believed(
    store: Store, put: Put, tmp_path: Path
) -> None:
    put(["The old words."])
    backup = tmp_path / "backup.brain"
    store.backup(backup)
    put(["A lost amber."])
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    index.refresh()
    index.freeze()
    with Store.open(backup) as restored:
        put_into(restored, ["A new cedar."])
        snapshot = Lexicon(restored, cache).refresh()
        assert looked_up(snapshot, "amber") == []
        assert looked_up(snapshot, "cedar") == [1]


def test_cache_folder_that_cannot_be_written_is_no_obstacle(
    store: Store, put: Put, tmp_path: Path
) -> None:
    put([f"Word{i} amber." for i in range(100)])
    blocked = tmp_path / "a file"
    blocked.write_text("in the way", encoding="utf-8")
    index = Lexicon(store, blocked / "cache")
    assert looked_up(index.refresh(), "word7") == [7]
    index.close()


def test_what_another_process_adds_is_found(store: Store, put: Put, tmp_path: Path) -> None:
    put(["The first statement."])
    index = Lexicon(store, tmp_path / "cache")
    index.refresh()
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from workbench.store.store import Store\n"
        "from workbench.memory.lexicon import Lexicon\n"
        "from memory_shelf import put_into\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    put_into(store, ['A kingfisher dives.'])\n"
        "    index = Lexicon(store, Path(sys.argv[3])); index.refresh(); index.freeze()\n"
    )
    here = str(Path(__file__).parent)
    arguments = [str(store.file), here, str(tmp_path / "cache")]
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, timeout=seconds(100))
    assert looked_up(index.refresh(), "kingfisher") == [1]
    # Their cache serves us, too.
    assert looked_up(Lexicon(store, tmp_path / "cache").refresh(), "kingfisher") == [1]


def test_counts_of_capitals_survive_merging_and_the_cache(
    store: Store, put: Put, tmp_path: Path
) -> None:
    index = Lexicon(store, tmp_path / "cache")
    for batch in range(3):
        put([f"Then Ahab spoke {batch}.", "The whale spoke."])
        index.refresh()
    index.freeze()
    for snapshot in (index.snapshot(), Lexicon(store, tmp_path / "cache").refresh()):
        assert snapshot.casing([words.key("ahab")]) == (3, 0)
        assert snapshot.casing([words.key("spoke")]) == (0, 6)


def test_readers_keep_their_snapshot_while_others_add(store: Store, put: Put) -> None:
    index = Lexicon(store, None)
    put([f"Amber number {i}." for i in range(50)])
    before = index.refresh()
    wrong: list[object] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            snapshot = index.refresh()
            found = len(looked_up(snapshot, "amber"))
            if found != snapshot.size:
                wrong.append((found, snapshot.size))

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for batch in range(20):
        put([f"Amber again {batch} {i}." for i in range(20)])
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert len(looked_up(before, "amber")) == 50
    assert len(looked_up(index.refresh(), "amber")) == 450


def test_old_files_are_swept_and_new_ones_stay(
    store: Store, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_files, "LINGER_SECONDS", -1.0)
    cache = tmp_path / "cache"
    index = Lexicon(store, cache)
    for batch in range(4):
        put([f"Batch{batch} amber {i}." for i in range(100)])
        index.refresh()
        index.freeze()
    named = json.loads((cache / "lexicon.json").read_text(encoding="utf-8"))["segments"]
    assert {file.name for file in cache.glob("*.seg")} == set(named)
    assert not list(cache.glob("*.part"))


def test_merging_keeps_every_posting(store: Store, put: Put) -> None:
    put(["amber brass", "cedar amber", "brass"])
    whole = Lexicon(store, None).refresh()
    (one,) = whole.segments
    put(["amber", "brass dove"])
    index = Lexicon(store, None)
    index.refresh()
    parts = [
        segment.build(
            first,
            {name: column[first:end] for name, column in index.snapshot().columns.items()},
            np.array(keys, np.uint64),
            np.arange(len(keys)),
            np.array(ordinals, np.int32),
            (np.array([1], np.uint64)[:0], np.zeros(0, np.int32), np.zeros(0, np.int32)),
            (np.zeros(0, np.uint64), np.zeros(0, np.uint64)),
        )
        for first, end, keys, ordinals in (
            (0, 2, [9, 3, 9, 3], [0, 0, 1, 1]),
            (2, 5, [3, 5], [4, 2]),
        )
    ]
    merged = segment.merge(parts)
    assert merged.lookup(3).tolist() == [0, 1, 4]
    assert merged.lookup(9).tolist() == [0, 1]
    assert merged.lookup(5).tolist() == [2]
    assert merged.lookup(4).tolist() == []
    assert (merged.first, merged.end) == (0, 5)
    assert one.size == 3


def test_records_of_one_title_are_read_in_one_go(store: Store, put: Put) -> None:
    for words_ in (["First turn."], ["Second turn."]):
        put(words_, title="Session 1", kind="record")
    put(["Other talk."], title="Session 2", kind="record")
    columns = Lexicon(store, None).refresh().columns
    assert columns["flow_start"].tolist() == [0, 0, 2]
    assert columns["section_start"].tolist() == [0, 1, 2]


def test_nobody_gets_an_index_that_lacks_what_was_stored_before_it_asked(
    store: Store, put: Put
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Lexicon):
        """Takes a while between reading new engrams and showing them."""

        def _publish(self, parts: list[Segment], *, same_sources: bool) -> None:
            begun.set()
            go_on.wait(seconds(5))
            super()._publish(parts, same_sources=same_sources)

    put(["The first heron stood in the reeds."])
    slow = Slow(store, None)
    go_on.set()
    slow.refresh()
    go_on.clear()
    begun.clear()
    put(["The second heron flew away."])
    one = threading.Thread(target=slow.refresh)
    one.start()
    assert begun.wait(seconds(60))
    sizes: list[int] = []
    other = threading.Thread(target=lambda: sizes.append(slow.refresh().size))
    other.start()
    other.join(0.2)
    go_on.set()
    one.join(seconds(5))
    other.join(seconds(5))
    assert sizes == [2]


def test_a_statement_is_led_back_to_by_all_of_its_words_and_no_others(
    store: Store, put: Put, tmp_path: Path
) -> None:
    index = Lexicon(store, tmp_path / "cache")
    put([f"Amber and brass {n}." for n in range(300)])
    index.refresh()
    index.freeze()
    put(["Cedar and brass.", "!"])
    snapshot = index.refresh()
    assert len(snapshot.segments) == 2

    def keys(*each: str) -> set[int]:
        return {words.key(word) for word in each}

    assert snapshot.leads_to(keys("amber", "and", "brass", "7"), 7)
    assert not snapshot.leads_to(keys("amber", "8"), 7)
    assert not snapshot.leads_to(keys("amber", "dove"), 7)
    assert snapshot.leads_to(keys("cedar", "brass"), 300)
    assert not snapshot.leads_to(keys("amber"), 300)
    assert not snapshot.leads_to(keys("zzz"), 300)
    assert snapshot.leads_to((), 301)
    assert not snapshot.leads_to((), 302)
    assert not snapshot.leads_to(keys("amber"), 302)
