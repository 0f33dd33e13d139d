"""What was said elsewhere, later, or is in the trash leads nowhere and is not shown."""

import pytest

from tests.clock import Clock
from workbench.library import Library

#: Says in another collection what joins two things of this one.
SECRET = "Greta Holm opens the vault because the vault holds the recipe."
MILL = ("Greta Holm paid the miller.", "The vault is damp.", "A recipe hangs there.")


def _mill(library: Library) -> None:
    for text in MILL:
        library.facts.tell(text, collection="mill")


def _led_to(library: Library, strategy: str, **more: object) -> set[str]:
    found = library.facts.reflex(
        "Greta Holm",
        depth="deep",
        strategy=strategy,
        **more,  # type: ignore[arg-type]
    )
    return {hit.text for hit in found.hits}


@pytest.mark.parametrize("strategy", ["hybrid", "classic", "reflex"])
def test_what_another_collection_joins_is_not_joined_here(library: Library, strategy: str) -> None:
    _mill(library)
    library.facts.tell(SECRET, collection="secret")
    assert _led_to(library, strategy, collection="mill") == {MILL[0]}


def test_what_this_collection_joins_is_followed(library: Library) -> None:
    _mill(library)
    library.facts.tell(SECRET, collection="mill")
    assert MILL[1] in _led_to(library, "classic", collection="mill")


def test_a_source_in_the_trash_joins_nothing(library: Library) -> None:
    for text in MILL:
        library.facts.tell(text)
    source = library.add_text(SECRET)[0].source
    assert source is not None
    assert MILL[1] in _led_to(library, "classic")
    library.sources.trash([source])
    assert _led_to(library, "classic") == {MILL[0]}


def test_what_was_said_later_joined_nothing_before(library: Library, clock: Clock) -> None:
    for text in MILL:
        library.facts.tell(text)
    before = clock.now + 60
    clock.now += 86_400
    library.facts.tell(SECRET)
    assert _led_to(library, "classic", as_of=before) == {MILL[0]}


def test_a_concept_of_another_collection_is_not_known_here(library: Library) -> None:
    _mill(library)
    library.facts.tell("The tower was flooded.", collection="secret")
    found = library.facts.reflex("tower", collection="mill")
    assert found.anchors == ()
    assert found.unknown == ("tower",)


def test_links_count_what_is_said_in_their_collection(library: Library) -> None:
    _mill(library)
    for number in range(4):
        library.facts.tell(f"Greta Holm paid the miller {number} coins.", collection="secret")
    links = library.graph.links("miller", collection="mill")
    named = {each.text: each for each in links if each.concept is not None}
    concept = named["Greta Holm"].concept
    assert concept is not None
    assert concept.mentions == 1
    alone = {(each.text, each.kind): each.weight for each in links}
    library.collections.remove("secret")
    for fact in library.facts.list(limit=20):
        library.facts.forget(fact.text)
    again = {(each.text, each.kind): each.weight for each in library.graph.links(
        "miller", collection="mill")}  # fmt: skip
    assert alone == again
