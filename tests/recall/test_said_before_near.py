"""Where nothing reads the quotes, one that says the question stands before one that is near it."""

from tests.recall.recall_shelf import book, recall_of
from workbench.store.store import Store

_REST = (
    "and the wind turned in the night while nobody spoke for a while and the boats lay still at "
    "their ropes beside the quay where the nets hung out to dry and the gulls sat in a row upon "
    "the wall above the stones in the rain"
)


def _said(*openings: str) -> str:
    """Sentences so long that each is a quote of its own."""
    return " ".join(f"{opening} {_REST}." for opening in openings)


def test_a_quote_that_says_all_words_comes_before_many_that_each_say_one(store: Store) -> None:
    beside = ("In Marrow all was well", "The lighthouse was high", "The boats were painted")
    around = ("It rained",) * 6
    book(
        store,
        {
            "One": _said(*beside * 4),
            "Two": _said(*around, "Hal Dunn painted the lighthouse of Marrow", *around),
            "Three": _said(*around * 6),
        },
    )
    best = recall_of(store).ask("Who painted the lighthouse of Marrow?").evidence
    assert best[0].quote.startswith("Hal Dunn painted")
