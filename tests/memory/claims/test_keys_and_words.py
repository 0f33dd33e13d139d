"""Answers about keys, labels and counts, in other words and where a statement is a bare note."""

import pytest

from ingest.language.search_terms import groups
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.matching import answer_question, match


def _said(question: str, *told: str) -> str | None:
    found = match(question, [Statement(n, text, float(n)) for n, text in enumerate(told, 1)])
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        # Keys.
        ("staging api key: k_test_41ab", "api key for staging", "k_test_41ab"),
        ("router ip is 192.168.7.1", "what is the ip of the router?", "192.168.7.1"),
        ("python version: 3.11.9", "which python version do we use?", "3.11.9"),
        ("passport: X01Y0006Z", "what is my passport number?", "X01Y0006Z"),
        ("campaign Brant owner is Dagny", "who is the Brant owner?", "Dagny"),
        ("campaign Merle status is paused", "Merle status", "paused"),
        ("The VIN of the van is WV1ZZ88", "what is the van's VIN?", "WV1ZZ88"),
        ("the bug tracker is at bugs.mill.example/start?all=1", "where is the bug tracker?",
         "bugs.mill.example/start?all=1"),
        ("the gate is B9", "which gate?", "B9"),
        # Gaps routines and exceptions.
        ("Monday's soup is lentil and Tuesday's tomato.", "what is Tuesday's soup?", "tomato"),
        ("The first prize is 500 euros, the second 200.", "what is the second prize?", "200"),
        ("The red key opens the shed and the blue the cellar.", "what does the blue key open?",
         "the cellar"),
        ("Butter is £1.80, milk £0.95 and eggs £2.10.", "how much is milk?", "£0.95"),
        ("Take the green drops three times a day.", "how often do I take the green drops?",
         "three times a day"),
        ("Put the bins out on Wednesday evening.", "when do I put out the bins?",
         "Wednesday evening"),
        ("The baby is asleep.", "is the baby awake?", "no"),
        ("All the lamps but the blue one work.", "does the blue lamp work?", "no"),
        ("All but one of the windows are closed.", "are all the windows closed?", "no"),
        ("The museum is open every day but Monday.", "is the museum open on Monday?", "no"),
        ("The museum is open every day but Monday.", "is the museum open on Friday?", "yes"),
        ("Ajax beat Twente 3-1.", "who lost?", "Twente"),
        ("Nils lost to Greta in the final.", "who won the final?", "Greta"),
        ("Nils lost to Greta in the final.", "did Nils win the final?", "no"),
        ("Hanno has two daughters, Romy and Leni.", "who is Romy's sister?", "Leni"),
        ("Philipp bought a van. He keeps it in the barn.", "Where does Philipp keep his van?",
         "in the barn"),
    ],
)  # fmt: skip
def test_keys(told: str, question: str, said: str) -> None:
    assert _said(question, told) == said


