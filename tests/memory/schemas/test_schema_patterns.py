"""Patterns of tables, what references say, and the words of names."""

import pytest

from ingest.databases.records import Column, Reference, Table
from workbench.memory.concepts.records import AssociationType
from workbench.memory.schemas.patterns import WEIGHTS, PatternKind, patterns, sense, words


def _table(name: str, columns: str, *references: tuple[str, str], view: bool = False) -> Table:
    """A table of columns such as "*id name" (a star: primary key), and references."""
    made = []
    for place, each in enumerate(columns.split(), 1):
        made.append(Column(each.lstrip("*"), primary=place if each.startswith("*") else 0))
    return Table(
        name, tuple(made), tuple(Reference((c,), t, ("id",)) for c, t in references), view
    )  # fmt: skip


def _kinds(*tables: Table) -> set[tuple[str, str]]:
    return {(found.table, found.kind.value) for found in patterns(tables)}


@pytest.mark.parametrize(
    ("columns", "kinds"),
    [
        ("*id created_at updated_at", {"audit columns"}),
        ("*Id CreatedAt ModifiedBy", {"audit columns"}),
        ("*id created_at", set()),
        ("*id deleted_at", {"soft delete"}),
        ("*id isDeleted", {"soft delete"}),
        ("*id deletedness", set()),
        ("*id parent_id name", {"tree"}),
        ("*id parental_leave", set()),
        ("*id commentable_type commentable_id", {"polymorphic"}),
        ("*id commentable_type", set()),
    ],
)
def test_patterns_in_the_columns_of_one_table(columns: str, kinds: set[str]) -> None:
    assert _kinds(_table("t", columns)) == {("t", kind) for kind in kinds}


def test_a_table_that_refers_to_itself_is_a_tree() -> None:
    assert _kinds(_table("staff", "*id boss", ("boss", "staff"))) == {("staff", "tree")}


def test_a_parent_in_another_table_is_no_tree() -> None:
    assert _kinds(_table("leaf", "*id parent_id", ("parent_id", "branch"))) == set()


def test_a_type_beside_a_foreign_key_is_not_polymorphic() -> None:
    table = _table("t", "*id room_type room_id", ("room_id", "rooms"))
    assert _kinds(table) == set()


def test_join_tables_hold_nothing_but_their_two_references() -> None:
    ends = (_table("a", "*id x"), _table("b", "*id y"))
    both = (("a_id", "a"), ("b_id", "b"))
    for columns, joined in (
        ("*a_id *b_id", True),
        ("*a_id *b_id rank", True),
        ("*id a_id b_id created_at updated_at", True),
        ("*id a_id b_id litres", False),
    ):
        kinds = _kinds(*ends, _table("ab", columns, *both))
        assert (("ab", "join table") in kinds) is joined, columns
    friends = _table("friends", "*one *other", ("one", "a"), ("other", "a"))
    (found,) = patterns([friends])
    assert found.kind is PatternKind.JOIN
    assert found.others == ("a", "a")


def test_lookup_tables_are_referred_to_and_only_name_things() -> None:
    asks = _table("asks", "*id x_id", ("x_id", "x"))
    assert ("x", "lookup table") in _kinds(_table("x", "*code name"), asks)
    assert _kinds(_table("x", "*code name")) == set()
    assert _kinds(_table("x", "*id name village"), asks) == set()


def test_allowed_values_are_an_enumeration_and_views_have_no_patterns() -> None:
    column = Column("state", values=("on", "off"))
    (found,) = patterns([Table("t", (column,))])
    assert (found.kind, found.columns, found.values) == (
        PatternKind.ENUMERATION, ("state",), ("on", "off"),
    )  # fmt: skip
    assert patterns([_table("v", "created_at updated_at deleted_at", view=True)]) == []


@pytest.mark.parametrize(
    ("column", "table", "weight"),
    [
        ("parent_id", "things", 0.85),
        ("categoryId", "things", 0.85),
        ("owner_id", "people", 0.75),
        ("x", "users", 0.75),
        ("location_id", "things", 0.80),
        ("ship_to", "addresses", 0.80),
        ("press_id", "presses", 0.60),
        ("username_id", "names", 0.60),
    ],
)
def test_what_a_reference_says_has_the_documented_weight(
    column: str, table: str, weight: float
) -> None:
    assert WEIGHTS[sense(Reference((column,), table, ("id",)))] == weight
    assert set(WEIGHTS) >= {AssociationType.IS_A, AssociationType.RELATED_TO}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("order_items", "order items"),
        ("orderItems", "order items"),
        ("HTTPServer2", "http server2"),
        ("öre-lager", "öre lager"),
        ("🍇", ""),
    ],
)
def test_the_words_of_names(name: str, said: str) -> None:
    assert " ".join(words(name)) == said
