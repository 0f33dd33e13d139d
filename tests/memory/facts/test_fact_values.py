"""Questions for values: the right part of the right fact, or nothing. A library a group."""

from collections.abc import Sequence

import pytest

from workbench.library import Library

Asked = Sequence[tuple[str, str | None]]

GROUPS: dict[str, tuple[Sequence[str], Asked]] = {
    "verbs of many kinds": (
        ["the spare key hangs behind the stove", "Mira inspected the dam", "Olin unlocked gate 4"],
        [
            ("where does the spare key hang?", "behind the stove"),
            ("who inspected the dam?", "Mira"),
            ("what did Olin unlock?", "gate 4"),
        ],
    ),
    "plain attributes": (
        ["my name is Ilse", "our office is in Bruges", "the guest code is 7719-B"],
        [
            ("what's my name?", "Ilse"),
            ("where is our office?", "Bruges"),
            ("can you tell me the guest code?", "7719-B"),
            ("guest code", "7719-B"),
            ("what is the staff code?", None),
            ("what is your name?", None),
        ],
    ),
    "codes are no measures, amounts with their currency are": (
        ["the ferry code is wren44", "the ferry ticket costs EUR40"],
        [
            ("how long is the ferry?", None),
            ("how much does the ferry ticket cost?", "EUR40"),
        ],
    ),
    "owners in both phrasings": (
        [
            "Marit owns the Lantern project",
            "Halden is owned by Piotr",
            "the owner of Gyda is Kim",
        ],
        [
            ("who owns Halden?", "Piotr"),
            ("who is Halden's owner?", "Piotr"),
            ("what does Piotr own?", "Halden"),
            ("who owns Gyda?", "Kim"),
            ("what does Kim own?", "Gyda"),
            ("who owns Bergen?", None),
        ],
    ),
    "managers, and the direction of reporting": (
        ["Kenji's manager is Lotte", "Sven reports to Mia"],
        [
            ("who does Kenji report to?", "Lotte"),
            ("who manages Kenji?", "Lotte"),
            ("who does Lotte manage?", "Kenji"),
            ("who reports to Lotte?", "Kenji"),
            ("who reports to Kenji?", None),
            ("who is Sven's boss?", "Mia"),
            ("who reports to Mia?", "Sven"),
            ("who reports to Sven?", None),
        ],
    ),
    "work and home": (
        [
            "Kaspar works for Hydro as a welder",
            "Imke works at Lufthansa in Hamburg",
            "I live in Ulm",
        ],
        [
            ("where does Kaspar work?", "for Hydro"),
            ("what is Kaspar's job?", "welder"),
            ("who works at Lufthansa?", "Imke"),
            ("what company does Imke work for?", "Lufthansa"),
            ("where do I live?", "Ulm"),
            ("where does Imke live?", None),
            ("who works at Siemens?", None),
        ],
    ),
    "numbers belong to their nouns": (
        [
            "the shed holds 14 ladders, 3 pumps and 60 crates",
            "the bridge is 312 metres long",
            "Tove is 41 years old",
            "the ferry ticket costs 18 euros",
            "Vera has three children",
        ],
        [
            ("how many ladders?", "14"),
            ("how many pumps does the shed hold?", "3"),
            ("how many crates are in the shed?", "60"),
            ("how many ropes?", None),
            ("how long is the bridge?", "312 metres long"),
            ("how old is Tove?", "41 years old"),
            ("how old is the bridge?", None),
            ("how much is the ferry ticket?", "18 euros"),
            ("what is the price of the ferry ticket?", "18 euros"),
            ("how many kids does Vera have?", "three"),
        ],
    ),
    "when and where": (
        [
            "the retreat is on 14 May in Oslo",
            "the meeting is next Thursday at 14:00",
            "the bakery opens at 7:30 and closes at 18:00",
            "Ada was born on 3 March 1988 in Turku",
        ],
        [
            ("when is the retreat?", "14 May"),
            ("where is the retreat?", "Oslo"),
            ("when is the meeting?", "next Thursday at 14:00"),
            ("what time does the bakery close?", "18:00"),
            ("when does the bakery open?", "7:30"),
            ("what is Ada's birthday?", "3 March 1988"),
            ("where was Ada born?", "Turku"),
            ("where is the meeting?", None),
        ],
    ),
    "whole spans": (
        [
            "my favourite film is the cook the thief and his wife",
            "my stack is Rust and Postgres",
            "the slogan is slow and steady wins",
            "the build number is 4.2.1-rc3",
            "the budget is $12,500.50",
            "the repo is git@host.example:team/app.git",
            "the url is https://a.example/x?y=1&z=2#top",
            "my size is M",
            "my city is 大阪",
        ],
        [
            ("what's my favorite movie?", "the cook the thief and his wife"),
            ("what is my stack?", "Rust and Postgres"),
            ("what is the build number?", "4.2.1-rc3"),
            ("what is the budget?", "$12,500.50"),
            ("what is the repo?", "git@host.example:team/app.git"),
            ("what is the url?", "https://a.example/x?y=1&z=2#top"),
            ("what is my size?", "M"),
            ("what is my city?", "大阪"),
        ],
    ),
    "giving has a direction": (
        ["Otto gave Wilma the red bicycle"],
        [
            ("who gave Wilma the bicycle?", "Otto"),
            ("what did Otto give Wilma?", "the red bicycle"),
            ("to whom did Otto give the bicycle?", "Wilma"),
            ("who gave Otto the bicycle?", None),
        ],
    ),
    "one shared word is no answer": (
        ["the wifi password is heron42", "Alma plays the harp", "university ranking is 12"],
        [
            ("what is the bank password?", None),
            ("who is Alma?", None),
            ("when does Alma play?", None),
            ("what is Alma's age?", None),
            ("what is the universe ranking?", None),
            ("who plays the flute?", None),
        ],
    ),
    "neither door was meant": (
        ["the north gate code is 11", "the south gate code is 22"],
        [
            ("what is the gate code?", None),
            ("what is the south gate code?", "22"),
            ("what is the east gate code?", None),
        ],
    ),
    "whose name": (
        ["My sister's name is Greta", "My brother is named Olaf", "my cat is called Miso"],
        [
            ("what is my sister's name?", "Greta"),
            ("what's my brother's name?", "Olaf"),
            ("what is my cat called?", "Miso"),
            ("what is my name?", None),
            ("what is my dog's name?", None),
        ],
    ),
    "numbers at the end of a name": (
        ["project17 is led by Ana", "project170 is led by Bo", "project1 is led by Cy"],
        [
            ("who leads project17?", "Ana"),
            ("who is the leader of project170?", "Bo"),
            ("who leads project1?", "Cy"),
            ("who leads project7?", None),
        ],
    ),
    "two clauses": (
        [
            "the red folder holds invoices and the green folder holds contracts",
            "Sund is the capital of Osland and Vik is the capital of Norland",
        ],
        [
            ("what does the red folder hold?", "invoices"),
            ("which folder holds contracts?", "the green folder"),
            ("what is the capital of Osland?", "Sund"),
            ("what is the capital of Norland?", "Vik"),
            ("what is the capital of Westland?", None),
        ],
    ),
    "scripts without spaces": (
        ["我的城市是大阪", "项目负责人是李雷", "私の名前は健太です"],
        [
            ("我的城市是什么", "大阪"),
            ("项目负责人是谁", "李雷"),
            ("私の名前は何ですか", "健太"),
            ("我的名字是什么", None),
        ],
    ),
    "yes and no": (
        ["Jens doesn't eat meat", "Pia likes olives", "the secretary is not Quinn"],
        [
            ("does Jens eat meat?", "no"),
            ("does Pia like olives?", "yes"),
            ("does Jens like olives?", None),
            ("is Quinn the secretary?", "no"),
            ("who is the secretary?", None),
        ],
    ),
    "labels": (
        ["wifi: plover88", "locker code = 5521", "Deadline - 5 June"],
        [
            ("what is the wifi?", "plover88"),
            ("what is the locker code?", "5521"),
            ("when is the deadline?", "5 June"),
        ],
    ),
    "other words for the same": (
        ["my subscription is premium", "my email is a.b@example.org", "I use a laptop"],
        [
            ("what is my plan?", "premium"),
            ("what is my phone number?", None),
        ],
    ),
    "belonging, in every phrasing": (
        ["the blue car belongs to Mona", "Tilde wrote the handbook", "the head of Zephyr is Lu"],
        [
            ("who owns the blue car?", "Mona"),
            ("what does Mona own?", "the blue car"),
            ("who owns the red car?", None),
            ("who is the author of the handbook?", "Tilde"),
            ("who heads Zephyr?", "Lu"),
            ("what does Lu head?", "Zephyr"),
        ],
    ),
    "the mother of whom": (
        ["Anna's mother is Eva", "Eva's mother is Ruth", "Wim's extension is 4410"],
        [
            ("who is Anna's mother?", "Eva"),
            ("who is Eva's mother?", "Ruth"),
            ("who is Ruth's mother?", None),
            ("who is the mother of Ruth?", None),
        ],
    ),
    "what was is not what is": (
        ["the code is 1234, but the old code was 9999"],
        [("what is the code?", "1234"), ("what was the old code?", "9999")],
    ),
    "things done by people": (
        [
            "the north pump was repaired by Arne on 3 March",
            "the south pump was repaired by Bjarne",
            "Ravn supplies the flour",
            "I bought the bike in 2019 and I sold the bike to Karl",
        ],
        [
            ("who repaired the north pump?", "Arne"),
            ("when was the north pump repaired?", "3 March"),
            ("when was the south pump repaired?", None),
            ("what did Bjarne repair?", "the south pump"),
            ("who is the supplier of the flour?", "Ravn"),
            ("who supplies the salt?", None),
            ("who did I sell the bike to?", "Karl"),
        ],
    ),
    "qualified by day, floor and order": (
        [
            "the meeting on Monday is in room 4",
            "the meeting on Friday is in room 9",
            "the first prize is a bicycle",
            "we have 3 printers on the second floor",
        ],
        [
            ("where is the meeting on Monday?", "in room 4"),
            ("which room is the meeting on Friday in?", "room 9"),
            ("where is the meeting on Tuesday?", None),
            ("what is the first prize?", "a bicycle"),
            ("what is the third prize?", None),
            ("how many printers do we have?", "3"),
            ("how many printers do we have on the first floor?", None),
        ],
    ),
    "places of things": (
        [
            "I parked the car on level 3",
            "my keys are under the doormat",
            "Wim's desk is by the window",
            "the flight leaves at 6:45 from gate B12",
            "server alpha runs on port 8080",
        ],
        [
            ("where did I park the car?", "on level 3"),
            ("where are my keys?", "under the doormat"),
            ("where is Wim's desk?", "by the window"),
            ("which gate does the flight leave from?", "gate B12"),
            ("when does the flight leave?", "6:45"),
            ("what port does server alpha run on?", "8080"),
            ("what port does server beta run on?", None),
        ],
    ),
    "people with one thing known": (
        ["Ada's phone is red", "Ada likes Bob", "Bob works in sales"],
        [
            ("what is Ada's phone number?", None),
            ("who likes Ada?", None),
            ("who does Ada like?", "Bob"),
            ("who is Bob's manager?", None),
            ("where does Bob live?", None),
            ("when did Ada meet Bob?", None),
        ],
    ),
    "whose it is, and of what it is said": (
        [
            "Ada's laptop is in the office",
            "my wife's birthday is 2 July",
            "Emil is Tove's cousin",
            "Emil is from Gdansk",
            "marketing is run by Iva",
        ],
        [
            ("where is Ada's laptop?", "in the office"),
            ("where is Ada?", None),
            ("when is my wife's birthday?", "2 July"),
            ("when is my birthday?", None),
            ("who is Tove's cousin?", "Emil"),
            ("who is Emil's cousin?", "Tove"),
            ("where is Emil from?", "Gdansk"),
            ("where is Emil?", None),
            ("who runs marketing?", "Iva"),
        ],
    ),
    "qualified behind the noun": (
        [
            "the budget for marketing is 40k",
            "the budget for research is 90k",
            "the wifi password at the cabin is pine-tree-9",
            "the answer to question 3 is B",
            "ticket T-9 is assigned to Pavel",
        ],
        [
            ("what is the marketing budget?", "40k"),
            ("what is the budget for research?", "90k"),
            ("what is the budget for sales?", None),
            ("what is the budget?", None),
            ("what is the cabin wifi password?", "pine-tree-9"),
            ("what is the wifi password at work?", None),
            ("what is the answer to question 3?", "B"),
            ("what is the answer to question 4?", None),
            ("who is ticket T-9 assigned to?", "Pavel"),
            ("who is ticket T-8 assigned to?", None),
        ],
    ),
    "with a greeting": (
        ["Hello, my badge number is 88", "Thanks, the parking spot is C4"],
        [("what is my badge number?", "88"), ("what is the parking spot?", "C4")],
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_questions_are_answered_with_the_part_that_was_asked_for(group: str) -> None:
    told, asked = GROUPS[group]
    with Library.open(":memory:") as library:
        for sentence in told:
            assert len(library.facts.tell(sentence).new) == 1
        got = [(question, library.facts.value(question)) for question, _ in asked]
    assert [(question, _bare(value.value if value else None)) for question, value in got] == [
        (question, _bare(wanted)) for question, wanted in asked
    ]


def _bare(value: str | None) -> str | None:
    for article in ("the ", "a ", "an "):
        value = value and value.removeprefix(article)
    return value


def test_an_answer_says_where_in_the_fact_it_stands_and_how_sure_it_is() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("Torvald keeps the spare key at home", source="minutes.txt")
        library.facts.tell("the old barn code is 5582")
        library.facts.tell("the boat is probably at pier 9")
        sure = library.facts.value("who keeps the spare key?")
        doubtful = library.facts.value("what is the barn code?")
        assert library.facts.value("where is the boat?") is None
    assert sure is not None
    assert doubtful is not None
    assert sure.fact.text[sure.start : sure.end] == sure.value == "Torvald"
    assert sure.fact.sources == ("minutes.txt",)
    assert 0.5 <= doubtful.confidence < sure.confidence <= 1


def test_a_fact_that_asks_for_more_words_than_the_question_is_less_sure() -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the old barn code is 5582")
        exact, less = (
            library.facts.value("what is the old barn code?"),
            library.facts.value("what is the barn code?"),
        )
    assert exact is not None
    assert less is not None
    assert (exact.value, less.value) == ("5582", "5582 (old barn code)")
    assert less.confidence < exact.confidence


@pytest.mark.parametrize(
    "text",
    [
        "The play was over before nine.",
        "Come, my cab is outside, and I can drop you there.",
        "When the second act was over, there came a storm.",
        "though you are going away, you leave me happier",
    ],
)
def test_a_sentence_whose_copula_says_nothing_is_kept_all_the_same(text: str) -> None:
    with Library.open(":memory:") as library:
        assert len(library.facts.tell(text).new) == 1
        assert [fact.text for fact in library.facts.recall(text)] == [text]
