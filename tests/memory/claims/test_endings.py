"""What ends, changes or is taken back since it was told, whatever verb says so."""

import pytest

from ingest.language.questions import question_of
from ingest.language.word_lists import lines
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.matching import Match, ending_statement, match


def _told(*texts: str) -> list[Statement]:
    return [
        Statement(number, text, float(number), texts[max(0, number - 2) : number])
        for number, text in enumerate(texts)
    ]


def _match(question: str, *texts: str) -> Match | None:
    return match(question, _told(*texts))


def _said(question: str, *texts: str) -> str | None:
    found = _match(question, *texts)
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("state", "ending", "closed", "opened"),
    [
        ("Vera works for Lumo.", "Vera quit.", "Does Vera work for Lumo?", "Who works for Lumo?"),
        ("Vera works for Lumo.", "Lumo fired Vera.", "Does Vera work for Lumo?",
         "Who does Vera work for?"),
        ("Vera works for Lumo.", "Vera no longer works there.", "Does Vera work for Lumo?",
         "Who does Vera work for?"),
        ("Vera works for Lumo.", "Lumo let Vera go.", "Does Vera work for Lumo?",
         "Where does Vera work?"),
        ("Vera works for Lumo.", "Vera lost her job at Lumo.", "Does Vera work for Lumo?",
         "Who does Vera work for?"),
        ("Vera works for Lumo.", "Lumo went bankrupt.", "Does Vera work for Lumo?",
         "Who does Vera work for?"),
        ("Vera is a nurse at the clinic.", "Vera has retired.", "Is Vera a nurse at the clinic?",
         "What does Vera do?"),
        ("Rolf is the treasurer of the club.", "Rolf was ousted as treasurer.",
         "Is Rolf the treasurer of the club?", "Who is the treasurer of the club?"),
        ("Rolf has a red van.", "Rolf scrapped the van.", "Does Rolf have a red van?",
         "What does Rolf have?"),
        ("Rolf has a van.", "Rolf's van was stolen in Lyon.", "Does Rolf have a van?",
         "Who has a van?"),
        ("We have a cat called Minka.", "Minka was put down.", "Do we have a cat?",
         "Which cat do we have?"),
        ("Rex lives in the barn.", "Rex died.", "Does Rex live in the barn?",
         "Where does Rex live?"),
        ("Cleo is married to Otto.", "Cleo and Otto got divorced.", "Is Cleo married to Otto?",
         "Who is Cleo married to?"),
        ("Cleo's boyfriend is Otto.", "Cleo broke up with Otto.", "Is Otto Cleo's boyfriend?",
         "Who is Cleo's boyfriend?"),
        ("The meeting is on Friday.", "They called off the meeting.",
         "Is the meeting on Friday?", "When is the meeting?"),
        ("The meeting is on Friday.", "The meeting is off.", "Is the meeting on Friday?",
         "When is the meeting?"),
        ("The meeting is on Friday.", "The meeting won't take place.",
         "Is the meeting on Friday?", "When is the meeting?"),
        ("We are buying the mill in Hay.", "The mill purchase fell through.",
         "Are we buying the mill in Hay?", "What are we buying?"),
        ("I subscribe to Wired.", "My subscription to Wired has lapsed.",
         "Do I subscribe to Wired?", "What do I subscribe to?"),
        ("Dov is a member of the rowing club.", "Dov let his membership lapse.",
         "Is Dov a member of the rowing club?", "Which club is Dov a member of?"),
        ("Dov sings in the choir.", "Dov dropped out of the choir.", "Does Dov sing in the choir?",
         "Who sings in the choir?"),
        ("Dov smokes a pipe.", "Dov quit smoking after the operation.", "Does Dov smoke a pipe?",
         "What does Dov smoke?"),
        ("Dov drinks coffee.", "Dov has given up coffee.", "Does Dov drink coffee?",
         "What does Dov drink?"),
        ("Dov collects stamps.", "Dov lost interest in stamps.", "Does Dov collect stamps?",
         "What does Dov collect?"),
        ("Lea lives in Bonn.", "Lea moved out in May.", "Does Lea live in Bonn?",
         "Where does Lea live?"),
        ("Our tenant is Mr Abe.", "We evicted Mr Abe.", "Is Mr Abe our tenant?",
         "Who is our tenant?"),
        ("The statue stands in the square.", "The statue was removed.",
         "Does the statue stand in the square?", "Where does the statue stand?"),
        ("Nils has permission to camp.", "The council revoked Nils's permission.",
         "Does Nils have permission?", "What does Nils have?"),
        ("I owe Birte 40 euros.", "I settled my debt with Birte.", "Do I owe Birte 40 euros?",
         "How much do I owe Birte?"),
        ("Nora is in prison.", "Nora was released in May.", "Is Nora in prison?",
         "Where is Nora?"),
        ("Ole takes heparin.", "Ole was told to stop taking heparin.", "Does Ole take heparin?",
         "What does Ole take?"),
        ("Ole takes heparin.", "Ole no longer needs heparin.", "Does Ole take heparin?",
         "What does Ole take?"),
        ("Ole takes heparin and codeine.", "The surgeon replaced heparin with aspirin.",
         "Does Ole take heparin?", "Who takes heparin?"),
        ("Ole is allergic to nuts.", "Ole has outgrown his nut allergy.",
         "Is Ole allergic to nuts?", "What is Ole allergic to?"),
        ("Nils is allergic to nuts.", "Nils's allergy to nuts is gone.",
         "Is Nils allergic to nuts?", "What is Nils allergic to?"),
        ("Judo is on Monday and Friday.", "The Friday judo was cancelled.", "Is judo on Friday?",
         "Who is on Friday?"),
    ],
)  # fmt: skip
def test_what_ended_is_so_no_longer(state: str, ending: str, closed: str, opened: str) -> None:
    assert _said(closed, state) == "yes"
    assert _said(closed, state, ending) == "no"
    assert _said(opened, state, ending) is None


