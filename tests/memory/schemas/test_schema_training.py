"""Schemas learned: what can be asked, what is known, what changes, and what never does."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.databases import Column, Table
from workbench.errors import Cancelled, InputError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.library.options import TellOptions
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph.weights import of_evidence
from workbench.memory.schemas.statements import Described, distinct, statements

_MILL = (
    "CREATE TABLE growers(id INTEGER PRIMARY KEY, name TEXT NOT NULL, village TEXT)",
    "CREATE TABLE presses(id INTEGER PRIMARY KEY, label TEXT, "
    "parent_id INTEGER REFERENCES presses(id))",
    "CREATE TABLE batches(id INTEGER PRIMARY KEY, grower_id INTEGER REFERENCES growers(id), "
    "press_id INTEGER REFERENCES presses(id), litres REAL, created_at TEXT, updated_at TEXT, "
    "deleted_at TEXT)",
    "CREATE TABLE tasting_notes(id INTEGER PRIMARY KEY, batch INTEGER REFERENCES batches(id), "
    "verdict TEXT CHECK (verdict IN ('fruity', 'rancid')))",
    "CREATE VIEW recent AS SELECT id, litres FROM batches",
)


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """A database of an oil mill."""
    return made(tmp_path / "mill.sqlite", *_MILL)


@pytest.fixture
def library() -> Iterator[Library]:
    """A library that keeps nothing."""
    with Library.open(":memory:") as opened:
        yield opened


def made(file: Path, *tables: str) -> Path:
    """A file with these tables, and nothing else."""
    file.unlink(missing_ok=True)
    return changed(file, *tables)


def changed(file: Path, *statements_: str) -> Path:
    """The file after these statements."""
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements_:
            connection.execute(statement)
        connection.commit()
    return file


def texts(library: Library, collection: str | None = None) -> set[str]:
    """All facts of a scope."""
    return {fact.text for fact in library.facts.list(collection=collection)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("which table refers to growers?", "batches table"),
        ("which column refers to growers?", "column grower_id"),
        ("which column of batches refers to presses?", "press_id"),
        ("what does the press_id column refer to?", "presses"),
        ("which columns does the batches table have?", "litres"),
        ("which columns does the tasting notes table have?", "verdict"),
        ("what does the batches table refer to?", "presses"),
        ("which tables does mill have?", "tasting_notes"),
        ("which table has soft delete?", "deleted_at"),
        ("which table is a tree?", "presses"),
        ("audit columns", "created_at"),
        ("what is the primary key of growers?", "In mill, the primary key of growers is id"),
        ("which values may a verdict have?", "rancid"),
        ("which views are there?", "recent"),
        ("what type is village?", "village text"),
    ],
)
def test_a_schema_can_be_asked(library: Library, mill: Path, cue: str, said: str) -> None:
    library.train_db(str(mill), domain="mill")
    found = library.facts.recall(cue, limit=3)
    assert any(said in fact.text for fact in found), [fact.text for fact in found]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the primary key of growers?", "id"),
        ("Which tables are there?", "batches, growers, presses and tasting_notes"),
        ("Which views are there?", "recent"),
        ("Which tables refer to batches?",
         "The tasting_notes table (tasting notes) of mill"),
        ("What does batches refer to?", "the presses table, the growers table"),
        ("Which column refers to growers?", "The column grower_id of the batches table of mill"),
        ("Which column of batches refers to growers?",
         "The column grower_id of the batches table of mill"),
        ("Which column of growers refers to batches?", None),
        ("What does the press_id column refer to?", "the presses table"),
        ("Does batches refer to growers?", "yes"),
        ("Which tables use soft delete?", "The batches table of mill"),
        ("Which table has audit columns?", "The batches table of mill"),
        ("Which table is a tree?", "The presses table of mill"),
        ("How do I get from tasting_notes to growers?", "tasting_notes, batches, growers"),
        ("Which tables refer to invoices?", None),
    ],
)  # fmt: skip
def test_a_schema_answers_plain_questions(
    library: Library, mill: Path, question: str, said: str | None
) -> None:
    library.train_db(str(mill), domain="mill")
    found = library.facts.value(question)
    assert (None if found is None else found.value) == said


def test_the_result_says_what_was_learned(library: Library, mill: Path) -> None:
    done = library.train_db(str(mill), domain="mill", collection="work")
    assert (done.tables, done.views, done.relationships, done.patterns) == (4, 1, 4, 4)
    assert done.statements == len(done.added) == len(library.facts.list(collection="work"))
    assert done.changed
    assert done.place == f"sqlite:{mill.as_posix()}"
    assert {(each.table, each.to, each.type, each.weight) for each in done.related} == {
        ("batches", "growers", "related_to", 0.60),
        ("batches", "presses", "related_to", 0.60),
        ("presses", "presses", "is_a", 0.85),
        ("tasting_notes", "batches", "related_to", 0.60),
    }
    with pytest.raises(FrozenInstanceError):
        done.tables = 5  # type: ignore[misc]


def test_the_database_is_named_as_the_one_who_says_it(library: Library, mill: Path) -> None:
    library.train_db(str(mill))
    assert {fact.sources for fact in library.facts.list()} == {(f"sqlite:{mill.as_posix()}",)}


def test_learning_again_changes_nothing(library: Library, mill: Path) -> None:
    first = library.train_db(str(mill))
    before = library.facts.list()
    again = library.train_db(f"sqlite:///{mill}")
    assert not again.changed
    assert (again.added, again.removed) == ((), ())
    assert again.fingerprint == first.fingerprint
    assert library.facts.list() == before


def test_an_equal_schema_elsewhere_is_one_more_who_says_the_same(
    library: Library, mill: Path, tmp_path: Path
) -> None:
    copy = made(tmp_path / "copy.sqlite", *_MILL)
    library.train_db(str(mill), domain="mill")
    before = texts(library)
    done = library.train_db(str(copy), domain="mill")
    assert texts(library) == before
    assert {len(fact.sources) for fact in library.facts.list()} == {2}
    changed(copy, "DROP VIEW recent")
    gone = library.train_db(str(copy), domain="mill")
    assert gone.removed
    assert done.fingerprint != gone.fingerprint
    # The first one says it still.
    assert texts(library) >= before


def test_a_changed_schema_changes_exactly_the_difference(library: Library, mill: Path) -> None:
    library.train_db(str(mill))
    before = {fact.text: fact.id for fact in library.facts.list()}
    changed(mill, "ALTER TABLE growers ADD COLUMN phone TEXT", "DROP TABLE tasting_notes")
    done = library.train_db(str(mill))
    after = {fact.text: fact.id for fact in library.facts.list()}
    assert set(done.added) == after.keys() - before.keys()
    assert set(done.removed) == before.keys() - after.keys()
    assert all("growers" in text or "mill has 3 tables" in text for text in done.added)
    assert all(after[text] == before[text] for text in after.keys() & before.keys())
    with Library.open(":memory:") as other:
        other.train_db(str(mill))
        assert texts(other) == after.keys()


def test_what_the_user_says_as_well_stays(library: Library, mill: Path) -> None:
    library.train_db(str(mill))
    mine = "The growers table of mill has 3 columns: id, name and village."
    assert library.facts.tell(mine).known
    library.facts.tell("Ada runs the mill.")
    changed(mill, "ALTER TABLE growers ADD COLUMN phone TEXT")
    done = library.train_db(str(mill))
    assert mine in done.removed
    assert {mine, "Ada runs the mill."} <= texts(library)


def test_forgetting_a_database_leaves_nothing_of_it_not_even_in_the_graph(
    library: Library, mill: Path
) -> None:
    library.facts.tell("Ada runs the mill.")
    library._core.graph.catch_up()
    before = _graph(library)
    done = library.train_db(str(mill))
    library._core.graph.catch_up()
    assert _graph(library) != before
    library.facts.forget(None, source=done.place)
    library._core.graph.catch_up()
    assert _graph(library) == before
    assert library.verify().problems == ()
    # What was forgotten is learned again, however well known the fingerprint is.
    assert library.train_db(str(mill)).changed


def _graph(library: Library) -> object:
    rows = library._store.rows
    return (
        rows("SELECT c.name, c.type, c.mentions, k.key FROM concept c "
             "JOIN concept_key k ON k.concept = c.id ORDER BY k.key"),
        rows("SELECT h.name, a.type, t.name, a.evidence FROM association a "
             "JOIN concept h ON h.id = a.head JOIN concept t ON t.id = a.tail ORDER BY 1, 2, 3"),
    )  # fmt: skip


def test_tables_and_columns_are_concepts_tied_as_the_schema_ties_them(
    library: Library, mill: Path
) -> None:
    library.train_db(str(mill), domain="mill")
    # The linker passes by what came with its own fiber.
    library._core.graph.catch_up()
    ties = {
        (head, AssociationType(type).name, tail)
        for head, type, tail in library._store.rows(
            "SELECT h.key, a.type, t.key FROM association a "
            "JOIN concept_key h ON h.concept = a.head JOIN concept_key t ON t.concept = a.tail"
        )
    }
    for tie in (
        ("batch", "RELATED_TO", "grower"),
        ("batch", "CONTAINS", "litre"),
        ("mill", "CONTAINS", "tasting note"),
        ("batch", "HAS_PROPERTY", "soft delete"),
        ("press", "HAS_PROPERTY", "tree"),
    ):
        turned = (tie[2], tie[1], tie[0])
        assert tie in ties or (tie[1] == "RELATED_TO" and turned in ties)
    # What every table has ties nothing.
    keys = {key for (key,) in library._store.rows("SELECT key FROM concept_key")}
    assert keys.isdisjoint({"id", "created at", "name", "grower id"})
    (weights,) = library._store.rows("SELECT min(salience), max(salience) FROM fiber")
    assert 0 < weights[0] <= weights[1] <= 0.5


def test_references_weigh_what_is_documented_and_tables_keep_their_names(
    library: Library, tmp_path: Path
) -> None:
    shop = made(
        tmp_path / "shop.db",
        "CREATE TABLE items(id INTEGER PRIMARY KEY, order_id INT REFERENCES orders, "
        "owner_id INT REFERENCES people, place_id INT REFERENCES spots, "
        "category_id INT REFERENCES groups)",
        *(f"CREATE TABLE {name}(id INTEGER PRIMARY KEY, x_{name} INT)"
          for name in ("orders", "people", "spots", "groups")),
    )  # fmt: skip
    library.train_db(str(shop))
    found = {
        (tail, AssociationType(type).name): of_evidence(type, evidence)
        for tail, type, evidence in library._store.rows(
            "SELECT t.name, a.type, a.evidence FROM association a "
            "JOIN concept h ON h.id = a.head JOIN concept t ON t.id = a.tail "
            "WHERE h.name = 'items' AND a.type <> 41 UNION "
            "SELECT h.name, a.type, a.evidence FROM association a "
            "JOIN concept h ON h.id = a.head JOIN concept t ON t.id = a.tail "
            "WHERE t.name = 'items' AND a.type = 21"
        )
    }
    assert found == {
        ("orders", "RELATED_TO"): pytest.approx(0.6),
        ("people", "INVOLVES"): 0.75,
        ("spots", "AT_LOCATION"): 0.8,
        ("groups", "IS_A"): 0.85,
    }


def test_options_leave_things_out_and_say_so(library: Library, mill: Path) -> None:
    done = library.train_db(
        str(mill), include_patterns=False, include_relationships=False, max_tables=2
    )
    assert (done.tables, done.relationships, done.patterns, done.related) == (2, 0, 0, ())
    # Those that are tied to most others are learned.
    assert done.left_out == ("growers", "recent", "tasting_notes")
    assert "3 of 5 tables" in done.notices[0]
    assert not any("refers to" in text for text in done.added)
    more = library.train_db(str(mill))
    assert more.left_out == ()
    assert more.fingerprint == done.fingerprint
    assert texts(library) == {*done.added, *more.added} - {*more.removed}


def test_consolidating_after_it_merges_what_was_told_twice_and_leaves_the_schema(
    library: Library, mill: Path
) -> None:
    library.facts.tell("Ada runs the mill.", collection="work")
    library.facts.tell("Ada runs the mill!", collection="work", options=TellOptions(again=True))
    done = library.train_db(str(mill), collection="work", consolidate=True)
    assert len(library.facts.list(collection="work")) == done.statements + 1
    assert not library.train_db(str(mill), collection="work").changed


def test_comments_of_any_length_are_told_as_far_as_one_reads_them() -> None:
    table = Table("a", (Column("b", note="x" * 1000),), note=" which apples\nthere are ")
    said = [each.text for each in statements(Described("d", "PostgreSQL", [table], [], True))]
    assert "The a table of d is described as “which apples\\nthere are”." in said
    assert any("…”" in text and len(text) < 500 for text in said)


def test_salience_and_stage_are_those_that_were_asked_for(library: Library, mill: Path) -> None:
    library.train_db(str(mill), collection="a", salience_ceiling=0.2)
    library.train_db(str(mill), collection="b", initial_stage="semantic")
    low = library.memory.strength("The database", collection="a")
    long = library.memory.strength("The database", collection="b")
    assert low is not None
    assert long is not None
    assert low.salience == 0.2
    assert long.salience == 0.5
    assert long.stability > 3 * low.stability


def test_a_scope_that_is_full_says_what_left(library: Library, mill: Path) -> None:
    library.facts.tell("Ada runs the mill.", collection="small")
    library.collections.change("small", capacity=10)
    done = library.train_db(str(mill), collection="small")
    assert done.dropped == done.statements + 1 - 10
    assert any("full" in notice for notice in done.notices)


def test_a_schema_without_foreign_keys_says_so(library: Library, tmp_path: Path) -> None:
    done = library.train_db(str(made(tmp_path / "x.db", "CREATE TABLE a(b INT)")))
    assert done.relationships == 0
    assert "no foreign keys" in done.notices[0]


@pytest.mark.parametrize(
    "options",
    [
        {"max_tables": 0},
        {"salience_ceiling": 1.5},
        {"salience_ceiling": float("nan")},
        {"initial_stage": "dream"},
        {"domain": "x" * 61},
        {"domain": "two\nlines"},
        {"collection": "  "},
    ],
)
def test_what_cannot_be_asked_is_refused(
    library: Library, mill: Path, options: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        library.train_db(str(mill), **options)  # type: ignore[arg-type]
    assert len(library.facts.list()) == 0


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "address"),
        ("oracle://scott:tiger@h/d", "address"),
        ("nowhere.db", "missing"),
        ("postgresql://scott:tiger@127.0.0.1:1/d", "unreachable"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_sentence(
    library: Library, url: str, reason: str
) -> None:
    with pytest.raises(InputError) as raised:
        library.train_db(url)
    assert raised.value.reason == reason
    assert raised.value.hint
    assert "tiger" not in str(raised.value)
    assert len(library.facts.list()) == 0


def test_stopping_at_any_moment_changes_nothing(library: Library, mill: Path) -> None:
    library.train_db(str(mill))
    changed(mill, "ALTER TABLE growers ADD COLUMN phone TEXT")
    before = library.facts.list()
    told: list[Progress] = []
    library_of_its_own = Library.open(":memory:")
    with library_of_its_own:
        library_of_its_own.train_db(str(mill), report=told.append)
    for moment in range(len(told)):
        cancel, seen = Cancel(), 0

        def report(_progress: Progress, last: int = moment, stop: Cancel = cancel) -> None:
            nonlocal seen
            seen += 1
            if seen > last:
                stop.set()

        with pytest.raises(Cancelled):
            library.train_db(str(mill), report=report, cancel=cancel)
        assert library.facts.list() == before


def test_what_ends_in_the_middle_of_writing_leaves_nothing_half_done(
    library: Library, mill: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_given: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("workbench.memory.schemas.training.rows.enforce_capacity", die)
        with pytest.raises(KeyboardInterrupt):
            library.train_db(str(mill), collection="work")
    assert library.collections.list() == []
    assert library._store.rows("SELECT * FROM engram") == []
    assert library.verify().problems == ()
    assert library.train_db(str(mill), collection="work").changed


def test_a_library_that_can_only_be_read_learns_nothing(tmp_path: Path, mill: Path) -> None:
    place = tmp_path / "library.brain"
    Library.open(place).close()
    with Library.open(place, read_only=True) as library, pytest.raises(Exception, match="read"):
        library.train_db(str(mill))


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12
).filter(lambda name: not name.lower().startswith("sqlite_"))


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(st.lists(_NAMES, min_size=1, max_size=4, unique_by=str.casefold))
def test_names_of_any_kind_are_learned_once_and_found_at_their_place(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    columns = ", ".join(f"{name} INT" for name in quoted)
    file = tmp_path_factory.mktemp("odd") / "odd.db"
    made(
        file, f"CREATE TABLE {quoted[0]}({columns})",
        f"CREATE TABLE {quoted[-1][:-1]}_2\"({columns}, up INT REFERENCES {quoted[0]})",
    )  # fmt: skip
    with Library.open(":memory:") as library:
        done = library.train_db(str(file), domain="odd")
        assert len(library.facts.list()) == done.statements
        assert not library.train_db(str(file), domain="odd").changed
        assert library.verify().problems == ()


def test_spans_name_what_they_say_and_bonds_lie_in_the_trace(mill: Path) -> None:
    from ingest.databases import read_schema
    from workbench.memory.schemas.patterns import patterns

    tables = read_schema(str(mill)).tables
    described = Described("mill", "SQLite", tables, patterns(tables), True)
    for text, stated in distinct(statements(described)).items():
        keys = [found.key for found in stated.trace.spans]
        assert len(set(keys)) == len(keys)
        for found in stated.trace.spans:
            assert text[found.start : found.end] == found.name
            assert 0 < found.weight <= 1
        for bond in stated.trace.bonds:
            assert 0 <= bond.head < len(keys)
            assert 0 <= bond.tail < len(keys)
            assert bond.head != bond.tail
        assert "\n" not in text
