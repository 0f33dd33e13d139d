"""JSON out of what models say: fenced, amid prose, broken off, or none."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.models.structured import parse

_scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
_values: st.SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
_objects = st.dictionaries(st.text(max_size=8), _values, min_size=1, max_size=5)
#: Prose without the signs that begin a value.
_prose = st.text(st.characters(exclude_characters='{}[]"`', codec="utf-8"), max_size=60)


@pytest.mark.slow
@given(_objects, _prose, _prose, st.booleans(), st.sampled_from([None, 2]))
def test_an_object_is_found_whatever_prose_or_fence_is_around_it(
    value: dict[str, Any], before: str, after: str, fenced: bool, indent: int | None
) -> None:
    told = json.dumps(value, indent=indent, ensure_ascii=False)
    if fenced:
        told = f"```json\n{told}\n```"
    found = parse(f"{before}{told}{after}")
    assert found is not None
    assert (found.value, found.complete) == (value, True)


@pytest.mark.slow
@given(st.lists(_objects, min_size=1, max_size=6), st.data())
def test_of_a_list_that_breaks_off_the_whole_items_stay_and_it_says_so(
    items: list[dict[str, Any]], data: st.DataObject
) -> None:
    told = json.dumps({"triples": items})
    found = parse(told[: data.draw(st.integers(0, len(told) - 1))])
    if found is None:
        return
    assert not found.complete or found.value in items or found.value in [[], {}]
    if not found.complete and isinstance(found.value, dict) and "triples" in found.value:
        kept = found.value["triples"]
        # All but the last are as they were; of the last, what is inside may be left.
        assert kept[:-1] == items[: max(len(kept) - 1, 0)]


def test_of_a_list_cut_after_two_items_both_stay() -> None:
    found = parse('{"triples": [{"s": "a [1]"}, {"s": "b }"}, {"s": "c')
    assert found is not None
    assert found.value == {"triples": [{"s": "a [1]"}, {"s": "b }"}]}
    assert not found.complete


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    found = parse(text)
    assert found is None or isinstance(found.value, dict | list)


@pytest.mark.parametrize(
    "text", ["", "Sorry.", '"words"', "12", "null", "{" * 100_000, "[" * 100_000, '{"a": NaN}']
)
def test_where_no_object_is_there_is_none(text: str) -> None:
    assert parse(text) is None


def test_an_example_in_the_prose_does_not_stand_for_the_answer() -> None:
    found = parse('The form is {"a": 1}. So: {"a": 2, "b": [1, 2, 3]} as asked.')
    assert found is not None
    assert found.value == {"a": 2, "b": [1, 2, 3]}
