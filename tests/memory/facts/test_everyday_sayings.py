"""Things as people say them: drawn together, denied, counted, changed, pointing back.

Each row is what is told, a question, and the answer (None: that there is none).
"""

import pytest

from tests.memory.told import ValueOf


def _check(value_of: ValueOf, told: str, question: str, right: str | None) -> None:
    found = value_of(told.split(" / "), question)
    assert (None if found is None else found.value) == right
    if found is not None and found.value not in ("yes", "no"):
        assert found.fact.text[found.start : found.end] == found.value


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        # What is drawn together says the same.
        ("I'm allergic to wasps and dust.", "What am I allergic to?", "wasps and dust"),
        ("I'm allergic to wasps.", "Am I allergic to wasps?", "yes"),
        ("I’m not allergic to wasps.", "Am I allergic to wasps?", "no"),
        ("I'm engaged to Ruth.", "Who am I engaged to?", "Ruth"),
        ("I'm 1.83 m tall.", "How tall am I?", "1.83 m tall"),
        ("The ink isn't black, it's dark green.", "What is the ink?", "dark green"),
        ("The ink isn't black, it's dark green.", "Is the ink black?", "no"),
        ("We've moved the rehearsal to Thursday.", "When is the rehearsal?", "Thursday"),
        ("There's a ladder behind the barn.", "Where is the ladder?", "behind the barn"),
        # Who does not is answered by a denial alone.
        ("Ina isn't coming to the picnic. / Udo is coming to the picnic.",
         "Who isn't coming to the picnic?", "Ina"),
        ("Udo is coming to the picnic.", "Who's not coming to the picnic?", None),
        ("Ina does not eat fish. / Udo eats fish.", "Who doesn't eat fish?", "Ina"),
        ("I don't like celery. / I like leeks.", "What don't I like?", "celery"),
        ("I don't like celery. / I like leeks.", "What do I like?", "leeks"),
        # A number counts what it stands before.
        ("We have 3 lamps, 5 stools and a bench.", "How many stools do we have?", "5"),
        ("We have 3 lamps, 5 stools and a bench.", "How many benches do we have?", None),
        ("We have 9 lamps. / I sold two lamps.", "How many lamps do we have?", "9"),
        ("I sold two lamps.", "How many lamps do I have?", None),
        ("I sold two lamps.", "How many lamps did I sell?", "two"),
        ("The shed holds 4 bikes.", "How many bikes does the shed have?", "4"),
        # What holds now and what held before are told apart.
        ("I used to live at Henley but now I live at Marlow.", "Where do I live?", "Marlow"),
        ("I used to live at Henley but now I live at Marlow.", "Where did I live before?",
         "Henley"),
        ("We used to work with Korda, but now we work with Silva.", "Who do we work with?",
         "Silva"),
        ("The lecture moved from Thursday to Friday.", "When was the lecture before?", "Thursday"),
        ("The lecture was moved from room 5 to room 9.", "Where was the lecture before?", "room 5"),
        ("The hearing was delayed to 9:10.", "When is the hearing?", "9:10"),
        ("The hearing was pushed back to 14 June. / The hearing is on 20 June.",
         "When was the hearing before?", "14 June"),
        # What the second half of a sentence points at is found.
        ("My aunt is from Chile and her name is Paula.", "What is my aunt's name?", "Paula"),
        ("My aunt is from Chile.", "What is my aunt's name?", None),
        ("My aunt is from Chile.", "Who is my aunt?", None),
        ("My aunt is from Chile and her name is Paula.", "Where is my aunt from?", "Chile"),
        ("Nadia's extension is 5142, and Omar's is 5177.", "What is Omar's extension?", "5177"),
        ("Nadia's extension is 5142, and Omar's is 5177.", "What is Nadia's extension?", "5142"),
        ("Ida's dentist is Dr. Voss and his surgery is in Mill Lane.",
         "Where is Dr. Voss's surgery?", "Mill Lane"),
        # What is to be done names whom it is done to.
        ("Remind me to ring Petra on Friday.", "Who should I ring on Friday?", "Petra"),
        ("Remind me to ring Petra on Friday.", "When should I ring Petra?", "Friday"),
        ("The committee will choose Ines.", "Who will the committee choose?", "Ines"),
        # Each part of a sentence is said of its own.
        ("The hut has a stove but no oven.", "Does the hut have an oven?", "no"),
        ("The hut has a stove but no oven.", "Does the hut have a stove?", "yes"),
        ("The hut has a stove but no oven.", "What does the hut have?", "a stove"),
        ("The tram costs 38 euros for adults and 19 for pupils.",
         "How much is the tram for pupils?", "19"),
        ("The tram costs 38 euros for adults and 19 for pupils.",
         "How much is the tram for adults?", "38 euros"),
        ("My visa expires in August. / I renewed my visa, it now expires in May.",
         "When does my visa expire?", "May"),
        ("Only Carla has the key to the attic.", "Who has the key to the attic?", "Carla"),
        ("We owned nine goats, but the wolf ate three.", "How many goats did the wolf eat?", None),
        ("Nora Field's poem was refused by Quill and accepted by Dawn.",
         "Which paper accepted Nora's poem?", None),
        # What one does not do to another says nothing of the other way round.
        ("Alice likes Bob. / Bob doesn't like Alice.", "Does Alice like Bob?", "yes"),
        ("Alice likes Bob. / Bob doesn't like Alice.", "Does Bob like Alice?", "no"),
        ("Alice likes Bob, but Bob doesn't like Alice.", "Who likes Bob?", "Alice"),
        ("Alice likes Bob. / Alice doesn't like Bob.", "Does Alice like Bob?", "no"),
        ("The barn is owned by Ina. / Ina doesn't own the barn.", "Who owns the barn?", None),
        # Careless sentences are understood.
        ("Supper is at noon. / supper got moved to 1pm", "When is supper?", "1pm"),
        ("The cat weighs 4.2 kg, the dog 18 kg.", "How much does the cat weigh?", "4.2 kg"),
        ("The cat weighs 4.2 kg, the dog 18 kg.", "How much does the dog weigh?", "18 kg"),
        ("my hat size is 58 btw", "What is my hat size?", "58"),
        ("Otto turned 80 in May.", "How old is Otto?", "80"),
        ("Ina is 10. / Ina turned 11 yesterday.", "How old is Ina?", "11"),
        ("The lights turned red.", "How old are the lights?", None),
        # Rates names reports and conditions.
        # a person by a name, an amount at a rate, a half that is a time
        ("The roof was mended in May by a man called Ole Brandt.", "Who mended the roof?",
         "Ole Brandt"),
        ("We used to pay 40 crowns a week for milk.", "What did we use to pay for milk?",
         "40 crowns a week"),
        ("Yoga is on Fridays in the old mill, half past six.", "What time does yoga start?",
         "half past six"),
        ("Yoga is on Fridays in the old mill.", "What time does yoga start?", None),
        ("I owe Rosa 20 euros for the cake.", "Who do I owe 20 euros?", "Rosa"),
        ("I owe Rosa 20 euros for the cake.", "Who do I owe money?", "Rosa"),
        ("I owe Rosa 20 euros for the cake.", "What do I owe Rosa for?", "the cake"),
        ("I owe Rosa 20 euros for the cake.", "How much money do I owe Rosa?", "20 euros"),
        ("The ticket is 12 euros, children pay half.", "How much is the ticket?", "12 euros"),
        ("Ann's got a kayak.", "Who has a kayak?", "Ann"),
        ("The bill came to 310.", "How much was the bill?", "310"),
        ("Lea Voss took over as treasurer from Timo.", "Who is the treasurer now?", "Lea Voss"),
        ("Lea Voss took over as treasurer from Timo.", "Who was the treasurer?", "Timo"),
        ("The talk was planned for Monday, but we moved it to Friday at 3.", "When is the talk?",
         "Friday at 3"),
        ("Our budget is 900 euros, of which 300 is reserved for paint.", "What is our budget?",
         "900 euros"),
        # who and what a pronoun is
        ("We used to pay 40 crowns a week for milk, but since May it's 55.",
         "How much do we pay for milk now?", "55"),
        ("Omar's old bike was a Gazelle; he's got an Ebike now.", "What does Omar have?",
         "an Ebike"),
        ("Omar's brother was ill. She has a Gazelle.", "What does Omar have?", None),
        # what a second half leaves out, who came before whom, what is to come
        ("I put the tent in the attic and the bags under the stairs.", "Where is the tent?",
         "in the attic"),
        ("I put the tent in the attic and the bags under the stairs.", "Where are the bags?",
         "under the stairs"),
        ("Mum takes the blue pill at noon and the white one at night.",
         "When does Mum take the white pill?", "night"),
        ("Our budget is 900 euros, of which 300 is reserved for paint.",
         "How much of the budget is reserved for paint?", "300"),
        ("Rita replaced Olaf as head of sales.", "Who was head of sales before Rita?", "Olaf"),
        ("Rita replaced Olaf as head of sales.", "Who was head of sales before Olaf?", None),
        ("Lena is moving from Kiel to Graz in May.", "Where does Lena live?", None),
        ("Ann says the boss is strict, but Ben thinks he is fair.",
         "What does Ann say about the boss?", "strict"),
        ("Ann says the boss is strict, but Ben thinks he is fair.",
         "What does Ben think of the boss?", None),
        ("The dog called Rex bit a girl.", "What is the dog called?", "Rex"),
        ("Amir was supposed to bring the cake.", "Who brought the cake?", None),
        ("Lina stays here until June, then she moves to Ulm.", "Where does Lina live?", None),
        ("The class lasts from 10:15 to 11:45.", "How long is the class?", None),
        ("I need to pay the plumber 75 euros.", "Who do I need to pay?", "the plumber"),
        ("The last bus leaves at 23:10, on Fridays at 0:40.", "When does the last bus leave?",
         "23:10"),
        ("The last bus leaves at 23:10, on Fridays at 0:40.",
         "When does the last bus leave on Fridays?", "0:40"),
        # what belongs to the one that is named first, and what is new
        ("The club raised its fee from 20 to 30.", "What is the club's fee?", "30"),
        ("The club raised its fee from 20 to 30.", "What was the club's fee before?", "20"),
        ("The password is heron7. / We have a new password: otter9", "What is the password?",
         "otter9"),
        ("The password is heron7. / We have a new password: otter9",
         "What was the password before?", "heron7"),
        # what somebody says, and what they are called on the way
        ("Tom thinks the new plan is risky.", "What does Tom think of the new plan?", "risky"),
        ("Tom thinks the new plan is risky.", "Is the new plan risky?", None),
        ("According to Ida, the inn on Elm Road is dear.", "What did Ida say about the inn?",
         "dear"),
        ("Mira said that the shop shuts at 5.", "Who said the shop shuts at 5?", "Mira"),
        ("Mira said that the shop doesn't shut at 5.", "Who said the shop shuts at 5?", None),
        ("Nils said that the coach, Mr. Orr, is leaving.", "Who is the coach?", "Mr. Orr"),
        # conditions
        ("If the lamp blinks, the filter is full.", "What does it mean when the lamp blinks?",
         "the filter is full"),
        ("If the lamp blinks, the filter is full.", "What happens if the lamp blinks?",
         "the filter is full"),
        ("If the lamp blinks, the filter is full.", "What happens if the lamp doesn't blink?",
         None),
        ("Unless it snows, the fair is in Elm Park.", "Where is the fair if it doesn't snow?",
         "Elm Park"),
        ("Unless it snows, the fair is in Elm Park.", "Where is the fair if it snows?", None),
    ],
)  # fmt: skip
def test_what_is_said_every_day_answers(
    value_of: ValueOf, told: str, question: str, right: str | None
) -> None:
    _check(value_of, told, question, right)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("I am 34.", "How old am I?", "34"),
        ("I'm 34.", "How old am I?", "34"),
        ("I am a nurse.", "What is my job?", "a nurse"),
        ("It opens at 9 AM.", "What is my job?", None),
        ("The pool is open every day except Sunday.", "Is the pool open on Sunday?", "no"),
        (
            "The pool is open every day except Sunday.",
            "When is the pool open?",
            "every day except Sunday",
        ),
        ("We're out of milk.", "Do we have milk?", "no"),
        ("There is milk in the cellar.", "Do we have milk?", "yes"),
        ("Hana is Kenji's niece.", "Is Hana Kenji's niece?", "yes"),
        ("Hana is Kenji's niece.", "Is Kenji Hana's niece?", None),
        ("I prefer tea to coffee.", "Do I prefer coffee?", "no"),
        ("The best pizza is at Luigi's.", "Where is the best pizza?", "at Luigi's"),
        ("In 2019 we moved from Paris to Lyon.", "When did we move to Lyon?", "In 2019"),
        ("Yesterday I bought a bike.", "When did I buy a bike?", "Yesterday"),
        ("The hearing is on the 6th.", "When is the hearing?", "the 6th"),
        ("The hearing isn't on the 5th, it's on the 6th.", "When is the hearing?", "the 6th"),
        ("The office is on the 6th floor.", "When is the office?", None),
    ],
)
def test_small_words_are_not_overlooked(
    value_of: ValueOf, told: str, question: str, right: str | None
) -> None:
    _check(value_of, told, question, right)


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        ("I prefer tea to coffee.", "Do I prefer tea or coffee?", "tea"),
        ("The exam is on Monday.", "Is the exam on Tuesday or on Monday?", "on Monday"),
        ("The kitchen is dark green.", "Is the kitchen light blue or dark green?", "dark green"),
        ("The exam is on Monday.", "Is the exam on Tuesday or Friday?", None),
        ("Ina speaks Thai and Lao.", "Does Ina speak Thai or Lao?", None),
    ],
)
def test_of_two_that_are_asked_the_one_that_holds_is_said(
    value_of: ValueOf, told: str, question: str, right: str | None
) -> None:
    found = value_of(told.split(" / "), question)
    assert (None if found is None else found.value) == right
