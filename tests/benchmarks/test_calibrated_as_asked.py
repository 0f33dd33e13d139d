"""What the weights are made from is what a question meets in a library."""

import pytest

from tests.benchmarks.corpus import library_of, recall_over
from workbench.recall import judgement

_TOLD = (
    "To get online at the lodge, connect a laptop to the wifi and open the browser.",
    "The wifi router has a password, and the browser asks for it once.",
    "Guests who want to be online use the wifi with their phone or laptop.",
    "A browser needs a connection: the router gives one to every laptop.",
    "Without the router no laptop gets online, and no browser opens a page.",
    "Rye bread needs a sour dough, salt and a hot oven.",
    "The oven is heated before the dough is shaped into a loaf.",
    "A loaf of bread cools on the rack while the oven is swept.",
    "The baker weighs flour, salt and water for each loaf.",
    "A hot oven and a wet dough give the loaf its crust.",
    "The router sits behind the tall bookcase in the study.",
)


@pytest.mark.slow
def test_a7_weights_are_made_from_what_a_library_finds_by_what_it_taught_itself() -> None:
    records = [{"id": str(number), "text": said} for number, said in enumerate(_TOLD)]
    question = "Where is the thing I use to get online?"
    with library_of(records) as library:
        asked = library.ask(question, quotes=True)
    with recall_over(records=records) as (recall, _):
        found = recall.look_up(question)
    assert found.cue.meant is not None
    assert [quote.words for quote in found.quotes[:5]] == [each.quote for each in asked.evidence]
    known = judgement.probability(found.features, judgement.weights())
    assert known == pytest.approx(asked.confidence)
