"""Who somebody is, is told where a text first names them, however often it does later."""

from tests.recall.recall_shelf import book, note, recall_of
from workbench.store.store import Store

_FIRST = "The harbour master of Ostrel, who had come with two trunks and a parrot, was Bram Holt."
_LATER = "“Holt!” called Ida on day {}. “Bram Holt, Bram, Bram Holt!” Bram Holt was Bram Holt."
_RAIN = "Rain fell on the roofs of house {}, and nobody spoke."


def _story(store: Store) -> None:
    rain = [_RAIN.format(number) for number in range(20)]
    chapters = {"Arrival": "\n\n".join([*rain, _FIRST, *rain])}
    for first in range(0, 250, 25):
        said = [
            line for day in range(first, first + 25) for line in (_LATER.format(day), *rain[:5])
        ]
        chapters[f"Day {first}"] = "\n\n".join(said)
    book(store, chapters, title="Ostrel")


def test_the_first_sentences_that_name_somebody_are_looked_at(store: Store) -> None:
    _story(store)
    found = recall_of(store).retrieve("Who is Bram Holt?")
    assert _FIRST in found.quotes[0].words


def test_the_text_that_names_somebody_most_goes_before_another(store: Store) -> None:
    note(store, "We met Bram Holt in the tavern.", title="Diary")
    note(store, "\n\n".join([_FIRST, _LATER.format(1)]), title="Ostrel")
    found = recall_of(store).retrieve("Who is Bram Holt?")
    assert _FIRST in found.quotes[0].words


def test_a_question_that_asks_more_than_a_name_is_looked_up_by_its_words(store: Store) -> None:
    _story(store)
    found = recall_of(store).retrieve("What did Bram Holt hear on day 241?")
    assert "day 241" in found.quotes[0].words


def test_where_many_texts_name_somebody_none_is_the_first(store: Store) -> None:
    for number in range(4):
        note(store, _LATER.format(number), title=f"Letter {number}")
    note(store, "Bram Holt came from Ostrel.", title="Bram Holt")
    found = recall_of(store).retrieve("Who is Bram Holt?")
    assert not found.cue.introduced
    assert "Ostrel" in found.quotes[0].words


def test_a_list_of_references_introduces_nobody(store: Store) -> None:
    listed = "Lind, O. (1911). The case of Bram Holt. Ostrel Press."
    book(store, {"Arrival": _FIRST, "References": listed}, title="Ostrel")
    found = recall_of(store).retrieve("Who is Bram Holt?")
    assert found.cue.introduced
    scores = {quote.words: quote.score for quote in found.quotes}
    assert scores[_FIRST] > max(score for words, score in scores.items() if "case of" in words)
