"""A sentence that denies, doubts, plans or imagines what it names gives no value."""

from pathlib import Path

import pytest

from workbench.library import Library
from workbench.recall.asserted import asserts

#: Question, sentence, and what it names.
_NOT_SO = [
    ("Where was Ida Kern born?", "Ida Kern was not born in Oslo.", "Oslo"),
    ("Where was Ida Kern born?", "Ida Kern, who was not born in Oslo, came in 1901.", "Oslo"),
    ("Who drew the tower?", "The tower was not drawn by Moen.", "Moen"),
    ("Who owns the yawl?", "Rolf doesn’t own the yawl.", "Rolf"),
    ("Who owned the yawl?", "Rolf never owned the yawl.", "Rolf"),
    ("What colour is the house?", "The house is anything but white.", "white"),
    ("Where is the key?", "The key is no longer in the drawer.", "drawer"),
    ("Who found the cave?", "It was not Anna who found the cave.", "Anna"),
    ("Wo wurde Ida Kern geboren?", "Ida Kern wurde nicht in Oslo geboren.", "Oslo"),
    ("When was the pier built?", "It is a myth that the pier was built in 1850.", "1850"),
    ("How high is the tower?", "Some guides wrongly say that it is 60 metres high.", "60 metres"),
    ("Who owns the cutter?", "Rolf denied that he owns the cutter.", "Rolf"),
    ("Wie hoch ist der Turm?", "Angeblich ist der Turm 60 Meter hoch.", "60 Meter"),
    ("Wann wurde sie gebaut?", "Es ist ein Märchen, dass sie 1850 gebaut wurde.", "1850"),
    ("How much did it fetch?", "The boat was nearly sold for 4000 euros.", "4000 euros"),
    ("How much did it cost?", "The bridge would have cost 9 million euros.", "9 million euros"),
    ("When was the mill built?", "The council planned to build the mill in 1902.", "1902"),
    ("When was the mill built?", "If the mill was built in 1902, the map is wrong.", "1902"),
    (
        "When did the roof fall?",
        "Had the storm of 1955 lasted, the roof would have fallen.",
        "1955",
    ),
    ("When did it open?", "The museum is expected to open in 2027.", "2027"),
    ("Who bought the tower in 1960?", "Ottilie Brandt bought the tower in 1894.", "Ottilie Brandt"),
]
_SO = [
    ("Where was Ida Kern born?", "Ida Kern was born in Turku, not in Oslo.", "Turku"),
    ("Where did Ida Kern go?", "Ida Kern, who was not born here, went to Bergen.", "Bergen"),
    ("Who drew the tower?", "The tower was drawn not by Moen but by Sara Vik.", "Sara Vik"),
    ("When did the ferry come?", "The ferry did not come until 1850.", "1850"),
    ("What colour is the house?", "The house is not white, it is green.", "green"),
    ("How long is the quay?", "The quay is nearly 40 metres long.", "40 metres"),
    ("How long is the quay?", "The quay is almost forty metres long.", "forty metres"),
    ("How much would it have cost?", "The bridge would have cost 9 million euros.", "9 million"),
    ("When will the mill be built?", "The mill will be built in 2031.", "2031"),
    ("How much is a key?", "If you lose the key, a new one costs 40 euros.", "40 euros"),
    ("How many died?", "No fewer than 40 people died.", "40"),
    ("When did he leave?", "He left in May and did not come back.", "May"),
    ("Wem gehört die Jolle?", "Die Jolle gehört nicht Rolf, sondern Hedda.", "Hedda"),
    ("Who may not enter?", "Rolf is not allowed to enter.", "Rolf"),
    ("Who was mayor in 1960?", "The mayor in 1960 was Ida Kern, born in 1911.", "Ida Kern"),
    ("When is it due?", "Invoice no. 4713 is due on 1 July.", "1 July"),
    ("When was it opened?", "Contrary to a myth, it was opened in 1850.", "1850"),
    ("When was the bank founded?", "The bank was founded in 1860, though without money.", "1860"),
]


@pytest.mark.parametrize(
    ("question", "sentence", "named", "holds"),
    [*((*row, False) for row in _NOT_SO), *((*row, True) for row in _SO)],
)
def test_what_a_sentence_asserts(question: str, sentence: str, named: str, holds: bool) -> None:
    start = sentence.index(named)
    assert asserts(question, sentence, start, start + len(named)) is holds


@pytest.mark.usefixtures("reading")
def test_a_denial_gives_no_value_and_stands_behind_what_is_so(tmp_path: Path) -> None:
    file = tmp_path / "harbour.txt"
    file.write_text(
        "It is a myth that the old pier was built in 1850.\n\n"
        "The fishermen of the town meet there on Sundays, and the children swim.\n\n"
        "The old pier was built in 1862, as the stone above the stairs says.\n\n"
        "Ida Kern was not born in Oslo.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        built = library.ask("When was the old pier built?")
        born = library.ask("Where was Ida Kern born?")
    assert built.value == "1862"
    assert born.value is None
    assert born.confidence < 0.6
    assert "Ida Kern was not born in Oslo." in born.evidence[0].quote


@pytest.mark.usefixtures("reading")
def test_another_sentence_does_not_answer_in_the_place_of_a_denial(tmp_path: Path) -> None:
    file = tmp_path / "tower.txt"
    file.write_text(
        "Ottilie Brandt built the water tower in 1894. The council intended to pull the tower down"
        " in 1931, but the money ran out. It was almost sold to a brewery in 1960.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        pulled = library.ask("When was the tower pulled down?")
        bought = library.ask("Who bought the tower in 1960?")
    assert (pulled.value, bought.value) == (None, None)
    assert max(pulled.confidence, bought.confidence) < 0.6


@pytest.mark.usefixtures("reading")
def test_another_number_s_sentence_is_not_shown_beside(tmp_path: Path) -> None:
    file = tmp_path / "invoices.md"
    days = {"4711": "3 May", "4712": "9 June", "4713": "1 July", "4714": "8 August"}
    bills = (
        f"## Invoice no. {number}\n\nInvoice no. {number} is due on {day} 2026. Please pay to the"
        " harbour office before that day.\n\n"
        for number, day in days.items()
    )
    file.write_text("# Invoices\n\n" + "".join(bills), encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add(file)
        answer = library.ask("When is invoice 4713 due?")
    assert not answer.possible
    assert [row.text for row in answer.sentences] == ["Invoice no. 4713 is due on 1 July 2026."]


@pytest.mark.parametrize("shape", ["alone", "beside"])
@pytest.mark.usefixtures("reading")
def test_what_is_struck_out_gives_no_plain_answer(shape: str, tmp_path: Path) -> None:
    message = {
        "alone": "~Dogs are allowed in the yard.~",
        "beside": "The gate closes at nine. ~Dogs are allowed in the yard.~",
    }[shape]
    file = tmp_path / "WhatsApp Chat with Yard.txt"
    file.write_text(
        f"[04.03.24, 09:00:00] Nora: {message}\n[04.03.24, 09:05:00] Ivo: Thanks, I will say so.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        allowed = library.ask("Are dogs allowed in the yard?")
        struck = library.ask("What was struck out about the yard?")
    assert allowed.value is None
    assert allowed.confidence < 0.6
    assert "Dogs are allowed" in allowed.evidence[0].quote
    assert struck.confidence > allowed.confidence
