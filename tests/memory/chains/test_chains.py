"""Chains over several facts: trail, citations, many answers, loops, what is newer; as a graph."""

import random
from collections.abc import Collection, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import UsageError
from workbench.library import Library
from workbench.memory.facts import facts
from workbench.memory.facts.index import FactIndex
from workbench.memory.facts.records import Fact


def test_every_hop_cites_its_fact() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Aurora is owned by Kenji", source="wiki")
        library.facts.tell("I think the manager of Kenji is Lotte")
        found = library.facts.chain("Aurora", ["owner", "reports to"])
        assert found.trail == ("Aurora", "Kenji", "Lotte")
        assert [hop.text for hop in found.hops] == [f.text for f in library.facts.list()][::-1]
        assert found.hops[0].fact is not None
        assert found.hops[0].fact.sources == ("wiki",)
        assert (found.value, found.broken_at) == ("Lotte", None)
        assert 0 < found.confidence <= 1


def test_a_chain_that_breaks_says_where() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Aurora is owned by Kenji. Kenji reports to Lotte.")
        found = library.facts.chain("Aurora", ["owner", "manager", "city", "mayor"])
        assert found.trail == ("Aurora", "Kenji", "Lotte")
        assert (found.value, found.broken_at, found.confidence) == (None, "city", 0)


def test_of_many_answers_the_newest_that_leads_on_counts() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Petrel depends on Fjord. Petrel depends on Comet and Basalt.")
        library.facts.tell("Petrel depends on Merlin.")
        library.facts.tell("Fjord's status is green. Basalt's status is red.")
        assert library.facts.chain("Petrel", ["depends on"]).value == "Merlin"
        assert library.facts.chain("Petrel", ["depends on", "status"]).value == "red"
        library.facts.forget("Basalt")
        assert library.facts.chain("Petrel", ["depends on", "status"]).value == "green"


def test_what_holds_no_longer_is_no_way() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("project Aurora is owned by Kenji", at="2026-01-01")
        library.facts.tell("Kenji's manager is Lotte", at="2026-01-01")
        library.facts.tell("the owner of Aurora is Mia", at="2026-03-01")
        assert library.facts.chain("Aurora", ["owner", "manager"]).trail == ("Aurora", "Mia")
        then = library.facts.chain("Aurora", ["owner", "manager"], as_of="2026-02-01")
        assert then.trail == ("Aurora", "Kenji", "Lotte")
        library.facts.tell("Mia does not own Aurora", at="2026-04-01")
        assert library.facts.chain("Mia", ["owns"]).value is None


def test_a_thing_is_followed_under_its_other_name() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("My sister is Edda. Edda's boss is Jost Brandt.")
        library.facts.tell("Jost Brandt lives in Arkel.")
        found = library.facts.chain("my sister", ["boss", "city"])
        assert found.trail == ("my sister", "Jost Brandt", "Arkel")
        assert library.facts.chain("me", ["sister", "boss"]).value == "Jost Brandt"


def test_each_of_a_list_may_lead_on() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Emil and Frida wrote Kelp. Frida lives in Arkel.")
        assert library.facts.chain("Kelp", ["author"]).value == "Emil and Frida"
        assert library.facts.chain("Kelp", ["author", "city"]).trail == ("Kelp", "Frida", "Arkel")


def test_an_ending_closes_an_edge_whatever_its_words() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Edda works for Umber.")
        assert library.facts.chain("Edda", ["employer"]).value == "Umber"
        library.facts.tell("Edda no longer works for Umber.")
        assert library.facts.chain("Edda", ["employer"]).value is None
        assert library.facts.chain("Umber", ["employer of"]).value is None


def test_a_long_path_in_a_loop_ends() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Ann's mentor is Bea. Bea's mentor is Cy. Cy's mentor is Ann.")
        assert library.facts.chain("Ann", ["mentor"] * 301).value == "Bea"


def test_a_fact_that_is_forgotten_meanwhile_breaks_the_chain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Aurora is owned by Kenji. Kenji reports to Lotte.")
        read = facts.in_scope

        def late(index: FactIndex, ids: Collection[int], collection: str | None) -> list[Fact]:
            library.facts.forget("Lotte")
            return read(index, ids, collection)

        monkeypatch.setattr(facts, "in_scope", late)
        found = library.facts.chain("Aurora", ["owner", "manager"])
        assert (found.trail, found.broken_at) == (("Aurora", "Kenji"), "manager")


def test_scopes_are_not_crossed() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Aurora is owned by Kenji", collection="a")
        library.facts.tell("Kenji's manager is Lotte")
        found = library.facts.chain("Aurora", ["owner", "manager"], collection="a")
        assert found.trail == ("Aurora", "Kenji")
        assert library.facts.chain("Aurora", ["owner"]).hops == ()
        assert library.facts.chain("Aurora", ["owner"], collection="none").broken_at == "owner"


