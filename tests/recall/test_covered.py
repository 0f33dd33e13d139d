"""The window that a question's own words find best: the same as by reading all, for less work."""

import pytest

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.recall import quotes
from workbench.recall.windows import Settings
from workbench.store.store import Store

_QUESTIONS = (
    "Which cormorant dries its wings?",
    "How many loaves did the baker sell near the pier?",
    "Who sold bread until noon?",
    "When does the cormorant of Skye dry its wings?",
    "Why did the baker close the shop by the pier?",
    "What is known about the baker?",
    "Did the lantern of the harbour burn until noon, and who lit it?",
)


@pytest.mark.slow
@pytest.mark.parametrize("question", _QUESTIONS)
def test_the_best_window_is_the_one_that_reading_all_puts_first(
    store: Store, question: str
) -> None:
    book(store, filler_chapters(40))
    note(store, "The cormorant of Skye dries its wings in 7 minutes, because the wind blows.")
    note(store, "The baker closed the shop by the pier. The baker sold 40 loaves until noon.")
    found = recall_of(store).look_up(question)
    chosen = quotes.shortlist(found.own, found.snapshot, 40)
    with store.read() as connection:
        best = quotes.Reader(connection, found.cue, Settings()).best(chosen)
        read = quotes.Reader(connection, found.cue, Settings()).read(chosen)
    assert found.quotes
    assert best == found.first == read[0].place
    assert found.first < len(found.own.starts)


def test_what_cannot_come_first_is_not_looked_at_word_by_word(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    book(store, filler_chapters(40))
    note(store, "The baker closed the shop by the pier. The baker sold 40 loaves until noon.")
    found = recall_of(store).look_up("How many loaves did the baker sell near the pier?")
    looked: list[quotes.Quote] = []
    fits = quotes._fits

    def counted(quote: quotes.Quote, *rest: object) -> float:
        looked.append(quote)
        return fits(quote, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(quotes, "_fits", counted)
    chosen = quotes.shortlist(found.own, found.snapshot, 40)
    with store.read() as connection:
        quotes.Reader(connection, found.cue, Settings()).best(chosen)
        some, looked[:] = len(looked), []
        quotes.Reader(connection, found.cue, Settings()).read(chosen)
    assert 0 < some < len(looked)


def test_equal_windows_keep_the_order_in_which_they_were_chosen(store: Store) -> None:
    for _ in range(3):
        note(store, "The ferry sails at dawn.")
    found = recall_of(store).look_up("When does the ferry sail?")
    chosen = quotes.shortlist(found.own, found.snapshot, 40)
    with store.read() as connection:
        reader = quotes.Reader(connection, found.cue, Settings())
        assert reader.best(chosen) == reader.read(chosen)[0].place
        assert quotes.Reader(connection, found.cue, Settings()).best([]) == 0


def test_a_quote_covers_what_its_words_cover(store: Store) -> None:
    book(store, filler_chapters(10))
    note(store, "The cormorant’s wings dry. “Skye!” they cried; it was 1,204 miles. No. 7 sailed.")
    for question in _QUESTIONS:
        found = recall_of(store).look_up(question)
        for quote in found.quotes:
            assert quotes.covered(quote, found.cue) == quotes.cover(quote.words, found.cue)
