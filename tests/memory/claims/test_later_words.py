"""What is told later counts, also where it takes back or changes what was told in other words."""

from collections.abc import Sequence

import pytest

from tests.memory.told import ValueOf
from workbench.library import Library


def _value(value_of: ValueOf, told: Sequence[str], question: str) -> str | None:
    found = value_of(told, question)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("told", "question"),
    [
        (["Nell plays the cello.", "Nell no longer plays the cello."], "What does Nell play?"),
        (["Nell plays the cello.", "Nell has stopped playing the cello."], "What does Nell play?"),
        (["Owen collects stamps.", "Owen doesn't collect stamps any more."],
         "What does Owen collect?"),
        (["Ilse leads the choir.", "Ilse no longer leads the choir."], "Who leads the choir?"),
        (["Rhys sings in the choir.", "Rhys no longer sings."], "Who sings in the choir?"),
        (["My aunt grows roses.", "My aunt no longer grows roses."], "What does my aunt grow?"),
        (["Jonas uses Vim.", "Jonas has stopped using Vim."], "What does Jonas use?"),
        (["Bo eats meat.", "Bo doesn't eat meat any longer."], "What does Bo eat?"),
        (["Our landlord breeds dogs.", "Our landlord no longer breeds dogs."],
         "Who breeds dogs?"),
        (["Farid edits the bulletin.", "Farid has stopped editing the bulletin."],
         "What does Farid edit?"),
        (["Nell plays the cello.", "Nell gave up the cello and took up the trumpet."],
         "What does Nell play?"),
        (["Sven collects maps.", "Sven gave up maps."], "What does Sven collect?"),
        (["Bo studies law.", "Bo has given law up."], "What does Bo study?"),
        (["Ida runs a shop.", "Ida gave up the shop in May."], "Who runs a shop?"),
        (["My uncle breeds geese.", "My uncle has given up the geese."],
         "What does my uncle breed?"),
    ],
)  # fmt: skip
def test_what_is_denied_later_is_no_value_any_more(
    value_of: ValueOf, told: Sequence[str], question: str
) -> None:
    assert _value(value_of, told[:1], question) is not None
    assert _value(value_of, told, question) is None


@pytest.mark.parametrize(
    ("told", "question", "value"),
    [
        # A denial of something else leaves it.
        (["Nell plays the cello.", "Nell doesn't play the cello on Sundays."],
         "What does Nell play?", "the cello"),
        (["Nell plays the cello.", "Nell doesn't always play the cello."],
         "What does Nell play?", "the cello"),
        (["Nell plays the cello.", "Nell no longer plays the flute."],
         "What does Nell play?", "the cello"),
        (["Nell plays the cello.", "Toby no longer plays the cello."],
         "What does Nell play?", "the cello"),
        (["Bo drinks wine.", "Bo doesn't drink red wine."], "What does Bo drink?", "wine"),
        (["Bo plays tennis.", "Bo never gave up tennis."], "What does Bo play?", "tennis"),
        (["Bo plays tennis.", "Bo will give up tennis in May."], "What does Bo play?", "tennis"),
        (["Bo plays tennis.", "Bo wants to give up tennis."], "What does Bo play?", "tennis"),
        (["Ida teaches yoga.", "Rolf gave up yoga."], "What does Ida teach?", "yoga"),
        (["Sven gave up maps."], "What did Sven give up?", "maps"),
        # A change that is to come does not count yet.
        (["The rent is 1,150 euros.", "The rent goes up to 1,210 euros in January."],
         "How much is the rent?", "1,150 euros"),
        (["The fee is 30 euros.", "The fee rises to 35 euros in May."],
         "How much is the fee?", "30 euros"),
        (["The speed limit is 50 km/h.", "The speed limit drops to 30 km/h in the autumn."],
         "What is the speed limit?", "50 km/h"),
        (["The rent is 1,150 euros.", "The rent went up to 1,210 euros in January."],
         "How much is the rent?", "1,210 euros"),
        (["The fee is 30 euros.", "The fee rises to 35 euros."],
         "How much is the fee?", "35 euros"),
        # The meeting is the only one that was told of.
        (["I have a dentist appointment on 14 October.",
          "The dentist moved my appointment to 21 October."],
         "When is my dentist appointment?", "21 October"),
        (["I have a piano lesson on Monday.", "They moved my lesson to Friday."],
         "When is my piano lesson?", "Friday"),
        (["The budget meeting is on Monday.", "The meeting was moved to Friday."],
         "When is the budget meeting?", "Friday"),
        (["Our team lunch with Bo is on Monday.", "The staff meeting with Ann is on Tuesday.",
          "The meeting was moved to Friday."],
         "When is the staff meeting?", "Friday"),
        (["The meeting with Priya is on Monday.", "The meeting was moved to Friday."],
         "When is the meeting with Priya?", "Friday"),
        # of two nobody knows which is meant
        (["The budget meeting is on Monday.", "The staff meeting is on Tuesday.",
          "The meeting was moved to Friday."],
         "When is the budget meeting?", "Monday"),
        # hers is not mine
        (["Nell has a dentist appointment on 14 October.",
          "They moved my appointment to 21 October."],
         "When is Nell's dentist appointment?", "14 October"),
        # Nouns before nouns.
        (["I have a doctor appointment on Monday."], "When is my doctor appointment?", "Monday"),
        (["We had a plumber visit on Friday."], "When did we have a plumber visit?", "Friday"),
        (["My teacher training begins in May."], "When does my teacher training begin?", "in May"),
        (["We have a teacher meeting on Tuesday."], "When do we have a teacher meeting?",
         "Tuesday"),
        (["The recordings are on the silver hard drive."], "Where are the recordings?",
         "on the silver hard drive"),
        (["The tickets are in the gold plastic box."], "Where are the tickets?",
         "in the gold plastic box"),
        (["The ring is in the plastic blue box."], "Where is the ring?", "in the plastic blue box"),
        (["The disk is behind the gold big mirror."], "Where is the disk?",
         "behind the gold big mirror"),
        (["My coat is in the metal green locker."], "Where is my coat?",
         "in the metal green locker"),
    ],
)  # fmt: skip
def test_a_denial_of_something_else_leaves_it(
    value_of: ValueOf, told: Sequence[str], question: str, value: str
) -> None:
    assert _value(value_of, told, question) == value