def test_keys_that_look_alike_are_not_confused() -> None:
    told = [f"depot{n} door code is {n * 11}" for n in (1, 10, 11, 100)]
    assert _said("what is the depot10 door code?", *told) == "110"
    assert _said("depot1 door code", *told) == "11"
    assert _said("what is the depot101 door code?", *told) is None


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        # Counts.
        ("the barn has 40 chairs, 3 pianos and 212 seats", "how many pianos?", "3"),
        ("only the last 900 callers get 12 stamps", "how many callers?", "900"),
        ("14 volunteers planted 600 trees", "how many volunteers?", "14"),
        ("The choir has 30 singers, eleven of them men.", "how many men are in the choir?",
         "eleven"),
        ("Otto has four uncles.", "how many cousins does Otto have?", None),
        # Kinds of memory.
        ("Decided to use maps for search", "What was decided?", "use maps for search"),
        ("We decided to sell the boat.", "What did we decide about the boat?", "sell the boat"),
        ("We decided to sell the boat.", "What did we decide about the van?", None),
        ("DECISION: Move on Friday. REASON: less rain", "what was the reason?", "less rain"),
        ("TODO: ring the vet on Monday", "what do I have to do on Monday?", "ring the vet"),
        ("PREFERENCE: tabs over spaces", "what do I prefer?", "tabs over spaces"),
        ("ERROR: the disk is full", "what error occurred?", "the disk is full"),
        # Other words.
        ("Jorun reports to Sven", "who is Jorun's boss?", "Sven"),
        ("Jorun lives in Bergen", "what city is Jorun in?", "Bergen"),
        ("Torben keeps the lighthouse.", "who is the lighthouse keeper?", "Torben"),
        ("project Gannet is owned by Signe", "who is the owner of Gannet?", "Signe"),
        ("The novel was written by Ida Roe.", "who is the author of the novel?", "Ida Roe"),
        ("I rent from Mr. Adler.", "who is my landlord?", "Mr. Adler"),
        ("my plan is basic", "what subscription tier do I have?", "basic"),
        ("my editor is helix", "which ide do I use?", "helix"),
        ("The payment was made on 3 May.", "when was the payment made?", "3 May"),
        ("the lift code is tarn7", "which digits do I need for the lift?", "tarn7"),
        ("my plan is basic", "what is my favourite planet?", None),
        ("the internal code is 11", "what is the internet code?", None),
        # Slips.
        ("The garage code is 5512.", "what is the garge code?", "5512"),
        ("The accountant is Mr. Lund.", "who is the acountant?", "Mr. Lund"),
        ("Bo lives in Halle", "where does Bob live?", None),
        ("Ann manages the store.", "who is the manager of the stork?", None),
        ("Mi hermana vive en Bilbao.", "¿Dónde vive mi hermano?", None),
        # Notes and scripts without spaces.
        ("spare tyre in the boot", "where is the spare tyre?", "in the boot"),
        ("dentist Tuesday 14:00", "when is the dentist?", "Tuesday 14:00"),
        ("rehearsal moved, now 9:40", "when is the rehearsal?", "9:40"),
        ("Jonas allergic to walnuts", "what is Jonas allergic to?", "walnuts"),
        ("The motto is calm and steady wins.", "What is the motto?", None),
        ("私の犬の名前はポチです", "私の犬の名前は何ですか?", "ポチ"),
        ("会議は三時に始まります", "会議はいつ始まりますか?", "三時に"),
        ("รหัสประตูคือ4471", "รหัสประตูคืออะไร", "4471"),
    ],
)  # fmt: skip
def test_counts(told: str, question: str, said: str | None) -> None:
    assert _said(question, told) == said


def test_a_decision_is_about_what_was_told_just_before_it() -> None:
    told = ["Met the board about pricing", "DECISION: Keep the free tier"]
    memory = ClaimSet(Statement(n, text, float(n)) for n, text in enumerate(told, 1))
    _, found = answer_question("What pricing decision was made?", memory)
    assert found is not None
    assert (found.answer, found.confidence) == ("Keep the free tier", 0.6)
    assert _said("What hiring decision was made?", *told) is None


def test_learned_words_stand_for_each_other() -> None:
    memory = ClaimSet([Statement(1, "the lift code is tarn7", 1.0)])
    question = "what is the elevator code?"
    assert answer_question(question, memory)[1] is None
    _, found = answer_question(
        question, memory, lambda word: {"lift"} if word == "elevator" else ()
    )
    assert found is not None
    assert found.answer == "tarn7"
    assert found.confidence < 0.8


def test_candidates_hold_what_the_words_of_a_question_are_told_by() -> None:
    lighthouse, keeper = groups("who is the lighthouse keeper?")
    assert "lighthouse" in lighthouse
    assert {"keeper", "keeps", "kept"} <= keeper
    assert all("plan" in group for group in groups("what subscription tier do I have?"))
    (lift,) = groups("which digits do I need for the elevator?", lambda _: ("lift",))
    assert "lift" in lift
