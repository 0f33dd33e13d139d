"""The picture of a graph in the window: what is chosen, opened, moved and said."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsPolygonItem
from pytestqt.qtbot import QtBot

from tests.ui.associations.graphs import Graph, harbour, link, many
from workbench.ui import theme
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.ego import GraphNode

Show = Callable[..., GraphCanvas]


@pytest.fixture
def show(qapp: QApplication, qtbot: QtBot) -> Iterator[Show]:
    """Show a graph in a canvas of 890 by 520 pixels."""
    theme.apply(qapp, "light")

    def make(graph: Graph) -> GraphCanvas:
        canvas = GraphCanvas()
        qtbot.addWidget(canvas)
        canvas.resize(890, 520)
        canvas.set_graph(*graph)
        canvas.show()
        qtbot.waitExposed(canvas)
        canvas.setFocus()
        return canvas

    yield make
    theme.apply(qapp, "light")


def picture_of(canvas: GraphCanvas) -> QImage:
    return canvas.grab().toImage()


def chosen(canvas: GraphCanvas) -> tuple[int | None, str | None]:
    return canvas.selected_node, canvas.selected_edge


def click(qtbot: QtBot, canvas: GraphCanvas, at: QPointF) -> None:
    QTest.mouseClick(
        canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint()
    )


# -- choosing and opening --------------------------------------------------------------------------


def test_a_click_chooses_a_concept_a_link_or_nothing(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    with qtbot.waitSignal(canvas.nodeSelected) as node:
        click(qtbot, canvas, canvas.place_of(3))
    assert node.args == [3]
    with qtbot.waitSignal(canvas.edgeSelected) as edge:
        click(qtbot, canvas, canvas.place_of_edge("2:bring:3"))
    assert edge.args == ["2:bring:3"]
    assert canvas.selected_node is None
    with qtbot.waitSignal(canvas.selectionCleared):
        click(qtbot, canvas, QPointF(3, 3))
    assert canvas.selected_edge is None


def test_a_double_click_opens(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    with qtbot.waitSignal(canvas.nodeActivated) as opened:
        at = canvas.place_of(2).toPoint()
        QTest.mouseDClick(
            canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
        )
    assert opened.args == [2]


def test_the_selection_follows_the_table_without_telling_it(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    with qtbot.assertNotEmitted(canvas.edgeSelected), qtbot.assertNotEmitted(canvas.nodeSelected):
        canvas.select_edge("1:shelters:2")
    assert chosen(canvas) == (None, "1:shelters:2")
    with qtbot.assertNotEmitted(canvas.edgeSelected), qtbot.assertNotEmitted(canvas.nodeSelected):
        canvas.select_node(4)
    assert chosen(canvas) == (4, None)
    with qtbot.assertNotEmitted(canvas.nodeSelected):
        canvas.select_node(99)
        assert canvas.selected_node is None


@pytest.mark.slow
def test_what_the_table_chooses_is_brought_into_sight(show: Show) -> None:
    canvas = show(many(200, 20))
    canvas.zoom(1.0 / canvas.factor, canvas.place_of(0).toPoint())
    canvas.select_node(199)
    assert canvas.rect().contains(canvas.place_of(199).toPoint())


def test_the_menu_is_asked_for_at_what_is_under_the_pointer(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    at = canvas.place_of(5).toPoint()
    reason = QContextMenuEvent.Reason
    with qtbot.waitSignal(canvas.contextAsked) as asked:
        menu = QContextMenuEvent(reason.Mouse, at, canvas.mapToGlobal(at))
        QApplication.sendEvent(canvas.viewport(), menu)
    assert asked.args is not None
    assert asked.args[:2] == ["node", 5]
    canvas.select_edge("2:bring:3")
    with qtbot.waitSignal(canvas.contextAsked) as asked:
        QApplication.sendEvent(canvas, QContextMenuEvent(reason.Keyboard, QPoint(), QPoint()))
    assert asked.args is not None
    assert asked.args[:2] == ["edge", "2:bring:3"]


# -- keys ------------------------------------------------------------------------------------------


def test_arrows_walk_to_the_nearest_concept_that_way(qtbot: QtBot, show: Show) -> None:
    nodes = [GraphNode(one, name, "concept") for one, name in enumerate("mabcd")]
    edges = [link(str(one), 0, one, "to", "explicit") for one in range(1, 5)]
    canvas, key = show((nodes, edges, 0)), Qt.Key
    QTest.keyClick(canvas, key.Key_Home)
    assert canvas.selected_node == 0
    for press, axis, sign in (
        (key.Key_Right, 0, 1), (key.Key_Left, 0, -1), (key.Key_Down, 1, 1), (key.Key_Up, 1, -1),
    ):  # fmt: skip
        canvas.select_node(0)
        QTest.keyClick(canvas, press)
        reached = canvas.selected_node
        assert reached
        assert canvas.picture.places[reached][axis] * sign > 100
    canvas.select_node(max(range(5), key=lambda one: canvas.picture.places[one][0]))
    before = canvas.selected_node
    QTest.keyClick(canvas, key.Key_Right)
    assert canvas.selected_node == before  # nothing further that way


def test_enter_opens_space_goes_through_links_and_escape_lets_go(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    canvas.select_node(1)
    with qtbot.waitSignal(canvas.nodeActivated):
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    went = []
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Space)
        went.append(canvas.selected_edge)
    assert went == ["1:shelters:2", "5:closes:1", "1:shelters:2"]
    with qtbot.waitSignal(canvas.edgeActivated) as opened:
        QTest.keyClick(canvas, Qt.Key.Key_Enter)
    assert opened.args == ["1:shelters:2"]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.selected_edge is None


def test_plus_minus_and_nought_zoom_and_fit(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    fitted = canvas.factor
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.factor > fitted
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.factor < fitted
    QTest.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.factor == pytest.approx(fitted)


def test_tab_leads_out_of_the_picture(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    with qtbot.assertNotEmitted(canvas.nodeSelected):
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.selected_node is None


# -- moving ----------------------------------------------------------------------------------------


def test_the_wheel_zooms_around_the_pointer(show: Show) -> None:
    canvas = show(harbour())
    at = canvas.place_of(3)
    turned = QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = canvas.factor
    QApplication.sendEvent(canvas.viewport(), turned)
    assert canvas.factor > before
    assert (canvas.place_of(3) - at).manhattanLength() <= 2  # a view scrolls by pixels


def drag(qtbot: QtBot, canvas: GraphCanvas, begin: QPoint, by: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas.viewport(), left, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(canvas.viewport(), begin + by / 2)
    QTest.mouseMove(canvas.viewport(), begin + by)
    QTest.mouseRelease(canvas.viewport(), left, Qt.KeyboardModifier.NoModifier, begin + by)


def test_dragging_the_paper_moves_the_picture_and_no_concept(qtbot: QtBot, show: Show) -> None:
    canvas = show(harbour())
    places, seen = canvas.picture.places, canvas.place_of(1)
    drag(qtbot, canvas, QPoint(4, 4), QPoint(50, 30))
    assert canvas.picture.places == places
    assert canvas.place_of(1) != seen


def test_growing_keeps_places_and_what_is_chosen(show: Show) -> None:
    nodes, edges, centre = harbour()
    canvas = show((nodes, edges, centre))
    before = canvas.picture.places
    canvas.select_edge("2:bring:3")
    nodes += [GraphNode(one, f"New {one}", "concept") for one in range(20, 26)]
    edges += [link(f"g{one}", 2, one, "hold", "explicit") for one in range(20, 26)]
    canvas.set_graph(nodes, edges, centre, fresh=False)
    assert canvas.selected_edge == "2:bring:3"
    after = canvas.picture.places
    far = [np.hypot(*np.subtract(after[one], at)) for one, at in before.items()]
    assert np.median(far) < 40


def test_a_filter_takes_links_away_and_leaves_the_rest_in_place(qtbot: QtBot, show: Show) -> None:
    nodes, edges, centre = harbour()
    canvas = show((nodes, edges, centre))
    before = canvas.picture.places
    canvas.select_edge("2:bring:3")
    with qtbot.waitSignal(canvas.selectionCleared):
        kept = [edge for edge in edges if edge.tag == "explicit"]
        canvas.set_graph(nodes, kept, centre, fresh=False)
    assert len(canvas.picture.edges) == 2
    for one, at in canvas.picture.places.items():
        np.testing.assert_allclose(at, before[one], atol=1.0)


# -- what is painted and said ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_the_picture_is_painted_in_every_theme(
    qapp: QApplication, qtbot: QtBot, show: Show, name: str
) -> None:
    canvas = show(harbour())
    theme.apply(qapp, name)
    paper = theme.colour("surface")
    qtbot.waitUntil(lambda: canvas.picture.backgroundBrush().color() == paper)
    canvas.select_edge("3:feed:4")
    image = picture_of(canvas)
    assert image.pixelColor(5, 5).name() == paper.name()
    colours = {image.pixel(x, y) for x in range(0, 890, 3) for y in range(0, 520, 3)}
    assert len(colours) > 40


def test_tags_differ_by_shape_and_not_only_by_colour(qapp: QApplication, show: Show) -> None:
    def line(tag: str) -> list[bool]:
        nodes = [GraphNode(0, "Here", "concept"), GraphNode(1, "There", "concept")]
        graph = nodes, [link("e", 0, 1, "", tag, 0.5)], 0
        canvas = show(graph)
        canvas.clearFocus()
        canvas.zoom(1.5)
        image = picture_of(canvas)
        middle = range(round(canvas.place_of(0).x()) + 90, round(canvas.place_of(1).x()) - 90)
        paper = image.pixel(5, 5)
        return [any(image.pixel(x, y) != paper for y in range(180, 340)) for x in middle]

    explicit, emergent, predicted = (line(tag) for tag in ("explicit", "emergent", "predicted"))
    assert all(explicit)
    assert 0.3 < np.mean(emergent) < 0.95
    assert np.mean(predicted) < 0.95
    changes = [np.abs(np.diff(np.array(each, int))).sum() for each in (emergent, predicted)]
    assert changes[0] > 8
    assert changes[1] > changes[0]


def test_links_between_the_same_two_fan_out(show: Show) -> None:
    nodes = [GraphNode(0, "Here", "concept"), GraphNode(1, "There", "concept")]
    edges = [
        link(f"e{turn}", turn % 2, 1 - turn % 2, f"word {turn}", "explicit", 0.5)
        for turn in range(4)
    ]
    canvas = show((nodes, edges, 0))
    middles = [canvas.place_of_edge(edge.id) for edge in edges]
    for turn, one in enumerate(middles):
        for other in middles[turn + 1 :]:
            assert (one - other).manhattanLength() > 12


def test_words_lie_on_no_name_and_on_no_other_word(show: Show) -> None:
    picture = show(many(60, 20)).picture
    words = [label.sceneBoundingRect() for label in picture.labels.values() if label.isVisible()]
    assert len(words) > 20
    names = [pill.sceneBoundingRect() for pill in picture.pills.values()]
    for at, word in enumerate(words):
        assert not any(map(word.intersects, [*names, *words[at + 1 :]]))


def test_an_arrow_ends_at_the_border_of_a_name(show: Show) -> None:
    picture = show(harbour()).picture
    (arrow,) = (
        item for item in picture.lines["1:shelters:2"].childItems()
        if isinstance(item, QGraphicsPolygonItem)
    )  # fmt: skip
    tip, pill = arrow.polygon().first(), picture.pills[2].sceneBoundingRect()
    assert pill.adjusted(-2, -2, 2, 2).contains(tip)
    assert not pill.adjusted(4, 4, -4, -4).contains(tip)


@pytest.mark.parametrize(
    "name", ["ذاكرة", "記憶", "a\nb\tc", "", "x" * 400, "Naïve & <b>bold</b>", "\u202eevil"]
)
def test_any_name_is_drawn(show: Show, name: str) -> None:
    nodes = [GraphNode(0, name, "concept", 3), GraphNode(1, "Other", "concept")]
    edges = [link("e", 0, 1, name, "explicit"), link("own", 1, 1, name, "emergent")]
    canvas = show((nodes, edges, 0))
    assert not picture_of(canvas).isNull()
    assert max(pill.boundingRect().width() for pill in canvas.picture.pills.values()) < 320


def test_strange_graphs_are_drawn(show: Show) -> None:
    one = GraphNode(1, "Alone", "concept")
    for graph in (
        ([], [], 7),
        ([one], [], 1),
        ([one, one], [link("e", 1, 1, "is", "explicit")], 1),
        ([one], [link("e", 1, 2, "leads out", "explicit")], 5),
    ):
        canvas = show(graph)
        assert not picture_of(canvas).isNull()
        assert canvas.sentence()


def test_the_sentence_tells_what_is_shown_and_what_is_chosen(show: Show) -> None:
    canvas = show(harbour())
    assert canvas.sentence() == (
        "Links around Harbour: 5 links among 5 concepts. Strongest: Harbour shelters Boats; "
        "Storm closes Harbour; Boats bring Herring."
    )
    canvas.select_edge("3:feed:4")
    assert "Chosen: Herring feed Gulls (suggested)." in canvas.sentence()
    spoken = QAccessible.queryAccessibleInterface(canvas)
    assert spoken.text(QAccessible.Text.Name) == "Picture of the links"
    assert "Herring feed Gulls" in spoken.text(QAccessible.Text.Description)
    canvas.select_node(4)
    assert "Gulls, name: 2 links shown, 12 more." in canvas.sentence()