def test_in_a_large_library_the_newer_statement_of_fewer_shared_words_counts(
    value_of: ValueOf,
) -> None:
    told = [
        "My favourite café is the Copper Kettle.",
        *(f"Parcel {number} is for the shop in lane {number * 7}." for number in range(70)),
        "Actually my favourite café is Bramble & Co now.",
    ]
    assert _value(value_of, told, "What is my favourite café?") == "Bramble & Co"
    assert _value(value_of, told, "Is the Copper Kettle my favourite café?") in (None, "no")


@pytest.mark.parametrize(
    ("told", "question", "value"),
    [
        # What was moved keeps with whom and what for it is.
        (["The meeting with Priya is on Monday.", "Priya moved the meeting to Thursday."],
         "Is the meeting with Priya on Monday?", None),
        (["The meeting with Priya is on Monday.", "We moved the meeting with Priya to Thursday."],
         "Is the meeting with Priya on Monday?", "no"),
        (["The call with Bo is on Friday.", "I moved the call with Bo to Sunday."],
         "When is the call with Bo?", "Sunday"),
        (["The party for Ida is on Friday.", "They moved the party for Ida to Saturday."],
         "Is the party for Ida on Friday?", "no"),
        (["The talk about bees is on Friday.", "They moved the talk about bees to Saturday."],
         "When is the talk about bees?", "Saturday"),
        (["I moved the call with Bo to Sunday."], "Is the call with Ann on Sunday?", None),
        (["I moved the call with Bo to Sunday."], "When is the call with Ann?", None),
        # What was replaced is so no longer.
        (["Nell plays the cello.", "Nell gave up the cello."], "Does Nell play the cello?", "no"),
        (["Sven collects maps.", "Sven gave up maps."], "Does Sven collect maps?", "no"),
        (["Sven likes maps.", "Sven gave up maps."], "Does Sven sell maps?", None),
        (["My bank is Nordea.", "My bank is ING now."], "Is Nordea my bank?", "no"),
        (["My favourite inn is the Old Crow.", "My favourite inn is Hale & Sons now."],
         "Is the Old Crow my favourite inn?", "no"),
        (["My sister is Ann.", "My sister is Bea."], "Is Ann my sister?", "yes"),
        (["I have a dentist appointment on 14 October.",
          "The dentist moved my appointment to 21 October."],
         "Is my dentist appointment on 14 October?", "no"),
        (["The vote has been moved to Friday at 9."], "Is the vote on Tuesday?", "no"),
        (["My birthday is 17 March."], "Is my birthday on 3 May?", "no"),
        (["My birthday is 17 March."], "Is my birthday on 17 March?", "yes"),
        (["Mr. Falk in room 12 is a baker.", "Mr. Falk moved to room 4."],
         "Is Mr. Falk in room 12?", "no"),
        (["Mr. Falk in room 12 is a baker."], "Which room is Mr. Falk in?", "room 12"),
        (["Mr. Falk in room 12 is a baker."], "What is Mr. Falk?", "a baker"),
        (["The fair on 5 May starts at 7.", "The fair was postponed to 12 May."],
         "Is the fair on 5 May?", "no"),
        (["The fair on 5 May was moved to 12 May."], "Is the fair on 5 May?", "no"),
        (["The fair on 5 May was moved to 12 May."], "When is the fair?", "12 May"),
        (["Our cashier is Bo; before him it was Ida."], "Is Ida our cashier?", "no"),
        (["The cashier was Ida.", "The cashier is Bo now."], "Is Ida the cashier?", "no"),
        (["The cashier was Ida."], "Is Ida the cashier?", None),
        (["Ida bought the boat in May."], "Did Ida sell the boat?", None),
        (["The mill opened in May."], "Did the mill close in May?", None),
        (["The exam is on 14 May at 9 in hall B.", "The exam was moved to 16 May."],
         "Where is the exam?", "hall B"),
        (["Ida failed the exam."], "Did Ida pass the exam?", "no"),
        (["The file on Bo is in the oak press.", "I moved the file on Bo to the attic."],
         "Where is the file on Bo?", "the attic"),
        (["The file on Bo is in the oak press.", "I moved the file on Bo to the attic."],
         "Is the file on Bo in the oak press?", "no"),
        (["I moved the file on Bo to the attic."], "Where is the file on Ida?", None),
        (["Ida took the cat by bus to Wells."], "What did Ida take to Wells?", "the cat"),
        (["Everyone has signed except Bo.", "Bo signed on Friday."], "Who has not signed?", None),
        (["Bo hasn't paid yet.", "Bo paid on Friday."], "Who hasn't paid?", None),
        (["Bo hasn't paid yet."], "Who hasn't paid?", "Bo"),
        (["Ida has not paid her second bill.", "Ida paid the second bill on Monday."],
         "Who has not paid?", None),
        (["Ida has not paid the second bill.", "Ida paid the first bill on Monday."],
         "Who has not paid the second bill?", "Ida"),
        (["Ida's key is under the mat.", "Ida took the key back."], "Where is Ida's key?", None),
        (["Ida's key is under the mat.", "Ida took the key back."],
         "Is Ida's key under the mat?", "no"),
        (["My drill is in the shed.", "I lent my drill to Bo."], "Where is my drill?", None),
        (["My drill is in the shed.", "I lent my saw to Bo."], "Where is my drill?",
         "in the shed"),
        (["We lost to Wells 3-1."], "Did we win against Wells?", None),
        (["I lent Bo 50 euros.", "Bo gave me back the 50 euros."], "Does Bo owe me money?", "no"),
        (["I lent Bo 50 euros.", "Bo gave me back the 50 euros."], "How much does Bo owe me?",
         None),
        (["I lent Bo 50 euros.", "Bo gave Ida back the 50 euros."], "Does Bo owe me money?",
         "yes"),
    ],
)  # fmt: skip
def test_what_was_moved_keeps_with_whom_and_what_for_it_is(
    value_of: ValueOf, told: Sequence[str], question: str, value: str | None
) -> None:
    said = _value(value_of, told, question)
    assert said == value or (value is None and said != "yes")


