"""Bundles out and in: equal on the other side, single when they come twice, whole or not at all."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.variables import value_of
from workbench import paths
from workbench.errors import Cancelled, InputError, NotFoundError, UsageError
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.library.options import TellOptions

NOW = 1_800_000_000.0


def _open(path: Path) -> Library:
    return Library.open(path, clock=lambda: NOW)


def _fill(library: Library) -> None:
    library.add(paths.sample_book())[0]
    library.add_text("Pasted words are kept here. They are about salt.", title="Pasted")
    library.facts.tell("The door is green. My plan is pro.", collection="u", source="Ines")
    library.facts.tell(
        "My plan is free.", collection="u", options=TellOptions(kind="decision", priority=4)
    )
    library.facts.tell("The cellar is dry.", options=TellOptions(pinned=True, strength=3.0))
    library.facts.tell("The door is green.", collection="u", source="Jan")
    library.notes.add("instruction", "Answer briefly.", collection="u")
    library.notes.add("variable", "80", key="port", collection="u")
    library.notes.add("stance", "I like it", key="tea", collection="u")
    library.memory.strengthen("door", collection="u")
    (fact,) = library.facts.recall("my plan is free", collection="u", limit=1)
    library.facts.edit(fact.id, "My plan is gold.")
    library.collections.assign([1], "Trace")
    library.sources.tag([1], "Memory")
    library.collections.change("u", capacity=500)


def _members(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n != "manifest.json"}


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library and its bundle beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_HOME", str(tmp_path_factory.mktemp("home")))
        folder = tmp_path_factory.mktemp("sent")
        with _open(folder / "sent.brain") as library:
            _fill(library)
            library.export(folder / "all.engrams")
            library.export(folder / "u.engrams", collection="u")
    return folder


@pytest.mark.slow
def test_what_comes_out_on_the_other_side_is_the_same(sent: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "other.brain") as other:
        done = other.import_(sent / "all.engrams")
        assert (done.sources, done.known_sources, done.added, done.known) == (2, 0, 7, 0)
        other.export(tmp_path / "again.engrams")
        assert _members(tmp_path / "again.engrams") == _members(sent / "all.engrams")
        answer = other.facts.value("what is my plan?", collection="u")
        assert answer is not None
        assert answer.value == "gold"
        (source,) = other.sources.list(collection="Trace")
        assert source.tags == ("Memory",)
        assert other.sources.pages(source.id) == _pages(sent, source.id)
        assert other.ask("What did Ebbinghaus measure?").evidence
        assert other.sources.original_bytes(2).startswith(b"Pasted words")
        assert [fact.sources for fact in other.facts.recall("the door", collection="u")] == [
            ("Ines", "Jan")
        ]
        assert other.stats(collection="u").capacity == 500
        assert other.verify().problems == ()


def _pages(sent: Path, source: int) -> list[Any]:
    with _open(sent / "sent.brain") as library:
        return list(library.sources.pages(source))


@pytest.mark.slow
def test_highlights_go_along_with_their_sources(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library, _open(tmp_path / "b.brain") as other:
        other.add_text("Something else was here before.", title="First")
        library.add_text("Ines built the bridge at Hven.", title="Bridges")
        (source,) = library.sources.list()
        library.notes.highlight(source.id, 0, 4, note="who?")
        library.export(tmp_path / "all.engrams")
        done = other.import_(tmp_path / "all.engrams", collection="u")
        (came,) = other.notes.list("highlight")
        assert (came.title, came.quote, came.note, came.lost) == ("Bridges", "Ines", "who?", False)
        assert other.import_(tmp_path / "all.engrams", collection="u").run is None
        other.undo("import", done.run)
        assert other.notes.list("highlight") == []
        library.facts.tell("The gate is open.")
        library.export(tmp_path / "lines", format="jsonl")
        assert other.import_(tmp_path / "lines" / "facts.jsonl").added == 1


@pytest.mark.slow
def test_a_bundle_twice_adds_nothing(sent: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "other.brain") as other:
        other.import_(sent / "all.engrams")
        again = other.import_(sent / "all.engrams")
        assert (again.sources, again.added, again.known, again.conflicts) == (0, 0, 7, ())
        assert again.run is None
        home = other.import_(sent / "all.engrams", policy="prefer_remote")
        assert (home.added, home.conflicts) == (0, ())
        other.export(tmp_path / "again.engrams")
    assert _members(tmp_path / "again.engrams") == _members(sent / "all.engrams")


@pytest.mark.slow
def test_a_preview_tells_and_changes_nothing(sent: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "other.brain") as other:
        other.facts.tell("My plan is basic.", collection="u", at=NOW + 5)
        before = _state(other)
        told = other.import_(sent / "all.engrams", preview=True)
        assert _state(other) == before
        done = other.import_(sent / "all.engrams")
        assert (told.sources, told.added, told.conflicts) == (
            done.sources, done.added, done.conflicts,
        )  # fmt: skip
        assert [(c.local, c.remote, c.kept) for c in done.conflicts] == [
            ("My plan is basic.", "My plan is gold.", "local")
        ]


def _state(library: Library) -> list[Any]:
    tables = ("source", "section", "engram", "fact", "note", "collection", "link", "mark",
              "change", "membership", "strength")  # fmt: skip
    return [library._store.rows(f"SELECT * FROM {table}") for table in tables]


@pytest.mark.slow
def test_an_import_is_taken_back(sent: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "other.brain") as other:
        other.facts.tell("The door is green. The gate is open.", collection="u")
        other.notes.add("variable", "81", key="port", collection="u")
        other.notes.add("stance", "not for me", key="tea", collection="u")
        before = (
            [f.text for f in other.facts.list(collection="u")],
            other.notes.list("stance", collection="u"),
        )
        done = other.import_(sent / "all.engrams", policy="prefer_remote")
        assert value_of(other, "port", collection="u") == "80"
        undone = other.undo("import", done.run)
        assert (undone.sources, undone.facts) == (2, 3)
        assert value_of(other, "port", collection="u") == "81"
        assert (
            [f.text for f in other.facts.list(collection="u")],
            other.notes.list("stance", collection="u"),
        ) == (before)
        assert [c.name for c in other.collections.list()] == ["u"]
        assert other.sources.list() == []
        assert not other.ask("What did Ebbinghaus measure?").evidence
        with pytest.raises(NotFoundError):
            other.undo("import")


def test_a_collection_goes_out_alone_and_into_another(sent: Path, tmp_path: Path) -> None:
    with _open(tmp_path / "other.brain") as other:
        other.import_(sent / "u.engrams", collection="copy")
        assert [c.name for c in other.collections.list()] == ["copy"]
        assert len(other.facts.list(collection="copy")) == 3
        assert len(other.facts.list()) == 0
        assert other.sources.list() == []


def test_a_selection_has_just_what_was_chosen(sent: Path, tmp_path: Path) -> None:
    with _open(sent / "sent.brain") as library:
        (fact,) = library.facts.recall("cellar", limit=1)
        done = library.export(tmp_path / "some.engrams", sources=[2], memories=[fact.id])
        assert (done.sources, done.facts, done.notes) == (1, 1, 0)
        with pytest.raises(NotFoundError):
            library.export(tmp_path / "none.engrams", sources=[99])
        with pytest.raises(NotFoundError):
            library.export(tmp_path / "none.engrams", memories=[99_999])
        with pytest.raises(UsageError):
            library.export(tmp_path / "none.engrams", sources=[2], collection="u")
    with _open(tmp_path / "other.brain") as other:
        other.import_(tmp_path / "some.engrams")
        assert [source.title for source in other.sources.list()] == ["Pasted"]
        assert [each.text for each in other.facts.list()] == ["The cellar is dry."]
        assert other.collections.list() == []


@pytest.mark.slow
def test_what_is_sealed_or_in_the_trash_stays_at_home(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.add_text("The trash holds gooseberries.", title="Old")
        library.sources.trash([1])
        library.vault.put("u", "door", "raspberry", secret="open sesame")
        library.facts.tell("The roof is slate.")
        library.export(tmp_path / "a.engrams")
    held = b"".join(_members(tmp_path / "a.engrams").values())
    assert b"slate" in held
    assert b"gooseberr" not in held
    assert b"raspberry" not in held


def test_words_that_came_are_found_when_misspelled(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("The warehouse is in Rotterdam.")
        library.export(tmp_path / "a.engrams")
    with _open(tmp_path / "b.brain") as other:
        other.import_(tmp_path / "a.engrams")
        assert [fact.text for fact in other.facts.recall("warehuose")] == [
            "The warehouse is in Rotterdam."
        ]


# -- policies --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("policy", "local_at", "remote_at", "value"),
    [
        ("prefer_local", NOW - 50, NOW - 10, "pro"),
        ("prefer_local", NOW - 10, NOW - 50, "pro"),
        ("prefer_local", NOW - 10, NOW - 10, "pro"),
        ("prefer_remote", NOW - 50, NOW - 10, "free"),
        ("prefer_remote", NOW - 10, NOW - 50, "free"),
        ("prefer_recent", NOW - 50, NOW - 10, "free"),
        ("prefer_recent", NOW - 10, NOW - 50, "pro"),
        ("prefer_stronger", NOW - 50, NOW - 10, "pro"),
    ],
)
def test_a_policy_settles_what_contradicts(
    tmp_path: Path, policy: str, local_at: float, remote_at: float, value: str
) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell(
            "My plan is pro.", collection="a", at=local_at, options=TellOptions(strength=3.0)
        )
        library.facts.tell("My plan is free. The roof is slate.", collection="b", at=remote_at)
        done = library.collections.merge("a", "b", policy)
        answer = library.facts.value("what is my plan?", collection="a")
        assert answer is not None
        assert answer.value == value
        assert (done.added, len(done.conflicts)) == (1, 1)
        assert done.conflicts[0].kept == ("local" if value == "pro" else "remote")
        again = library.collections.merge("a", "b", policy)
        assert again.added == 0
        answer = library.facts.value("what is my plan?", collection="a")
        assert answer is not None
        assert answer.value == value
        count = len(library.facts.list(collection="a"))
        library.collections.merge("a", "b", policy)
        assert len(library.facts.list(collection="a")) == count
        assert len(library.facts.list(collection="b")) == 2


def test_what_was_so_before_does_not_come_in_as_what_is(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("My plan is pro.", collection="a", at=NOW - 50)
        library.facts.tell("My plan is basic.", collection="b", at=NOW - 40)
        library.facts.tell("My plan is free.", collection="b", at=NOW - 30)
        library.collections.merge("a", "b", "prefer_local")
        answer = library.facts.value("what is my plan?", collection="a")
        assert answer is not None
        assert answer.value == "pro"


def test_a_denial_contradicts_and_the_rest_does_not(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("The well water is safe to drink.", collection="a", at=NOW - 50)
        library.facts.tell(
            "The well water is not safe to drink. We use rye for bread.", collection="b",
            at=NOW - 10,
        )  # fmt: skip
        done = library.collections.merge("a", "b")
        assert [(c.local, c.kept) for c in done.conflicts] == [
            ("The well water is safe to drink.", "remote")
        ]
        library.undo("import", done.run)
        assert [f.text for f in library.facts.list(collection="a")] == [
            "The well water is safe to drink."
        ]


def test_another_choice_for_one_purpose_contradicts(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("We use Postgres for the orders.", collection="a", at=NOW - 50)
        library.facts.tell(
            "We use SQLite for the orders. We use rye for bread.", collection="b", at=NOW - 10
        )
        done = library.collections.merge("a", "b", "prefer_local")
        assert [(c.remote, c.kept, c.stored) for c in done.conflicts] == [
            ("We use SQLite for the orders.", "local", False)
        ]
        done = library.collections.merge("a", "b", "prefer_remote")
        assert [(c.local, c.kept) for c in done.conflicts] == [
            ("We use Postgres for the orders.", "remote")
        ]
        answer = library.facts.value("what do we use for the orders?", collection="a")
        assert answer is not None
        assert answer.value == "SQLite"
        again = library.collections.merge("a", "b", "prefer_remote")
        assert (again.added, again.conflicts) == (0, ())


def test_a_full_collection_takes_nothing_in(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("The door is green.", collection="a")
        library.facts.tell("The roof is slate. The gate is open.", collection="b")
        library.collections.change("a", capacity=2)
        with pytest.raises(UsageError, match="at most 2"):
            library.collections.merge("a", "b")
        assert len(library.facts.list(collection="a")) == 1
        with pytest.raises(UsageError):
            library.collections.merge("a", "A")
        with pytest.raises(NotFoundError):
            library.collections.merge("a", "nowhere")
        with pytest.raises(UsageError, match="policy"):
            library.collections.merge("a", "b", "prefer_me")


# -- whole or not at all ---------------------------------------------------------------------------


def test_a_cancelled_way_leaves_nothing(sent: Path, tmp_path: Path) -> None:
    def stop_at(stage: str, cancel: Cancel) -> Callable[[Progress], None]:
        def report(progress: Progress) -> None:
            if progress.stage == stage and progress.done:
                cancel.set()

        return report

    with _open(tmp_path / "other.brain") as other:
        before = _state(other)
        cancel = Cancel()
        with pytest.raises(Cancelled):
            other.import_(sent / "all.engrams", report=stop_at("importing", cancel), cancel=cancel)
        assert _state(other) == before
    with _open(sent / "sent.brain") as library:
        cancel = Cancel()
        with pytest.raises(Cancelled):
            library.export(
                tmp_path / "x.engrams", report=stop_at("exporting", cancel), cancel=cancel
            )
        cancel = Cancel()
        with pytest.raises(Cancelled):
            library.export(
                tmp_path / "x", format="csv", report=stop_at("exporting", cancel), cancel=cancel
            )
    assert sorted(each.name for each in tmp_path.iterdir() if "other" not in each.name) == []


def test_what_is_there_is_not_overwritten(sent: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "all.engrams").write_text("mine")
    with _open(sent / "sent.brain") as library:
        with pytest.raises(UsageError, match="not empty"):
            library.export(tmp_path / "full", format="jsonl")
        with pytest.raises(UsageError, match="exists"):
            library.export(tmp_path / "all.engrams")
        with pytest.raises(NotFoundError):
            library.export(tmp_path / "no" / "where.engrams")
        with pytest.raises(UsageError):
            library.export(tmp_path / "x", format="docx")
        assert library.export(tmp_path / "full").path.parent == tmp_path / "full"
    assert (tmp_path / "all.engrams").read_text() == "mine"
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"


# -- any library -----------------------------------------------------------------------------------

_WORDS = st.sampled_from(["door", "roof", "plan", "gate", "pro", "green", "slate", "naïve", "塔"])
_SAID = st.builds("The {} is {}.".format, _WORDS, _WORDS)
_TOLD = st.tuples(
    _SAID,
    st.sampled_from([None, "u", "Ünïcode v"]),
    st.sampled_from([None, "Ines", "a, b"]),
    st.integers(0, 5),
    st.sampled_from([None, "decision", "todo"]),
)


@pytest.mark.slow
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(_TOLD, max_size=12),
    variables=st.dictionaries(
        _WORDS,
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1).filter(str.strip),
        max_size=3,
    ),
)
def test_any_library_comes_out_as_it_went_in(
    tmp_path_factory: pytest.TempPathFactory,
    told: list[tuple[str, str | None, str | None, int, str | None]],
    variables: dict[str, str],
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with _open(folder / "a.brain") as library:
        for text, scope, source, at, kind in told:
            library.facts.tell(
                text,
                collection=scope,
                source=source,
                at=NOW + at,
                options=TellOptions(kind=kind, again=at == 3),
            )
        for key, value in variables.items():
            library.notes.add("variable", value, key=key, collection="u")
        library.export(folder / "a.engrams")
        values = [
            library.facts.value(f"what is the {w}?", collection="u") for w in ("door", "plan")
        ]
    with _open(folder / "b.brain") as other:
        other.import_(folder / "a.engrams")
        other.export(folder / "b.engrams")
        again = other.import_(folder / "a.engrams")
        assert (again.added, again.conflicts) == (0, ())
        found = [other.facts.value(f"what is the {w}?", collection="u") for w in ("door", "plan")]
        assert [v and v.value for v in found] == [v and v.value for v in values]
        assert other.verify().problems == ()
    assert _members(folder / "a.engrams") == _members(folder / "b.engrams")


# -- other formats ---------------------------------------------------------------------------------


def test_json_lines_come_back(sent: Path, tmp_path: Path) -> None:
    with _open(sent / "sent.brain") as library:
        library.export(tmp_path / "lines", format="jsonl")
    with _open(tmp_path / "other.brain") as other:
        done = other.import_(tmp_path / "lines")
        assert (done.added, done.known) == (7, 0)
        assert other.import_(tmp_path / "lines" / "facts.jsonl").added == 0
        with pytest.raises(InputError, match="no fact"):
            other.import_(tmp_path / "lines" / "statements.jsonl")


def test_one_statement_that_is_left_out_is_one(tmp_path: Path) -> None:
    lines: list[Any] = [{"text": "The roof is slate."}, {"kind": "statement", "source": 1}]
    (tmp_path / "mine.jsonl").write_text("\n".join(map(json.dumps, lines)))
    with _open(tmp_path / "a.brain") as library:
        (left,) = library.import_(tmp_path / "mine.jsonl").left
        assert left.startswith("1 statement of a source was left out")


def test_lines_that_people_write_are_facts(tmp_path: Path) -> None:
    lines = [
        {"text": "My plan is pro.", "collection": "work", "priority": 3, "kind": "decision"},
        {"text": "The door is green.", "at": "2026-07-01", "source": "Ines"},
        {"text": "", "collection": "work"},
        {"text": 7},
        [],
        {"text": "The roof is slate.", "priority": 40},
    ]
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\nno json\n")
    with _open(tmp_path / "a.brain") as library:
        done = library.import_(file)
        assert (done.added, len(done.left)) == (2, 5)
        (fact,) = library.facts.list(collection="work")
        assert (fact.kind, fact.priority) == ("decision", 3)
        (fact,) = library.facts.list()
        assert fact.sources == ("Ines",)


@pytest.mark.slow
def test_tables_and_pages_say_where_a_statement_stands(sent: Path, tmp_path: Path) -> None:
    with _open(sent / "sent.brain") as library:
        library.facts.tell("=1+1 is a sum.", collection="u")
        done = library.export(tmp_path / "csv", format="csv")
        library.export(tmp_path / "md", format="markdown", collection="u")
        library.export(tmp_path / "graph", format="graphml", collection="u")
        library.facts.forget("sum", collection="u")
    with (tmp_path / "csv" / "statements.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == done.statements
    assert {"text", "title", "chapter", "page"} <= rows[0].keys()
    facts = (tmp_path / "csv" / "facts.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1 is a sum." in facts
    page = (tmp_path / "md" / "Facts" / "u.md").read_text(encoding="utf-8")
    assert "# u\n" in page
    assert "- The door is green. (Ines, Jan)" in page


def test_concepts_are_a_graph_that_others_read(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("Ines met Jan in Ghent & left.", collection="u")
        library.facts.tell("Jan met Ines in Bruges.", collection="v")
        whole = library.export(tmp_path / "whole", format="graphml")
        library.export(tmp_path / "part", format="graphml", collection="u")
        with pytest.raises(UsageError):
            library.export(tmp_path / "some", format="graphml", sources=[])
        assert whole.concepts == len(library.graph.concepts())
    assert {"Ines", "Jan", "Bruges"} <= _named(tmp_path / "whole")
    assert {"Ines", "Jan"} <= _named(tmp_path / "part")
    assert "Bruges" not in _named(tmp_path / "part")


def _named(folder: Path) -> set[str | None]:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(folder / "concepts.graphml").getroot()
    assert root.tag == f"{space}graphml"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    for edge in root.iter(f"{space}edge"):
        assert {edge.get("source"), edge.get("target")} <= nodes
    return {data.text for data in root.iter(f"{space}data") if data.get("key") == "name"}


def test_concepts_keep_the_names_that_people_gave_them(tmp_path: Path) -> None:
    with _open(tmp_path / "a.brain") as library:
        library.facts.tell("Ines met Jan in Ghent. Jan left Ghent.")
        library.graph.change("Jan", name="Jan de Wit")
        done = library.export(tmp_path / "a.engrams")
        assert done.concepts == 1
    with _open(tmp_path / "b.brain") as other:
        came = other.import_(tmp_path / "a.engrams")
        assert came.concepts == 1
        card = other.graph.concept("Jan de Wit").concept
        assert (card.name, card.mentions) == ("Jan de Wit", 2)
        assert other.verify().problems == ()
        other.export(tmp_path / "b.engrams")
        again = other.import_(tmp_path / "a.engrams")
        assert (again.concepts, again.left, again.run) == (0, (), None)
        other.undo("import", came.run)
        assert other.graph.concepts() == []
        assert other.verify().problems == ()
    assert _members(tmp_path / "a.engrams") == _members(tmp_path / "b.engrams")
