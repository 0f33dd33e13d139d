"""Questions answered by roles: yes and no in both directions, values, times, and silence."""

import pytest

from ingest.language.questions import question_of
from workbench.memory.claims.claim_set import ClaimSet, Statement
from workbench.memory.claims.matching import match, mismatch


def _told(*texts: str) -> list[Statement]:
    return [
        Statement(number, text, float(number), texts[max(0, number - 2) : number])
        for number, text in enumerate(texts)
    ]


def test_a_name_before_a_noun_is_whose_it_is() -> None:
    assert _said("What is the Umber budget?", "Umber's budget is 500 euros.") == "500 euros"
    assert _said("What is Umber's budget?", "Umber budget is 500 euros") == "500 euros"


def _said(question: str, *texts: str) -> str | None:
    found = match(question, _told(*texts))
    return None if found is None else found.answer


@pytest.mark.parametrize(
    ("told", "question", "said"),
    [
        # Yes and no.
        ("I drink my tea without milk.", "Do I drink my tea with milk?", "no"),
        ("I drink my tea without milk.", "Do I drink my tea without milk?", "yes"),
        ("Gita is against the road.", "Is Gita for the road?", "no"),
        ("The tank is full.", "Is the tank empty?", "no"),
        ("The lift is broken.", "Does the lift work?", "no"),
        ("Lars is single.", "Is Lars married?", "no"),
        ("The bowl is on the shelf.", "Is the bowl under the shelf?", "no"),
        ("Bo is older than Tess.", "Is Tess older than Bo?", "no"),
        ("Bo is older than Tess.", "Is Tess younger than Bo?", "yes"),
        ("I gave the drum to Bo.", "Did Bo give me the drum?", "no"),
        ("The van is blue.", "Is the van red?", "no"),
        ("The desk is too short.", "Is the desk long enough?", "no"),
        ("Neither Kuno nor Vera eats fish.", "Does Kuno eat fish?", "no"),
        ("Nina no longer works at the mill.", "Does Nina work at the mill?", "no"),
        ("My nephews are Ole and Per.", "Is Per my nephew?", "yes"),
        ("The baths are open every day except Friday.", "Are the baths open on Friday?", "no"),
        ("All the tiles except two are glazed.", "Are all the tiles glazed?", "no"),
        ("We're out of flour.", "Do we have flour?", "no"),
        ("There is flour in the larder.", "Do we have flour?", "yes"),
        ("I prefer rye to spelt.", "Do I prefer spelt?", "no"),
        ("Ada sold her cello in May.", "Does Ada have her cello?", "no"),
        ("Bo replaced Ida as captain.", "Is Ida the captain?", "no"),
        ("My boots are being mended.", "Are my boots being mended?", "yes"),
        ("Ida has two goats and Rolf none.", "Does Rolf have a goat?", "no"),
        ("Ida is three months pregnant.", "Is Ida pregnant?", "yes"),
        ("Nell can't stand dill.", "Does Nell like dill?", "no"),
        ("We ran out of rye flour.", "Do we have rye flour?", "no"),
        ("Olle is deaf, his brother isn't.", "Is Olle's brother deaf?", "no"),
        (
            "Next week we're flying to Oslo instead of Bergen.",
            "Are we flying to Bergen next week?",
            "no",
        ),
        ("The saw in shed 3 is broken.", "Does the saw in shed 3 work?", "no"),
        ("All verses are set except verse nine.", "Are all verses set?", "no"),
        ("All verses are set except verse nine.", "Is verse nine set?", "no"),
        ("Everyone read the draft apart from Ida.", "Did Ida read the draft?", "no"),
        ("Nobody but Ida likes the title.", "Does Ida like the title?", "yes"),
        ("The baths are open every day except Friday.", "Are the baths closed on Friday?", "yes"),
        ("The lamp in the hall is no longer working.", "Is the lamp in the hall working?", "no"),
        ("On the longlist are Ida, Bo and Rolf.", "Is Bo on the longlist?", "yes"),
        ("It was Ida, not Bo, who broke the vase.", "Did Bo break the vase?", "no"),
        ("The fair isn't in Bath but in Wells.", "Is the fair in Wells?", "yes"),
        # Values.
        ("The coach goes from Bath to Wells.", "Where does the coach go to?", "Wells"),
        ("The coach goes from Bath to Wells.", "Where does the coach go from?", "Bath"),
        ("The fair is next Monday at 9:00.", "When is the fair?", "next Monday at 9:00"),
        ("The fair is tomorrow at 6pm in the hall.", "When is the fair?", "tomorrow at 6pm"),
        ("The fund for repairs is 12k.", "What is the repairs fund?", "12k"),
        ("My tent is a yellow Vaude.", "What colour is my tent?", "yellow"),
        ("Bern is the capital of Swissia.", "Which country is Bern the capital of?", "Swissia"),
        ("Ida read her poem to Rolf.", "To whom did Ida read her poem?", "Rolf"),
        ("Ida is married to Rolf.", "Whom did Ida marry?", "Rolf"),
        ("The tin holds nails and the big jar holds screws.", "Which jar holds screws?",
         "the big jar"),
        ("Ida has two uncles, Per and Ole.", "What are Ida's uncles called?", "Per and Ole"),
        ("Ida works with Rolf for Acme.", "Who does Ida work for?", "Acme"),
        ("Last year the fair was in Bath.", "Where was the fair last year?", "Bath"),
        ("The lid costs 1.20 euros, the jar 4.80 euros.", "How much does the jar cost?",
         "4.80 euros"),
        ("Ida proofreads the almanac; Bo redraws the maps.", "Who proofreads the almanac?", "Ida"),
        ("Ida proofreads the almanac; Bo redraws the maps.", "Who redraws the maps?", "Bo"),
        ("All verses are set except verse nine.", "Which verse is not set?", "verse nine"),
        ("Nobody except Ida has the key.", "Who has the key?", "Ida"),
        ("The baths are open every day except Friday.", "When are the baths closed?", "Friday"),
        ("Behind the barn stands an old oak.", "What stands behind the barn?", "an old oak"),
        ("The fair isn't in Bath but in Wells.", "Where is the fair?", "Wells"),
        ("The play by Ida is about whales.", "Whose play is about whales?", "Ida"),
        ("The play by Ida is about whales.", "What is the play by Ida about?", "whales"),
        ("Bo waters the ferns while I am away.", "Who waters the ferns while I'm away?", "Bo"),
        ("Bo sent the map to Ida, who passed it on to Rolf.", "Who has the map?", "Rolf"),
        ("Between Christmas and New Year the mill stays shut.", "When does the mill stay shut?",
         "between Christmas and New Year"),
        ("It was Ida, not Bo, who broke the vase.", "Who broke the vase?", "Ida"),
        ("The galleys are due on the 20th rather than the 12th.", "When are the galleys due?",
         "the 20th"),
        ("The first part has 42 pages; the second part has 64.",
         "How many pages does the second part have?", "64"),
        ("The coach leaves at 6.20 and arrives at 8.05.", "When does the coach arrive?", "8.05"),
        ("The bus to Ulm leaves at 6.20 and arrives at 8.05.", "When does the bus to Ulm arrive?",
         "8.05"),
        ("The jury consists of Ida, Bo and Rolf.", "Who is on the jury?", "Ida, Bo and Rolf"),
        ("Of the three bakers, Ida is the cheapest.", "Which baker is the cheapest?", "Ida"),
        ("I haven't read the letter from Bath yet.", "Which letter have I not read?",
         "the letter from Bath"),
        ("The main speaker will be Dr. Holt.", "Who is the main speaker?", "Dr. Holt"),
        ("Maybe Ida will lead the choir.", "Who will maybe lead the choir?", "Ida"),
        ("My cousin drinks cider and my uncle beer.", "What does my uncle drink?", "beer"),
        ("The opera was written by Lotte and sung by Mats.", "Who sang the opera?", "Mats"),
        ("The pond is 12 metres long and 5 metres wide.", "How wide is the pond?", "5 metres wide"),
        ("The shop opens at 8:15 and shuts at 17:45.", "When does the shop shut?", "17:45"),
        ("Viggo was born on 4 March 1981.", "When is Viggo's birthday?", "4 March"),
        ("My nephews are Ole and Per.", "How many nephews do I have?", "2"),
        ("The drill is with Tom.", "Who has the drill?", "Tom"),
        ("I borrowed a rake from Mr. Holm.", "Whose rake do I have?", "Mr. Holm"),
        ("Take the drops twice a day before meals.", "How often should I take the drops?",
         "twice a day"),
        ("Jost, who keeps goats, is my uncle.", "Who keeps goats?", "Jost"),
        ("The key is in the drawer.", "Where is the key?", "in the drawer"),
        ("Our roofer is called Mr. Odd and he lives in Vik.", "Where does Mr. Odd live?", "Vik"),
        ("Ida is afraid of geese and so is Rolf.", "What is Rolf afraid of?", "geese"),
        ("Ida promised to bring the rope, and Rolf the axe.", "What did Rolf promise to bring?",
         "the axe"),
        ("Ida sold her boat to the club for 90 euros.", "Who has the boat now?", "the club"),
        ("Ida sold her boat to the club for 90 euros.", "How much did the club pay for the boat?",
         "90 euros"),
        ("The key to the shed hangs behind the clock.", "Where is the shed key?",
         "behind the clock"),
        ("Ida gave the red hat to Una, who lost it at the zoo.", "Where did Una lose the hat?",
         "at the zoo"),
        ("Every year we go to Vik.", "Where do we go every year?", "Vik"),
        ("The code was 4419 until May; since then it's 7730.", "What is the code?", "7730"),
        ("Una grew up on a farm near Vik.", "Where did Una grow up?", "on a farm near Vik"),
        ("The fair starts on the ninth, not on the eighth.", "When does the fair start?",
         "the ninth"),
        ("Rolf is leaving at the end of the month.", "When is Rolf leaving?",
         "the end of the month"),
        ("The cook is called Ida, the gardener Rolf.", "What is the gardener called?", "Rolf"),
        ("Ida shares a desk with Rolf.", "Who shares a desk with Rolf?", "Ida"),
        ("Una is the aunt of Ole and the mother of Per.", "Who is Ole's aunt?", "Una"),
        ("The dog has to take half a pill every day.", "How much does the dog have to take?",
         "half a pill"),
    ],
)  # fmt: skip
def test_yes_and_no(told: str, question: str, said: str) -> None:
    assert _said(question, told) == said


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("Lena might become a vet.", "Is Lena a vet?"),
        ("Rolf says that the pool is shut.", "Is the pool shut?"),
        ("If it snows, Bo will stay at home.", "Did Bo stay at home?"),
        ("Gina will join the choir in May.", "Is Gina in the choir?"),
        ("Otto's parrot is called Kiki.", "What is Otto's cat called?"),
        ("The green hat is in the hall.", "Where is the brown hat?"),
        ("Edda was the judge until May.", "Who is the judge?"),
        ("Ann's tent is red.", "Is my tent red?"),
        ("The tank is half full.", "Is the tank empty?"),
        ("I met Ada in Ghent.", "Did I meet Ada in June?"),
        ("My boots are being mended.", "Are my boots mended?"),
    ],
)
def test_another_role_is_no_answer(told: str, question: str) -> None:
    assert _said(question, told) is None


