"""What long sentences of stories say, and whom "he" and "she" mean there."""

import pytest

from ingest.triples.reading import PassageReader

_GENDERS = {"Bo": "m", "Tova": "f", "Ada": "f", "Piet": "m"}

_SAID = [
    ("But in Oslo I saw the house of my youth.", "the narrator | see | house of my youth"),
    ("I saw the image of my former self.", "the narrator | see | image of my former self"),
    ("Her thoughts were all fixed on the letter.", "thoughts | fix on | letter"),
    ("The hook seemed every moment to leave the beam.", "hook | leave | beam"),
    ("She was the cousin of the child who left the town.", "child | leave | town"),
    ("The dress was covered with five hundred and sixty pearls.",
     "dress | cover with | five hundred and sixty pearls"),
    ("The grief fills me with sympathy.", "grief | fill with | sympathy"),
    ("The sermon gave some relief to the sick widow.", "sermon | give to | sick widow"),
    ("The soup was fifty times better than the fish.", "soup | be better than | fish"),
    ("His garden fed his sleepless, excited mind.", "garden | feed | sleepless , excited mind"),
    ("The heir knew his father's advanced age.", "heir | know | father's advanced age"),
    ("The mouth into which the boats ran was taken for a gate.", "mouth | take for | gate"),
    ("The road carried mail, and in many cases carried gold.", "road | carry | gold"),
    ("The pier led by a short gravel walk to the house.", "pier | lead by | short gravel walk"),
    ("The child appeared confident.", "child | appear | confident"),
    ("Directing credits go to Ada Krog.", "credits | go to | Ada Krog"),
    ("Two young ladies wander about the town.", "Two young ladies | wander about | town"),
    ("The sailor came and mended the sails.", "sailor | mend | sails"),
    ("Lazily dipping on the wing, the gulls left.", "gulls | dip on | wing"),
    ("Holt was struck; and looking in that direction saw a face.", "Holt | see | face"),
    ("The horse is first cut into pieces.", "horse | cut into | pieces"),
    ("The note, which at once delayed it and ended its use, was lost.", "note | end | use"),
    ("The plan was at length wholly banished by the judge.", "plan | banish by | judge"),
]  # fmt: skip

_UNSAID = [
    ("The sailor came and mended the sails.", "come | sails"),
    ("Nature bade me weep no more.", "weep | more"),
    ("I remained two days at Lausanne.", "remain | two days"),
    ("Krog was so scared by the noise that he thought of nothing.", "think | noise"),
    ("To work in this garden was one of his joys.", "be one of | joys"),
    ("At the foot of the cliffs masses of rock lie strewn.", "mass of | rock"),
    ("Gold is of more value than silver.", "be than | silver"),
    ("The voice had long appeared dead.", "have | long appeared"),
    ('"Ha!" cried Holt; and looking up from the deck, we saw a gull.', "look up from | deck"),
    ("His silence made her turn to the window.", "make | turn"),
    ("Holt had been gone a week.", "go on | week"),
    ("The report is false; and be assured of my care.", "assure of | my care"),
    ("She was sure her opinion was shared.", "be | opinion"),
    ("At St. James's Hall I felt a chill.", "feel | St. James's Hall"),
    ("Ada stood several minutes before the picture.", "stand | minutes"),
    ("I had been out many hours.", "be out | many hours"),
]


def _read(text: str) -> list[str]:
    found = PassageReader(_GENDERS, narrator=True).read(text)
    return [f"{t.subject.text} | {t.relation} | {t.object.text}" for t in found]


@pytest.mark.parametrize(("text", "wanted"), _SAID)
def test_what_a_sentence_says_is_found(text: str, wanted: str) -> None:
    assert wanted in _read(text)


@pytest.mark.parametrize(("text", "wrong"), _UNSAID)
def test_what_a_sentence_does_not_say_is_left_alone(text: str, wrong: str) -> None:
    assert not [said for said in _read(text) if said.endswith(f"| {wrong}")]


def test_by_no_means_denies() -> None:
    found = PassageReader().read("Fires were by no means rare in the valley.")
    assert found
    assert all(triple.negated for triple in found)


def test_who_speaks_is_no_she_of_the_own_speech() -> None:
    text = 'Ada sang. Tova smiled. "The letter will please her," added Tova.'
    assert "letter | please | Ada" in _read(text)


def test_who_does_it_is_not_whom_it_is_done_to() -> None:
    reader = PassageReader(_GENDERS, threshold=0.3)
    (thanked,) = reader.read("Bo sang. Piet smiled. He thanked him.")
    assert (thanked.subject.text, thanked.object.text) == ("Piet", "Bo")


def test_a_name_of_which_nothing_is_said_can_still_be_meant() -> None:
    said = _read("Ada sang of the sea. Tova could not help observing, as she turned the page.")
    assert "Tova | turn | page" in said


def test_a_place_is_nobody() -> None:
    assert not [said for said in _read("The fair was held in Larkfield. He sold a horse.")
                if said.startswith("Larkfield | sell")]  # fmt: skip


def test_a_family_is_neither_he_nor_she() -> None:
    assert not [said for said in _read("The Krogs sang. She sold the farm.")
                if said.startswith("Krogs | sell")]  # fmt: skip


def test_a_wife_is_not_called_by_her_husbands_name() -> None:
    said = _read("Mr. Krog sold the mill. The mill was offered to Mrs. Krog.")
    assert "mill | offer to | Mrs. Krog" in said
