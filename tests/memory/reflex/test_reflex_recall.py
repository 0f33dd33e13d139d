"""What a cue brings to mind: the right memory first, others on a way that is told."""

from pathlib import Path

import pytest

from tests.clock import Clock
from workbench.arguments import pack
from workbench.errors import UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions
from workbench.memory.reflex import reflex_recall
from workbench.store import graph, synapses

STRIKE = "The strike delayed the ship."
CHAIN = (
    STRIKE,
    "Because the ship was delayed, the olives spoiled.",
    "Because the olives spoiled, we bought oil from Jaen.",
)
OTHERS = (
    "Kofi Mensah approved the roof budget.",
    "Kofi Mensah is on leave until June.",
    "Greta runs the press room.",
    "The kiln was bought in Ghent.",
)


@pytest.fixture
def clock() -> Clock:
    return Clock(1_780_000_000.0)


def tell(library: Library, *texts: str, **more: object) -> None:
    for text in texts:
        library.facts.tell(text, **pack(library.facts.tell, more))


def test_a_chain_of_causes_is_followed_and_told(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    found = library.facts.reflex("Why did we buy oil from Jaen?", depth="deep")
    order = [hit.text for hit in found.hits]
    assert order[0] == CHAIN[2]
    assert order.index(CHAIN[1]) < order.index(CHAIN[0])
    middle = found.hits[order.index(CHAIN[1])]
    assert middle.hops == 1
    assert middle.over == found.hits[0].id
    assert any("olives" in each and "leads to it" in each for each in middle.reasons)
    assert "Jaen" in found.anchors
    assert not found.abstained
    assert str(found.depth) == "deep"


def test_a_lookup_needs_no_detour(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    found = library.facts.reflex("Who approved the roof budget?")
    assert found.answer is not None
    assert found.answer.value == "Kofi Mensah"
    assert found.hits[0].text == OTHERS[0]
    assert found.enough
    assert found.depth == "instant"


@pytest.mark.parametrize("strategy", ["hybrid", "reflex", "classic"])
def test_every_strategy_has_the_right_memory_first(library: Library, strategy: str) -> None:
    tell(library, *OTHERS, *CHAIN)
    found = library.facts.reflex("the kiln from Ghent", depth="context", strategy=strategy)
    assert found.hits[0].text == OTHERS[3]
    assert found.strategy == strategy


def test_what_anchors_reach_together_is_bound(library: Library) -> None:
    tell(library, "Ada and Ben share a workshop.", "Ada met Ben in Ghent.", *OTHERS)
    bonds = library.facts.reflex("Ada and Ben", depth="deep").co_activations
    assert {"Ada", "Ben"} <= {each.concept for each in bonds}
    assert all(each.count >= 2 and 0 < each.strength <= 1 for each in bonds)


def test_nothing_known_is_no_answer(library: Library) -> None:
    assert library.facts.reflex("hooplah quuxly?").hits == ()
    tell(library, *OTHERS)
    assert library.facts.reflex("hooplah quuxly?").confidence == 0
    asked = library.facts.reflex("What is the blood type of Greta?")
    assert asked.abstained


@pytest.mark.parametrize(
    ("cue", "options"),
    [
        ("", {}),
        ("?!", {}),
        ("oil", {"depth": "abyss"}),
        ("oil", {"strategy": "magic"}),
        ("oil", {"limit": 0}),
        ("oil", {"as_of": "once"}),
    ],
)
def test_what_cannot_be_asked_is_refused(
    library: Library, cue: str, options: dict[str, object]
) -> None:
    with pytest.raises(UsageError):
        library.facts.reflex(cue, **options)  # type: ignore[arg-type]


# -- what counts -----------------------------------------------------------------------------------


def test_a_collection_shows_only_what_is_in_it(library: Library) -> None:
    tell(library, "The oil press stands in Jaen.", collection="mill")
    tell(library, "The oil press is from Pieralisi.", collection="shop")
    assert [hit.text for hit in library.facts.reflex("oil press", collection="mill").hits] == [
        "The oil press stands in Jaen."
    ]
    found = library.facts.reflex("oil press")
    assert {hit.origin.collection for hit in found.hits} == {"mill", "shop"}
    assert library.facts.reflex("oil press", collection="moon").hits == ()


def test_books_and_facts_alike_with_their_places(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "mill.txt"
    book.write_text(
        "The miller of Jaen\n\nThe old stone mill was built by Ruiz. It pressed oil for the town.\n"
        "In winter the river froze and the wheel stood still.\n",
        encoding="utf-8",
    )
    (added,) = library.add(book, collection="read")
    tell(library, "Ruiz sold the stone mill to Greta.")
    found = library.facts.reflex("Who built the stone mill?", depth="context")
    texts = {hit.text: hit for hit in found.hits}
    read = next(hit for text, hit in texts.items() if "built by Ruiz" in text)
    assert not read.origin.is_statement
    assert read.origin.source == added.source
    assert any("sold the stone mill" in text for text in texts)
    only = library.facts.reflex("stone mill", collection="read")
    assert only.hits
    assert all(hit.origin.source == added.source for hit in only.hits)
    assert added.source is not None
    library.sources.trash([added.source])
    left = library.facts.reflex("Who built the stone mill?", depth="deep")
    assert all(hit.origin.is_statement for hit in left.hits)


def test_what_has_expired_is_not_recalled(library: Library, clock: Clock) -> None:
    tell(library, "The bar is closed today.", expires_days=1)
    assert library.facts.reflex("bar closed").hits
    clock.now += 2 * 86_400
    assert library.facts.reflex("bar closed").hits == ()
    assert library.facts.reflex("bar closed", as_of=clock.now - 1.5 * 86_400).hits


def test_as_of_goes_by_what_was_known_then(library: Library) -> None:
    tell(library, "The foreman is Brandt.", at="2026-01-10T08:00:00")
    tell(library, "The foreman is Oduya.", at="2026-05-02T08:00:00")
    now = library.facts.reflex("who is the foreman?")
    assert now.hits[0].text == "The foreman is Oduya."
    assert not now.hits[1].current
    then = library.facts.reflex("who is the foreman?", as_of="2026-03-01")
    assert [hit.text for hit in then.hits] == ["The foreman is Brandt."]
    assert then.hits[0].current
    before = library.facts.reflex("who is the foreman?", as_of="2025-12-01")
    assert before.hits == ()
    assert before.abstained


def test_what_was_laid_aside_comes_last_among_its_equals(library: Library, clock: Clock) -> None:
    tell(library, "The yard gate squeaks at night.")
    clock.now += 400 * 86_400
    library.memory.consolidate(prune_below=0.5)
    tell(library, "The barn gate squeaks at night.")
    found = library.facts.reflex("gate squeaks at night").hits
    assert [hit.archived for hit in found] == [False, True]
    assert any("laid aside" in each for each in found[1].reasons)


def test_a_fiber_that_is_damaged_is_left_out(library: Library) -> None:
    tell(library, *CHAIN)
    library.facts.reflex("oil")
    library._store.write(
        lambda c: c.execute("UPDATE fiber SET record = x'0109' WHERE engram = 2").rowcount
    )
    assert library.facts.reflex("oil from Jaen", depth="deep").hits[0].text == CHAIN[2]


# -- learning --------------------------------------------------------------------------------------


def conducted(library: Library) -> dict[int, tuple[float | None, int | None]]:
    library._core.fact_index.strengths.flush()
    with library._store.read() as connection:
        ids = [row[0] for row in connection.execute("SELECT engram FROM fiber")]
        found = synapses.conduction_paths(connection, ids)
    return {way.engram: (way.conductivity, way.frequency) for way in found}


def test_only_the_way_to_the_answer_learns(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    first = library.facts.reflex("Who approved the roof budget?").hits[0].id
    assert {id for id, (_, times) in conducted(library).items() if times} == {first}


def test_asking_without_an_answer_teaches_nothing(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    library.facts.reflex("hooplah Greta quuxly wibble?")
    library.facts.context("oil from Jaen")
    assert not any(times for _, times in conducted(library).values())


def test_learning_can_be_switched_off(library: Library) -> None:
    tell(library, *OTHERS)
    library.facts.reflex("Who approved the roof budget?", learn=False)
    library.brain.configure(learning=False)
    library.facts.reflex("Who approved the roof budget?")
    assert not any(times for _, times in conducted(library).values())


def test_learning_saturates(library: Library) -> None:
    tell(library, *OTHERS)
    library.facts.reflex("Greta")
    with library._store.read() as connection:
        (id,) = [row[0] for row in connection.execute("SELECT engram FROM fiber WHERE engram = 1")]
    library._store.write(
        lambda c: c.execute("UPDATE fiber SET conductivity = 0.9 WHERE engram = ?", (id,))
    )
    for _ in range(30):
        library.facts.reflex("Who approved the roof budget?")
    conductivity, times = conducted(library)[id]
    assert conductivity == 1.0
    assert times == 30
    with library._store.read() as connection:
        learned = [row.learned for row in graph.neighbours(connection, 1, 9)]
    assert all(0 <= each <= 1 for each in learned)


def test_what_is_asked_often_does_not_come_before_what_is_right(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN, "Kofi Mensah bought a green boat.")
    cues = ["the kiln from Ghent", "Why did we buy oil from Jaen?", "Who runs the press room?"]
    before = {cue: library.facts.reflex(cue, depth="deep", learn=False) for cue in cues}
    for _ in range(40):
        library.facts.reflex("What did Kofi Mensah buy?")
    library._core.fact_index.strengths.flush()
    for cue in cues:
        after = library.facts.reflex(cue, depth="deep", learn=False)
        assert [hit.id for hit in after.hits] == [hit.id for hit in before[cue].hits]
        assert [hit.score for hit in after.hits] == [hit.score for hit in before[cue].hits]


def test_a_library_that_can_only_be_read_is_recalled_from(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a.brain") as library:
        tell(library, *CHAIN)
        library.facts.reflex("oil")
    with Library.open(tmp_path / "a.brain", read_only=True) as library:
        found = library.facts.reflex("Why did we buy oil from Jaen?", depth="deep")
        assert [hit.text for hit in found.hits[:2]] == [CHAIN[2], CHAIN[1]]


# -- how much work it is ---------------------------------------------------------------------------


@pytest.mark.slow
def test_the_work_does_not_follow_the_library(library: Library) -> None:
    def grow(begin: int, end: int) -> int:
        names = [f"Wilma{each % 20} Brenner{each // 20}" for each in range(begin, end)]
        library.facts.tell("\n".join(f"{name} keeps {i} bees in the valley." for i, name in
                                   enumerate(names, begin)))  # fmt: skip
        cue = "How do Wilma1 Brenner1 and Wilma2 keep bees in the valley?"
        return library.facts.reflex(cue, depth="deep").looked_at

    small = grow(0, 200)
    large = grow(200, 2000)
    assert small <= 1500
    assert large <= 1500


# -- context ---------------------------------------------------------------------------------------


def test_a_context_keeps_its_budget_and_what_matters(library: Library) -> None:
    tell(library, "The boiler must never run dry.", priority=10)
    for number in range(60):
        tell(library, f"The boiler made noise number {number}.", priority=1)
    found = library.facts.context("boiler", max_tokens=40)
    assert "never run dry" in found.items[0].text
    assert found.tokens <= 40
    assert found.dropped > 0
    assert found.text.count("\n") == len(found.items) - 1


def test_the_context_of_a_library_has_its_own_size(library: Library) -> None:
    tell(library, *(f"Jar {each} holds olives from Jaen." for each in range(40)))
    library.brain.configure(max_context_tokens=30)
    assert library.facts.context("olives").tokens <= 30


# -- with a depth ----------------------------------------------------------------------------------


def test_recall_with_a_depth_finds_what_shares_no_word(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    cue = "Why did we buy oil from Jaen?"
    assert STRIKE not in [fact.text for fact in library.facts.recall(cue)]
    deep = [fact.text for fact in library.facts.recall(cue, options=RecallOptions(depth="deep"))]
    assert deep[0] == CHAIN[2]
    assert STRIKE in deep


def test_recall_with_a_depth_keeps_to_its_scope_and_kind(library: Library) -> None:
    tell(library, "The oil press stands in Jaen.", collection="mill")
    tell(library, "Oil the press on Monday.", kind="todo", priority=8)
    tell(library, "The press was oiled by Bruno.")
    found = library.facts.recall("oil press", options=RecallOptions(depth="context"))
    assert all(fact.collection is None for fact in found)
    todo = library.facts.recall(
        "oil press", options=RecallOptions(depth="context", kind="todo", min_priority=5)
    )
    assert [fact.kind for fact in todo] == ["todo"]
    with pytest.raises(UsageError):
        library.facts.recall("oil press", options=RecallOptions(depth="context", by="strength"))


def test_a_value_with_a_depth(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    value = library.facts.value("Who approved the roof budget?", depth="auto")
    assert value is not None
    assert value.value == "Kofi Mensah"
    assert library.facts.value("What is the shoe size of Greta?", depth="deep") is None
    whole = library.facts.value("Why did we buy oil from Jaen?", depth="deep")
    assert whole is not None
    assert whole.value is None
    assert whole.fact.text == CHAIN[2]


def test_an_answer_with_a_depth_has_what_comes_to_mind(library: Library) -> None:
    tell(library, *OTHERS, *CHAIN)
    answer = library.ask("Why did we buy oil from Jaen?", depth="deep")
    assert answer.depth == "deep"
    assert [hit.text for hit in answer.recalled][:2] == [CHAIN[2], CHAIN[1]]
    assert not answer.abstained
    assert library.ask("Why did we buy oil from Jaen?").recalled == ()


def test_much_that_is_not_linked_yet_is_found_by_its_words(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reflex_recall, "_BACKLOG_LIMIT", 3)
    # Nothing links in the background from here on.
    library._core.graph.close()
    library.facts.tell(
        "\n".join(f"Jar {each} holds olives from grove {each}." for each in range(40))
    )
    found = library.facts.reflex("jar olives grove 17", depth="deep")
    assert "grove 17" in found.hits[0].text
    assert found.unlinked >= 3
    library._core.graph.catch_up()
    assert library.facts.reflex("jar olives grove 17").unlinked == 0


def test_of_two_sentences_that_say_it_the_shorter_comes_first(
    library: Library, tmp_path: Path
) -> None:
    book = tmp_path / "long.txt"
    filler = " and then went on along the river past the meadows of the old miller" * 3
    book.write_text(
        f"The heron caught a pike{filler}.\n\nThe heron caught a pike at dawn.\n", encoding="utf-8"
    )
    library.add(book)
    assert (
        library.facts.reflex("heron caught pike").hits[0].text == "The heron caught a pike at dawn."
    )


@pytest.mark.slow
def test_books_in_a_language_without_stems_and_in_none(library: Library, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("格蕾塔在耶恩买了橄榄油。油坊在河边。\n", encoding="utf-8")
    (tmp_path / "few.jsonl").write_text(
        '{"id": "a", "title": "Oil", "text": "Oil mill, Jaen."}\n', encoding="utf-8"
    )
    library.add([tmp_path / "zh.txt", tmp_path / "few.jsonl"])
    assert "Jaen" in library.facts.reflex("the oil mill of Jaen").hits[0].text
    assert "油坊" in library.facts.reflex("油坊在哪里？", depth="context").hits[0].text


def test_what_a_name_leads_to_comes_before_what_shares_a_common_word(library: Library) -> None:
    tell(
        library,
        *(f"{name} was born in {town}." for name, town in
          (("Ada", "Ghent"), ("Ben", "Turin"), ("Cleo", "Riga"), ("Dov", "Graz"))),
        "The director of Silver Tide is Mara Quill.",
        "Mara Quill was born in Porto.",
        "Fay was born in Leeds.",
    )  # fmt: skip
    found = library.facts.reflex("Where was the director of Silver Tide born?", depth="context")
    assert found.answer is not None
    assert found.answer.value == "Porto"
    assert [hit.text for hit in found.hits[:2]] == [
        "Mara Quill was born in Porto.",
        "The director of Silver Tide is Mara Quill.",
    ]
    reasons = found.hits[0].reasons
    assert any("Mara Quill" in each and "leads to it" in each for each in reasons)


def test_a_word_of_a_concept_leads_on_from_the_memory_that_holds_it(library: Library) -> None:
    for text in (
        "The fire was caused by a faulty battery.",
        "The server in Delft was replaced after the fire.",
        *OTHERS,
    ):
        library.facts.tell(text)
    found = library.facts.reflex("battery", depth="deep")
    assert not found.anchors
    assert found.hits[0].text == "The fire was caused by a faulty battery."
    (second,) = found.hits[1:]
    assert second.text == "The server in Delft was replaced after the fire."
    assert second.path == ("fire",)
    assert second.score < found.hits[0].score


def test_a_word_that_meets_nothing_leads_nowhere(library: Library) -> None:
    for text in (*CHAIN, *OTHERS):
        library.facts.tell(text)
    assert not library.facts.reflex("zeppelin", depth="deep").hits
