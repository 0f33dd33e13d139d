"""Which words of a quote an answer cites, and where they stand in the source."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.fake_library import FakeLibrary
from workbench.recall.records import Answer, AnswerSentence
from workbench.ui.ask.cited import cited_spans, located, offsets

QUOTE = "The test took years. In 2017 they measured. The area was smaller after sleep."
SPACED = st.text(st.sampled_from("ab. \n\t\u00a0\u2003中ع\U0001f9e0"), max_size=60)


def _answer(*sentences: AnswerSentence, quote: str = QUOTE) -> Answer:
    library = FakeLibrary()
    source = library.put("The Trace", [("9 Night", quote)])
    made = library.answer("What shrank?", [replace(library.quote(source, quote), quote=quote)])
    return replace(made, sentences=sentences)


def _said(answer: Answer) -> list[str]:
    quote = answer.evidence[0].quote
    return [quote[a:b] for a, b in cited_spans(answer, 1)]


def test_the_cited_sentence_is_found_in_the_quote() -> None:
    last = "The area was smaller after sleep."
    assert _said(_answer(AnswerSentence(last, (1,)))) == [last]
    assert _said(_answer(AnswerSentence(last.replace(" ", "\n "), (1,)))) == [last]


def test_sentences_cited_one_after_the_other_are_one_stretch() -> None:
    first, second = "In 2017 they measured.", "The area was smaller after sleep."
    both = (AnswerSentence(second, (1,)), AnswerSentence(first, (1,)))
    assert _said(_answer(*both)) == [f"{first} {second}"]


def test_a_written_sentence_cites_what_holds_its_words() -> None:
    written = AnswerSentence("Sleep left a smaller area, as was measured in 2017.", (1,))
    assert _said(_answer(written)) == ["In 2017 they measured. The area was smaller after sleep."]
    written = AnswerSentence("A smaller area was found.", (1,))
    assert _said(_answer(written)) == ["The area was smaller after sleep."]


def test_a_written_sentence_in_other_words_cites_the_whole_quote() -> None:
    assert _said(_answer(AnswerSentence("Synapses shrink in sleep.", (1,)))) == [QUOTE]


def test_evidence_that_no_sentence_cites_has_no_cited_words() -> None:
    assert _said(_answer(AnswerSentence("In 2017 they measured.", (2,)))) == []
    assert _said(_answer()) == []


@given(text=SPACED)
def test_every_character_of_the_collapsed_text_has_its_place(text: str) -> None:
    words = " ".join(text.split())
    places = offsets(text)
    assert len(places) == len(words)
    assert places == sorted(set(places))
    for letter, at in zip(words, places, strict=True):
        assert text[at] == letter or (letter == " " and text[at].isspace())


@given(text=SPACED, start=st.integers(0, 9999), cut=st.tuples(st.integers(0), st.integers(0)))
def test_the_words_at_the_place_are_the_words_of_the_span(
    text: str, start: int, cut: tuple[int, int]
) -> None:
    quote = " ".join(text.split())
    first, last = sorted(at % (len(quote) + 1) for at in cut)
    found = located(text, start, quote, [(first, last)])
    said = [" ".join(text[a - start : b - start].split()) for a, b in found]
    assert said == ([" ".join(quote[first:last].split())] if first < last else [])


@given(text=SPACED)
def test_other_words_are_nowhere(text: str) -> None:
    assert located(text + "x", 3, text, [(0, len(text))]) == ()
