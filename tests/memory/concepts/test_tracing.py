"""What holds of every trace, whatever the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.memory.concepts.draft import BOND_LIMIT, CONCEPT_LIMIT
from workbench.memory.concepts.keys import key_of
from workbench.memory.concepts.records import EMPTY_TRACE, ConceptType, Trace
from workbench.memory.concepts.tracing import LONGEST, trace

_WORDS = [
    "Alice",
    "Bob",
    "met",
    "the",
    "a",
    "an",
    "barn",
    "flooded",
    "because",
    "so",
    "after",
    "Tuesday",
    "at",
    "in",
    "on",
    "3",
    "pm",
    "2026-03-02",
    "Berlin",
    "is",
    "was",
    "not",
    "red",
    "happy",
    "and",
    ",",
    ".",
    "(",
    ")",
    ":",
    ";",
    '"',
    "—",
    "->",
    "to",
    "use",
    "FastAPI",
    "want",
    "need",
    "plan",
    "must",
    "be",
    "has",
    "have",
    "who",
    "KV",
    "cache",
    "(KVC)",
    "of",
    "from",
    "for",
    "every",
    "last",
    "week",
    "ago",
    "years",
    "1890",
    "TODO:",
    "blocked",
    "leave",
    "Dr.",
    "don't",
    "'s",
    "prints",
    "Jaen",
    "decided",
    "running",
    "quickly",
    "$20",
    "e-mail",
    "a@b.org",
    "https://x.org/y",
    "v1.2",
    "U.S.",
    "\n",
    "[Music]",
]
_TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join)
)


def _check(text: str, found: Trace) -> None:
    keys = [each.key for each in found.spans]
    assert len(set(keys)) == len(keys) <= CONCEPT_LIMIT
    assert all(keys)
    for each in found.spans:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.name
        assert 0 < each.weight <= 1
    starts = [(each.start, each.end) for each in found.spans]
    assert starts == sorted(starts)
    assert len(found.bonds) <= BOND_LIMIT
    assert len(set(found.bonds)) == len(found.bonds)
    for bond in found.bonds:
        assert bond.head != bond.tail
        assert {bond.head, bond.tail} <= set(range(len(keys)))


@pytest.mark.slow
@settings(max_examples=300)
@given(_TEXTS)
def test_any_text_gives_a_sound_trace(text: str) -> None:
    """Spans name what they say, keys stand once, bonds point at concepts, twice is the same."""
    found = trace(text)
    _check(text, found)
    assert trace(text) == found


@settings(max_examples=100)
@given(st.text(max_size=120), st.sampled_from(("de", "zh", "ar", "en-GB", "xx", "fr")))
def test_any_text_in_any_language_gives_a_sound_trace(text: str, language: str) -> None:
    """The tag changes the rules and never their soundness."""
    _check(text, trace(text, language=language, at=1_700_000_000.0))


@pytest.mark.parametrize("text", ["", " \n\t", "...", "—", "\u200b", "?!?", "\ud800"])
def test_nothing_is_said_by_marks(text: str) -> None:
    """Marks alone are about nothing."""
    assert trace(text) == EMPTY_TRACE


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "A" * 100_000,
        "-" * 100_000,
        "a-" * 50_000,
        "a." * 50_000,
        "( " * 50_000,
        "Alice met Bob. " * 10_000,
        "the very " * 20_000,
        "old " * 5_000,
        "1 " * 10_000,
        "\n" * 100_000,
        "because " * 20_000,
        "会" * 100_000,
        "[" * 100_000,
        "<" * 100_000,
    ],
)
def test_long_and_repetitive_texts_stay_small(text: str) -> None:
    """What one statement yields is capped, whatever its length."""
    _check(text[:LONGEST], trace(text))


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -1e18, 1e18, 0.0])
def test_a_strange_time_of_telling_is_survived(at: float) -> None:
    """Without a usable time the words stay as they are."""
    found = trace("We met yesterday and 3 weeks ago and next month.", at=at)
    assert ConceptType.TIME in {each.type for each in found.spans}


def test_keys_meet_whatever_the_writing() -> None:
    """Case, articles, hyphens, spacing, possessives and plurals are forms of one key."""
    for forms in (
        ("API design", "the api designs", "API-design", "api  design", "the API design's"),
        ("U.S.A.", "USA", "U.S.A"),
        ("e-mail", "email", "E-Mails"),
        ("data set", "dataset", "data-sets"),
        ("café", "cafe", "Cafés"),
        ("children", "child"),
        ("story", "stories"),
    ):
        assert len({key_of(form) for form in forms}) == 1, forms


def test_keys_of_distinct_things_differ() -> None:
    """No stems, no digits lost, no marks that distinguish."""
    for one, other in (
        ("internal", "internet"),
        ("project0", "project1"),
        ("AC", "A/C"),
        ("C", "C++"),
        ("new", "news"),
        ("bus", "bu"),
        ("lens", "len"),
        ("v1.2", "v12"),
        ("roof budget", "roof"),
    ):
        assert key_of(one) != key_of(other)


@pytest.mark.parametrize("year", ["99¹⁰", "①②③④", "¹⁹⁹⁰"])
def test_raised_and_circled_figures_are_no_year(year: str) -> None:
    assert "Skerry" in {each.name for each in trace(f"In {year} the keeper left Skerry.").spans}


def test_words_of_the_program_and_labels_are_no_concepts() -> None:
    def keys(words: str) -> list[str]:
        return [span.key for span in trace(words).spans]

    assert keys("Picture “Harbour wall”, 600 × 400 pixels.") == ["harbour wall"]
    assert keys("Photograph “Quay”, 40 × 30 pixels, 2 pages, with a Canon EOS 5D.") == [
        "quay", "canon eos",
    ]  # fmt: skip
    assert "pixel" in keys("The picture has 300 pixels.")
    assert not {"decision", "reason"} & set(keys("DECISION: Paint it. REASON: Better light"))
    assert "decision" in keys("The decision is hard: we wait.")
