"""What is typed into the filter of the Library: words, tags, and what both mean."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from tests.ui.rows import a_row
from workbench.ui import theme
from workbench.ui.components.tables import Cell
from workbench.ui.library import sifting
from workbench.ui.library.model import KEYS, SourceTable, place
from workbench.ui.library.sifting import Query, parse

ROWS = [
    a_row(1, "Über das Gedächtnis", tags=("Geschichte", "to read")),
    a_row(2, "The Organization of Behavior", tags=("synapses", "to read later")),
    a_row(3, "Histories", tags=("Größe",)),
    a_row(4, "Untagged synapses"),
]


@pytest.fixture
def table(qapp: QApplication) -> SourceTable:
    made = SourceTable()
    made.show_sources(ROWS)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tag:syn", {2}),
        ("synapses", {2, 4}),
        ("TAG:GESCH", {1}),
        ("tag:große", {3}),
        ('tag:"to read"', {1}),
        ('tag:"to re', {1, 2}),
        ("tag:to", {1, 2}),
        ("tag:to behavior", {2}),
        ("tag:gesch tag:to", {1}),
        ("tag:gesch tag:syn", set()),
        ("tag:", {1, 2, 3, 4}),
        ('tag:""', {1, 2, 3, 4}),
        ("hist tag:", {3}),
        ("tag:read", set()),
    ],
)
def test_l2_tags_are_sought_by_how_they_begin(
    table: SourceTable, typed: str, found: set[int]
) -> None:
    table.filter(typed)
    assert {row.id for row in table.rows} == found


@given(st.text(max_size=40))
def test_l2_whatever_is_typed_means_something(typed: str) -> None:
    sought = parse(typed)
    assert all(sought.words)
    assert all(sought.prefixes + sought.tags)


@given(st.lists(st.sampled_from(["a", "Ä", "tag:x", 'tag:"x y"', "tag:"]), max_size=6))
def test_l2_the_order_of_what_is_typed_does_not_count(parts: list[str]) -> None:
    there, back = parse(" ".join(parts)), parse(" ".join(reversed(parts)))
    for one, other in ((there.words, back.words), (there.prefixes, back.prefixes)):
        assert sorted(one) == sorted(other)
    assert sorted(there.tags) == sorted(back.tags)


@given(st.text(min_size=1, max_size=20).map(lambda text: " ".join(text.split())))
def test_l2_a_source_is_found_by_each_of_its_tags(tag: str) -> None:
    row = a_row(1, "A title", tags=(tag,))
    if '"' not in tag:
        assert parse(f'tag:"{tag}"').sift([row], {1: sifting.hay(row, "Text")}) == [row]


def test_l2_nothing_typed_seeks_nothing() -> None:
    assert parse(" \t ") == Query()


def test_l1_tags_and_places_have_columns_that_sort(table: SourceTable) -> None:
    rows = [
        replace(ROWS[0], path="/z/one.txt"),
        replace(ROWS[1], path="https://example.org/page?x=1"),
        replace(ROWS[2], path=None, locations=()),
        replace(ROWS[3], path="/a/four.txt"),
    ]
    table.show_sources(rows)
    assert [place(row) for row in rows] == ["/z", "example.org", "In the library", "/a"]
    table.sort(KEYS.index("place"), Qt.SortOrder.AscendingOrder)
    assert [row.id for row in table.rows] == [4, 1, 2, 3]
    table.sort(KEYS.index("tags"), Qt.SortOrder.AscendingOrder)
    assert [row.id for row in table.rows] == [4, 1, 3, 2]
    cell = table.index(1, KEYS.index("tags"))
    assert cell.data() == "Geschichte, to read"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Tags: Geschichte, to read"


def test_l8_a_missing_original_is_a_word_a_sign_and_first_in_order(table: SourceTable) -> None:
    changed: list[int] = []
    table.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    table.mark_missing([2])
    assert changed == [table.row_of(2)]
    cell = table.index(table.row_of(2), KEYS.index("state"))
    assert cell.data() == "Original missing"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "State: Original missing"
    assert "has moved" in cell.data(Qt.ItemDataRole.ToolTipRole)
    state = table.state(ROWS[1])
    assert (state.glyph, state.role) == ("alert", "emergent")
    title = table.index(table.row_of(2), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert title.endswith("Original missing")
    table.sort(KEYS.index("state"), Qt.SortOrder.AscendingOrder)
    assert table.rows[0].id == 2
    table.mark_missing([])
    assert table.state(ROWS[1]).word == "Ready"


@pytest.mark.parametrize("way", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("key", ["title", "state", "author"])
def test_k3_words_stand_at_the_side_where_one_begins_to_read(
    qapp: QApplication, table: SourceTable, way: Qt.LayoutDirection, key: str
) -> None:
    theme.apply(qapp, "light")
    table.show_sources([a_row(1, "Short", author="Hebb")])
    paper = QImage(400, 34, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    option = QStyleOptionViewItem()
    fields: Any = option
    fields.rect, fields.direction = QRect(0, 0, 400, 34), way
    painter = QPainter(paper)
    painter.setLayoutDirection(way)
    Cell().paint(painter, option, table.index(0, KEYS.index(key)))
    painter.end()
    inked = [
        x for x in range(400) if any(paper.pixelColor(x, y).lightness() < 200 for y in range(34))
    ]
    assert inked
    if way == Qt.LayoutDirection.LeftToRight:
        assert max(inked) < 150
    else:
        assert min(inked) > 250
