"""Who learned from whom, and years that stand before a name without being a part of it."""

import pytest

from ingest.triples.reading import PassageReader

read_triples = PassageReader().read


def _said(text: str) -> set[tuple[str, str, str]]:
    return {(t.subject.text, t.canonical, t.object.text) for t in read_triples(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Ada Krog was a chemist, a pupil of Piet Dahl in Ghent.",
            ("Ada Krog", "be pupil of", "Piet Dahl"),
        ),
        (
            "Ada Krog, born in Oslo in 1859, was a chemist, a pupil of Piet Dahl.",
            ("Ada Krog", "be pupil of", "Piet Dahl"),
        ),
        (
            "Ada Krog, who had taken her doctorate under Dahl, painted two doors.",
            ("Ada Krog", "study under", "Dahl"),
        ),
        ("Ada Krog took her degree with Piet Dahl.", ("Ada Krog", "study under", "Piet Dahl")),
    ],
)
def test_who_learned_from_whom(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in _said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Krog took her dog with Piet Dahl.",
        "Ada Krog was in Ghent, a part of Belgium.",
        "Ada Krog sold a mill, a pupil of Piet Dahl told us.",
    ],
)
def test_what_only_looks_so_teaches_nobody(text: str) -> None:
    assert not any(verb.startswith(("study", "be")) and left == "Ada Krog" and right == "Piet Dahl"
                   for left, verb, right in _said(text))  # fmt: skip


def test_a_year_after_a_preposition_is_no_part_of_the_name_behind_it() -> None:
    said = _said("The couple left Ghent, and from 1897 Krog lived in Oslo.")
    assert ("Krog", "live in", "Oslo") in said
    said = _said("The 1897 Vester Cup was a race.")
    assert any("1897" in left for left, _, _ in said)
