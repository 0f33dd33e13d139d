"""Paths from one concept to another: worth telling, or none, each hop with what says so."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.graph.graph_view import GraphView, Pair
from workbench.memory.graph.paths import cheapest

NAMES = ("Varga", "Holm", "Maas", "Beyer", "Lund", "Roth", "Quill", "Thane", "Voss")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "paths.brain") as opened:
        yield opened


def chain(library: Library, *pairs: tuple[str, str]) -> None:
    """Tell of each pair that the first met the second, every time anew."""
    for year, (one, other) in enumerate(pairs, 1801):
        library.facts.tell(f"{one} taught {other} in {year}.")


def trail(library: Library, a: str, b: str, hops: int = 6) -> tuple[str, ...] | None:
    found = library.graph.path(a, b, hops=hops)
    return None if found is None else found.trail


def test_g7_a_path_cites_what_says_each_hop(library: Library) -> None:
    library.facts.tell("The drought caused the famine.")
    library.facts.tell("The famine led to the revolt.")
    found = library.graph.path("drought", "revolt")
    assert found is not None
    assert (found.start.name, found.end.name) == ("drought", "revolt")
    assert [step.saying.text for step in found.steps if step.saying is not None] == [
        "The drought caused the famine.",
        "The famine led to the revolt.",
    ]
    for step in found.steps:
        edge = step.edge
        assert edge.id.split(":")[0] == str(edge.head)
        assert 0 < edge.strength <= 1
        assert edge.evidence == 1
        assert edge.first == edge.last is not None


def test_a_path_is_gone_in_both_directions(library: Library) -> None:
    chain(library, ("Varga", "Holm"), ("Maas", "Holm"), ("Maas", "Beyer"))
    assert trail(library, "Varga", "Beyer") == ("Varga", "Holm", "Maas", "Beyer")
    found = library.graph.path("Beyer", "Varga")
    assert found is not None
    assert [step.forward for step in found.steps] == [False, True, False]
    assert found.trail == ("Beyer", "Maas", "Holm", "Varga")


def test_the_fewest_hops_win_and_what_is_said_most_of_those(library: Library) -> None:
    chain(library, ("Varga", "Holm"), ("Holm", "Beyer"))
    chain(library, *[("Varga", "Maas"), ("Maas", "Beyer")] * 3)
    chain(library, *[("Varga", "Lund"), ("Lund", "Roth"), ("Roth", "Beyer")] * 5)
    assert trail(library, "Varga", "Beyer") == ("Varga", "Maas", "Beyer")


def test_there_is_no_path_beyond_the_hops(library: Library) -> None:
    chain(library, *pairwise(NAMES))
    assert trail(library, NAMES[0], NAMES[6]) == NAMES[:7]
    assert trail(library, NAMES[0], NAMES[7]) is None
    assert trail(library, NAMES[0], NAMES[7], hops=7) is not None
    with pytest.raises(UsageError):
        library.graph.path(NAMES[0], NAMES[7], hops=0)
    with pytest.raises(NotFoundError):
        library.graph.path(NAMES[0], "nobody knows this")


def test_one_concept_alone_and_a_circle(library: Library) -> None:
    chain(library, ("Varga", "Holm"), ("Holm", "Maas"), ("Maas", "Varga"), ("Maas", "Beyer"))
    assert trail(library, "Varga", "Varga") == ("Varga",)
    assert trail(library, "Varga", "Beyer") == ("Varga", "Maas", "Beyer")


def test_a_concept_that_everything_touches_is_gone_around_and_through(library: Library) -> None:
    crowd = [f"Olaf {a}{b}" for a in ("Ber", "Ha", "Lun", "Ros", "Vik") for b in ("dal", "gren")]
    chain(library, *[("Lund", each) for each in crowd], ("Varga", "Lund"), ("Holm", "Lund"))
    chain(library, ("Varga", "Beyer"), ("Holm", "Beyer"))
    assert trail(library, "Varga", "Holm") == ("Varga", "Beyer", "Holm")
    assert trail(library, crowd[3], "Varga") == (crowd[3], "Lund", "Varga")


def test_a_path_within_a_collection_goes_only_over_what_is_said_there(library: Library) -> None:
    library.facts.tell("The drought caused the famine.", collection="south")
    library.facts.tell("The famine led to the revolt.", collection="north")
    assert library.graph.path("drought", "revolt") is not None
    library.facts.tell("The revolt was short. The drought was long.", collection="south")
    assert library.graph.path("drought", "revolt", collection="south") is None
    library.facts.tell("The famine led to the revolt.", collection="south")
    found = library.graph.path("drought", "revolt", collection="south")
    assert found is not None
    assert {step.saying.collection for step in found.steps if step.saying} == {"south"}


def test_a_path_does_not_go_over_what_lies_in_the_trash(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "famine.txt"
    book.write_text("The famine led to the revolt.\n")
    source = library.add(book)[0].source
    assert source is not None
    library.facts.tell("The drought caused the famine. The revolt ended.")
    assert library.graph.path("drought", "revolt") is not None
    library.sources.trash([source])
    found = library.graph.path("drought", "revolt")
    said = [] if found is None else [step.saying for step in found.steps]
    assert not any(each is None or each.source == source for each in said)


def test_a_path_goes_over_what_statements_say_in_their_words(library: Library) -> None:
    library.facts.tell("Ilse Varga founded Acme Works. Acme Works bought Kestrel Mills.")
    found = library.graph.path("Ilse Varga", "Kestrel Mills")
    assert found is not None
    assert found.trail == ("Ilse Varga", "Acme Works", "Kestrel Mills")
    assert [step.edge.relation for step in found.steps] == ["founded", "bought"]
    for step in found.steps:
        assert step.saying is not None
        assert step.saying.text[step.saying.start : step.saying.end] == step.saying.relation
    # Merely to have done the same joins nobody.
    library.facts.tell("Osman Beyer retired. Ilse Varga retired.")
    far = library.graph.path("Osman Beyer", "Kestrel Mills")
    assert far is None or len(far.steps) > 2


def test_a_rejected_edge_is_gone_over_no_more(library: Library) -> None:
    library.facts.tell("Ilse Varga founded Acme Works. Acme Works bought Kestrel Mills.")
    found = library.graph.path("Ilse Varga", "Kestrel Mills")
    assert found is not None
    wrong = found.steps[1].edge.id
    library.graph.judge(wrong, False)
    again = library.graph.path("Ilse Varga", "Kestrel Mills")
    assert again is None or wrong not in {step.edge.id for step in again.steps}
    reached = library.graph.associated("Ilse Varga", hops=3)
    assert wrong not in {step.edge.id for each in reached for step in each.steps}
    library.graph.judge(wrong, None)
    assert library.graph.path("Ilse Varga", "Kestrel Mills") == found


def test_what_two_sentences_of_one_passage_name_is_one_hop(
    library: Library, tmp_path: Path
) -> None:
    book = tmp_path / "mill.txt"
    book.write_text(
        "Miss Ilse Varga rented the mill at Norholm. It was cold there. "
        "Bram Holm carried the sacks.\n\n" + "The river rose and fell again. " * 300 + "\n\n"
        "Osman Beyer sold the barn. Ilse stayed.\n"
    )
    library.add(book)
    found = library.graph.path("Ilse Varga", "Bram Holm")
    assert found is not None
    (step,) = found.steps
    assert step.edge.relation == "in one passage with"
    assert (step.edge.evidence, step.edge.tag) == (0, "emergent")
    assert step.saying is not None
    assert step.saying.text == (
        "Miss Ilse Varga rented the mill at Norholm. … Bram Holm carried the sacks."
    )
    # It is an edge like another: what it rests on is cited, and whoever rejects it sees it no more.
    assert library.graph.evidence(step.edge.id) == [step.saying]
    library.graph.judge(step.edge.id, False)
    again = library.graph.path("Ilse Varga", "Bram Holm")
    assert again is None or step.edge.id not in {other.edge.id for other in again.steps}
    assert library.graph.path("Bram Holm", "Osman Beyer") is None


def test_a_name_is_found_without_its_title(library: Library) -> None:
    library.facts.tell("Lord Halden married Miss Hattie Dorn. Every lord knew the lord of Ost.")
    assert library.graph.concept("Hattie Dorn").concept.name == "Miss Hattie Dorn"
    found = library.graph.path("Lord Halden", "Hattie Dorn")
    assert found is not None
    assert "Halden" in found.trail[0]
    with pytest.raises(NotFoundError):
        library.graph.concept("Hattie Brook")


def test_nobody_gets_anywhere_over_what_is_denied(library: Library) -> None:
    library.facts.tell("Ilse Varga never met Bram Holm.")
    found = library.graph.path("Ilse Varga", "Bram Holm")
    assert found is None or not any(
        step.saying is not None and step.saying.negated for step in found.steps
    )


def test_no_path_leads_through_a_bare_word_of_what_was_read() -> None:
    pairs = {ends: Pair(*ends, 9, 0.6, 2.0, False, False) for ends in ((1, 2), (2, 3))}
    beside = {1: [(2.0, 2)], 2: [(2.0, 1), (2.0, 3)], 3: [(2.0, 2)]}
    scores = dict.fromkeys((1, 2, 3), 9.0)
    assert cheapest(GraphView(scores, {1, 2, 3}, {}, pairs, beside), 1, 3) == [1, 2, 3]
    assert cheapest(GraphView(scores, {1, 3}, {}, pairs, beside), 1, 3) is None


def test_no_path_goes_over_what_something_newer_has_taken_the_place_of() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Borealis's owner is Tamsin. Tamsin's manager is Odalys.")
        library.facts.tell("Tamsin's dog is Biscuit.")
        found = library.graph.path("Borealis", "Odalys")
        assert found is not None
        said = [
            (step.edge.head_name, step.edge.relation, step.edge.tail_name) for step in found.steps
        ]
        assert said == [("Tamsin", "owns", "Borealis"), ("Tamsin", "reports to", "Odalys")]
        library.facts.tell("Tamsin's manager is Ruben now.")
        assert library.graph.path("Borealis", "Odalys") is None
        assert library.graph.path("Tamsin", "Odalys") is None
        assert library.graph.path("Borealis", "Ruben") is not None
        edges = library.graph.neighbourhood("Tamsin").edges
        assert {(edge.relation, edge.tail_name) for edge in edges} == {
            ("owns", "Borealis"), ("reports to", "Ruben"), ("has dog", "Biscuit"),
        }  # fmt: skip
        # What took its place is forgotten: so it was never replaced.
        library.facts.forget("Ruben")
        assert library.graph.path("Borealis", "Odalys") is not None


def test_nothing_is_an_instance_of_somebody() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Borealis's owner is Tamsin.")
        edges = library.graph.neighbourhood("Tamsin", stated_only=False).edges
        assert [edge.kind for edge in edges] == ["owns"]


def test_what_one_sentence_denies_is_joined_where_others_name_both(library: Library) -> None:
    library.add_text(
        "Elsbeth Varga is not related to Margit Holm. Elsbeth Varga sat beside Margit Holm in the "
        "dark. Margit Holm gave Elsbeth Varga a candle, and Elsbeth Varga led the way."
    )
    found = library.graph.path("Elsbeth Varga", "Margit Holm")
    assert found is not None
    (step,) = found.steps
    assert step.edge.kind != "denied"
    library.facts.tell("Osman Beyer does not know Bram Lund.")
    assert library.graph.path("Osman Beyer", "Bram Lund") is None


def test_a_surname_alone_is_the_person_whom_a_title_names_more_often(library: Library) -> None:
    library.add_text(
        "Mr. Tallis came in. Mr. Tallis sat beside Oda Kern. Mr. Tallis rose. They spoke of Tallis."
    )
    assert library.graph.path("Tallis", "Oda Kern") is not None
    assert library.graph.concept("Tallis").concept.name == "Mr. Tallis"
    library.add_text("TALLIS-COV met Oda Kern. " + "TALLIS-COV-2 spread. They saw TALLIS-COV-2. ")
    assert library.graph.concept("TALLIS-COV").concept.name == "TALLIS-COV"


def test_a_word_stands_for_the_concept_in_whose_name_it_is(library: Library) -> None:
    library.add_text("Bluetongue fever reached Norholm. The bluetongue fever came from midges.")
    assert library.graph.concept("bluetongue").concept.name.casefold() == "bluetongue fever"
    with pytest.raises(NotFoundError):
        library.graph.change("bluetongue", name="fever of sheep")
    with pytest.raises(NotFoundError):
        library.graph.concept("tongue")
