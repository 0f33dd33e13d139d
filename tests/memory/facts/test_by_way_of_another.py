"""Questions that name somebody by another are answered by two facts, or not at all."""

from pathlib import Path

import pytest

from workbench.library import Library

_TOLD = """Mara Lind is the director of Silver Tide. Mara Lind was born in Bergen.
Silver Tide was released in 1999. Tom's manager is Ilona Rey. Ilona Rey lives in Cork.
My boss is Greta Holm. Greta Holm drives a Volvo. Tom's car is a red van.
Otto is the owner of the mill."""


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("Where was the director of Silver Tide born?", "Bergen"),
        ("Where was Silver Tide's director born?", "Bergen"),
        ("When was the director of Silver Tide born?", None),
        ("Who is the director of Silver Tide?", "Mara Lind"),
        ("Where does Tom's manager live?", "Cork"),
        ("Does Tom's manager live in Cork?", "yes"),
        ("What car does my boss drive?", "a Volvo"),
        ("How old is Tom's manager?", None),
        ("Where does Tom's sister live?", None),
        ("Where does Tom's car live?", None),
        ("Where was the owner of the mill born?", None),
    ],
)
def test_who_is_meant_is_looked_up_first(tmp_path: Path, question: str, right: str | None) -> None:
    with Library.open(tmp_path / "ways.brain") as library:
        library.facts.tell(_TOLD)
        found = library.facts.value(question)
    assert (None if found is None else found.value) == right


def test_of_whom_nothing_is_known_nothing_is_said(tmp_path: Path) -> None:
    with Library.open(tmp_path / "ways.brain") as library:
        library.facts.tell("Mara Lind is the director of Silver Tide.")
        assert library.facts.value("Where was the director of Silver Tide born?") is None


def test_the_one_is_meant_whose_name_was_said_however_many_have_a_longer_one(
    tmp_path: Path,
) -> None:
    with Library.open(tmp_path / "names.brain") as library:
        library.facts.tell("Romi Unba lives in Turin.")
        library.facts.tell("\n".join(f"Romi C. Unba bought boat {i}." for i in range(150)))
        library.facts.tell("Romi C. Unba's home town is Oslo.")
        said = {
            question: found.value if (found := library.facts.value(question)) else None
            for question in (
                "What is Romi Unba's home town?",
                "Where does Romi Unba live?",
                "What is Romi C. Unba's home town?",
            )
        }
    assert list(said.values()) == ["Turin", "Turin", "Oslo"]