def test_what_was_never_takes_the_place_of_what_holds() -> None:
    told = ("Nils lives in Turku.", "Nils lived in Oulu.", "Nils will live in Vaasa.")
    assert _said("Where does Nils live?", *told) == "Turku"
    assert _said("Where did Nils live before?", *told) == "Oulu"


def test_meeting_somebody_takes_no_place_of_meeting_another() -> None:
    told = ("We meet on Mondays.", "I'm meeting Bo on Friday.", "I'm meeting Ida on Tuesday.")
    assert _said("When do we meet?", *told) == "Mondays"
    assert _said("When am I meeting Bo?", *told) == "Friday"
    assert _said("When am I meeting Ida?", *told, "I'm meeting Ida on Sunday.") == "Sunday"


def test_who_is_something_now_goes_before_who_will_be() -> None:
    told = ("The speaker is Ida Holt.", "The speaker will be Bo Finn.", "Ida Holt lives in Bath.")
    assert _said("Who is the speaker?", *told) == "Ida Holt"
    assert _said("Where does the speaker live?", *told) == "Bath"


def test_closed_on_one_day_is_not_closed() -> None:
    told = "The baths are open every day except Friday."
    assert _said("Are the baths open?", told) == "yes"
    assert _said("Are the baths closed?", told) != "yes"


