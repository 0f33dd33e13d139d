"""What Explore shows of a concept, without a window: links, filters, the way back, the table."""

import csv
import io
from operator import attrgetter

from workbench.memory.graph.records import Edge, Neighbourhood, Node
from workbench.ui.associations.ego import Ego, Sifting, visible_part
from workbench.ui.associations.table import COLUMNS, as_csv, evidence_words, sentence
from workbench.ui.components.tables import TableModel
from workbench.ui.components.trail import Trail


def _edge(head: int, tail: int, tag: str = "explicit", kind: str = "made", **more: object) -> Edge:
    made: dict[str, object] = {
        "id": f"{head}:{kind}:{tail}", "head": head, "tail": tail, "head_name": f"c{head}",
        "tail_name": f"c{tail}", "kind": kind, "relation": "built", "tag": tag, "strength": 0.5,
        "evidence": 2, "sources": 1, "contradicted": False, "first": None, "last": None,
    }  # fmt: skip
    return Edge(**{**made, **more})  # type: ignore[arg-type]


def _around(centre: int, *tails: int, total: int = 0, degree: int = 9) -> Neighbourhood:
    edges = tuple(_edge(centre, tail) for tail in tails)
    nodes = tuple(Node(id, f"c{id}", "concept", degree) for id in (centre, *tails))
    return Neighbourhood(centre, nodes, edges, max(total, len(edges)))


def test_g2_it_says_n_of_m_links_of_the_centre_and_of_the_ring() -> None:
    ego = Ego(1).with_links(_around(1, 2, 3, total=64))
    assert (len(ego.edges), ego.total, ego.degree - ego.taken) == (2, 64, 62)
    # The link 1-2 is one of those of concept 2, too.
    ego = ego.with_links(Neighbourhood(2, _around(2, 4).nodes, (_edge(1, 2), _edge(2, 4)), 5))
    assert ego.total == 64 + 1
    assert ego.degree - ego.taken == 62


def test_g1_only_what_hangs_together_with_the_centre_is_shown() -> None:
    ego = Ego(1).with_links(Neighbourhood(1, _around(1, 2).nodes, (_edge(1, 2, "emergent"),), 1))
    ego = ego.with_links(_around(2, 3)).with_links(_around(1, 4))
    every = visible_part(ego, Sifting())
    assert {node.id: node.outer for node in every.nodes} == {1: False, 2: False, 3: True, 4: False}
    # Without the emergent link, 2 and 3 are an island.
    sifted = visible_part(ego, Sifting(frozenset({"emergent"})))
    assert [edge.id for edge in sifted.edges] == ["1:made:4"]
    assert sifted.counts["emergent"] == 1
    # What is not shown of a concept stands beside it.
    assert {node.id: node.hidden for node in sifted.nodes} == {1: 8, 4: 8}


def test_a_concept_without_links_is_a_picture_of_one() -> None:
    ego = Ego(7).with_links(Neighbourhood(7, (Node(7, "alone", "concept", 0),), (), 0))
    shown = visible_part(ego, Sifting())
    assert [node.name for node in shown.nodes] == ["alone"]
    assert (shown.edges, shown.total, ego.name) == ((), 0, "alone")


def test_g4_sifting_by_tag_and_kind_asks_only_for_what_is_left() -> None:
    assert Sifting().wanted_tags is None
    assert Sifting(frozenset({"emergent"})).wanted_tags == ("explicit", "confirmed", "predicted")


def test_links_stay_in_the_order_of_the_graph_and_the_table_sorts() -> None:
    edges = (_edge(1, 2, strength=0.2), _edge(1, 3, strength=0.9, relation="Avoids"))
    nodes = tuple(Node(id, f"c{id}", "concept", 2) for id in (1, 2, 3))
    shown = visible_part(Ego(1).with_links(Neighbourhood(1, nodes, edges, 2)), Sifting())
    assert [edge.tail for edge in shown.edges] == [2, 3]
    rows = TableModel(COLUMNS, sentence, key=attrgetter("id"))
    rows.show_rows(shown.edges)
    rows.sort(1)
    assert [row.relation for row in rows.rows] == ["Avoids", "built"]
    rows.sort(-1)
    assert [row.tail for row in rows.rows] == [2, 3]


def test_g5_csv_has_every_column_and_no_formula() -> None:
    trick = _edge(1, 2, head_name='=HYPERLINK("x")', relation='said "no", twice', strength=0.25)
    heading, row = csv.reader(io.StringIO(as_csv([trick])))
    assert heading[:3] == ["From", "Relation", "To"]
    told = dict(zip(heading, row, strict=True))
    assert told["From"] == '\'=HYPERLINK("x")'
    assert told["Relation"] == 'said "no", twice'
    assert (told["Tag"], told["Strength"], told["Passages"]) == ("explicit", "0.2500", "2")
    assert told["Contradicted"] == "no"


def test_a_row_is_told_in_a_sentence() -> None:
    edge = _edge(1, 2, evidence=5, sources=2, contradicted=True)
    assert evidence_words(edge) == "5 passages, 2 sources, contradicted"
    assert sentence(edge).startswith("c1 built c2: stated, 5 passages")
    assert evidence_words(_edge(1, 2, evidence=0, sources=0)) == "no passage"


def test_the_way_leads_back_and_forward_and_forgets_what_lay_ahead() -> None:
    trail: Trail[Ego] = Trail()
    assert not trail.has_back
    for centre in (1, 2, 3):
        trail.push(Ego(centre))
    back = trail.step(-1)
    assert back is not None
    assert (back.centre, trail.has_back, trail.has_forward) == (2, True, True)
    trail.push(Ego(9))
    assert not trail.has_forward
    assert trail.step(1) is None
    for centre in range(200):
        trail.push(Ego(centre))
    assert trail.current is not None
    assert trail.current.centre == 199
