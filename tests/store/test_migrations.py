"""An earlier library is copied and migrated; those before 100 are refused as they are (X2)."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from pathlib import Path

import pytest

from tests.store import library_fixtures
from workbench.care.salvage import salvage
from workbench.errors import (
    DamagedLibraryError,
    LibraryError,
    NewerLibraryError,
)
from workbench.intake import watch
from workbench.library import Library
from workbench.store import (
    backup,
    checksums,
    collections,
    concept_changes,
    derived,
    facts,
    fiber_records,
    file,
    gists,
    kept_originals,
    marks,
    meta,
    migration,
    modelled,
    questions,
    row_counts,
    schema,
    sealed,
    sleeping,
    sources,
    strengths,
    synapses,
    tags,
    vectors,
    versions,
    vital,
)
from workbench.store.collections import ProjectRow
from workbench.store.concept_changes import AliasRow
from workbench.store.concept_mentions import GONE_FIBERS
from workbench.store.kept_originals import Original
from workbench.store.questions import FollowUpRow, PreviousQuestion
from workbench.store.records import TagRow
from workbench.store.store import Store
from workbench.store.vectors import VectorRow

Rows = dict[str, list[tuple[object, ...]]]

#: An original that is kept of a source.
_OATS = b"Oats are sown in April."


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


#: What earlier versions had in tables of their own.
_BOOKKEEPING = (
    "INSERT INTO awake(day) VALUES (19001), (19000)",
    "INSERT INTO capacity(scope, most, dropped, held) VALUES (1, 200, 3, 150)",
    "INSERT INTO asked(scope, at, topics, questions) "
    "VALUES ('Barn', 2.5, '[[\"oat\", \"Oat\"]]', 4)",
    "INSERT INTO alert(collection, type, status, raised, changed, value, bound) "
    "VALUES (1, 'stale', 'seen', 1.5, 2.5, 0.5, 0.25)",
    "INSERT INTO project VALUES (1, 1.5e9, NULL, 'Harvest', '[\"oats\"]', NULL)",
    "INSERT INTO strength(engram, weight, used, uses, stability, salience, pinned) "
    "VALUES (12, 1, 1.5e9, 1, 1, 0.5, 0), (13, 1, 1.5e9, 1, 1, 0.5, 0)",
    "INSERT INTO recent_use VALUES (12, X'0102', NULL)",
    "INSERT INTO watched(folder, added) VALUES ('/barn', 1764371234.1234567), ('/shed', 1.5e9)",
    f"INSERT INTO kept VALUES (5, '{kept_originals.digest(_OATS)}', NULL)",
    "INSERT INTO space(id, model, digest, path, dimension, made, purpose) "
    "VALUES (3, 'm', 'd', 'p', 2, 1.5, 'picture')",
    "INSERT INTO sight VALUES (3, 13, 1, 0, 0, 0, 1, 1, 0.5, X'0102', NULL)",
    "INSERT INTO looked VALUES (3, 14, 9, NULL)",
    "INSERT INTO offered VALUES ('/barn', '/barn/a.txt', 7, 1764371234.1234567, NULL)",
)
_PACKED = zlib.compress(b"[[],[]]")
#: What versions before 107 had in tables of their own.
_NAMED = (
    "INSERT INTO tag(source, fold, name, added) VALUES (5, 'oats', 'Oats', 1764371234.1234567)",
    "INSERT INTO follow_up VALUES ('BÄRN', 'oat', 'rye', 'Rye', 4, 1764371234.1234567, NULL)",
    "INSERT INTO alias(id, key, into_key, name, into_name, why, certainty, evidence, state) "
    "VALUES (7, 'a', 'b', 'A', 'B', 'short', 0.8, '[12]', 'rejected')",
    "INSERT INTO space(id, model, digest, path, dimension, made, upto, active) "
    "VALUES (4, 'n', 'e', 'q', 2, 1.5, 11, 1)",
    "INSERT INTO vector VALUES (4, 12, 2, 0.5, X'0102', NULL)",
    "INSERT INTO vault_lock(id, scope, salt, n, r, p, writes) "
    "VALUES (3, 'Barn', X'00112233445566778899AABBCCDDEEFF', 16, 8, 1, 9)",
    "INSERT INTO vault_record VALUES (8, 3, 0, zeroblob(29), zeroblob(29), NULL)",
    "INSERT INTO learned_word VALUES ('oat', 3, X'003C')",
    f"INSERT INTO fiber_gone VALUES (9, -1, X'{fiber_records.pack([], []).hex()}')",
)
#: What versions before 105 had in tables of their own.
_FOLDED = (
    "INSERT INTO memory_tag(engram, fold, name) VALUES (12, 'oats', 'Oats')",
    "INSERT INTO project_memory(engram, project) VALUES (12, 'Barn')",
    "INSERT INTO in_mind(engram, scope, at) VALUES (12, 0, 1764371234.1234567), (13, 1, 2)",
    "INSERT INTO version(id, scope, name, made, automatic, facts, notes, head) "
    "VALUES (1, 0, 'spring', 1, 0, 0, 0, '{}')",
    f"INSERT INTO version_pack(hash, packed) VALUES (X'{_digest(b'[[],[]]')}', X'{_PACKED.hex()}')",
    f"INSERT INTO version_part(version, range, hash) VALUES (1, 3, X'{_digest(b'[[],[]]')}')",
    "INSERT INTO summary(id, run, scope, made, concepts) VALUES (1, 1, 0, 1, '[]')",
    "INSERT INTO summary_member(summary, engram, central) "
    "VALUES (1, 14, 1), (1, 12, 0), (1, 16, 1)",
    "INSERT INTO triple_reader(id, model, digest, prompt, made, upto) "
    "VALUES (1, 'm', 'd', 2, 1.5, 9), (2, 'n', 'e', 2, 2.5, 0)",
    "INSERT INTO used_together(a, b, day, times) VALUES (12, 13, 19000, 2), (12, 13, 19001, 1)",
    "INSERT INTO link(a, b, kind, weight, used) VALUES (12, 13, 'together', 1.0, 1.0)",
    "INSERT INTO episode(at, cue, eligible) VALUES (1764371234.25, '[1]', '[[1,2,500]]')",
    "INSERT INTO model_triple(engram, number, reader, subject, relation, object, flags) "
    "VALUES (12, 0, 2, 'a', 'b', 'c', 0)",
)


@pytest.fixture
def second_edition(tmp_path: Path) -> Path:
    return library_fixtures.unpack("second_edition", tmp_path)


def _version(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _rows(path: Path) -> Rows:
    """All rows of all tables, without their checksums."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables: Rows = {}
        for (name,) in names:
            columns = [
                f'"{column}"'
                for (column,) in connection.execute(
                    "SELECT name FROM pragma_table_info(?)", (name,)
                )
                if column != "sum"
            ]
            rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()
            tables[name] = sorted(rows, key=repr)
    return tables