def test_the_newest_of_what_holds_is_given() -> None:
    told = ("The fee is 30 euros.", "The fee is 35 euros.")
    assert _said("How much is the fee?", *told) == "35 euros"


def test_questions_inside_questions() -> None:
    told = ("The captain of the Dorado is Ana Ruiz.", "Ana Ruiz's home port is Vigo.")
    assert _said("What is the home port of the captain of the Dorado?", *told) == "Vigo"
    assert _said("What is the Dorado's captain's home port?", *told) == "Vigo"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What is the shed code?", ("The old shed code is 4.", "The new shed code is 7.")),
        ("What is the fund?", ("The fund for repairs is 12k.", "The fund for books is 3k.")),
        ("What is the motto?", ("The motto is calm and steady wins.",)),
        ("Who is Ida's sister?", ("Ida is Rolf's sister.",)),
        ("Which sport does Ida play?", ("Ida plays the oboe.",)),
        ("What does the cart cost?", ("The cart was bought for 3 years.",)),
        ("What do we take if it snows?", ("We take the tram.",)),
    ],
)
def test_what_is_not_sure_is_not_said(question: str, told: tuple[str, ...]) -> None:
    assert _said(question, *told) is None


def test_what_was_given_back_is_not_there() -> None:
    told = ("I lent my kite to Rolf.", "Rolf gave the kite back.")
    assert _said("Does Rolf have my kite?", *told) in (None, "no")


