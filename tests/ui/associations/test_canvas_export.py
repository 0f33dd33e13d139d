"""The picture as SVG and PNG: whole, with a legend, and of real text."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.associations.graphs import harbour, many
from workbench.ui import theme
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.export import to_png, to_svg
from workbench.ui.associations.graph import GraphEdge, GraphNode

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def canvas(qapp: QApplication, qtbot: QtBot) -> Iterator[GraphCanvas]:
    theme.apply(qapp, "light")
    made = GraphCanvas()
    qtbot.addWidget(made)
    made.resize(890, 520)
    made.set_graph(*harbour())
    yield made
    theme.apply(qapp, "light")


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{_SVG}text")]


def test_svg_holds_names_words_and_tags_as_text_and_every_link_as_a_sentence(
    canvas: GraphCanvas,
) -> None:
    root = ET.fromstring(to_svg(canvas))
    said = texts(root)
    for word in ("Harbour", "Gulls", "warn of", "+12", "Explicit", "Predicted"):
        assert word in said
    titles = [each.text or "" for each in root.iter(f"{_SVG}title")]
    # Words that would lie on something are left out of the picture, but not out of the file.
    for link in ("Harbour shelters Boats", "Boats bring Herring", "Gulls warn of Storm"):
        assert any(each.startswith(link) for each in titles)
    title, described = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
    assert title is not None
    assert described is not None
    assert title.text == "Harbour"
    assert described.text is not None
    assert "5 links among 5 concepts" in described.text


def test_nothing_of_an_svg_lies_outside_its_page(canvas: GraphCanvas) -> None:
    root = ET.fromstring(to_svg(canvas))
    left, top, width, height = (float(part) for part in root.attrib["viewBox"].split())
    for each in root.iter(f"{_SVG}text"):
        x, y = float(each.attrib["x"]), float(each.attrib["y"])
        assert left < x < left + width
        assert top < y < top + height
    for each in root.iter(f"{_SVG}rect"):
        assert float(each.attrib["x"]) >= left
        assert float(each.attrib["x"]) + float(each.attrib["width"]) <= left + width + 0.1


def test_an_svg_can_be_drawn_again(canvas: GraphCanvas) -> None:
    renderer = QSvgRenderer(QByteArray(to_svg(canvas)))
    assert renderer.isValid()
    assert renderer.defaultSize().width() > 400


def test_any_name_goes_into_an_svg(canvas: GraphCanvas) -> None:
    nodes = [GraphNode(0, 'A & <b> "q" \x07', "concept"), GraphNode(1, "ذاكرة", "concept")]
    canvas.set_graph(nodes, [GraphEdge("e", 0, 1, "<&>", "explicit", 0.5, True)], 0)
    said = texts(ET.fromstring(to_svg(canvas)))
    assert 'A & <b> "q"' in [each.strip() for each in said]
    assert "Contradicted" in said


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_both_wear_the_theme(qapp: QApplication, canvas: GraphCanvas, name: str) -> None:
    theme.apply(qapp, name)
    paper = theme.colour("surface").name()
    image = QImage.fromData(to_png(canvas))
    assert image.pixelColor(1, 1).name() == paper
    assert f'fill="{paper}"' in to_svg(canvas).decode()


def test_png_has_twice_the_points_of_the_picture(canvas: GraphCanvas) -> None:
    one, two = (QImage.fromData(to_png(canvas, scale)) for scale in (1.0, 2.0))
    assert abs(two.width() - 2 * one.width()) <= 1
    edge = [two.pixel(x, y) for x in (0, two.width() - 1) for y in range(two.height())]
    assert set(edge) == {two.pixel(0, 0)}


@pytest.mark.slow
def test_a_huge_picture_is_drawn_smaller(canvas: GraphCanvas) -> None:
    canvas.set_graph(*many(700, 100))
    image = QImage.fromData(to_png(canvas, 4.0))
    assert 1_000_000 < image.width() * image.height() < 25_000_000


def test_nothing_can_be_exported_too(canvas: GraphCanvas) -> None:
    canvas.set_graph([], [], 0)
    assert ET.fromstring(to_svg(canvas)).tag == f"{_SVG}svg"
    assert not QImage.fromData(to_png(canvas)).isNull()
