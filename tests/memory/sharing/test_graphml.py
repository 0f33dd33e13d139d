"""GraphML comes back in: links become facts, of our own graphs and of those of other programs."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from workbench.errors import InputError
from workbench.library import Library

_TOLD = (
    "Ines met Jan in Ghent & left.", "Marie Curie discovered radium.", "Ghent is in Belgium.",
    "Marie Curie was born in Warsaw in 1867.", "Anna works for Siemens in Munich.",
    "Smoking causes cancer.", "Ada did not marry Jonas.", "My plan is pro.",
    "Piet knows <b>Kim</b>.",
)  # fmt: skip
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
)
_NETWORKX = (
    _HEAD
    + """>
<key id="d1" for="edge" attr.name="weight" attr.type="double"/>
<key id="d0" for="edge" attr.name="relation" attr.type="string"/>
<graph edgedefault="directed"><node id="Ada"/><node id="Rome"/><node id="Zoe"/>
<edge source="Ada" target="Rome"><data key="d0">lives in</data><data key="d1">2.0</data></edge>
</graph></graphml>"""
)
_GEPHI = (
    _HEAD
    + """>
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<graph edgedefault="undirected">
<node id="n0"><data key="label">Ada</data></node><node id="n1"><data key="label">Rome</data></node>
<edge id="0" source="n0" target="n1"><data key="edgelabel">LIVES_IN</data>
<data key="weight">1.0</data></edge>
</graph></graphml>"""
)
_YED = (
    _HEAD
    + """ xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Ada</y:NodeLabel></y:ShapeNode></data>
</node>
<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>Rome</y:NodeLabel></y:ShapeNode></data>
</node>
<edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge>
<y:EdgeLabel>lives in</y:EdgeLabel></y:PolyLineEdge></data></edge>
</graph></graphml>"""
)


def _links(path: Path) -> set[tuple[str | None, str | None]]:
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(path).getroot()
    names = {
        node.get("id"): data.text
        for node in root.iter(f"{space}node")
        for data in node
        if data.get("key") == "name"
    }
    return {
        (names[each.get("source")], names[each.get("target")])
        for each in root.iter(f"{space}edge")
        if "co_occurs" not in {data.text for data in each}
    }


def test_what_was_written_links_the_same_names_again(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        for text in _TOLD:
            library.facts.tell(text)
        library.export(tmp_path / "out", format="graphml")
    with Library.open(tmp_path / "b.brain") as library:
        # The folder that was written is enough, and the second time nothing is new.
        done = library.import_(tmp_path / "out")
        assert library.import_(tmp_path / "out" / "concepts.graphml").added == 0
        assert {"Ines met Jan.", "Ada did not marry Jonas."} <= {
            fact.text for fact in library.facts.list()
        }
        library.export(tmp_path / "again", format="graphml")
        assert done.run is not None
        library.undo("import", done.run)
        assert not library.facts.list()
    before = _links(tmp_path / "out" / "concepts.graphml")
    assert len(before) >= 10
    assert _links(tmp_path / "again" / "concepts.graphml") == before


@pytest.mark.parametrize("text", [_NETWORKX, _GEPHI, _YED])
def test_graphs_of_other_programs_are_read(text: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_text(text, "utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        done = library.import_(file, collection="graph")
        (fact,) = library.facts.list(collection="graph")
        assert fact.text == "Ada lives in Rome."
        found = library.facts.value("Where does Ada live?", collection="graph")
        assert found is not None
        assert found.value == "Rome"
        expected = ("1 name without a link was left out.",) if "Zoe" in text else ()
        assert done.left == expected


def test_a_link_to_nothing_is_told_and_one_without_words_is_a_link(tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    edges = '<edge source="a" target="b"/><edge source="a" target="c"/>'
    file.write_text(
        f'{_HEAD}><graph><node id="a"/><node id="b"/>{edges}</graph></graphml>', "utf-8"
    )
    with Library.open(tmp_path / "x.brain") as library:
        done = library.import_(file, preview=True)
        assert (done.added, done.left) == (1, ("1 link to a node that is missing was left out.",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (_NETWORKX[:-30], "cut off or corrupt"),
        ("<html/>", "no GraphML file"),
        ('<!DOCTYPE g [<!ENTITY a "aa">]><graphml>&a;</graphml>', "defines XML entities"),
        (_HEAD + "/>", "no fact or note"),
    ],
)
def test_a_broken_file_is_one_sentence(text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_text(text, "utf-8")
    with Library.open(tmp_path / "x.brain") as library, pytest.raises(InputError, match=why):
        library.import_(file)
