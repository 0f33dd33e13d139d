"""Triples are drawn once from whole passages, and what is taken away takes exactly its share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import Cancelled
from workbench.jobs import Cancel, Progress
from workbench.library import Library
from workbench.memory.concepts.records import AssociationType
from workbench.memory.graph.relations import EXTRACTOR
from workbench.memory.graph.stating import Stating
from workbench.store.relation_rows import LOOSE

_BOOK = (
    "Odile Brandt was a surveyor in Terschelling. She founded the dredging school in 1911. "
    "The school trained Piet Haan. Haan did not like the director. Odile Brandt invented a pump, "
    "and the pump drained the polder. The old mill stood because the dyke protected the village."
)
_OTHER = "Odile Brandt invented a pump. The mill grinds rye. Piet Haan trained Greta Vos."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "stated.brain") as opened:
        # What it draws in the background would race with the tests.
        opened._core.graph.close()
        yield opened


def _said(library: Library) -> set[tuple[Any, ...]]:
    """All sayings, by names and words instead of numbers."""
    return set(
        library._store.rows(
            "SELECT h.name, s.type, t.name, s.relation, s.flags, e.text, "
            "substr(e.text, s.start + 1, s.end - s.start), s.confidence FROM saying s "
            "JOIN concept h ON h.id = s.head JOIN concept t ON t.id = s.tail "
            "JOIN engram e ON e.id = s.engram"
        )
    )


def _edges(library: Library) -> set[tuple[Any, ...]]:
    return set(
        library._store.rows(
            "SELECT h.name, x.type, t.name, x.strength, x.sayings, x.places FROM edge x "
            "JOIN concept h ON h.id = x.head JOIN concept t ON t.id = x.tail"
        )
    )


def _associated(library: Library) -> set[tuple[Any, ...]]:
    return set(
        library._store.rows(
            "SELECT iif(x.type IN (20, 21, 22), min(h.name, t.name), h.name), x.type, "
            "iif(x.type IN (20, 21, 22), max(h.name, t.name), t.name), x.evidence "
            "FROM association x "
            "JOIN concept h ON h.id = x.head JOIN concept t ON t.id = x.tail"
        )
    )


def _mentioned(library: Library) -> set[tuple[Any, ...]]:
    return set(
        library._store.rows(
            "SELECT c.name, c.mentions, (SELECT count(*) FROM mention WHERE concept = c.id) "
            "FROM concept c"
        )
    )


def _everything(library: Library) -> tuple[set[tuple[Any, ...]], ...]:
    return _said(library), _edges(library), _associated(library), _mentioned(library)


def _add(library: Library, text: str) -> int:
    source = library.add_text(text)[0].source
    assert source is not None
    return source


def test_a_pronoun_is_whom_the_sentence_before_names(library: Library) -> None:
    _add(library, _BOOK)
    assert library._core.graph.backlog() + library._core.graph.stating.backlog()
    library.graph.link()
    assert library._core.graph.backlog() + library._core.graph.stating.backlog() == 0
    around = library.graph.neighbourhood("Odile Brandt")
    read = {(edge.head_name, edge.relation, edge.tail_name) for edge in around.edges}
    assert ("Odile Brandt", "founded", "dredging school") in read
    assert ("Odile Brandt", "invented", "pump") in read
    (founded,) = [edge for edge in around.edges if edge.relation == "founded"]
    assert founded.kind == "created"
    (saying,) = library.graph.evidence(founded.id)
    assert saying.text == "She founded the dredging school in 1911."
    assert saying.text[saying.start : saying.end] == saying.relation == "founded"


def test_how_a_concept_is_written_is_never_a_pronoun(library: Library) -> None:
    _add(library, _BOOK + " " + " ".join(f"She sold barge {n}." for n in range(30)))
    library.graph.link()
    card = library.graph.concept("Odile Brandt")
    assert card.concept.name == "Odile Brandt"
    assert "She" not in card.forms


def test_whoever_told_something_is_its_i(library: Library) -> None:
    library.facts.tell("I repaired the culvert.", source="Wanda Kiesl")
    library.graph.link()
    around = library.graph.neighbourhood("Wanda Kiesl")
    assert [(edge.relation, edge.tail_name) for edge in around.edges] == [("repaired", "culvert")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "This video is sponsored by Acme Mattresses.",
        "Use the code BARGE to get ten mattresses.",
        "Subscribe and hit the bell.",
        "It moves.",
        "They make things.",
        "She does that.",
    ],
)
def test_noise_says_nothing(library: Library, line: str) -> None:
    _add(library, line)
    library.graph.link(concepts_only=True)
    before = _mentioned(library)
    library.graph.link()
    assert _said(library) == set()
    assert _mentioned(library) == before


def test_a_source_that_goes_takes_exactly_its_share(library: Library) -> None:
    _add(library, _BOOK)
    library.graph.link()
    before = _everything(library)
    other = _add(library, _OTHER)
    library.graph.link()
    assert ("Odile Brandt", 84, "pump") in {row[:3] for row in _edges(library) if row[5] == 2}
    assert not library.verify().problems
    library.sources.delete([other])
    assert _everything(library) == before
    assert not library.verify().problems


@pytest.mark.slow
def test_reading_it_again_says_the_same_whichever_came_first(
    library: Library, tmp_path: Path
) -> None:
    _add(library, _BOOK)
    library.graph.link()
    _add(library, _OTHER)
    library.graph.link()
    with Library.open(tmp_path / "again.brain") as other:
        other._core.graph.close()
        _add(other, _OTHER)
        _add(other, _BOOK)
        other.graph.link()
        assert _said(other) == _said(library)
        assert _edges(other) == _edges(library)
        assert _associated(other) == _associated(library)


@pytest.mark.slow
def test_small_batches_and_a_cancel_lose_and_double_nothing(
    library: Library, tmp_path: Path
) -> None:
    for text in (_BOOK, _OTHER):
        _add(library, text)
        library.facts.tell(text)
    library.graph.link(concepts_only=True)
    stop, seen = Cancel(), list[Progress]()
    assert library._core.graph.stating.step(1)
    stop.set()
    with pytest.raises(Cancelled):
        library.graph.link(cancel=stop)
    library.graph.link(report=seen.append)
    assert all((each.stage, each.unit) == ("triples", "statements") for each in seen)
    while library._core.graph.stating.step(1):
        pass
    assert library._core.graph.backlog() + library._core.graph.stating.backlog() == 0
    with Library.open(tmp_path / "at-once.brain") as other:
        other._core.graph.close()
        for text in (_BOOK, _OTHER):
            _add(other, text)
            other.facts.tell(text)
        other.graph.link()
        assert _everything(other) == _everything(library)


def test_two_programs_draw_side_by_side(library: Library) -> None:
    _add(library, _BOOK)
    library.facts.tell(_OTHER)
    library.graph.link(concepts_only=True)
    one, other = Stating(library._store), Stating(library._store)
    while one.step(1) or other.step(2):
        pass
    assert not library.verify().problems
    said = _everything(library)
    assert one.catch_up() == other.catch_up() == 0
    assert _everything(library) == said


def test_another_version_of_the_rules_draws_all_anew(library: Library) -> None:
    class Silent:
        def read(self, *_: object, **__: object) -> tuple[()]:
            return ()

    _add(library, _BOOK)
    library.graph.link(concepts_only=True)
    before = _associated(library), _mentioned(library)
    library.graph.link()
    drawn = _everything(library)
    later = Stating(library._store, lambda whole, language: Silent(), extractor=EXTRACTOR + 1)
    assert later.backlog()
    later.catch_up()
    # Nothing but cue words is left.
    assert {row[3] for row in _said(library)} <= {""}
    assert (_associated(library), _mentioned(library)) == before
    assert not library.verify().problems
    Stating(library._store, extractor=EXTRACTOR + 2).catch_up()
    assert _everything(library) == drawn


def test_what_use_has_added_stays_when_all_is_drawn_anew(library: Library) -> None:
    _add(library, _BOOK)
    library.graph.link()
    library._store.write(lambda c: c.execute("UPDATE association SET learned = 0.5"))
    Stating(library._store, extractor=EXTRACTOR + 1).catch_up()
    assert {row[0] for row in library._store.rows("SELECT learned FROM association")} == {0.5}


def test_what_is_edited_is_drawn_from_again(library: Library) -> None:
    fact = library.facts.tell("Greta Vos owns the mill.").new[0]
    library.graph.link()
    library.facts.edit(fact, "Greta Vos owns the barge.")
    library.graph.link()
    around = library.graph.neighbourhood("Greta Vos")
    assert [edge.tail_name for edge in around.edges] == ["barge"]
    assert not library.verify().problems


def test_merged_and_parted_concepts_keep_what_is_said_of_them(library: Library) -> None:
    _add(library, "Haan mended the sluice. Piet Haan built the barge.")
    library.graph.link()
    before = _said(library)
    library.graph.change("sluice", into="barge")
    library.graph.link()
    (edge,) = [e for e in library.graph.neighbourhood("barge").edges if e.relation == "mended"]
    assert edge.tail_name == "barge"
    assert not library.verify().problems
    library.undo("concept")
    library.graph.link()
    assert _said(library) == before
    assert not library.verify().problems


def test_a_scope_that_is_disbanded_leaves_what_was_said_to_the_library(library: Library) -> None:
    library.facts.tell("Greta Vos owns the mill.", collection="mills")
    library.facts.tell("Greta Vos owns the mill.")
    library.graph.link()
    (edge,) = library.graph.neighbourhood("Greta Vos").edges
    assert (edge.evidence, edge.sources) == (2, 2)
    library.collections.remove("mills")
    (edge,) = library.graph.neighbourhood("Greta Vos").edges
    assert edge.sources == 1
    assert not library.verify().problems


def test_a_damaged_count_is_found_and_mended(library: Library) -> None:
    _add(library, _BOOK)
    library.graph.link()
    before = _edges(library)
    library._store.write(lambda c: c.execute("UPDATE edge SET sayings = sayings + 1"))
    assert library.verify().problems
    assert not library.verify(repair=True).problems
    assert _edges(library) == before


def test_what_is_not_english_says_nothing_by_rules(library: Library) -> None:
    _add(library, "Греta владеет мельницей. 东京是日本的首都。 محمد يملك البيت.")
    library.graph.link()
    assert {row[3] for row in _said(library)} <= {""}


def test_what_somebody_is_of_a_kind_is_not_said_plainly_without_its_kind(library: Library) -> None:
    library.add_text("Odile was a surveyor. Romanticism is fluid Classicism.")
    library.add_text("The link is a pair of streams.")
    library.graph.link()
    loose = {(head, tail): flags & LOOSE for head, _, tail, _, flags, *_ in _said(library)}
    assert loose == {
        ("Odile", "surveyor"): 0,
        ("Romanticism", "Classicism"): LOOSE,
        ("link", "streams"): LOOSE,
    }


def test_who_calls_somebody_is_not_also_called_so(library: Library) -> None:
    library.add_text("Odile Brandt calls Piet Haan. The pump was called Mirandel.")
    library.graph.link()
    types = {(head, tail): AssociationType(type) for head, type, tail, *_ in _said(library)}
    assert types["Odile Brandt", "Piet Haan"] is AssociationType.ACTS_ON
    assert types["pump", "Mirandel"] is AssociationType.NAMED


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        # Who has it, or which is meant, is told elsewhere.
        ("Odile Brandt left. Her presence was useful to the school.", set()),
        ("This pump drained the polder.", set()),
        ("The pump drained the polder.", {("pump", "drain", "polder")}),
        # Nobody states it.
        ("Piet Haan wondered if the culvert crossed the dyke.", set()),
        ("The culvert crossed the dyke.", {("culvert", "cross", "dyke")}),
        # What it is compared with, and a part of the verb, are missing.
        ("The dyke is more important.", set()),
        ("The polder is full of sheep.", {("polder", "be full of", "sheep")}),
        ("Odile Brandt is careful to close the culvert.", set()),
        ("The polder is full.", {("polder", "be", "full")}),
        # A line of a program is no sentence.
        ("The total = mill.count() counts the sacks.", set()),
        # What only a cue word joins is stated by nobody in a book.
        ("Because of the storm the ferry of Aldby stayed in the harbour.", None),
    ],
)
def test_what_means_something_only_in_its_place_is_not_stated(
    library: Library, words: str, stated: set[tuple[str, str, str]] | None
) -> None:
    _add(library, words)
    library.graph.link()
    said = {(head, relation, tail) for head, _, tail, relation, *_ in _said(library)}
    assert "" not in {relation for _, relation, _ in said}
    if stated is not None:
        assert {each for each in said if each[1] not in ("leave", "wonder")} == stated
