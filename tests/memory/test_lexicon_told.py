"""Told statements in the inverted index: found, scoped, moved, forgotten, kept in the cache."""

import random
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.memory.memory_shelf import Put, put_into
from workbench.memory import index_feed, lexicon, term_scoring, told_words, words
from workbench.memory.facts import cues
from workbench.memory.facts.index import Cue, FactIndex
from workbench.memory.lexicon import Lexicon
from workbench.store import facts, meta
from workbench.store.store import Store

_NAMES = ("Ann", "Bo", "Cy", "Dora", "Emil")
_THINGS = ("doors", "door", "crate 7", "crate 70", "boats", "plan q7-x", "keys")
_PLACES = ("Oslo", "Riga", "bay 2", "hall 7")

#: A statement: its scope and its words.
Told = dict[int, tuple[int, str]]


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    """Several stretches and long lists already for a few statements."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_scoring, "_RARE", 5)
        patch.setattr(term_scoring, "_STRETCH", 7)
        patch.setattr(lexicon, "_FREEZE", 40)
        patch.setattr(lexicon, "_SLICE", 20)
        yield


def _statement(rng: random.Random) -> str:
    return f"{rng.choice(_NAMES)} has {rng.choice(_THINGS)} in {rng.choice(_PLACES)}"


def _tell(store: Store, told: Told, scope: int, *texts: str) -> None:
    first = store.write(lambda c: facts.add(c, scope, texts, "", recorded=1.0, at=1.0))
    told.update({first + at: (scope, text) for at, text in enumerate(texts)})


def _forget(store: Store, told: Told, ids: Collection[int]) -> None:
    store.write(lambda c: facts.remove(c, list(ids)))
    for id in ids:
        told.pop(id, None)


def _move(store: Store, told: Told, scope: int, to: int) -> None:
    store.write(lambda c: facts.move(c, scope, to))
    for id, (of, text) in told.items():
        if of == scope:
            told[id] = to, text


def _best(told: Told, scope: int, cue: Cue, limit: int) -> list[tuple[int, int]]:
    """The best statements, by going through all of them."""
    held = {id: told_words.postings(text) for id, (of, text) in told.items() if of == scope}
    keys = [(at, term.key, level) for at, group in enumerate(cue) for term, level in group]
    frequencies = [sum(key in own for own in held.values()) for _, key, _ in keys]
    levels = [level * term_scoring.FULL for *_, level in keys]
    weights = term_scoring.weights(frequencies, [at for at, *_ in keys], levels, len(held))

    def score(own: Collection[int]) -> int:
        most: dict[int, int] = {}
        for (at, key, _), weight in zip(keys, weights, strict=True):
            most[at] = max(most.get(at, 0), weight if key in own else 0)
        return sum(most.values())

    ranked = sorted(((score(own), id) for id, own in held.items()), reverse=True)
    return [(id, found) for found, id in ranked if found][:limit]


def _compare(index: FactIndex, told: Told, rng: random.Random) -> None:
    """The index answers as going through all statements would."""
    assert index.differences() == []
    scopes = {scope for scope, _ in told.values()}
    assert set(index.scopes()) == scopes
    assert index.total() == len(told)
    for scope in (0, 1, 2):
        ids = sorted((id for id, (of, _) in told.items() if of == scope), reverse=True)
        assert index.all(scope) == ids
        assert index.count(scope) == len(ids)
        groups = [(word,) for word in rng.sample(["ann", "door", "crate", "7", "oslo", "bay"], 2)]
        keys = [{term.key for term in told_words.form_terms(word)} for (word,) in groups]
        met = [id for id in ids if all(k & told_words.postings(told[id][1]) for k in keys)]
        assert index.meeting(scope, groups, -1) == met
        assert index.meeting(scope, groups, 2) == met[:2]
        assert index.containing(scope, groups[0][0], ids[::2]) == [
            id for id in ids[::2] if keys[0] & told_words.postings(told[id][1])
        ]
        text = _statement(rng)
        same = [id for id in ids if told[id][1] == text]
        assert index.same(scope, [f"  {text.upper()}."]) == ({0: same} if same else {})
        cue = cues.cue(_statement(rng))
        for limit in (1, 5, 100):
            found = index.best(scope, cue, limit)
            assert [id for id, _ in found] == [id for id, _ in _best(told, scope, cue, limit)]
            assert all(0 < score <= 1 for _, score in found)
        within = ids[::3]
        inside = [id for id, _ in index.best(scope, cue, 100, within)]
        # A scope may have more than 100 matches: cutting comes after choosing.
        every = index.best(scope, cue, len(ids))
        assert inside == [id for id, _ in every if id in within][:100]


@pytest.mark.slow
@settings(max_examples=20)
@given(
    seed=st.integers(0, 2**32),
    steps=st.lists(
        st.sampled_from(
            ["one", "one", "few", "many", "forget", "move", "purge", "open", "read", "index"]
        ),
        max_size=14,
    ),
)
@example(seed=1, steps=["many", "index", "read", "many", "open", "forget", "purge", "index"])
@example(seed=0, steps=["one"] * 8 + ["many"] * 3)
def test_it_answers_as_going_through_all_statements_would(
    tmp_path_factory: pytest.TempPathFactory, seed: int, steps: list[str]
) -> None:
    rng, told = random.Random(seed), Told()
    folder = tmp_path_factory.mktemp("told")
    with Store.open(folder / "library.brain") as store:
        one, other = (FactIndex(Lexicon(store, folder / "cache")) for _ in range(2))
        for step in [*steps, "one", "many"]:
            count = {"one": 1, "few": 5, "many": 60}.get(step, 0)
            if count:
                _tell(
                    store, told, rng.choice((0, 0, 1, 2)), *(_statement(rng) for _ in range(count))
                )
            elif step == "forget" and told:
                _forget(store, told, rng.sample(sorted(told), min(4, len(told))))
            elif step == "move":
                _move(store, told, *rng.sample((0, 1, 2), 2))
            elif step == "purge":
                one.forget()
            elif step == "index":
                one.lexicon.index_slice()
            elif step == "read":
                put_into(store, [_statement(rng) for _ in range(3)])
            elif step == "open":
                one.lexicon.freeze()
                one = FactIndex(Lexicon(store, folder / "cache"))
            _compare(one, told, rng)
        _compare(other, told, rng)
        _compare(FactIndex(Lexicon(store, None)), told, rng)
        one.lexicon.index_all()
        assert not one.lexicon.snapshot().unindexed
        _compare(one, told, rng)


def test_sources_are_found_as_if_nothing_had_been_told(store: Store, put: Put) -> None:
    put(["The heron stood in the reeds.", "It waited."], title="Reeds")
    index = Lexicon(store, None)
    before = index.refresh()
    _tell(store, {}, 0, "The heron is asleep in the reeds.", "Herons wait.")
    after = index.refresh()
    assert after.size == before.size
    assert after.sections is before.sections
    assert after.before[-1] == before.before[-1]
    for word in ("heron", "reeds", "asleep"):
        assert after.lookup(words.key(word)).tolist() == before.lookup(words.key(word)).tolist()
    assert after.inflections("herons", ["en"]) == before.inflections("herons", ["en"])
    put(["The heron flew away."], title="Sky")
    after = index.refresh()
    assert after.lookup(words.key("heron")).tolist() == [0, 4]
    assert after.before[-1] == before.before[-1] + 4
    rebuilt = Lexicon(store, None).refresh()
    for name in after.columns:
        assert after.columns[name].tolist() == rebuilt.columns[name].tolist()
    assert after.sections.tolist() == rebuilt.sections.tolist()


def test_what_is_in_the_cache_is_not_read_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    _tell(store, told, 0, *(f"The door {n} is red." for n in range(50)))
    Lexicon(store, tmp_path).refresh()
    read: list[int] = []
    feed = index_feed.statements

    def counting(*arguments: Any) -> index_feed.Statements | None:
        read.append(arguments[1])
        return feed(*arguments)

    monkeypatch.setattr(index_feed, "statements", counting)
    _tell(store, told, 0, "The gate is green.")
    index = FactIndex(Lexicon(store, tmp_path))
    assert index.count(0) == 51
    assert read == [50]


def test_the_cache_follows_statements_that_moved(store: Store, tmp_path: Path) -> None:
    told = Told()
    _tell(store, told, 3, *(f"The door {n} is red." for n in range(50)))
    Lexicon(store, tmp_path).refresh()
    _move(store, told, 3, 0)
    for _ in range(2):
        index = FactIndex(Lexicon(store, tmp_path))
        assert index.scopes() == [0]
        assert len(index.meeting(0, [("door",)], -1)) == 50
        index.lexicon.freeze()
    assert store.rows("SELECT value FROM meta WHERE key = ?", (meta.FACT_MOVES,)) == [(1,)]


def test_many_that_are_told_one_by_one_lie_in_few_segments(store: Store, tmp_path: Path) -> None:
    index = Lexicon(store, tmp_path)
    for number in range(300):
        _tell(store, {}, 0, f"The door {number} is red.")
        index.refresh()
    assert len(index.snapshot().segments) < 9
    assert len(list(tmp_path.glob("*.seg"))) < 9


def test_words_of_a_former_index_leave_the_cache(store: Store, tmp_path: Path) -> None:
    former = tmp_path / "facts" / "segment.seg"
    former.parent.mkdir()
    former.write_bytes(b"words")
    Lexicon(store, tmp_path).refresh()
    assert not former.parent.exists()


def test_a_write_sees_what_was_told_before_it(store: Store) -> None:
    index = FactIndex(Lexicon(store, None))
    text = "The door is red."
    _tell(store, {}, 0, text)

    def work(connection: Any) -> list[dict[int, list[int]]]:
        before = index.same(0, [text], connection)
        facts.add(connection, 0, [text], "", recorded=1.0, at=1.0)
        return [before, index.same(0, [text], connection)]

    assert store.write(work) == [{0: [1]}, {0: [1]}]
    assert index.same(0, [text]) == {0: [2, 1]}
