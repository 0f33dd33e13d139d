"""The index of facts answers as going through all facts would, however it is read."""

import random
import threading
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.memory.postings.told_facts import EVERY, ODDS, TERMS, Oracle, entries_of, some_facts
from workbench.memory.postings import index, ranking
from workbench.memory.postings.entries import DENIAL, SAME
from workbench.memory.postings.index import Postings

_Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    """Segments, long lists and several stretches already for a few facts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "FULL", 40)
        patch.setattr(index, "BULK", 12)
        patch.setattr(index, "PART", 50)
        patch.setattr(ranking, "_RARE", 5)
        patch.setattr(ranking, "_STRETCH", 7)
        yield


def _best(
    postings: Postings,
    terms: Sequence[int],
    groups: Sequence[int],
    levels: Sequence[float],
    limit: int,
    within: Sequence[int] | None = None,
) -> list[tuple[int, int]]:
    """(score, id) of the best facts."""
    wanted = np.array([EVERY, *terms], np.uint64)
    found = postings.best(wanted, groups, levels, limit, within)
    return list(zip(found.scores.tolist(), found.ids.tolist(), strict=True))


def _compare(postings: Postings, oracle: Oracle, rng: random.Random, removals: bool) -> None:
    ids = [fact.id for fact in oracle.facts]
    assert postings.ids().tolist() == ids
    assert postings.size == len(ids)
    terms = list(dict.fromkeys(rng.choices(TERMS, rng.choice([ODDS, None]), k=rng.randint(1, 9))))
    groups = [rng.randint(0, 3) for _ in terms]
    levels = [rng.choice((64, 64, 58, 38)) for _ in terms]
    within = rng.choice((None, rng.sample(ids, len(ids) // 3)))
    frequencies = postings.frequency(terms).tolist()
    if not removals:
        assert frequencies == [sum(t in fact.terms for fact in oracle.facts) for t in terms]
    total = int(postings.frequency([EVERY])[0])
    best = oracle.top(terms, groups, levels, frequencies, total, within)
    for limit in (1, 4, 30):
        assert _best(postings, terms, groups, levels, limit, within) == best[:limit]
    assert postings.count(terms[0]) == len(oracle.meeting([terms[:1]], None))
    met = [[t for t, of in zip(terms, groups, strict=True) if of == g] for g in set(groups)]
    meeting = oracle.meeting(met, within)
    assert postings.meeting(met, -1, within).tolist() == meeting
    assert postings.meeting(met, 3, within).tolist() == meeting[:3]
    for key in rng.choices(TERMS, k=3):
        assert postings.meeting([[key ^ SAME]], -1).tolist() == oracle.same(key)
        got, since = postings.of_topic(key)
        assert list(zip(got.tolist(), since.tolist(), strict=True)) == oracle.claims(0, key)
        denied = postings.meeting([[key ^ DENIAL]], -1)[::-1]
        assert denied.tolist() == [id for id, _ in oracle.claims(1, key)]
    some = rng.sample(range(1, 300), 5)
    known = {fact.id: fact for fact in oracle.facts}
    assert postings.holds(some, terms[0]).tolist() == [
        i in known and terms[0] in known[i].terms for i in some
    ]
    assert [None if np.isnan(at) else at for at in postings.at_of(some).tolist()] == [
        known[i].at if i in known else None for i in some
    ]


@pytest.mark.slow
@settings(max_examples=25)
@given(
    seed=st.integers(0, 2**32),
    steps=st.lists(
        st.sampled_from(["one", "one", "few", "bulk", "large", "remove", "purge"]),
        max_size=12,
    ),
)
def test_it_answers_as_going_through_all_facts_would(seed: int, steps: list[str]) -> None:
    rng = random.Random(seed)
    postings, oracle, removals = Postings(None), Oracle(), False
    for step in [*steps, "one", "bulk"]:
        match step:
            case "remove":
                gone = rng.sample(range(postings.last_id + 5), min(9, postings.last_id))
                assert postings.remove(gone) == oracle.remove(gone)
                removals = True
            case "purge":
                removals = postings.purge() and False
            case _:
                count = {"one": 1, "few": rng.randint(2, 8), "bulk": 30, "large": 120}[step]
                facts = some_facts(rng, count, postings.last_id)
                postings.append(entries_of(facts))
                oracle.facts += facts
    for _ in range(3):
        _compare(postings, oracle, rng, removals)


@pytest.mark.slow
def test_it_answers_alike_where_lists_are_long_and_stretches_end(monkeypatch: _Patch) -> None:
    for name, value in (("FULL", 900), ("BULK", 400), ("PART", 1 << 16)):
        monkeypatch.setattr(index, name, value)
    monkeypatch.setattr(ranking, "_RARE", 100)
    monkeypatch.setattr(ranking, "_STRETCH", 64)
    rng = random.Random(5)
    postings, oracle = Postings(None), Oracle()
    for count in (4500, 800, 300, 500, 20):
        facts = some_facts(rng, count, postings.last_id)
        postings.append(entries_of(facts))
        oracle.facts += facts
    gone = rng.sample(range(postings.last_id), 400)
    assert postings.remove(gone) == oracle.remove(gone)
    for _ in range(10):
        _compare(postings, oracle, rng, True)


def test_of_equal_facts_the_newest_come_first_across_segments_and_tail() -> None:
    postings = Postings(None)
    facts = [fact for fact in some_facts(random.Random(1), 100)]
    term = TERMS[0]
    alike = [type(fact)(fact.id, 0.0, (term,), 0) for fact in facts]
    postings.append(entries_of(alike[:60]))
    postings.append(entries_of(alike[60:95]))
    for fact in alike[95:]:
        postings.append(entries_of([fact]))
    found = _best(postings, [term], [0], [64], 7)
    assert [id for _, id in found] == [fact.id for fact in reversed(alike)][:7]
    assert len({score for score, _ in found}) == 1


def test_a_form_never_counts_for_more_than_the_word_itself() -> None:
    postings = Postings(None)
    facts = some_facts(random.Random(1), 4)
    word, form, other = 11 << 50, 12 << 50, 13 << 50
    kept = [
        type(f)(f.id, 0.0, t, 0)
        for f, t in zip(facts, ((form,), (word,), (word,), (word, other)), strict=True)
    ]
    postings.append(entries_of(kept))
    found = _best(postings, [word, form], [0, 0], [64, 58], 4)
    assert [id for _, id in found] == [kept[3].id, kept[2].id, kept[1].id, kept[0].id]
    assert found[0][0] == found[3][0]


def test_readers_see_whole_facts_while_others_come_and_go() -> None:
    rng = random.Random(6)
    postings, facts = Postings(None), some_facts(rng, 240, terms=TERMS[:20])
    known = {fact.id: fact for fact in facts}
    done = threading.Event()
    wrong: list[object] = []

    def read() -> None:
        # They leave the writer the lock of the interpreter now and then.
        while not done.wait(0.002):
            for term in TERMS[:4]:
                ids = postings.meeting([[term], [TERMS[5], TERMS[6]]], 20).tolist()
                best = _best(postings, [term, TERMS[5]], [0, 1], [64, 64], 20)
                wrong.extend(i for i in [*ids, *(id for _, id in best)] if i not in known)
                wrong.extend(i for i in ids if term not in known[i].terms)
                if ids != sorted(ids, reverse=True):
                    wrong.append(ids)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        begin = 0
        while begin < len(facts):
            count = rng.choice((1, 3, 20))
            postings.append(entries_of(facts[begin : begin + count]))
            postings.remove([facts[rng.randrange(begin + 1)].id])
            begin += count
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert postings.last_id == facts[-1].id


def test_ids_have_to_ascend() -> None:
    postings = Postings(None)
    facts = some_facts(random.Random(2), 3)
    postings.append(entries_of(facts))
    with pytest.raises(ValueError, match="order"):
        postings.append(entries_of(facts[2:]))
    assert postings.size == 3


def test_nothing_is_found_in_an_empty_index() -> None:
    postings = Postings(None)
    assert _best(postings, [5], [0], [64], 3) == []
    assert postings.meeting([[5], [6]], 3).tolist() == []
    assert postings.meeting([], 3).tolist() == []
    assert postings.of_topic(5)[0].tolist() == []
    assert postings.near(0, "harbour", 3) == []
    assert postings.frequency([5]).tolist() == [0]
    assert postings.at_of([3]).size == 1
    assert not postings.purge()
    assert postings.last_id == 0


def test_a_fact_of_very_many_terms_is_taken_in_and_found() -> None:
    postings = Postings(None)
    terms = tuple(range(1 << 40, (1 << 40) + 150_000))
    facts = [
        type(fact)(fact.id, 1.0, terms if i == 1 else (7,), 3)
        for i, fact in enumerate(some_facts(random.Random(3), 3))
    ]
    for fact in facts:
        postings.append(entries_of([fact]))
    assert postings.meeting([[terms[0]], [terms[-1]]], 5).tolist() == [facts[1].id]
    assert postings.meeting([[3 ^ SAME]], 1).tolist() == [facts[2].id]
