"""The picture as SVG and PNG: whole, with a legend, and of real text."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.associations.graphs import harbour, link, many
from workbench.ui import theme
from workbench.ui.associations.canvas import GraphCanvas
from workbench.ui.associations.ego import GraphNode
from workbench.ui.associations.export import to_png, to_svg

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


def texts(canvas: GraphCanvas) -> list[str]:
    root = ET.fromstring(to_svg(canvas))
    return [(each.text or "").strip() for each in root.iter(f"{_SVG}text")]


def test_svg_holds_names_words_and_tags_as_text(canvas: GraphCanvas) -> None:
    said = texts(canvas)
    for word in ("Harbour", "Gulls", "warn of", "+12", "Stated", "Expected"):
        assert word in said
    root = ET.fromstring(to_svg(canvas))
    title, described = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
    assert title is not None
    assert described is not None
    assert title.text == "Harbour"
    assert described.text is not None
    assert "5 links among 5 concepts" in described.text


def drawn(svg: bytes) -> QImage:
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def test_an_svg_can_be_drawn_again_and_nothing_lies_outside_its_page(canvas: GraphCanvas) -> None:
    image = drawn(to_svg(canvas))
    assert image.width() > 400
    paper = theme.colour("surface").rgb()
    rows = (2, image.height() - 3)
    assert {image.pixel(x, y) for x in range(2, image.width() - 2) for y in rows} == {paper}


def test_any_name_goes_into_an_svg(canvas: GraphCanvas) -> None:
    nodes = [GraphNode(0, 'A & <b> "q" \x07', "concept"), GraphNode(1, "ذاكرة", "concept")]
    canvas.set_graph(nodes, [link("e", 0, 1, "<&>", "explicit", 0.5, True)], 0)
    said = texts(canvas)
    assert 'A & <b> "q"' in said
    assert "Contradicted" in said


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_both_wear_the_theme(qapp: QApplication, canvas: GraphCanvas, name: str) -> None:
    theme.apply(qapp, name)
    paper = theme.colour("surface").name()
    image = QImage.fromData(to_png(canvas))
    assert image.pixelColor(1, 1).name() == paper
    assert drawn(to_svg(canvas)).pixelColor(2, 2).name() == paper


def test_png_has_twice_the_points_of_the_picture(canvas: GraphCanvas) -> None:
    one, two = (QImage.fromData(to_png(canvas, scale)) for scale in (1.0, 2.0))
    assert abs(two.width() - 2 * one.width()) <= 1
    edge = [two.pixel(x, y) for x in (0, two.width() - 1) for y in range(two.height())]
    assert set(edge) == {two.pixel(0, 0)}


def test_a_huge_picture_is_drawn_smaller(canvas: GraphCanvas) -> None:
    canvas.set_graph(*many(40))
    image = QImage.fromData(to_png(canvas, 20.0))
    assert 1_000_000 < image.width() * image.height() < 25_000_000


def test_nothing_can_be_exported_too(canvas: GraphCanvas) -> None:
    canvas.set_graph([], [], 0)
    assert ET.fromstring(to_svg(canvas)).tag == f"{_SVG}svg"
    assert not QImage.fromData(to_png(canvas)).isNull()