@pytest.mark.parametrize(
    ("told", "question", "value"),
    [
        # What is planned not to be is not so.
        (["We are not going to Lisbon in May after all."], "Am I going to Lisbon?", "no"),
        (["I'm not flying to Oslo in March."], "Am I flying to Oslo?", "no"),
        (["Bo is not going to sell the boat."], "Is Bo selling the boat?", "no"),
        (["Bo wants to sell the boat."], "Is Bo selling the boat?", None),
        # What was before what is.
        (["Lena lived in Hull.", "Lena moved to Bristol."],
         "Where did Lena live before Bristol?", "Hull"),
        (["Marcus has the tripod.", "Marcus gave the tripod to Leon."],
         "Who had the tripod before Leon?", "Marcus"),
        (["Ann works at Bosch.", "Ann works at Fiat now."],
         "Where did Ann work before Fiat?", "Bosch"),
        (["Nora moved from Lyon to Nantes."], "Where did Nora live before Nantes?", "Lyon"),
        (["Ann works at Bosch.", "Ann works at Fiat now."],
         "Where did Ann work before Siemens?", None),
        (["Lena lived in Hull.", "Lena moved to Bristol."],
         "Where did Lena live before Leeds?", None),
        # Who takes a place is what the other was.
        (["The chair of the choir is Ada Finch.",
          "Ada Finch stepped down as chair and Milan took over."],
         "Who is the chair of the choir?", "Milan"),
        (["The chair of the choir is Ada Finch.",
          "Ada Finch stepped down as chair and Milan took over."],
         "Is Ada still the chair?", "no"),
        (["The treasurer of the club is Bo Lind.", "Bo Lind resigned as treasurer."],
         "Who is the treasurer of the club?", None),
        (["Our cook is Ruth.", "Ruth was replaced by Omar."], "Who is our cook?", "Omar"),
        (["Our cook is Ruth.", "Ruth was replaced by Omar."], "Is Ruth our cook?", "no"),
        (["My lawyer, Ms Hale, retired in May and was replaced by Mr Ito."],
         "Who is my lawyer?", "Mr Ito"),
        (["The surveyor left the project; Nina Falk took over."], "Who is the surveyor?",
         "Nina Falk"),
        (["Our chat tool is Zulip.", "We sing.", "Zulip was replaced by Mattermost."],
         "What is our chat tool?", "Mattermost"),
        # who takes a sister's place is no sister
        (["My sister is Ruth.", "Ruth was replaced by Jana."], "Who is my sister?", "Ruth"),
        (["The boiler is old.", "The boiler was replaced by a heat pump."],
         "What is the heat pump?", None),
        # What is told of people and things.
        (["Ruth is in the band.", "Ruth has left the band."], "Is Ruth still in the band?", "no"),
        (["Milan quit the choir."], "Is Milan in the choir?", "no"),
        (["The lift is out of order.", "The lift was repaired on Monday."],
         "Is the lift still out of order?", "no"),
        (["I live in Bath.", "I moved the papers to the safe."], "Where do I live?", "Bath"),
        (["The door code is 4095.", "The door code has been changed to 7731."],
         "What is the door code?", "7731"),
        (["The door code is 4095.", "The door code has been changed to 7731."],
         "Is the door code 4095?", "no"),
        (["My grade is 3.", "My grade was changed to 2."], "What is my grade?", "2"),
        (["My lesson is at 9.", "My lesson was moved to 11."], "When is my lesson?", "11"),
        (["The rent rose to 900."], "When is the rent?", None),
        (["My lesson was moved to nine."], "When is my lesson?", "nine"),
        (["The deadline was moved to 2027."], "When is the deadline?", "2027"),
        (["Bo is the tallest boy.", "Ann replaced Bo."], "Is Ann the tallest boy?", "no"),
        (["The rent is 900.", "The rent goes up to 950 in May."], "How much is the rent?", "900"),
        (["Ada moved into a flat on Elm Road."], "Does Ada live in a flat?", "yes"),
        (["Bo broke up with Ida."], "Is Bo broken?", None),
        (["The coffee machine broke down."], "Is the coffee machine broken?", "yes"),
        (["I read 42 books last year."], "How many books did I read last year?", "42"),
        (["I read 42 books last year."], "How many books did I read this year?", None),
        (["Ida has a maths exam on Monday and a physics exam on Friday."],
         "When is Ida's physics exam?", "Friday"),
        (["Nell has a dentist appointment on 14 October."],
         "When is Nell's dentist appointment?", "14 October"),
        (["The deadline for the abstract is 15 December."],
         "When is the deadline for the poster?", None),
        (["The deadline for the abstract is 15 December."],
         "When is the deadline for the abstract?", "15 December"),
        (["I drive an electric Renault that I lease for 219 euros a month."],
         "What do I drive?", "an electric Renault"),
        (["My coach is a former sprinter, Ada Finch."], "Who is my coach?", "Ada Finch"),
        (["The caretaker is away until Monday; his name is Ludo."],
         "What is the caretaker's name?", "Ludo"),
        (["The janitor's number is 5512 and his name is Horst Piel."],
         "What is the janitor's name?", "Horst Piel"),
        (["The janitor's number is 5512 and his name is Horst Piel."],
         "What is the janitor's number?", "5512"),
        (["The elm by the gate was cut down on 5 May."],
         "When was the elm by the gate cut down?", "5 May"),
        (["The elm by the gate was cut down on 5 May."],
         "When was the elm by the river cut down?", None),
    ],
)  # fmt: skip
def test_what_is_planned_not_to_be_is_not_so(
    value_of: ValueOf, told: Sequence[str], question: str, value: str | None
) -> None:
    assert _value(value_of, told, question) == value