@pytest.mark.parametrize(
    ("start", "path"), [("", ["owner"]), ("Aurora", []), ("Aurora", [" "]), ("?!", ["owner"])]
)
def test_a_chain_needs_words(start: str, path: Sequence[str]) -> None:
    with Library.open(":memory:") as library, pytest.raises(UsageError):
        library.facts.chain(start, path)


# -- organisations ---------------------------------------------------------------------------------

_PHRASINGS = {
    "owner": ("the owner of {0} is {1}", "{0} is owned by {1}", "{1} owns {0}", "{0} owner is {1}",
              "project {0} is owned by {1}", "{0} belongs to {1}"),
    "manager": ("{0}'s manager is {1}", "{0} reports to {1}", "{1} manages {0}",
                "the manager of {0} is {1}"),
    "city": ("the city of {0} is {1}", "{0} lives in {1}", "{0}'s city is {1}"),
    "timezone": ("the timezone of {0} is {1}", "{0} works in the {1} timezone"),
    "depends on": ("{0} depends on {1}", "{0} depends on project {1}",
                   "project {0} depends on {1}"),
}  # fmt: skip
_MANY = frozenset(("depends on",))
#: The same relations from their other end.
_BACK = {"owns": "owner", "manager of": "manager"}


@pytest.mark.slow
@pytest.mark.parametrize("phrasing", range(3))
def test_forty_eight_chains_of_an_organisation(phrasing: int) -> None:
    chance = random.Random(phrasing)
    people = [f"{a}{b}" for a in ("Ka", "Lo", "Mi", "Ter") for b in ("ro", "san", "velt", "dik")]
    told, want = [], {}
    for at in range(48):
        owner = chance.choice(people)
        want[f"Aurora{at}"] = owner
        told.append(_PHRASINGS["owner"][phrasing].format(f"Aurora{at}", owner))
    heads = {name: chance.choice([p for p in people if p != name]) for name in people}
    zones = {name: f"{chance.choice('ABCD')}{chance.choice('XYZ')}T" for name in people}
    for name in people:
        told.append(_PHRASINGS["manager"][phrasing].format(name, heads[name]))
        told.append(_PHRASINGS["timezone"][phrasing % 2].format(name, zones[name]))
    chance.shuffle(told)
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(told))
        hits = sum(
            library.facts.chain(project, ["owner", "manager", "timezone"]).value
            == zones[heads[owner]]
            for project, owner in want.items()
        )
        assert hits == 48


_names = st.sampled_from(["Aurora", "Borealis", "Cobalt", "Dune", "Ember", "Fjord"])
_told = st.lists(
    st.tuples(_names, st.sampled_from(sorted(_PHRASINGS)), _names, st.integers(0, 3),
              st.booleans()),
    max_size=20,
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=35, deadline=None)
@given(
    _told,
    _names,
    st.lists(st.sampled_from(sorted([*_PHRASINGS, *_BACK])), min_size=1, max_size=5),
)
def test_chains_find_what_a_search_of_the_graph_finds(
    told: list[tuple[str, str, str, int, bool]], start: str, path: list[str]
) -> None:
    graph: dict[tuple[str, str], dict[str, int]] = {}
    with Library.open(":memory:") as library:
        for order, (subject, relation, value, phrasing, gone) in enumerate(told):
            forms = _PHRASINGS[relation]
            text = forms[phrasing % len(forms)].format(subject, value)
            if not library.facts.tell(text).new:
                continue
            ends = graph.setdefault((subject, relation), {})
            if gone:
                library.facts.forget(text)
                continue
            if relation not in _MANY:
                ends.clear()
            ends[value] = order
        for name, relation in _BACK.items():
            for (subject, kind), ends in list(graph.items()):
                for value, order in ends.items():
                    if kind == relation:
                        graph.setdefault((value, name), {})[subject] = order
        found = library.facts.chain(start, path)
        reached = _search(graph, start, path)
        assert len(found.hops) == len(reached) - 1
        names = [name.removeprefix("project ") for name in found.trail]
        if found.value is not None or len(path) == 1:
            assert names == reached
        for (one, other), relation in zip(pairwise(names), path, strict=False):
            assert other in graph[one, relation]


def _search(graph: dict[tuple[str, str], dict[str, int]], start: str, path: list[str]) -> list[str]:
    """The first longest way by plain recursion, the newest first."""
    best = [start]
    ends = graph.get((start, path[0]), {}) if path else {}
    for value in sorted(ends, key=lambda name: -ends[name]):
        way = [start, *_search(graph, value, path[1:])]
        if len(way) > len(best):
            best = way
    return best
