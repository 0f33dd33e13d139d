"""Near misses that are said again and again do not outvote the one answer."""

import pytest

from workbench.library import Library

MILL = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns. "
    "The weir above the mill was made of oak. "
    "The observatory of Tarn lies on a hill. Its first keeper was Ida Weil, who counted comets."
)
#: Something else, in another language.
WEIR = (
    "Das Wehr von Lohr wurde 1876 von Klara Voss gesetzt. Es hielt den Fluss für drei Dörfer. "
    "Am Ufer wohnte der Fischer mit seiner Familie."
)
#: Each tells that the mill was built of stone, and none by whom.
NEAR = "The Ferrow mill has wall {n}, which others built of stone upon stone from the hill."


def library_with(times: int) -> Library:
    library = Library.open(":memory:")
    library.add_text(MILL, title="One")
    library.add_text(WEIR, title="Two")
    for n in range(times):
        library.add_text(NEAR.format(n=n), title=f"Leaf {n}")
    return library


@pytest.mark.usefixtures("reading")
@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 4, 9])
def test_a7_near_misses_do_not_silence_the_answer_however_often_they_are_said(times: int) -> None:
    with library_with(times) as library:
        answer = library.ask("Who built the Ferrow mill?")
        assert not answer.abstained
        assert answer.value == "Anna Brook"
        # Of what nobody tells the repeated statements make no answer either.
        assert library.ask("Which bishop baptised the glazier of Ostrel?").abstained


@pytest.mark.usefixtures("reading")
@pytest.mark.slow
def test_a7_saying_a_near_miss_again_changes_nothing_about_how_sure_the_answer_is() -> None:
    sure = []
    for times in (2, 4, 8):
        with library_with(times) as library:
            sure.append(library.ask("Who built the Ferrow mill?").confidence)
    assert max(sure) - min(sure) < 0.05


def test_a7_records_of_one_form_that_tell_of_other_things_stay_apart() -> None:
    with Library.open(":memory:") as library:
        for place, builder in (("Tarn", "Ida Weil"), ("Lohr", "Klara Voss"), ("Visby", "Odo Lind")):
            said = (
                f"The old stone mill of {place} on the river was built by {builder} in that year."
            )
            library.add_text(said, title=place)
        answer = library.ask("Who built the old stone mill of Lohr?")
        assert "Klara Voss" in answer.sentences[0].text
        assert not answer.abstained