@pytest.mark.parametrize(
    ("told", "question", "value"),
    [
        # What follows from selling and cancelling.
        ("I sold my bike to Dana for 300 euros.", "What did I get for the bike?", "300 euros"),
        ("Bo sold his boat for 9,000 euros.", "What did Bo get for the boat?", "9,000 euros"),
        ("Ida sold Rolf the loom for 40 euros.", "How much did Ida get for the loom?", "40 euros"),
        ("We cancelled our gym membership.", "Do we still have a gym membership?", "no"),
        ("Ida cancelled the milk.", "Does Ida still have the milk?", "no"),
        ("Bo wants to cancel his subscription.", "Does Bo have a subscription?", None),
        # Words that are easily parted.
        ("My printer takes Epson 603 cartridges.", "Which cartridges does my printer take?",
         "Epson 603 cartridges"),
        ("The café serves Ceylon teas.", "What does the café serve?", "Ceylon teas"),
        ("Bo owes Eva 603 euros.", "How much does Bo owe Eva?", "603 euros"),
        ("Bo sent Eva flowers.", "What did Bo send Eva?", "flowers"),
        ("The tent cost Bo 80 euros.", "How much did the tent cost?", "80 euros"),
        ("The shop is open between 8 and 10 on Monday.", "When is the shop open?",
         "between 8 and 10 on Monday"),
        ("The plumber comes on Monday between 8 and 10.", "When does the plumber come?",
         "Monday between 8 and 10"),
        ("I moved the lunch with Bo to Sunday.", "When is the lunch with Bo?", "Sunday"),
        ("We moved the breakfast to Friday.", "When is the breakfast?", "Friday"),
        ("I moved the lunch with Bo to Sunday.", "When am I?", None),
        ("Gwen's email is gwen.t@post.example.", "What is Gwen's email?", "gwen.t@post.example"),
        ("Bo wrote to a.falk@post.example on Monday.", "When did Bo write to a.falk@post.example?",
         "Monday"),
        ("The pans came from a shop in Wells and cost 14.50 each.", "How much did the pans cost?",
         "14.50 each"),
        ("The pans came from a shop in Wells and cost 14.50 each.", "Where did the pans come from?",
         "a shop in Wells"),
        ("The bus leaves at 14.50.", "When does the bus leave?", "14.50"),
        ("The new sewing table is in room 3, next to the linen press.",
         "Where is the sewing table?", "in room 3, next to the linen press"),
        ("The boat is called Marlin and lies in berth 14.", "Where is the boat?", "in berth 14"),
        ("Grandpa Otto was born in Wells and died in Bath.", "Where did Otto die?", "Bath"),
        ("Bo is a pilot with Condor.", "What does Bo do for a living?", "a pilot"),
        ("Renate is on leave; Omar stands in for her.", "Who is standing in for Renate?", "Omar"),
        ("The shop's contact person is Ida Dahl, not Per Moen.",
         "Is Per Moen the shop's contact person?", "no"),
        ("The shop's contact person is Ida Dahl, not Per Moen.",
         "Is Ida Dahl Per Moen's contact person?", None),
        ("The field behind the barn is 3.2 hectares and the one by the river 5.",
         "How big is the field by the river?", "5"),
        ("The field behind the barn is 3.2 hectares and the one by the river 5.",
         "How big is the field behind the barn?", "3.2 hectares"),
        ("The file on Bo is in the oak press.", "Where was Bo seen?", None),
        ("Bo's boat is in Wells.", "Where is Bo's boat?", "Wells"),
        ("In act 4 Ida finds the ring under the stairs.", "Where does Ida find the ring?",
         "under the stairs"),
        ("Ida's office hours are Tuesdays from 2 to 4.", "When are Ida's office hours?",
         "Tuesdays from 2 to 4"),
        ("Ida comes on Monday from 2 to 4.", "When does Ida come?", "Monday from 2 to 4"),
        ("The boiler in flat 2 was cleaned on 5 May by Hale & Sons.",
         "Who cleaned the boiler in flat 2?", "Hale & Sons"),
        ("The boiler in flat 2 was cleaned on 5 May by Hale & Sons.",
         "When was the boiler in flat 3 cleaned?", None),
        ("Flat 3 is rented to the Holms for 780 pounds a month.", "What is the rent for flat 3?",
         None),
        ("I failed the first test but passed the second one.", "Did I pass the first test?", "no"),
        ("I failed the first test but passed the second one.", "Did I pass the second test?",
         "yes"),
        ("The plumber is no longer Bo Hale but Rita Orr.", "Who is the plumber?", "Rita Orr"),
        ("The plumber is no longer Bo Hale but Rita Orr.", "Is Bo Hale the plumber?", "no"),
        ("The press was sold to a man from Wells for 350 pounds.", "Who bought the press?",
         "a man"),
        ("The press was sold to a man from Wells for 350 pounds.",
         "How much did we get for the press?", None),
        ("The keys were given to Ann.", "Who has the keys?", "Ann"),
        ("The rent for flat 2 goes up to 720 pounds in March.",
         "How much is the rent for flat 2 now?", None),
        ("Leo doesn't drink coffee, only tea.", "Does Leo drink coffee?", "no"),
        ("Leo doesn't drink coffee, only tea.", "What does Leo drink?", "tea"),
        ("The choir sings on Mondays in the hall and on Fridays in the church.",
         "When does the choir sing?", "Mondays and Fridays"),
        ("The water pressure gauge in shed 3 doesn't work.",
         "Does the water pressure gauge in shed 3 work?", "no"),
    ],
)  # fmt: skip
def test_what_follows_from_selling_and_cancelling(
    value_of: ValueOf, told: str, question: str, value: str | None
) -> None:
    assert _value(value_of, [told], question) == value


