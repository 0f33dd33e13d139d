"""The tables of facts: who told what, and libraries of former editions."""

import sqlite3
from pathlib import Path

from workbench.store import facts
from workbench.store.store import Store


def _add(connection: sqlite3.Connection, text: str, source: str = "") -> int:
    return facts.add(connection, 0, [text], source, recorded=1.0, at=1.0)


def test_what_a_teller_takes_back_stays_while_others_say_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "told.brain") as store:

        def tell(connection: sqlite3.Connection) -> list[int]:
            ids = [_add(connection, text, "Ada") for text in ("one", "two")]
            facts.add_teller(connection, ids[0], "Ada", 2.0)
            facts.add_teller(connection, ids[0], "Bo", 3.0)
            facts.add_teller(connection, ids[0], "", 4.0)
            return ids

        one, two = store.write(tell)
        with store.read() as connection:
            assert facts.sources(connection, [one, two]) == {one: ("Ada", "Bo"), two: ("Ada",)}
            assert facts.of_teller(connection, 0, "Ada") == [one, two]
            assert facts.of_teller(connection, 0, "") == [one]
            assert facts.of_teller(connection, 0, "Nobody") == []
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
        store.write(lambda c: facts.add_teller(c, one, "Bo", 2.0))
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
        with store.read() as connection:
            assert facts.removals(connection, 0) == [two, three, one]
