"""The tables of facts: who told what, and libraries of former editions."""

import sqlite3
from pathlib import Path

from workbench.library import Library
from workbench.store import facts
from workbench.store.store import Store, version_of


def _add(connection: sqlite3.Connection, text: str, source: str = "") -> int:
    return facts.add(connection, 0, [text], [b""], source, told=1.0, at=1.0)


def test_what_a_teller_takes_back_stays_while_others_say_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "told.brain") as store:

        def tell(connection: sqlite3.Connection) -> list[int]:
            ids = [_add(connection, text, "Ada") for text in ("one", "two")]
            facts.said(connection, ids[0], "Ada", 2.0)
            facts.said(connection, ids[0], "Bo", 3.0)
            facts.said(connection, ids[0], "", 4.0)
            return ids

        one, two = store.write(tell)
        with store.read() as connection:
            assert facts.sources(connection, [one, two]) == {one: ("Ada", "Bo"), two: ("Ada",)}
            assert facts.said_by(connection, 0, "Ada") == [one, two]
            assert facts.said_by(connection, 0, "") == [one]
            assert facts.said_by(connection, 0, "Nobody") == []
        assert store.write(lambda c: facts.unsay(c, [one, two], "Ada")) == 1
        with store.read() as connection:
            assert facts.sources(connection, [one, two]) == {one: ("Bo",)}
        assert store.write(lambda c: facts.unsay(c, [one], "Bo")) == 0
        assert store.rows("SELECT name FROM teller") == []
        assert store.write(lambda c: facts.unsay(c, [one], "")) == 1
        assert store.rows("SELECT count(*) FROM engram") == [(0,)]
        assert store.rows("SELECT count(*) FROM said") == [(0,)]


def test_a_name_that_tells_nothing_any_more_is_gone_from_the_file(tmp_path: Path) -> None:
    with Store.open(tmp_path / "named.brain") as store:
        (one,) = [store.write(lambda c: _add(c, "one", "Kristoffersen"))]
        store.write(lambda c: facts.said(c, one, "Bo", 2.0))
        store.write(lambda c: facts.remove(c, [one]))
        assert store.rows("SELECT name FROM teller") == []


def test_ids_of_removed_facts_are_kept_in_order(tmp_path: Path) -> None:
    with Store.open(tmp_path / "gone.brain") as store:

        def tell(connection: sqlite3.Connection) -> list[int]:
            return [_add(connection, text) for text in ("a", "b", "c")]

        one, two, three = store.write(tell)
        store.write(lambda c: facts.remove(c, [two]))
        store.write(lambda c: facts.unsay(c, [three], ""))
        store.write(lambda c: c.execute("DELETE FROM engram WHERE id = ?", (one,)))
        assert store.rows("SELECT fact FROM fact_gone ORDER BY place") == [(two,), (three,), (one,)]


def test_facts_read_in_one_row_are_those_read_one_by_one_and_of_this_version(
    tmp_path: Path,
) -> None:
    path = tmp_path / "told.brain"
    with Library.open(path) as library:
        ids = list(library.facts.tell("My plan is pro. Vela is a sail. Orla is a boat.").new)
        library.facts.mark_ids(ids[:1], kind="decision", priority=7)
        library.facts.tell("Vela is a sail.", source="Kim")
        library.memory.strengthen("Orla", amount=2.0)
    with Store.open(path) as store, store.glance() as connection:
        before = version_of(connection)
        for asked in (ids, ids[::-1], [ids[1]], [ids[0], 999, ids[2]]):
            version, found = facts.at_version(connection, asked)
            assert version == before
            assert sorted(found) == facts.by_ids(connection, asked)
        many = [*ids, *range(900, 900 + facts.AT_VERSION - len(ids))]
        assert sorted(facts.at_version(connection, many)[1]) == facts.by_ids(connection, ids)
        store.write(lambda c: _add(c, "Miro is a ship."))
        assert facts.at_version(connection, ids)[0] == version_of(connection) != before