def test_who_is_called_by_a_name_alone_is_the_same(value_of: ValueOf) -> None:
    told = ["Grandpa Otto was born in Wells in 1931.", "Otto's ring went to Ann."]
    assert _value(value_of, told, "Where was Otto born?") == "Wells"
    assert _value(value_of, told, "When was Otto born?") == "1931"


def test_what_a_name_leads_to_is_read_in_a_large_library(value_of: ValueOf) -> None:
    told = [
        "My daughter Nell is 12.",
        "Nell plays the cello and Toby the drums.",
        *(f"Parcel {number} is for the shop in lane {number * 7}." for number in range(70)),
        "Nell gave up the cello and took up the trumpet.",
    ]
    assert _value(value_of, told, "What instrument does my daughter play?") is None


@pytest.mark.parametrize(
    ("state", "ending", "question"),
    [
        ("I own a viola.", "I gave the viola away to my niece.", "Which instrument do I own?"),
        ("We live in Graz.", "We left Graz for good.", "Which city do we live in?"),
        ("I'm seeing Torvald.", "Torvald and I split up on Friday.", "Who am I seeing?"),
        ("I eat trout every Monday.", "I no longer eat trout.", "What do I eat every Monday?"),
        ("Lumo has a licence for Blender.", "The Blender licence expired last week.",
         "What does Lumo have a licence for?"),
    ],
)  # fmt: skip
def test_among_many_statements_an_ending_in_other_words_counts(
    state: str, ending: str, question: str
) -> None:
    others = [f"Person{number} keeps {number} hens." for number in range(70)]
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join([*others, state]))
        before = library.facts.value(question)
        assert before is not None
        assert before.value is not None
        library.facts.tell(ending)
        now = library.facts.value(question)
        assert now is None or now.value is None
