"""How much of a question a quote holds."""

from tests.recall.recall_shelf import book, filler_chapters, note, recall_of
from workbench.recall import quotes
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


def test_a_quote_covers_what_its_words_cover(store: Store) -> None:
    book(store, filler_chapters(10))
    note(store, "The cormorant’s wings dry. “Skye!” they cried; it was 1,204 miles. No. 7 sailed.")
    for question in _QUESTIONS:
        found = recall_of(store).retrieve(question)
        for quote in found.quotes:
            terms = quotes.matched(quote.words, found.cue)
            assert quotes.matched_in_quote(quote, found.cue) == terms
