"""Names that mean one thing: what speaks for it, what is never made one, and how it is undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.memory.graph.aliases import CERTAIN
from workbench.memory.graph.people import may_match, person


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "aliases.brain") as opened:
        yield opened


def told(library: Library, scope: str, text: str) -> None:
    """Tell a text to a scope: like a source, that is a place of its own."""
    library.facts.tell(text, collection=scope)


def added(library: Library, folder: Path, name: str, text: str) -> int:
    file = folder / f"{name}.txt"
    file.write_text(text, "utf-8")
    source = library.add(file)[0].source
    assert source is not None
    return source


def merged(library: Library) -> set[tuple[str, str, str]]:
    return {(each.name, each.into, each.why) for each in library.graph.aliases(merge=CERTAIN)}


def offered(library: Library) -> set[tuple[str, str]]:
    return {(each.name, each.into) for each in library.graph.aliases()}


def entities(library: Library) -> set[str]:
    return {each.name for each in library.graph.concepts(type="entity")}


def test_an_acronym_that_a_text_explains_is_its_name(library: Library) -> None:
    told(
        library,
        "health",
        "The Northern Harbour Office (NHO) met in Geneva. Later the NHO advised Kenji Sato.",
    )
    assert merged(library) == {("NHO", "Northern Harbour Office", "acronym")}
    card = library.graph.concept("NHO")
    assert card.concept.name == "Northern Harbour Office"
    assert card.concept.mentions == 2
    (alias,) = library.graph.aliases(state="merged")
    assert alias.certainty > 0.9
    assert "(NHO)" in alias.evidence[0].text


def test_names_are_merged_once_a_source_is_linked(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "health.txt"
    file.write_text("The Northern Harbour Office (NHO) met in Geneva. The NHO advised Kenji Sato.")
    library.add(file, wait="linked")
    assert [each.name for each in library.graph.aliases(state="merged")] == ["NHO"]


def test_a_surname_alone_is_the_one_person_of_its_source(library: Library) -> None:
    told(
        library,
        "memory",
        "Richard Tamuro coined a word. In old age Tamuro left for Oslo. "
        "Dr. Tamuro spoke to the town.",
    )
    assert merged(library) == {
        ("Tamuro", "Richard Tamuro", "surname"),
        ("Dr. Tamuro", "Richard Tamuro", "title"),
    }
    assert library.graph.concept("Tamuro").concept.name == "Richard Tamuro"
    assert library.graph.concept("Richard Tamuro").concept.mentions == 3


def test_a_given_name_alone_is_the_one_person_who_has_it(library: Library) -> None:
    told(
        library,
        "novel",
        "Ottilie Hallvard painted. Miss Hallvard sold the house. Ottilie laughed. "
        "Fjord Oil drilled. Fjord paid nobody.",
    )
    assert merged(library) == {("Ottilie", "Ottilie Hallvard", "given name")}


def test_what_once_stands_beside_a_name_is_no_full_name(library: Library) -> None:
    met = (f"We met Melina in room {room}." for room in range(100, 112))
    told(library, "talk", f"Woohoo Melina won. {' '.join(met)}")
    assert merged(library) == set()
    assert offered(library) == {("Melina", "Woohoo Melina")}


def test_two_people_of_one_surname_in_one_source_are_never_one(library: Library) -> None:
    told(
        library,
        "family",
        "Richard Tamuro coined a word. His sister Anna Tamuro wrote it down. "
        "Everybody there greeted Dr. Tamuro. In old age Tamuro left for Oslo.",
    )
    before = entities(library)
    assert merged(library) == set()
    assert offered(library) == set()
    assert entities(library) == before >= {"Richard Tamuro", "Anna Tamuro"}


def test_mr_and_mrs_of_one_name_stay_two(library: Library) -> None:
    told(
        library,
        "couple",
        "Mrs Tamuro paid. Mr. Tamuro slept. Paul Tamuro sang. Later Tamuro left for Oslo.",
    )
    assert merged(library) == set()
    assert offered(library) == set()


def test_a_mrs_who_was_a_miss_of_the_same_name_can_be_told_of(library: Library) -> None:
    told(
        library,
        "wedding",
        "We saw Miss Estella Tamuro in Kiel. Later Ben met Mrs. Estella Tamuro in London. "
        "Then Paul met Mrs. Estella Tamuro in Rome. Paul wrote to Mrs. Tamuro.",
    )
    assert ("Mrs. Tamuro", "Mrs. Estella Tamuro") in offered(library) | {
        (name, into) for name, into, _ in merged(library)
    }


def test_a_surname_alone_is_whoever_has_a_title_there(library: Library) -> None:
    told(library, "ball", "Mr. Wickford danced. Wickford left. Mr. Wickford wrote to Jane.")
    assert merged(library) == {("Wickford", "Mr. Wickford", "title")}


def test_a_surname_alone_is_the_man_beside_a_miss_of_that_name(library: Library) -> None:
    told(
        library,
        "ball",
        "Mr. Bingford came. Miss Bingford sang. Miss Bingford smiled. Miss Bingford left. "
        "Mr. Bingford danced. Bingford wrote.",
    )
    assert merged(library) == {("Bingford", "Mr. Bingford", "title")}


def test_mr_and_the_full_name_told_oftener_are_one_man(library: Library) -> None:
    told(
        library,
        "cases",
        "Sherrin Holmver lit his pipe. Sherrin Holmver said that he knew. Mr. Holmver rose. "
        "Sherrin Holmver took his hat. Holmver left. He met Mister Holmver. "
        "Irene Adlung sang her song. Irene Adlung left when she could. Mr. Adlung wept.",
    )
    assert merged(library) == {
        ("Mr. Holmver", "Sherrin Holmver", "title"),
        ("Mister Holmver", "Sherrin Holmver", "title"),
        ("Holmver", "Sherrin Holmver", "surname"),
    }


def test_a_title_is_that_of_the_only_full_name_which_has_it(library: Library) -> None:
    told(
        library,
        "manor",
        "Dr. Grimald Rowlett owned the house. Dr. Rowlett kept a leopard. Miss Rowlett fled. "
        "Miss Clara Hunter came to the house. Miss Hunter wept.",
    )
    assert merged(library) == {
        ("Dr. Rowlett", "Dr. Grimald Rowlett", "title"),
        ("Miss Hunter", "Miss Clara Hunter", "title"),
    }
    told(
        library,
        "sisters",
        "Miss Tessa Wynfield sang. Miss Olga Wynfield danced. Miss Wynfield left.",
    )
    assert merged(library) == set()


def test_what_begins_a_sentence_before_a_surname_is_no_given_name(library: Library) -> None:
    rooms = " ".join(f"Halvorsk saw room {room}." for room in range(100, 130))
    told(library, "talk", f"Thomas Halvorsk arrived. {rooms} Whereupon Halvorsk left.")
    len(library.graph.aliases(search=True))
    assert offered(library) == {("Halvorsk", "Thomas Halvorsk")}


def test_a_surname_of_man_and_wife_is_nobodys(library: Library) -> None:
    told(library, "farm", "Mrs. Tollard cooked. Tollard drank. Mrs. Tollard wept.")
    told(library, "port", "Mr. Gardinel came. Gardinel left. Mrs. Gardinel stayed.")
    told(
        library, "street", "Mr. Henry Bakewell came. Henry Bakewell left. Mrs. Henry Bakewell wept."
    )
    assert {each[0] for each in merged(library)} == {"Mr. Henry Bakewell"}


def test_a_namesake_in_another_source_makes_it_a_question(library: Library) -> None:
    told(library, "one", "Richard Tamuro coined a word. In old age Tamuro left.")
    told(
        library,
        "two",
        "It was a cold spring. Anna Tamuro opened a bakery in the old town, and it was a success.",
    )
    assert merged(library) == set()
    (open_,) = library.graph.aliases()
    assert (open_.name, open_.into, open_.state) == ("Tamuro", "Richard Tamuro", "open")
    assert open_.certainty < 0.85
    accepted = library.graph.judge(open_.id, True)
    assert accepted.state == "merged"
    assert "Tamuro" not in entities(library)


def test_a_merging_is_undone_for_good(library: Library) -> None:
    told(library, "memory", "Richard Tamuro coined a word. In old age Tamuro left.")
    before = {each.name: each.mentions for each in library.graph.concepts()}
    (alias,) = library.graph.aliases(merge=CERTAIN)
    assert {each.name for each in library.graph.concepts()} != before.keys()
    library.graph.judge(alias.id, False)
    assert {each.name: each.mentions for each in library.graph.concepts()} == before
    assert merged(library) == set()
    assert [each.state for each in library.graph.aliases(state="rejected")] == ["rejected"]
    assert library.graph.judge(alias.id, True).state == "merged"
    library.undo("concept")
    assert merged(library) == set()
    assert {each.name: each.mentions for each in library.graph.concepts()} == before
    with pytest.raises(NotFoundError):
        library.graph.judge(999, True)
    with pytest.raises(UsageError):
        library.graph.aliases(state="sideways")


def test_a_merging_holds_for_what_is_read_later_and_after_it_is_read_again(
    library: Library, tmp_path: Path
) -> None:
    source = added(library, tmp_path, "one", "Richard Tamuro coined a word. Old Tamuro left.")
    library.graph.aliases(merge=CERTAIN)
    added(library, tmp_path, "two", "The letter reached Tamuro in May.")
    mentions = library.graph.concept("Richard Tamuro").concept.mentions
    assert "Tamuro" not in entities(library)
    library.sources.delete([source])
    added(library, tmp_path, "one", "Richard Tamuro coined a word. Old Tamuro left.")
    assert library.graph.concept("Tamuro").concept.name == "Richard Tamuro"
    assert library.graph.concept("Richard Tamuro").concept.mentions == mentions
    # What is one may be told apart again, and stays so.
    library.graph.change("Richard Tamuro", form="Tamuro")
    assert library.graph.concept("Tamuro").concept.name == "Tamuro"
    assert merged(library) == set()
    assert library.graph.concept("Tamuro").concept.name == "Tamuro"


def test_initials_and_titles_before_whole_names(library: Library) -> None:
    told(
        library,
        "letters",
        "Richard Tamuro wrote. R. Tamuro replied. Prof. Richard Tamuro retired.",
    )
    assert {each[:2] for each in merged(library)} == {
        ("R. Tamuro", "Richard Tamuro"),
        ("Prof. Richard Tamuro", "Richard Tamuro"),
    }


def test_an_initial_of_two_people_is_nobodys(library: Library) -> None:
    told(library, "two", "Richard Tamuro wrote. R. Tamuro replied. Rudolf Tamuro sang.")
    assert merged(library) == set()


def test_a_slip_of_the_pen_is_a_question(library: Library) -> None:
    often = " ".join(f"Krzysztof Wieczorko {did}." for did in ("sang", "paid", "slept", "left"))
    told(library, "songs", f"{often} Krzystof Wieczorko left. Krzysztof Wieczorka paid.")
    assert merged(library) == set()
    assert ("Krzystof Wieczorko", "Krzysztof Wieczorko") in offered(library)


def test_everything_into_one_and_apart_again(library: Library) -> None:
    told(
        library,
        "all",
        "The drought caused the famine. The famine led to the revolt. "
        "Ilse Varga met Bram Holm. Bram Holm owns Kestrel.",
    )
    before = {each.name: each.mentions for each in library.graph.concepts()}
    ids = [each.id for each in library.graph.concepts()]
    for each in ids[1:]:
        library.graph.change(each, into=ids[0])
    (one,) = library.graph.concepts()
    assert len(library.graph.aliases(search=True)) == 0
    found = library.graph.path(one.id, one.id)
    assert found is not None
    assert found.steps == ()
    assert library.graph.associated("drought") == []
    for _ in ids[1:]:
        library.undo("concept")
    assert {each.name: each.mentions for each in library.graph.concepts()} == before


def test_names_in_scripts_without_capitals_and_one_node_do_no_harm(library: Library) -> None:
    assert library.graph.aliases(merge=CERTAIN) == []
    library.facts.tell("東京")
    assert library.graph.aliases(merge=CERTAIN) == []
    told(
        library,
        "scripts",
        "東京は日本の首都です。 محمد يسكن في القاهرة. ראש הממשלה דיבר.",
    )
    before = {each.name for each in library.graph.concepts()}
    assert library.graph.aliases(merge=CERTAIN) == []
    assert {each.name for each in library.graph.concepts()} == before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("R. Semon", "Richard Semon", True),
        ("Richard W. Semon", "Richard Semon", True),
        ("Richard W. Semon", "Richard Karl Semon", False),
        ("Mrs Semon", "Mr Semon", False),
        ("Dr. Semon", "Mrs Semon", True),
        ("Anna Semon", "Richard Semon", False),
        ("Ludwig van Beethoven", "Beethoven", True),
    ],
)
def test_names_of_people(one: str, other: str, same: bool) -> None:
    a, b = person(one), person(other)
    assert a is not None
    assert b is not None
    assert may_match(a, b) is may_match(b, a) is same


@pytest.mark.parametrize("name", ["WHO", "University of Oslo", "東京", "42", "iron gate", "A"])
def test_what_is_nobodys_name(name: str) -> None:
    assert person(name) is None


def test_a_name_that_ends_like_a_plural_is_found_after_it_became_one(library: Library) -> None:
    told(
        library,
        "weaver",
        "Silas Marl came. They saw Silas. Mr. Marl wept. We met Silas Marl. Silas Marl ate.",
    )
    assert ("Silas", "Silas Marl", "given name") in merged(library)
    assert library.graph.concept("Silas").concept.name == "Silas Marl"


def test_a_given_name_with_a_title_now_and_then_is_still_one(library: Library) -> None:
    told(
        library,
        "letter",
        "Hester Prind sewed. Hester Prind wept. Hester Prind left. Hester spoke. Hester sat. "
        "Madame Hester smiled. Master Prind was far away.",
    )
    assert ("Hester", "Hester Prind", "given name") in merged(library)


def test_a_word_before_a_surname_is_no_given_name(library: Library) -> None:
    told(
        library,
        "home",
        "Then Mother came. Mother Bahr sat. Mother Bahr wept. The children saw their mother and my "
        "mother. Her mother sang. Mr. Bahr smiled.",
    )
    assert not {name for name, _, _ in merged(library)} & {"Mother", "mother"}


def test_a_wife_and_other_titles_leave_a_surname_to_the_one_who_has_it(library: Library) -> None:
    told(
        library,
        "club",
        "Bentley Drumm came. Drumm sat. Bentley Drumm rose. Mrs. Bentley Drumm wept. Drumm left.",
    )
    assert ("Drumm", "Bentley Drumm", "surname") in merged(library)
    told(
        library,
        "world",
        "Mr. Phineas Foyle said that he came. Monsieur Phineas Foyle left when he slept. Phineas "
        "Foyle ate. Mr. Foyle ate. Monsieur Foyle sat. We saw Foyle.",
    )
    assert ("Foyle", "Phineas Foyle", "surname") in merged(library)


def test_what_only_begins_a_sentence_is_no_given_name(library: Library) -> None:
    told(
        library,
        "boat",
        "Hereupon Startag came. We met Startag. They saw Startag. He knew Startag. I heard "
        "Startag. Then Startag slept.",
    )
    assert not merged(library)


def test_a_given_name_with_its_title_is_who_has_both(library: Library) -> None:
    told(
        library,
        "rail",
        "Sir Francis Cromer came. Sir Francis sat. We met Sir Francis Cromer, and Sir Francis ate.",
    )
    assert merged(library) == {("Sir Francis", "Sir Francis Cromer", "given name")}
    told(library, "club", "Miss Kate Vane came. Miss Kate sat. Miss Kate Hall left.")
    assert not merged(library)


def test_a_shortened_word_that_a_text_explains_is_its_name(library: Library) -> None:
    told(
        library,
        "drugs",
        "Hydroxychlorquine (HCQ) reached endolysomes (ELs). Nine cells took HCQ. Ronda virus "
        "(RONDV) spread. The ELs grew. RONDV came from Norholm (NATO was silent). A protein with "
        "a caspase domain (ASC) was found, and systemic halts of injury (Shin came later).",
    )
    found = merged(library)
    assert {each[:2] for each in found if each[2] == "acronym"} == {
        ("HCQ", "Hydroxychlorquine"),
        ("ELs", "endolysomes"),
        ("RONDV", "Ronda virus"),
    }


def test_a_name_that_is_a_word_nowhere_here_is_who_has_it_with_a_title(library: Library) -> None:
    told(library, "forge", "We saw Pip. They know Pip. Then Mr. Pip came. I met Mr. Pip and Pip.")
    assert merged(library) == {("Mr. Pip", "Pip", "title")}


def test_a_name_given_in_full_once_or_only_at_openings_is_that_of_the_surname(
    library: Library,
) -> None:
    days = range(1, 16)
    told(
        library,
        "laboratory",
        "His name was Hermann Tamuro. " + " ".join(f"We met Tamuro on day {day}." for day in days),
    )
    told(
        library,
        "mneme",
        "Richard Sauren came. Richard Sauren wept. Richard Sauren sat. Richard Sauren left. "
        + " ".join(f"They saw Sauren on day {day}." for day in days),
    )
    assert {("Tamuro", "Hermann Tamuro", "surname"), ("Sauren", "Richard Sauren", "surname")} <= (
        merged(library)
    )