def _unsupported(path: Path, version: int) -> Path:
    """A library of a version before 100, with some tables that look like ours."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL)")
        for table in ("source", "engram", "job"):
            connection.execute(f"CREATE TABLE {table}(id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO engram VALUES (1, 'My plan is pro.')")
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version}")
    return path


def _older(path: Path, version: int = migration.OLDEST) -> Path:
    """A library of statements of two scopes, one row damaged; with packed claims in version 100."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in migration.statements(version):
            connection.execute(statement)
        schema.assign_identity(connection)
        connection.execute("PRAGMA foreign_keys=ON")
        checksums.create_triggers(connection)
        connection.execute("INSERT INTO collection(name, created) VALUES ('Barn', 1)")
        connection.execute("INSERT INTO teller(name) VALUES ('Ada')")
        for number in range(1, 301):
            text = f"The code of door {number} is q{number}-x."
            connection.execute(
                "INSERT INTO engram(kind, start, end, text) VALUES ('fact', 0, ?, ?)",
                (len(text), text),
            )
            connection.execute(
                "INSERT INTO fact(engram, scope, told, at, teller) VALUES (?, ?, ?, ?, ?)",
                (
                    number,
                    number % 2,
                    1.5e9 + number,
                    None if number % 3 else 1.4e9,
                    number % 5 == 0,
                ),
            )
        if version == migration.OLDEST:
            connection.execute("UPDATE fact SET claims = X'01' WHERE engram % 7 <> 0")
        original = Original(kept_originals.digest(_OATS), "", "", "text/html", 1.5, len(_OATS))
        kept_originals.store(connection, original, _OATS)
        connection.execute(
            "INSERT INTO source(id, hash, title, kind, reader, added) "
            "VALUES (5, 'h', 'Oats', 'text', 't', 1)"
        )
        for statement in (
            *(_BOOKKEEPING if version < 102 else ()),
            *(_FOLDED if version < 105 else ()),
            *_NAMED,
        ):
            connection.execute(statement)
        connection.execute("DELETE FROM engram WHERE id = 9")
        # As if a bit had changed: without the triggers that keep the sum.
        for (name,) in connection.execute("SELECT name FROM sqlite_temp_master").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE fact SET told = 7 WHERE engram = 40")
        row_counts.recount(connection)
        checksums.fill(connection)
        connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={version}")
    return path