@pytest.mark.parametrize(
    ("state", "change", "question", "value", "before"),
    [
        ("Vera works for Lumo.", "Vera joined Halden in May.", "Who does Vera work for?",
         "Halden", "Does Vera work for Lumo?"),
        ("Vera works for Lumo.", "Vera has been hired by Halden.", "Who does Vera work for?",
         "Halden", "Does Vera work for Lumo?"),
        ("I work for Lumo.", "My new employer is Halden.", "Who do I work for?",
         "Halden", "Do I work for Lumo?"),
        ("Vera works for Lumo.", "Vera left Lumo for Halden.", "Who does Vera work for?",
         "Halden", "Does Vera work for Lumo?"),
        ("My bank is Nordea.", "I switched to Axo.", "What is my bank?", "Axo",
         "Is my bank Nordea?"),
        ("I use Vim.", "I replaced Vim with Emacs.", "What do I use?", "Emacs", "Do I use Vim?"),
        ("My wife drinks coffee in the morning.",
         "My wife gave up coffee and drinks tea instead.",
         "What does my wife drink in the morning?", "tea",
         "Does my wife drink coffee in the morning?"),
        ("The chair of the club is Bo.", "Bo handed over the chair to Ida.",
         "Who is the chair of the club?", "Ida", "Is Bo the chair of the club?"),
        ("Gunnar coaches the juniors.", "Gunnar was replaced by Liv.", "Who coaches the juniors?",
         "Liv", "Does Gunnar coach the juniors?"),
        ("Ines lives in Turin.", "After the wedding Ines moved and now lives in Ghent.",
         "Where does Ines live?", "Ghent", "Does Ines live in Turin?"),
        ("Ines lives in Turin.", "Ines settled in Ghent.", "Where does Ines live?", "Ghent",
         "Does Ines live in Turin?"),
        ("The team is called Foxes.", "The team was renamed Wolves.",
         "What is the team called?", "Wolves", "Is the team called Foxes?"),
        ("The street is called Kaiserweg.", "They renamed the street Friedensweg.",
         "What is the street called?", "Friedensweg", "Is the street called Kaiserweg?"),
        ("The match is on Sunday.", "The match was rescheduled for Tuesday.",
         "When is the match?", "Tuesday", "Is the match on Sunday?"),
        ("The door is open.", "Bo locked the door.", "What is the door?", "locked",
         "Is the door open?"),
    ],
)  # fmt: skip
def test_what_changed_is_told_as_it_is_now(
    state: str, change: str, question: str, value: str, before: str
) -> None:
    found = _said(question, state, change)
    assert (found is None and value == "locked") or (found is not None and value in found)
    assert _said(before, state, change) == "no"


