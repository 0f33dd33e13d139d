"""neuron-db's endpoints with their fields, as a program written for it uses them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.doors.serving import Served, served


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("scopes") / "s.brain", "--write") as server:
        yield server


def _ask(there: Served, place: str, body: Any = None, method: str = "POST") -> Any:
    status, _, said = there.ask(method, f"/neuron-db/v1/{place}", body)
    assert status == 200, said
    return json.loads(said)


@pytest.mark.slow
def test_a_scope_is_told_asked_and_forgotten(there: Served) -> None:
    assert _ask(there, "u", method="GET")["facts"] == 0
    told = _ask(there, "u", {"message": "my plan is pro"})
    assert told["wrote"] == told["facts"] == 1
    facts = ["my editor is vim", "the printer address is 10.0.4.17"]
    assert _ask(there, "u/observe", {"facts": facts}) == {"wrote": 2}
    assert _ask(there, "u/get", {"query": "what is my plan?"}) == {"value": "pro"}
    assert _ask(there, "u/get", {"message": "what is my plan?"}) == {"value": "pro"}
    assert _ask(there, "u/get", {"query": "what is my shoe size?"}) == {"value": None}
    best = _ask(there, "u/recall", {"query": "what is the printer address?"})
    assert best["value"] == "10.0.4.17"
    assert best["fact"] == "the printer address is 10.0.4.17"
    assert 0 < best["coverage"] <= 1
    many = _ask(there, "u/recall_many", {"query": "my editor", "k": 10**6})
    assert many["hits"][0]["fact"] == "my editor is vim"
    said = _ask(there, "u", {"message": "what is my editor?"})
    assert "vim" in said["reply"]
    assert said["wrote"] == 0
    assert _ask(there, "u/forget", {"match": "my plan"}) == {"forgot": 1, "remaining": 2}
    held = _ask(there, "u", method="GET")
    assert held["facts"] == 2
    assert held["created"] <= held["updated"]


@pytest.mark.slow
def test_one_scope_is_never_shown_in_another(there: Served) -> None:
    _ask(there, "anna", {"message": "my plan is gold"})
    assert _ask(there, "berta/get", {"query": "what is my plan?"}) == {"value": None}
    assert _ask(there, "berta/recall_many", {"query": "what is my plan?", "k": 5}) == {"hits": []}
    assert _ask(there, "anna/get", {"query": "what is my plan?"}) == {"value": "gold"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "body", "status"),
    [
        ("u/forget", {}, 422),
        ("u/forget", {"match": " "}, 422),
        ("u/forget", {"match": ["a"]}, 422),
        ("u/get", {}, 422),
        ("u/get", [], 422),
        ("u/get", b"{", 422),
        ("u/recall_many", {"query": "plan", "k": "many"}, 422),
        ("u/observe", {"facts": "my plan is pro"}, 422),
        ("u", {"message": 7}, 422),
        ("u", {}, 422),
        ("u/feel", {}, 404),
    ],
)
def test_what_does_not_fit_changes_nothing(
    there: Served, place: str, body: Any, status: int
) -> None:
    before = _ask(there, "u", method="GET")
    got, _, said = there.ask("POST", f"/neuron-db/v1/{place}", body)
    assert got == status
    title = json.loads(said)["title"]
    assert title.endswith(".")
    # Fields have the names that they have there.
    assert "“line”" not in title
    assert "“cue”" not in title
    assert _ask(there, "u", method="GET") == before
