"""Chains over what was read: facts first, pages where facts break, each hop with its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "pages.brain") as opened:
        yield opened


def added(library: Library, folder: Path, name: str, text: str) -> int:
    file = folder / f"{name}.txt"
    file.write_text(text, "utf-8")
    source = library.add(file)[0].source
    assert source is not None
    return source


_GIVEN = [
    "Ilse",
    "Bram",
    "Tove",
    "Anouk",
    "Pavel",
    "Mirja",
    "Osman",
    "Livia",
    "Henk",
    "Sunniva",
    "Radek",
    "Maud",
]
_FAMILY = ["Varga", "Holm", "Tamura", "Okafor"]
_PLACES = [
    "Arkel",
    "Brisk",
    "Corvin",
    "Dalum",
    "Elverum",
    "Fosnes",
    "Galten",
    "Hobro",
    "Ibsker",
    "Jarle",
    "Kolding",
    "Lemvig",
]
_ASIDE = (
    "The minutes were short that week.",
    "Nobody asked about the weather.",
    "It had been a long autumn, and the office was cold.",
)


def organisation(phrasing: int, projects: int = 48) -> tuple[str, list[tuple[str, str]]]:
    """A report in running text, and for each project the city where its owner's manager lives."""
    managers = [f"{given} Quist" for given in _GIVEN]
    said: list[str] = []
    right: list[tuple[str, str]] = []
    for number in range(projects):
        project = f"{_PLACES[number % 12]}{'abcd'[number // 12]}x".capitalize()
        holder = f"{_GIVEN[number % 12]} {_FAMILY[number // 12]}"
        manager = managers[number % 12]
        owned, led = (
            (f"Project {project} is owned by {holder}.", f"{holder} reports to {manager}."),
            (
                f"The owner of project {project} is {holder}.",
                f"The manager of {holder} is {manager}.",
            ),
        )[phrasing]
        said += [owned, _ASIDE[number % 3], led]
        right.append((project, _PLACES[number % 12]))
    for manager, place in zip(managers, _PLACES, strict=True):
        lives = (f"{manager} lives in {place}.", f"The city of {manager} is {place}.")[phrasing]
        said.append(lives)
    paragraphs = [" ".join(said[at : at + 6]) for at in range(0, len(said), 6)]
    return "\n\n".join(paragraphs), right


@pytest.mark.slow
@pytest.mark.parametrize("phrasing", [0, 1])
def test_48_of_48_chains_of_an_organisation_are_found_in_running_text(
    library: Library, tmp_path: Path, phrasing: int
) -> None:
    text, right = organisation(phrasing)
    added(library, tmp_path, "report", text)
    ends = [
        library.facts.chain(project, ["owner", "manager", "city"]).value for project, _ in right
    ]
    assert ends == [place for _, place in right]


def test_g7_every_hop_cites_its_page(library: Library, tmp_path: Path) -> None:
    source = added(
        library,
        tmp_path,
        "minutes",
        "Ilse Varga owns Kestrel. She reports to Bram Holm, who lives in Arkel.",
    )
    found = library.facts.chain("Kestrel", ["owner", "manager", "city"])
    assert found.trail == ("Kestrel", "Ilse Varga", "Bram Holm", "Arkel")
    assert [hop.read.source for hop in found.hops if hop.read is not None] == [source] * 3
    assert found.hops[0].text == "Ilse Varga owns Kestrel."
    assert found.hops[1].text.startswith("She reports to")
    assert 0 < found.confidence <= 1
    back = library.facts.chain("Ilse Varga", ["owns"])
    assert back.value is not None
    assert back.value.endswith("Kestrel")


def test_facts_and_pages_are_one_way(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "minutes", "Ilse Varga reports to Bram Holm. The office was cold.")
    library.facts.tell("Project Kestrel is owned by Ilse Varga.")
    library.facts.tell("Bram Holm lives in Arkel.")
    found = library.facts.chain("Kestrel", ["owner", "manager", "city"])
    assert found.value == "Arkel"
    assert [hop.fact is not None for hop in found.hops] == [True, False, True]


def test_what_was_told_goes_before_what_was_read(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "minutes", "The owner of Kestrel is Ilse Varga.")
    library.facts.tell("The owner of Kestrel is Bram Holm.")
    assert library.facts.chain("Kestrel", ["owner"]).value == "Bram Holm"
    added(library, tmp_path, "more", "Ilse Varga lives in Arkel.")
    # Where the told one leads no further, the other does.
    assert library.facts.chain("Kestrel", ["owner", "city"]).trail == (
        "Kestrel",
        "Ilse Varga",
        "Arkel",
    )


def test_a_chain_does_not_leave_its_collection_nor_take_from_the_trash(
    library: Library, tmp_path: Path
) -> None:
    source = added(library, tmp_path, "minutes", "The owner of Kestrel is Ilse Varga.")
    library.facts.tell("Something else entirely.", collection="other")
    assert library.facts.chain("Kestrel", ["owner"], collection="other").value is None
    assert library.facts.chain("Kestrel", ["owner"]).value == "Ilse Varga"
    library.sources.trash([source])
    assert library.facts.chain("Kestrel", ["owner"]).value is None


def test_circles_and_denials_lead_nowhere(library: Library, tmp_path: Path) -> None:
    added(
        library,
        tmp_path,
        "circle",
        "Ilse Varga reports to Bram Holm. Bram Holm reports to Ilse Varga.\n\n"
        "Tove Okafor does not own Kestrel. A widget is a gadget. A gadget is a widget.",
    )
    found = library.facts.chain("Ilse Varga", ["manager"] * 5)
    assert len(found.hops) <= 5
    assert library.facts.chain("Ilse Varga", ["manager", "city"]).value is None
    assert library.facts.chain("Kestrel", ["owner"]).value is None


@pytest.mark.slow
def test_sources_that_contradict_each_other_are_both_ways(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "one", "The owner of Kestrel is Ilse Varga.")
    added(library, tmp_path, "two", "Kestrel is owned by Bram Holm. It is small.")
    added(library, tmp_path, "three", "The owner of Kestrel is Bram Holm.")
    assert library.facts.chain("Kestrel", ["owner"]).value == "Bram Holm"
    added(library, tmp_path, "four", "Ilse Varga lives in Arkel.")
    assert library.facts.chain("Kestrel", ["owner", "city"]).value == "Arkel"


def test_a_name_without_capitals_in_its_script_is_no_harm(library: Library, tmp_path: Path) -> None:
    added(library, tmp_path, "kana", "東京は日本の首都です。富士山は日本の山です。")
    assert library.facts.chain("東京", ["owner"]).value is None