@pytest.mark.parametrize(
    ("state", "event", "question", "said"),
    [
        ("Vera works for Lumo.", "Vera left the house at nine.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera left for Rome.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera left her umbrella at Lumo.", "Does Vera work for Lumo?",
         "yes"),
        ("Vera works for Lumo.", "Vera joined Bo for lunch.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera joined a choir.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera started the car.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera switched off the lamp.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera moved to Bergen.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera wants to quit.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera will leave Lumo in May.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera has not left Lumo.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Lumo fired Tom.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera gave up her seat on the bus.", "Who does Vera work for?",
         "Lumo"),
        ("Ben owes me 20 euros.", "I paid Ben back.", "How much does Ben owe me?", "20 euros"),
        ("My brother is Tom.", "Tom died in May.", "Who is my brother?", "Tom"),
        ("I have a dog.", "Bo's dog died.", "Do I have a dog?", "yes"),
        ("The board meeting is on Friday.", "The staff meeting was cancelled.",
         "When is the board meeting?", "Friday"),
        ("The shop is in Mill Lane.", "The shop closed at six.", "Where is the shop?", "Mill Lane"),
        ("Ben plays the cello.", "Ben gave up smoking.", "What does Ben play?", "the cello"),
        ("Ben drinks coffee.", "Ben left his coffee on the table.", "Does Ben drink coffee?",
         "yes"),
        ("Lea lives in Bonn.", "Lea left Bonn at noon.", "Where does Lea live?", "Bonn"),
        ("The chair of the club is Bo.", "Bo handed the keys over to Ida.",
         "Who is the chair of the club?", "Bo"),
        ("My car is a Volvo.", "My car broke down on the motorway.", "What is my car?", "a Volvo"),
    ],
)  # fmt: skip
def test_what_did_not_end_is_told(state: str, event: str, question: str, said: str) -> None:
    found = _match(question, state, event)
    assert found is not None
    assert (found.answer, found.newer) == (said, None)


@pytest.mark.parametrize(
    ("state", "event", "question", "said"),
    [
        ("The deadline is 3 May.", "The deadline was extended by a week.", "When is the deadline?",
         "3 May"),
        ("The gate code is 5512.", "The gate code has changed.", "What is the gate code?", "5512"),
        ("Vera works for Lumo.", "Vera left.", "Who does Vera work for?", "Lumo"),
        ("Vera works for Lumo.", "Vera besmirched Lumo.", "Does Vera work for Lumo?", "yes"),
        ("Ole takes heparin.", "Ask Ole to stop the heparin.", "Does Ole take heparin?", "yes"),
        ("Judo is on Monday and Friday.", "The Friday class was cancelled.", "Is judo on Friday?",
         "yes"),
    ],
)  # fmt: skip
def test_in_doubt_the_newer_statement_is_named(
    state: str, event: str, question: str, said: str
) -> None:
    found = _match(question, state, event)
    assert found is not None
    assert found.answer == said
    assert found.newer is not None
    assert found.newer.text == event


@pytest.mark.parametrize(
    ("statement", "correction", "question", "said"),
    [
        ("The alarm is at 7:20.", "No, I mean 7:40.", "When is the alarm?", "7:40"),
        ("The party is on the 12th.", "Sorry, it's the 14th, not the 12th.", "When is the party?",
         "the 14th"),
        ("The gate code is 4417.", "Correction: the gate code is 4471.", "What is the gate code?",
         "4471"),
        ("The train leaves at 9:10.", "I meant 9:40.", "When does the train leave?", "9:40"),
    ],
)  # fmt: skip
def test_a_correction_takes_the_place_of_what_it_corrects(
    statement: str, correction: str, question: str, said: str
) -> None:
    assert _said(question, statement, correction) == said


def test_what_ended_it_is_known() -> None:
    told = _told("Vera works for Lumo.", "Vera quit.", "Tom works for Axo.")
    pattern = question_of("Who does Vera work for?")
    assert pattern is not None
    over = ending_statement(pattern, ClaimSet(told))
    assert over is not None
    assert over.text == "Vera quit."


def test_what_the_user_keeps_is_not_ended() -> None:
    told = _told("Vera works for Lumo.", "Vera quit.")
    memory = ClaimSet(told, exempt={0})
    assert not any(memory.replaced(held) for held in memory.claims if held.statement.id == 0)


def test_relations_of_events_are_those_of_states() -> None:
    named = {line.split(":")[0] for line in lines("states.txt") if not line.startswith(" ")}
    kinds = ("end", "swap", "new")
    heads = [line.split(":")[0].split() for line in lines("events.txt") if ":" in line]
    used = {head[-1].rstrip("?!") for head in heads if head and head[0] in kinds}
    assert used - {"-"} <= named


def test_of_two_that_may_be_switched_neither_is_sure() -> None:
    states = ("My bank is Nordea.", "My provider is Telia.", "I switched to Axo.")
    found = _match("What is my bank?", *states)
    assert found is not None
    assert found.newer is not None
    assert found.newer.text == "I switched to Axo."


def test_a_deed_that_shares_a_name_alone_leaves_the_answer_sure() -> None:
    states = ("Mira Holt lives in Skarvik.", "Mira Holt repaired the tide gauge in March.")
    found = _match("Where does Mira Holt live?", *states)
    assert found is not None
    assert found.newer is None
