"""What the picture joins, Path finds in one hop; so does whatever a sentence names together."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.library import Library

_NAMES = ("Ilse Varga", "Bram Holm", "Kestrel Mills", "Norholm", "Acme Works", "Osman Beyer")
_SAID = (
    "{} met {} at the harbour.",
    "{} founded {}.",
    "Neither {} nor {} came to the fair.",
    "{} may have written to {} about the barley.",
    "Late in the evening {} walked past {} without a word.",
    "{} never met {}.",
    "They spoke of {}, of {} and of the weather.",
)

_pairs = st.tuples(st.sampled_from(_NAMES), st.sampled_from(_NAMES)).filter(
    lambda pair: pair[0] != pair[1]
)
_sentences = st.lists(
    st.builds(lambda words, pair: words.format(*pair), st.sampled_from(_SAID), _pairs),
    min_size=1,
    max_size=12,
)


def _check(library: Library) -> int:
    """Compare every drawn edge with the path between its ends; how many there are."""
    names = [concept.id for concept in library.graph.concepts(limit=200)]
    count = 0
    for id in names:
        shown = library.graph.neighbourhood(id, stated_only=False, limit=-1).edges
        for edge in (*shown, *library.graph.between(names, limit=-1)):
            if edge.kind == "denied":
                # Nobody gets from one to the other over that.
                continue
            found = library.graph.path(edge.head, edge.tail)
            assert found is not None, edge
            (step,) = found.steps
            assert {step.edge.head, step.edge.tail} == {edge.head, edge.tail}
            assert step.saying is not None
            count += 1
    return count


@settings(max_examples=12)
@given(told=_sentences, read=_sentences)
def test_what_is_drawn_is_found_as_one_hop(told: list[str], read: list[str]) -> None:
    _check_told(told, read)


@pytest.mark.slow
@given(told=_sentences, read=_sentences)
def test_whatever_is_drawn_is_found_as_one_hop(told: list[str], read: list[str]) -> None:
    _check_told(told, read)


def _check_told(told: list[str], read: list[str]) -> None:
    with Library.open(":memory:") as library:
        for sentence in told:
            library.facts.tell(sentence, collection="told")
        library.facts.tell(" ".join(read))
        library.graph.link()
        _check(library)


def test_what_is_drawn_of_a_text_is_found_as_one_hop(tmp_path: Path) -> None:
    text = tmp_path / "mill.txt"
    chapters = [
        " ".join(
            words.format(_NAMES[(number + turn) % 6], _NAMES[(number * turn + 2) % 6])
            for turn, words in enumerate(_SAID)
        )
        for number in range(60)
    ]
    text.write_text("\n\n".join(chapters), encoding="utf-8")
    with Library.open(tmp_path / "mill.brain") as library:
        library.add(text)
        library.graph.link()
        assert _check(library) > 20
