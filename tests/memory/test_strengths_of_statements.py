"""Strengths are those of any engram: what is said here of facts holds for a book's statements."""

import pytest

from ingest import segment
from ingest.records import Section, Source
from workbench.memory.plasticity import DEFAULTS, hebb
from workbench.memory.strengths import Strengths
from workbench.store import exchange, sources, strengths, text
from workbench.store.store import Store
from workbench.store.strengths import LinkRow
from workbench.store.verify import verify

SENTENCES = ("The flint lies in the river bed.", "The chalk lies above.", "Nobody dug there.")


def sections(*sentences: str) -> list[Section]:
    words = " ".join(sentences)
    return [Section(0, "", 0, words, segment.passages(words, 0, "en"))]


def book(store: Store) -> tuple[int, list[int]]:
    """A source of three statements, and their ids."""
    source = store.write(lambda c: sources.insert(c, Source("B", "text", "t/1"), hash="a", size=1))
    store.write(lambda c: text.append(c, source, sections(*SENTENCES)))
    with store.read() as connection:
        return source, [e.id for e in text.engrams_between(connection, 1, 10**6)]


def test_statements_fade_from_when_their_source_came_by_their_own_half_life() -> None:
    with Store.open(":memory:") as store:
        _, (first, second, _) = book(store)
        with store.read() as connection:
            added = connection.execute("SELECT added FROM source").fetchone()[0]
        store.clock = lambda: added + DEFAULTS.half_life("statement")
        use = Strengths(store)
        use.use(None, [first, second])
        use.close()
        with store.read() as connection:
            rows = use.rows(connection, [first, second])
            link = strengths.between(connection, second, first)
        assert use.current(rows[first], "statement") == pytest.approx(1.5, rel=0.01)
        assert link is not None
        assert link.weight == hebb(0, rate=DEFAULTS.link, cap=DEFAULTS.link_cap)


def test_strengths_and_links_go_with_a_source_and_follow_its_words() -> None:
    with Store.open(":memory:") as store:
        source, (flint, chalk, nobody) = book(store)
        use = Strengths(store)
        store.write(lambda c: use.strengthen(c, [chalk], 3))
        store.write(
            lambda c: strengths.store_links(
                c, [LinkRow(chalk, flint, "causal", 0.5, 0.0), LinkRow(nobody, chalk, "x", 1, 0)]
            )
        )
        new = sections("A preface.", SENTENCES[1], SENTENCES[0])
        done = store.write(
            lambda c: exchange.exchange(
                c, source, exchange.Replacement(Source("B", "text", "t/2"), new, "b", 2)
            )
        )
        with store.read() as connection:
            assert strengths.by_ids(connection, [done.mapping[chalk]]).keys() == {
                done.mapping[chalk]
            }
            (link,) = strengths.links(connection, done.mapping[chalk])
            assert (link.a, link.b) == (done.mapping[chalk], done.mapping[flint])
        store.write(lambda c: sources.delete(c, [source]))
        with store.read() as connection:
            for table in ("strength", "link"):
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        assert verify(store).sound
        use.close()