def _contents(path: Path) -> Rows:
    """The rows of all tables that every version has, without what one version alone has."""
    tables = _rows(path)
    shared = set.intersection(*(_columns(version) for version in migration.VERSIONS))
    names = {name for name, _ in shared} - {"derived", "meta", "vector"}
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {
            name: sorted(
                connection.execute(
                    f"SELECT {', '.join(sorted(c for t, c in shared if t == name))} FROM {name}"
                ).fetchall(),
                key=repr,
            )
            for name in names & tables.keys()
        }


def _columns(version: int) -> set[tuple[str, str]]:
    """All columns of a version with their tables, but for checksums."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in migration.statements(version):
            connection.execute(statement)
        return {
            (table, f'"{column}"')
            for table, column in connection.execute(
                "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
                "WHERE t.type = 'table' AND c.name <> 'sum' AND t.name NOT LIKE 'sqlite%'"
            )
        }


_MERGED = {
    "id": 4_000, "text": "The code of door 300 is q300-x!", "told": 1.5e9, "at": 1.4e9,
    "tellers": [["Ada", 1.5e9], ["", 1.6e9]], "mark": ["idea", 7, None], "trust": None,
    "marked": True,
}  # fmt: skip


def test_what_could_be_undone_before_can_be_still(tmp_path: Path) -> None:
    path = _older(tmp_path / "told.brain", 102)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO consolidation VALUES (3, 0, 1.6e9, NULL)")
        connection.execute("INSERT INTO merged VALUES (1, 300, 3, ?, NULL)", (json.dumps(_MERGED),))
        connection.execute(
            "INSERT INTO strength(engram, weight, used, uses, stability, salience, pinned, "
            "archived) VALUES (299, 1, 1.5e9, 1, 1, 0.5, 0, 3)"
        )
        connection.execute(
            "INSERT INTO sleep_run(id, why, begun, state) VALUES (5, 'idle', 1.6e9, 'undone')"
        )
        connection.execute("INSERT INTO concept(name, type, kept) VALUES ('A', 1, 1), ('B', 1, 1)")
        connection.execute(
            "INSERT INTO concept_change(what, concept, done, record) VALUES "
            "('merge', 1, 1, '{\"by_itself\": true}'), ('rename', 2, 1, '{}')"
        )
        connection.execute("INSERT INTO synapse(head, tail, delta, used) VALUES (1, 2, 0.5, 1)")
        connection.execute(
            "INSERT INTO lesson(at, why, about, record) VALUES (1, 'opened', '', '[[1, 2, 0.2]]')"
        )
        row_counts.recount(connection)
        checksums.fill(connection)
        # Giving links their sums has counted in `meta`.
        connection.execute("UPDATE meta SET sum = NULL WHERE key = 'taught'")
        checksums.fill(connection)
    with Library.open(path) as library:
        assert [row.state for row in library.sleep.history()] == ["undone"]
        undone = library.undo("consolidation")
        assert (undone.merged, undone.archived) == (1, 1)
        (fact,) = [fact for fact in library.facts.list() if fact.id == 4_000]
        assert (fact.text, fact.kind, set(fact.sources)) == (_MERGED["text"], "idea", {"Ada"})
        assert library.undo("lesson").rows == 1
        with library._store.read() as connection:
            assert connection.execute("SELECT delta FROM synapse").fetchall() == [(0.3,)]
            kept = connection.execute("SELECT name, kept FROM concept WHERE kept").fetchall()
            assert kept == [("A", 2), ("B", 1)]
        (original, problem) = library.verify().problems
        assert "kept originals" in original
        assert "fact 40" in problem


@pytest.mark.parametrize("version", [101, 102, 103])
def test_reviews_go_on_by_the_interval_of_their_box(tmp_path: Path, version: int) -> None:
    path = _older(tmp_path / "told.brain", version)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executemany(
            "INSERT INTO review(engram, box, ease, due, reviewed, times, lapses) "
            "VALUES (?, ?, ?, ?, ?, ?, 0)",
            [
                (2, 1, 2.5, 1.9e9, None, 0),
                (4, 4, 2.5, 1.9e9, 1.8e9, 3),
                (6, 9, 1.3, None, 1.8e9, 7),
            ],
        )
        checksums.prepare(connection)
        checksums.fill(connection)
        connection.execute("UPDATE review SET due = 7 WHERE engram = 6")
        if version == 103:
            connection.execute("INSERT INTO change(kind, why, begun, ended, state) "
                               "VALUES ('review scheduled', '', 1, 1, 'done')")  # fmt: skip
            connection.execute(
                "INSERT INTO change_item(change, number, step, undone, name, key, after) VALUES "
                "(1, 1, 1, 0, 'review', '[2]', "
                '\'{"engram":2,"box":1,"ease":2.5,"due":1900000000.0}\')'
            )
        row_counts.recount(connection)
        checksums.fill(connection)
    with Library.open(path, clock=lambda: 1.9e9) as library:
        new, old, damaged = library.memory.reviews(2, 4, 6)
        assert (new.state, new.stability, new.due) == ("new", None, 1.9e9)
        assert (old.state, old.stability, old.due, old.times) == ("review", 14.0, 1.9e9, 3)
        assert old.difficulty == pytest.approx(3.65, abs=0.01)
        assert damaged.stability == pytest.approx(15.6)
        assert "A row of review (6) is not as it was written." in library.verify().problems
        assert (library.memory.review(4, True).days or 0) > 14
        if version == 103:
            library.undo(run=1)
            assert library.memory.reviews(2) == []


@pytest.mark.parametrize("version", [100, 101])
def test_all_rows_remain_and_what_the_program_noted_is_known(tmp_path: Path, version: int) -> None:
    path = _older(tmp_path / "told.brain", version)
    original = _contents(path)
    Store.open(path).close()
    assert _version(path) == schema.VERSION
    assert _contents(path) == original
    with Store.open(path) as store, store.read() as connection:
        assert sleeping.days(connection) == [19_000, 19_001]
        assert facts.capacity_of(connection, 1) == facts.CapacityRow(200, 3, 150)
        assert questions.previous_question(connection, "barn") == PreviousQuestion(
            2.5, (("oat", "Oat"),)
        )
        assert questions.lately(connection, "Barn").questions == 4
        assert vital.alert(connection, 1) == vital.unresolved_alerts(connection, 1)["stale"]
        assert collections.project_named(connection, "Barn") == ProjectRow(
            1, "Barn", 1.5e9, None, "Harvest", ("oats",)
        )
        assert kept_originals.by_source(connection, [5]) == {5: kept_originals.digest(_OATS)}
        assert [row.first for row in vectors.sights(connection, 3)] == [13]
        assert connection.execute(
            "SELECT first, page FROM vector WHERE space = 3 AND number = 0"
        ).fetchall() == [(14, 9)]
        assert strengths.logs(connection, [12, 13]) == {12: b"\x01\x02"}
        assert [(folder.folder, folder.added) for folder in watch.watched(connection)] == [
            ("/shed", 1.5e9),
            ("/barn", 1764371234.1234567),
        ]
        assert meta.load(connection, "offered:/barn") == {"/barn/a.txt": [7, 1764371234.1234567]}
        assert meta.load(connection, "offered:/shed") is None
    with Library.open(path) as library:
        assert library.stats().facts == 150
        assert library.stats(collection="Barn").facts == 149
        assert library.facts.recall("door 12", limit=1)[0].text == "The code of door 12 is q12-x."
        value = library.facts.value("What is the code of door 11?", collection="Barn")
        assert value is not None
        assert value.value == "q11-x"
        # The one row that was damaged still is.
        (problem,) = library.verify().problems
        assert "fact 40" in problem


@pytest.mark.parametrize("version", [100, 103, 104])
def test_what_had_tables_of_its_own_is_beside_what_it_is_about(
    tmp_path: Path, version: int
) -> None:
    path = _older(tmp_path / "told.brain", version)
    with Store.open(path) as store, store.read() as connection:
        assert marks.tags_of(connection, [12]) == {12: ("Oats",)}
        assert connection.execute("SELECT engram FROM label WHERE kind = 'project'").fetchall() == [
            (12,)
        ]
        assert strengths.in_mind(connection, 0) == {12: 1764371234.1234567}
        assert strengths.in_mind(connection, 1) == {13: 2.0}
        assert versions.content(connection, 1) == ([], [])
        (summary,) = gists.summaries(connection, 9)
        assert (summary.engrams, len(summary.lines)) == ((12, 14, 16), 2)
        assert [row.model for row in modelled.readers(connection)] == ["n", "m"]
        assert gists.frequent_pairs(connection, 19_000, 19_001, 3, 9) == [(12, 13, 3)]
        (recall,) = synapses.episodes(connection, 1764371234.0, 1764371234.25)
        assert (recall.cue, recall.eligible) == ((1,), {(1, 2): 0.5})
        assert modelled.of(connection, [12]) == {12: [modelled.ModelRow(2, "a", "b", "c", 0)]}


@pytest.mark.parametrize("version", [100, 103, 105, 106])
def test_what_has_a_name_or_a_number_stands_in_few_tables(tmp_path: Path, version: int) -> None:
    path = _older(tmp_path / "told.brain", version)
    with Store.open(path) as store, store.read() as connection:
        (oats,) = sources.by_ids(connection, [5])
        assert oats.tags == ("Oats",)
        assert tags.all_tags(connection) == [TagRow("Oats", 1)]
        followed = questions.followers(connection, "bärn", 1, 9)
        assert followed == [FollowUpRow("oat", "rye", "Rye", 4, 1764371234.1234567)]
        alias = AliasRow(7, "a", "b", "A", "B", "short", 0.8, (12,), "rejected")
        assert concept_changes.aliases(connection, "rejected") == [alias]
        space = vectors.active(connection)
        assert space is not None
        assert (space.id, space.model, space.upto, space.dimension) == (4, "n", 11, 2)
        assert vectors.covering(connection, 4, 13) == VectorRow(12, 2, 0.5, b"\x01\x02")
        (lock,) = sealed.locks(connection, "Barn")
        assert (lock.id, lock.salt[:3], lock.cost) == (3, b"\x00\x11\x22", sealed.Cost(16, 8, 1))
        assert [id for id, _ in sealed.heads(connection, 3)] == [8]
        assert derived.all_words(connection) == [("oat", 3, b"\x00<")]
        assert facts.removals(connection, 0) == [9]
        assert connection.execute(GONE_FIBERS).fetchall() == [(9, -1, fiber_records.pack([], []))]
        assert row_counts.count(connection, "teller") == 1
    with Store.open(path) as store:
        # Numbers that were given before are not given again.
        assert store.write(lambda c: vectors.begin(c, "new", "f", "r", 2)) == 5
        assert store.write(lambda c: sealed.add_lock(c, "x", bytes(16), lock.cost)).id == 4


@pytest.mark.parametrize("version", [103, 105, 106])
def test_a_backup_of_an_earlier_version_is_restored_and_its_acts_are_whole(
    tmp_path: Path, version: int
) -> None:
    path = _older(tmp_path / "told.brain", version)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO change(id, kind, why, begun, ended, state, bytes) VALUES "
            "(1, 'tags changed', '', 1, 1, 'done', 9), (2, 'facts told', '', 1, 1, 'done', 9)"
        )
        connection.executemany(
            "INSERT INTO change_item(change, number, step, undone, name, key, before, after) "
            "VALUES (?, ?, 1, 0, ?, ?, NULL, ?)",
            [
                (1, 1, "tag", '[5,"oats"]', '{"source":5,"fold":"oats","name":"Oats","added":1.0}'),
                (2, 1, "vector", "[4,12]", '{"space":4,"first":12,"count":2}'),
                (2, 2, "said", "[12,0]", '{"fact":12,"teller":0,"told":1.0}'),
            ],
        )
        connection.execute("INSERT INTO said(fact, teller, told) VALUES (12, 0, 1.0)")
        row_counts.recount(connection)
        checksums.fill(connection)
        connection.execute("UPDATE fact SET sum = 1 WHERE engram = 40")
    original = _contents(path)
    target = tmp_path / "restored.brain"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        copy = backup.make(connection, path, tmp_path / "copy.brain")
    assert backup.restore(copy.path, target).proven
    Store.open(target).close()
    restored = _contents(target)
    changes = ("change", "change_item")
    assert {**restored, **dict.fromkeys(changes)} == {**original, **dict.fromkeys(changes)}
    with Library.open(target) as library:
        assert not [fault for fault in library.verify().problems if "change" in fault]
        assert [change.id for change in library.changes()] == [2]
        assert library.undo(run=2).rows == 2


def test_what_was_undone_in_an_earlier_version_is_done_again_in_its_order(tmp_path: Path) -> None:
    path = _older(tmp_path / "told.brain", 105)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executemany(
            "INSERT INTO change(id, kind, why, begun, ended, state, bytes) "
            "VALUES (?1, 'collection added', '', ?1, ?1, 'undone', 9)",
            [(1,), (2,)],
        )
        row = '{"id":%d,"name":"%s","created":1.0,"description":"","tags":"[]"}'
        connection.executemany(
            "INSERT INTO change_item(change, number, step, undone, name, key, before) "
            "VALUES (?, 1, 1, 1, 'collection', ?, ?)",
            [(1, "[8]", row % (8, "Sea")), (2, "[9]", row % (9, "Coast"))],
        )
        row_counts.recount(connection)
        checksums.fill(connection)
    with Library.open(path) as library:
        for expected in ({"Barn", "Sea"}, {"Barn", "Sea", "Coast"}):
            library.redo()
            assert {row.name for row in library.collections.list()} == expected


@pytest.mark.parametrize("version", [103, 106])
def test_what_an_older_library_has_lost_is_named_when_the_rest_is_saved(
    tmp_path: Path, version: int
) -> None:
    path = _older(tmp_path / "told.brain", version)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO row_count SELECT substr(kind, 6), CAST(stamp AS INTEGER) FROM derived "
            "WHERE kind GLOB 'rows:*'"
        )
        connection.execute("DELETE FROM derived WHERE kind GLOB 'rows:*'")
        connection.execute("DELETE FROM teller")
    assert "1 of 1 rows of teller." in salvage(path, tmp_path / "saved.brain").lost


def test_acts_on_tables_that_are_gone_can_be_undone_still(tmp_path: Path) -> None:
    path = _older(tmp_path / "told.brain", 104)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO change(id, kind, why, begun, ended, state, bytes) VALUES "
            "(1, 'tags put on', '', 1, 1, 'done', 9), (2, 'sleep', 'idle', 1, 1, 'undone', 9)"
        )
        connection.executemany(
            "INSERT INTO change_item(change, number, step, undone, name, key, before, after) "
            "VALUES (?, ?, 1, ?, ?, ?, ?, ?)",
            [
                (1, 1, 0, "memory_tag", '[12,"oats"]', None,
                 '{"engram":12,"fold":"oats","name":"Oats"}'),
                (1, 2, 0, "project_memory", '[12,"Barn"]', None, '{"engram":12,"project":"Barn"}'),
                (2, 1, 1, "summary", "[2]",
                 '{"id":2,"run":2,"scope":0,"made":1.0,"concepts":"[]"}', None),
                *((2, 2 + n, 1, "summary_member", f"[2,{20 + n}]",
                   f'{{"summary":2,"engram":{20 + n},"central":1}}', None) for n in range(3)),
                (2, 9, 1, "in_mind", "[12]", '{"at":1.0}', '{"at":2.0}'),
            ],
        )  # fmt: skip
        row_counts.recount(connection)
        checksums.fill(connection)
    with Library.open(path) as library:
        assert not [fault for fault in library.verify().problems if "change" in fault]
        assert library.undo(run=1).rows == 2
        assert library._store.rows("SELECT * FROM label") == []
        library.redo(run=2)
        with library._store.read() as connection:
            assert [row.engrams for row in gists.summaries(connection, 9)] == [
                (20, 21, 22),
                (12, 14, 16),
            ]


def test_who_has_an_older_library_open_is_none_of_what_a_backup_proves(tmp_path: Path) -> None:
    path = _older(tmp_path / "told.brain", 104)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        before = backup.contents(connection)
        connection.execute("INSERT INTO lease(name, holder, expires) VALUES ('sleep', 'x', 2)")
        assert backup.contents(connection) == before


_KILLED = """
import os, signal, sqlite3, sys
from pathlib import Path
from workbench.store import file
left, migrate = int(sys.argv[2]), file.migrate