@pytest.mark.parametrize(
    ("question", "said", "told"),
    [
        (
            "Who has my old bike?",
            None,
            ("I gave my old bike to my nephew Jan.", "Jan sold the bike to a classmate."),
        ),
        (
            "When do I take the white pill?",
            "night",
            ("I take the red pill in the morning and the white pill at night.",),
        ),
        (
            "Where does the person who painted the tent live?",
            "Riga",
            ("Ada painted the tent.", "Ada lives in Riga."),
        ),
        ("Where is the rake that Ada mended?", None, ("The rake that Bo mended is in the barn.",)),
        (
            "Where is the rake that Bo mended?",
            "in the barn",
            ("The rake that Bo mended is in the barn.", "The rake that Ida mended is in the shed."),
        ),
        (
            "Who has the drill?",
            None,
            ("I lent my new drill to Rolf.", "Rolf gave the drill back last Sunday."),
        ),
        (
            "Does Rolf have my drill?",
            "no",
            ("I lent my new drill to Rolf.", "Rolf gave the drill back."),
        ),
        ("Who repaired the pump?", "Bo", ("Bo repaired the pump yesterday.",)),
        ("Who has my copy of Emma?", "Rolf", ("I lent my copy of Emma to Rolf.",)),
        ("Who has Ida's flute?", "Per", ("Ida gave her drum to Bo and her flute to Per.",)),
        ("Who gave Bo a drum?", "Ida", ("Ida gave her drum to Bo.",)),
        ("Who is Bo married to?", "Ida", ("Bo and Ida got married in 2016.",)),
        ("Is Ida coming to the fair?", "no", ("Ida won't come to the fair.",)),
        ("How long is the kiosk open?", "until nine", ("The kiosk is open until nine.",)),
        ("Is the rake in the barn?", "no", ("The rake is under the bench, not in the barn.",)),
        ("Is Ida allergic to milk?", None, ("Ida is allergic to nuts.",)),
        (
            "When should I take the drops?",
            "before lunch",
            ("Dr. Ort told me to take the drops before lunch.",),
        ),
        (
            "Is the red bag heavier than the box?",
            "yes",
            ("The red bag is heavier than the blue one.", "The blue bag is heavier than the box."),
        ),
        ("Who is my mother-in-law?", "Rena", ("My wife's name is Ida.", "Ida's mother is Rena.")),
        (
            "Where are the fuses?",
            "in the drawer under the sink",
            ("We keep the fuses in the drawer under the sink.",),
        ),
        ("Where is the map?", "behind the door", ("The map hangs behind the door.",)),
        ("Who is younger than Bo?", "Ida", ("Bo is older than Ida.",)),
        ("Is the barrel near the shed?", "yes", ("The barrel is near the shed.",)),
        ("What time is the fair?", "ten o'clock", ("The fair is on Friday at ten o'clock.",)),
        ("Does the goat eat dry bread?", "yes", ("The goat eats dry bread.",)),
        ("Where does Bo live?", "Wells", ("Bo lives in Wells.", "Bo almost moved to Bath.")),
        ("Did Ida thank Bo?", None, ("Bo did not thank Ida.",)),
        ("What is wet?", None, ("The hay should be wet.",)),
        ("Is the lamp on?", None, ("The lamp is almost on.",)),
        ("Who brought a pie?", "Eva", ("Bo brought wine, Eva a pie.",)),
        ("How old is Eva?", "41", ("Bo is 37, Eva 41.",)),
        (
            "What did Eva leave at the inn?",
            "her scarf",
            ("Bo left his hat at the inn, Eva her scarf.",),
        ),
        ("Who is hall 4 for?", "Eva", ("Hall 3 is for Bo, hall 4 for Eva.",)),
        (
            "How cold is the cellar?",
            None,
            ("The barn runs at minus 5, the cellar next to it at 9.",),
        ),
        ("Who is the coach?", None, ("The coach, Bo Holt, was fired.",)),
        ("Who is the mayor?", None, ("The former mayor, Bo Holt, lives in Wells.",)),
        ("Who is the warden?", "Eva", ("The warden, Bo Holt, resigned; Eva takes over.",)),
        ("Who leads the choir?", "Eva", ("Bo led the choir until May, then Eva took over.",)),
        (
            "Does Bo have my copy of Emma?",
            "no",
            ("I lent Bo my copy of Emma.", "Bo gave me Emma back."),
        ),
        ("Who has the tent?", "you", ("I lent the tent to Bo.", "I got the tent back from Bo.")),
        ("How many guests fell ill?", "6", ("We invited 30 guests, 6 of whom fell ill.",)),
        ("How many chairs are wet?", "7", ("Of the 20 chairs, 7 are wet.",)),
        ("When is the trial?", "9 May", ("The trial was adjourned from 2 to 9 May.",)),
        ("When did I pay the rent?", "Friday", ("Paid the rent on Friday.",)),
        (
            "Where are the maps?",
            "in the oak chest, lower tray",
            ("The maps are in the oak chest, lower tray.",),
        ),
        ("Does the mill work?", None, ("Bo promised to repair the mill.",)),
        ("Does the mill work?", "no", ("The mill on the hill is out of order until May.",)),
        ("Is the mill shut?", None, ("Bo told me that the mill is shut.",)),
        (
            "Is the mill open on Mondays?",
            "no",
            ("The mill is closed on Mondays and open on Fridays.",),
        ),
        ("How old is Bo's wife?", "58", ("Bo is married to Eva.", "Eva is 58.")),
        ("Who bought the stove?", "Eva", ("Bo bought the blue tent, Eva the stove.",)),
        ("Who has the saw?", "Bo", ("Bo lent me his saw.", "I took the saw back to Bo.")),
        ("Is the mill out of order?", "yes", ("The mill is out of order.",)),
        ("Which hill is the mill on?", "the north hill", ("The mill on the north hill is red.",)),
        (
            "What is the code of the back door?",
            "88",
            ("The code of the front door is 77, of the back door 88.",),
        ),
    ],
)
def test_what_everyday_statements_say(
    question: str, said: str | None, told: tuple[str, ...]
) -> None:
    assert _said(question, *told) == said


def test_two_measures_hold_beside_each_other() -> None:
    told = ("I am 34 years old.", "I am 180 cm tall.")
    assert _said("How old am I?", *told) == "34 years old"
    assert _said("How tall am I?", *told) == "180 cm tall"


@pytest.mark.parametrize(
    ("told", "question", "how"),
    [
        ("The kiosk opens at 9:30.", "When does the kiosk close?", "contrary"),
        ("Oslo is colder than Rome.", "Which city is colder than Oslo?", "contrary"),
        ("Ida might move to Wells.", "Where does Ida live?", "contrary"),
        ("Ida's tutor is Bo.", "Who is Rolf's tutor?", "another"),
        ("The plum trees were pruned on Monday.", "When were the fig trees pruned?", "another"),
        ("Bo works for Acme.", "Where does Bo work?", ""),
        ("Bo lives in Wells.", "In which town does Bo have his home?", ""),
    ],
)
def test_a_statement_without_an_answer_is_contrary_another_or_unlike(
    told: str, question: str, how: str
) -> None:
    memory, pattern = ClaimSet(_told(told)), question_of(question)
    assert pattern is not None
    assert mismatch(pattern, memory.statements[0], memory) == how
