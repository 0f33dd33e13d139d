"""Edges as they are shown: with their sayings, their strength, and what the user says of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.graph.records import Edge
from workbench.store import edges, graph, sayings, synapses


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "edges.brain") as opened:
        opened._core.graph.close()
        yield opened


def _add(library: Library, text: str, collection: str | None = None) -> int:
    source = library.add_text(text, collection=collection)[0].source
    assert source is not None
    return source


def _edge(library: Library, head: str, tail: str, collection: str | None = None) -> Edge:
    around = library.graph.neighbourhood(head, collection=collection, limit=-1)
    (found,) = [each for each in around.edges if {each.head_name, each.tail_name} == {head, tail}]
    return found


def test_g3_every_edge_opens_its_passages_at_the_words(library: Library) -> None:
    _add(library, "Edda Roth influenced Joris Maas. Joris Maas was influenced by Edda Roth.")
    edge = _edge(library, "Edda Roth", "Joris Maas")
    assert (edge.head_name, edge.kind, edge.relation) == ("Edda Roth", "influenced", "influenced")
    assert (edge.tag, edge.evidence, edge.sources) == ("explicit", 2, 1)
    assert edge.first is not None
    assert edge.first == edge.last
    said = {(each.relation, each.turned) for each in library.graph.evidence(edge.id)}
    assert said == {("influenced", False), ("was influenced by", True)}
    for each in library.graph.evidence(edge.id):
        assert each.text[each.start : each.end] == each.relation
        assert library.graph.said_at(each.engram)


def test_g3_what_merely_stands_together_is_emergent_and_shows_where(library: Library) -> None:
    text = "Edda Roth, Joris Maas and the crew: a list."
    more = "Joris Maas, Edda Roth and the cook: another list."
    _add(library, f"{text} It rained. {more} The bridge was closed.")
    assert library.graph.neighbourhood("Edda Roth").total == 0
    around = library.graph.neighbourhood("Edda Roth", stated_only=False)
    (edge,) = [each for each in around.edges if "Joris Maas" in (each.head_name, each.tail_name)]
    assert edge.tag == "emergent"
    assert (edge.relation, edge.evidence) == ("in 2 sentences with", 2)
    assert {each.text for each in library.graph.evidence(edge.id)} == {text, more}


@pytest.mark.slow
def test_g1_g2_a_neighbourhood_is_a_part_and_says_of_how_much(library: Library) -> None:
    _add(library, " ".join(f"Edda Roth built Tower{n}." for n in range(30)))
    _add(library, "Edda Roth built Tower7.")
    first = library.graph.neighbourhood("Edda Roth", limit=10)
    assert (len(first.edges), first.total) == (10, 30)
    assert first.edges[0].tail_name == "Tower7"
    second = library.graph.neighbourhood("Edda Roth", limit=25, offset=10)
    assert len({edge.id for edge in (*first.edges, *second.edges)}) == 30
    degrees = {node.name: node.degree for node in first.nodes}
    assert degrees["Edda Roth"] == 30
    assert degrees["Tower7"] == 1
    assert next(node.id for node in first.nodes) == first.centre


@pytest.mark.slow
def test_g1_edges_among_what_is_shown_close_the_picture(library: Library) -> None:
    _add(library, "Edda Roth influenced Joris Maas. Edda Roth built the bridge.")
    _add(library, "Joris Maas owns the bridge. The bridge contains a lock.")
    ids = [node.id for node in library.graph.neighbourhood("Edda Roth").nodes]
    among = library.graph.between(ids)
    assert {edge.relation for edge in among} == {"influenced", "built", "owns"}
    assert len(library.graph.between(ids, limit=2)) == 2


@pytest.mark.slow
def test_a_text_that_repeats_itself_is_one_voice(library: Library) -> None:
    _add(library, " ".join(["Edda Roth built the bridge."] * 400 + ["Edda Roth built the lock."]))
    for _ in range(3):
        _add(library, f"Edda Roth built the lock. It rained {_} days.")
    loud, said = _edge(library, "Edda Roth", "bridge"), _edge(library, "Edda Roth", "lock")
    assert loud.evidence == 400
    assert loud.strength < said.strength < 1
    assert edges.believed([(10_000, 0.9)]) == edges.believed([(3, 0.9)])
    assert edges.believed([(1, 0.9)]) < edges.believed([(1, 0.9), (1, 0.5)])


def test_what_contradicts_is_kept_and_marked(library: Library) -> None:
    _add(library, "Edda Roth likes the sea. Joris Maas likes the harbour.")
    _add(library, "Edda Roth does not like the sea.")
    around = library.graph.neighbourhood("Edda Roth")
    assert {(edge.kind, edge.contradicted) for edge in around.edges} == {
        ("acts_on", True),
        ("denied", True),
    }
    assert not _edge(library, "Joris Maas", "harbour").contradicted
    (denied,) = [edge for edge in around.edges if edge.kind == "denied"]
    assert library.graph.evidence(denied.id)[0].negated


def test_two_years_of_birth_contradict_each_other(library: Library) -> None:
    _add(library, "Edda Roth was born in 1881.")
    assert not library.graph.neighbourhood("Edda Roth").edges[0].contradicted
    _add(library, "Edda Roth was born in 1884.")
    around = library.graph.neighbourhood("Edda Roth")
    assert [edge.contradicted for edge in around.edges if edge.tail_name[:2] == "18"] == [True] * 2


def test_circular_definitions_are_two_edges(library: Library) -> None:
    _add(
        library,
        "The committee said that a bridge is a dam. The minister said that a dam is a bridge.",
    )
    assert {(e.head_name, e.tail_name) for e in library.graph.neighbourhood("bridge").edges} == {
        ("bridge", "dam"),
        ("dam", "bridge"),
    }


def test_g6_a_rejected_edge_is_gone_everywhere_and_comes_back(library: Library) -> None:
    text = "Edda Roth influenced Joris Maas. Edda Roth built the bridge."
    source = _add(library, text)
    edge = _edge(library, "Edda Roth", "Joris Maas")
    library.graph.judge(edge.id, False)
    around = library.graph.neighbourhood("Edda Roth")
    assert ([each.tail_name for each in around.edges], around.total) == (["bridge"], 1)
    assert library.graph.between([edge.head, edge.tail]) == ()
    assert all(each.kind != "influenced" for each in library.graph.concept("Edda Roth").neighbours)
    with library._store.read() as connection:
        engrams = [row[0] for row in connection.execute("SELECT engram FROM fiber")]
        ways = synapses.conduction_paths(connection, engrams)
        tied = {(way.concepts[a], type, way.concepts[b]) for way in ways for a, type, b in way.ties}
    assert (edge.head, 85, edge.tail) not in tied
    assert tied
    # Read again, its concepts have other numbers, and it is rejected still.
    _add(library, "Edda Roth slept. Joris Maas slept.")
    library.graph.link(concepts_only=True)
    library.sources.delete([source])
    _add(library, text + " She rests.")
    assert [each.tail_name for each in library.graph.neighbourhood("Edda Roth").edges] == ["bridge"]
    again = library.graph.judge(edge.id, None)
    assert again.tag == "explicit"
    assert library.graph.neighbourhood("Edda Roth").total == 2


def test_g6_a_confirmed_edge_says_so_until_it_is_undone(library: Library) -> None:
    _add(library, "Edda Roth influenced Joris Maas. Edda Roth built the bridge.")
    edge = _edge(library, "Edda Roth", "Joris Maas")
    assert library.graph.judge(edge.id, True).tag == "confirmed"
    only = library.graph.neighbourhood("Edda Roth", tags=["confirmed"])
    assert [each.id for each in only.edges] == [edge.id]
    others = library.graph.neighbourhood("Edda Roth", tags=["explicit"])
    assert (others.total, others.edges[0].tail_name) == (1, "bridge")
    assert library.graph.neighbourhood("Edda Roth").total == 2
    assert library.graph.judge(edge.id, None).tag == "explicit"


def test_whoever_asks_in_a_collection_sees_what_is_said_there(library: Library) -> None:
    _add(library, "Edda Roth influenced Joris Maas.", "Weirs")
    _add(library, "Edda Roth influenced Joris Maas. Edda Roth built the bridge.", "Locks")
    there = library.graph.neighbourhood("Edda Roth", collection="Weirs")
    assert (there.total, there.edges[0].evidence) == (1, 1)
    assert {node.name: node.degree for node in there.nodes}["Edda Roth"] == 1
    assert len(library.graph.evidence(there.edges[0].id, collection="Weirs")) == 1
    assert library.graph.neighbourhood("Edda Roth", collection="Locks").total == 2
    with pytest.raises(NotFoundError):
        library.graph.neighbourhood("Edda Roth", collection="Mills")


def test_what_lies_in_the_trash_says_nothing(library: Library) -> None:
    _add(library, "Edda Roth influenced Joris Maas.")
    gone = _add(library, "Edda Roth influenced Joris Maas. Edda Roth built the bridge.")
    whole = library.graph.neighbourhood("Edda Roth")
    library.sources.trash([gone])
    left = library.graph.neighbourhood("Edda Roth")
    assert (left.total, left.edges[0].evidence, len(left.edges)) == (1, 1, 1)
    assert {node.name: node.degree for node in left.nodes}["Edda Roth"] == 1
    library.sources.trash([gone], restore=True)
    assert library.graph.neighbourhood("Edda Roth") == whole


def test_kinds_choose_among_edges(library: Library) -> None:
    _add(library, "Edda Roth influenced Joris Maas. Edda Roth built the bridge.")
    around = library.graph.neighbourhood("Edda Roth", kinds=["social"])
    assert ([each.kind for each in around.edges], around.total) == (["influenced"], 1)
    with pytest.raises(UsageError):
        library.graph.neighbourhood("Edda Roth", kinds=["nonsense"])
    with pytest.raises(UsageError):
        library.graph.neighbourhood("Edda Roth", tags=["nonsense"])


@pytest.mark.parametrize("id", ["", "1:2", "a:b:c", "1:999:2"])
def test_what_names_no_edge_is_told(library: Library, id: str) -> None:
    with pytest.raises(UsageError):
        library.graph.evidence(id)


def test_an_edge_that_is_not_there_cannot_be_rejected(library: Library) -> None:
    with pytest.raises(NotFoundError):
        library.graph.judge("1:85:2", False)


def test_a_graph_of_one_node_has_no_edges(library: Library) -> None:
    _add(library, "Terschelling.")
    around = library.graph.neighbourhood("Terschelling")
    assert (around.edges, around.total, len(around.nodes)) == ((), 0, 1)


def test_l6_the_preview_counts_links_that_vanish_and_that_stay(library: Library) -> None:
    source = _add(library, "Edda Roth influenced Joris Maas. Edda Roth built the bridge.")
    other = _add(library, "Edda Roth influenced Joris Maas.")
    found = library.sources.delete([source], preview=True).vanishing
    assert (found.triples, found.links, found.links_kept) == (2, 1, 1)
    both = library.sources.delete([source, other], preview=True).vanishing
    assert (both.triples, both.links, both.links_kept) == (3, 2, 0)
    library.sources.delete([source])
    (edge,) = library.graph.neighbourhood("Edda Roth").edges
    assert (edge.tail_name, edge.evidence) == ("Joris Maas", 1)


def test_l6_no_word_of_a_removed_source_stays_in_what_was_said_of_it(library: Library) -> None:
    source = _add(library, "Xanthippe Quell torpedoed the brewery.")
    edge = _edge(library, "Xanthippe Quell", "brewery")
    library.graph.judge(edge.id, False)
    library.sources.delete([source])
    for table in ("saying", "edge", "verdict"):
        assert library._store.rows(f"SELECT * FROM {table}") == []


def test_what_waits_to_be_counted_after_a_kill_is_no_fault(library: Library) -> None:
    _add(library, "Xanthippe Quell torpedoed the brewery.")
    _edge(library, "Xanthippe Quell", "brewery")
    # A program that reads the source anew and is killed before it counts leaves this.
    library._store.write(lambda c: c.execute("DELETE FROM fiber"))
    assert library.verify().problems == ()
    library._store.write(lambda c: c.execute("DELETE FROM derived WHERE kind = 'gone:fiber'"))
    assert "have lost their statements" in str(library.verify().problems)


def test_what_is_said_loosely_counts_where_it_is_also_said_plainly(library: Library) -> None:
    _add(
        library,
        "Odile Brandt founded the school. Odile Brandt with others founded the school. "
        "The yard trained Piet Haan. The yard with others drained the polder.",
    )
    edge, loose = _edge(library, "Odile Brandt", "school"), _edge(library, "yard", "polder")
    with library._store.read() as connection:
        pairs, seen = [(edge.head, edge.tail), (loose.head, loose.tail)], graph.places(connection)
        (row,) = sayings.joining(connection, pairs, seen, plainly=True)
    assert row.ends == (edge.head, row.type, edge.tail)
    assert row.sayings == len(library.graph.evidence(edge.id)) == 2


def test_an_edge_is_called_as_its_first_passage_words_it(library: Library) -> None:
    library.add_text(
        "Jo Maas, who was tired of it all, chose Edda Roth. Jo Maas kissed Edda Roth. In the dark, "
        "as she said later, Jo Maas almost forgot Edda Roth. Jo Maas watched Edda Roth."
    )
    (edge,) = [
        each for each in library.graph.neighbourhood("Jo Maas").edges if each.tag == "explicit"
    ]
    first = library.graph.evidence(edge.id)[0]
    assert first.text[first.start : first.end].split()[-1] in edge.relation


def test_a_relation_keeps_the_preposition_that_stands_apart(library: Library) -> None:
    library.add_text("Donal Hebbe came from the village of Kester in Nova Lund.")
    relations = {
        each.tail_name: each.relation for each in library.graph.neighbourhood("Donal Hebbe").edges
    }
    assert relations["Nova Lund"] != "came"


def test_a_clipped_verb_is_written_in_full(library: Library) -> None:
    library.add_text('"I\'m afraid of Edda Roth," said Jo Maas.')
    library.graph.link()
    around = library.graph.neighbourhood("Edda Roth", stated_only=False).edges
    assert not any(each.relation.startswith(("'", "’")) for each in around)