def count(_statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def migrating(connection, path):
    connection.set_trace_callback(count)
    migrate(connection, path)

file.migrate = migrating
path = Path(sys.argv[1])
file.connect_writer(path, file.read_version(path), 5.0)[0].close()
"""


@pytest.mark.slow
@pytest.mark.parametrize("statements", [1, 2, 4, 7, 11, 16, 22, 29, 50, 80, 110])
def test_a_kill_during_the_migration_loses_no_row(tmp_path: Path, statements: int) -> None:
    path = _older(tmp_path / "told.brain", migration.VERSIONS[statements % 2])
    original = _contents(path)
    killed = [sys.executable, "-c", _KILLED, str(path), str(statements)]
    subprocess.run(killed, check=False)
    Store.open(path).close()
    assert _version(path) == schema.VERSION
    assert _contents(path) == original
    with Library.open(path) as library:
        assert len(library.verify().problems) == 1


def test_x2_a_library_that_is_up_to_date_is_not_copied(second_edition: Path) -> None:
    Store.open(second_edition).close()
    copy = second_edition.with_name(file.backup_path(second_edition).name)
    copy.unlink()
    Store.open(second_edition).close()
    assert not copy.exists()


def test_x2_a_failed_copy_prevents_the_migration(second_edition: Path) -> None:
    second_edition.with_name(file.backup_path(second_edition).name).mkdir()
    original = _rows(second_edition)
    with pytest.raises(LibraryError):
        Store.open(second_edition)
    assert _version(second_edition) == migration.OLDEST
    assert _rows(second_edition) == original


@pytest.mark.slow
def test_x2_a_failed_migration_is_rolled_back(
    second_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = _rows(second_edition)

    def fails(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("something fails")

    with monkeypatch.context() as patch:
        patch.setattr(row_counts, "recount", fails)
        with pytest.raises(sqlite3.OperationalError):
            Store.open(second_edition)
    assert _version(second_edition) == migration.OLDEST
    assert _rows(second_edition) == original
    Store.open(second_edition).close()
    assert _version(second_edition) == schema.VERSION


@pytest.mark.parametrize("version", [1, 32, migration.OLDEST - 1])
def test_older_versions_are_rejected_with_a_next_step_and_unchanged(
    tmp_path: Path, version: int
) -> None:
    path = _unsupported(tmp_path / "old.brain", version)
    original = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(LibraryError, match=r"Export it with the program that wrote it"):
            Store.open(path, read_only=read_only)
    with pytest.raises(LibraryError, match=r"“old\.brain” is from a version .* before its first"):
        salvage(path, tmp_path / "saved.brain")
    assert path.read_bytes() == original
    assert [file.name for file in tmp_path.iterdir()] == ["old.brain"]


@pytest.mark.parametrize("version", [36, schema.VERSION])
def test_a_damaged_version_number_is_reported_as_damage(second_edition: Path, version: int) -> None:
    with closing(sqlite3.connect(second_edition, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA user_version={version}")
    with pytest.raises(DamagedLibraryError):
        Store.open(second_edition)
    saved = second_edition.with_name("saved.brain")
    assert salvage(second_edition, saved).facts == 9
    with Library.open(saved) as library:
        assert library.verify().problems == ()


def test_a_read_only_library_of_version_100_is_rejected_with_a_next_step(
    second_edition: Path,
) -> None:
    original = second_edition.read_bytes()
    with pytest.raises(LibraryError, match=r"Copy it to a folder where you may write"):
        Store.open(second_edition, read_only=True)
    assert second_edition.read_bytes() == original


def test_a_new_library_is_complete_or_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name for name in ("a.brain", "b.brain")]
    identities = set()
    for path in paths:
        with Store.open(path) as store:
            identities.add(store.id)
    assert len(identities) == 2
    half = tmp_path / "half.brain"

    def fails(_connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("something fails")

    with monkeypatch.context() as patch:
        patch.setattr(checksums, "fill", fails)
        with pytest.raises(sqlite3.OperationalError):
            Store.open(half)
    if half.exists():
        assert _rows(half) == {}
        assert _version(half) == 0
    Store.open(half).close()
    assert {*_rows(half)} == {*_rows(paths[0])}


def test_x2_the_previous_program_rejects_a_newer_library(
    second_edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(second_edition).close()
    original = second_edition.read_bytes()
    monkeypatch.setattr(file, "VERSION", schema.VERSION - 1)
    with pytest.raises(NewerLibraryError, match="newer"):
        Store.open(second_edition)
    assert second_edition.read_bytes() == original
