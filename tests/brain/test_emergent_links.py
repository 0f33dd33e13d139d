"""Links that nobody wrote, through the doors of a real library: path, odds, yes and no."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.patience import seconds
from workbench.brain.library import brain_recall, emergent, odds
from workbench.brain.library.cooccurrence import cooccurrence
from workbench.brain.records import BrainRecall, Lit
from workbench.library import Library
from workbench.store import text
from workbench.store.graph import EVERYWHERE

_HARBOURS = (
    "{} is a harbour where herring and salt are shipped by sailors.",
    "In {} the sailors mend herring nets beside the harbour.",
    "Ships bring salt and herring to the harbour at {} every autumn.",
)
_PAINTERS = (
    "{} painted portraits of queens in oil.",
    "A gallery hung the portraits that {} painted.",
    "{} taught painting and oil to young people.",
)
_FAIR = (
    "Berholm and Corsund and the Frost Fair.",
    "Berholm, Dalvik and the Frost Fair.",
    "The Frost Fair, Corsund, Dalvik.",
)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.02)
    towns, painters = ("Aldby", "Berholm", "Corsund", "Dalvik"), ("Elmo", "Gorm")
    told = [line.format(each) for each in towns for line in _HARBOURS]
    told += [line.format(each) for each in painters for line in _PAINTERS]
    with Library.open(":memory:") as made:
        for line in told:
            made.facts.tell(line)
        for number, line in enumerate(_FAIR):
            made.add_text(line, title=f"Note {number}")
        made.graph.link()
        yield made


def _recall(library: Library, cue: str = "Aldby", **options: object) -> BrainRecall:
    return library.brain.recall(cue, patience=None, limit=40, **options)  # type: ignore[arg-type]


def _lit(found: BrainRecall, name: str) -> Lit | None:
    return next((each for each in found.lit if each.name == name), None)


@pytest.mark.slow
def test_what_nobody_wrote_is_proposed_with_its_path_its_odds_and_its_grounds(
    library: Library,
) -> None:
    found = _recall(library)
    assert not found.pending
    fair = _lit(found, "Frost Fair")
    assert fair is not None
    assert fair.tag == "emergent"
    assert (fair.trail[0], fair.trail[-1]) == ("Aldby", "Frost Fair")
    assert fair.path.startswith("Suggested by ")
    assert 0 < fair.odds < 0.5
    assert fair.odds_words.startswith("about one in ")
    with library._core.graph.reading() as connection:
        hops = text.statements(connection, fair.grounds).values()
    assert any("Frost Fair" in said for said in hops)
    assert all("Aldby" not in said or "Frost Fair" not in said for said in hops)
    assert _recall(library).lit == found.lit


@pytest.mark.slow
def test_nothing_that_is_written_or_of_another_world_is_proposed(library: Library) -> None:
    before = [each.name for each in _recall(library).lit if each.edge]
    assert not {"harbour", "Elmo", "Gorm", "portraits"}.intersection(before)
    library.facts.tell("Aldby opens the Frost Fair.")
    library.graph.link()
    fair = _lit(_recall(library), "Frost Fair")
    assert fair is None or not fair.edge


@pytest.mark.slow
def test_a_yes_and_a_no_to_a_link_are_seen_at_once_from_both_of_its_ends(library: Library) -> None:
    fair = _lit(_recall(library), "Frost Fair")
    assert fair is not None
    assert library.graph.judge(fair.edge, False).tag == "emergent"
    assert _lit(_recall(library), "Frost Fair") is None
    library.graph.judge(fair.edge, None)
    assert _lit(_recall(library), "Frost Fair") == fair
    edge = library.graph.judge(fair.edge, True)
    assert (edge.tag, edge.evidence) == ("confirmed", 0)
    now = _lit(_recall(library), "Frost Fair")
    assert now is not None
    assert (now.tag, now.trail, now.edge) == ("confirmed", ("Aldby", "Frost Fair"), fair.edge)
    back = _lit(_recall(library, "Frost Fair"), "Aldby")
    assert back is not None
    assert back.tag == "confirmed"
    kept = library.graph.neighbourhood("Aldby", tags=["confirmed"])
    assert [each.id for each in kept.edges] == [fair.edge]
    library.graph.judge(fair.edge, None)
    assert not library.graph.neighbourhood("Aldby", tags=["confirmed"]).edges


@pytest.mark.slow
def test_an_edge_that_was_read_and_then_rejected_lights_nothing_though_it_is_loaded(
    library: Library,
) -> None:
    library.facts.tell("Aldby hired Rufus Quint.")
    library.graph.link()
    assert _lit(_recall(library), "Rufus Quint") is not None
    (edge,) = (
        each
        for each in library.graph.neighbourhood("Aldby").edges
        if each.tail_name == "Rufus Quint"
    )
    library.graph.judge(edge.id, False)
    assert _lit(_recall(library), "Rufus Quint") is None


@pytest.mark.slow
def test_a_collection_and_the_trash_keep_what_they_hide_out_of_paths(library: Library) -> None:
    library.facts.tell("Aldby has a mayor.", collection="Elsewhere")
    library.graph.link()
    shown = _recall(library, collection="Elsewhere")
    assert all(each.name != "Frost Fair" for each in shown.lit)
    library.sources.trash([each.id for each in library.sources.list()])
    assert _lit(_recall(library), "Frost Fair") is None


@pytest.mark.slow
def test_whoever_does_not_wait_has_it_the_next_time(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    made = cooccurrence

    def slowly(*words: object) -> object:
        assert go.wait(seconds(30))
        return made(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(emergent, "cooccurrence", slowly)
    first = library.brain.recall("Aldby", patience=0.0, limit=40)
    assert first.pending
    assert all(not each.path for each in first.lit)
    go.set()
    later = _recall(library)
    assert not later.pending
    assert _lit(later, "Frost Fair") is not None


@pytest.mark.slow
def test_closing_ends_what_is_still_being_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brain_recall, "_PLAIN", 0.02)
    with Library.open(":memory:") as made:
        made.facts.tell("Aldby has a harbour.")
        made.brain.recall("Aldby", patience=0.0)
    assert not [each for each in threading.enumerate() if each.name.startswith("emergent")]


@pytest.mark.slow
def test_what_was_read_after_the_cue_is_expected_next(library: Library) -> None:
    for number in range(3):
        library.add_text(
            f"Kasper Lind came {number}. Nobody saw it. It rained. Then came Olga Brodd.",
            title=f"Play {number}",
        )
    library.graph.link()
    found = _lit(_recall(library, "Kasper Lind"), "Olga Brodd")
    assert found is not None
    assert (found.tag, found.path) == ("predicted", "Expected next after Kasper Lind")
    assert found.odds > 0
    assert not found.edge


def test_odds_are_said_as_people_say_them() -> None:
    assert odds.odds_text(0.1) == "about one in ten"
    assert odds.odds_text(0.031) == "about one in 30"
    assert odds.odds_text(0.0) == "hardly any"
    for shares in odds.MEASURED.values():
        assert all(0 < share < 1 for share in shares)
    assert odds.odds(odds.SIMILAR, 0) == odds.MEASURED[odds.SIMILAR][0]
    assert odds.odds(odds.CHAIN, 7) == odds.MEASURED[odds.CHAIN][2]


def test_paths_are_worded_as_hypotheses() -> None:
    assert emergent.path_text(odds.SIMILAR, ("A", "K", "C")) == (
        "Suggested by kinship: like K, which is linked to C"
    )
    assert emergent.path_text(odds.CHAIN, ("A", "B", "C")) == "Suggested by a chain: A – B – C"


@pytest.mark.slow
def test_a_path_whose_hop_nobody_wrote_any_more_is_not_shown(library: Library) -> None:
    ids = {each.name: each.id for each in library.graph.concepts(limit=100)}
    way = tuple(ids[name] for name in ("Aldby", "Gorm", "Frost Fair"))
    made = emergent.Proposed(way[-1], way, odds.CHAIN, 1.0, 0.1)
    good = replace(made, path=tuple(ids[n] for n in ("Aldby", "harbour", "Dalvik", "Frost Fair")))
    with library._core.graph.reading() as connection:
        everywhere = EVERYWHERE
        assert emergent.checked(connection, [made], way[:1], everywhere, frozenset()) == []
        (kept,) = emergent.checked(connection, [good], way[:1], everywhere, frozenset())
        assert len(kept.grounds) >= 3
        parted = frozenset([(way[0], way[-1])])
        assert emergent.checked(connection, [good], way[:1], everywhere, parted) == []


@pytest.mark.slow
def test_what_has_a_part_of_the_name_of_the_cue_or_of_another_is_not_proposed() -> None:
    with Library.open(":memory:") as library:
        for line in ("Kasper Lind went to Osten.", "Mr. Lind and Osten.", "The Miss met Olga."):
            library.add_text(line, title=line)
        library.graph.link()
        ids = {each.name: each.id for each in library.graph.concepts(limit=100)}
        cue, osten = ids["Kasper Lind"], ids["Osten"]
        names = [ids["Mr. Lind"], osten, ids["Olga"]]
        ahead = [emergent.Proposed(id, (cue, id), odds.NEXT, 1.0, 0.1) for id in names]
        with library._core.graph.reading() as connection:
            found = emergent.checked(connection, ahead, [cue], EVERYWHERE, frozenset())
    assert [each.concept for each in found] == names[1:]
