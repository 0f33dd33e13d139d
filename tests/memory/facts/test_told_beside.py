"""What a sentence says beside its first clause, and what must not be read into one.

Each row is what is told, a question, and the answer (None: that there is none).
"""

from workbench.library import Library

Row = tuple[str, str, str | None]


def _check(library: Library, rows: list[Row]) -> None:
    wrong: list[tuple[str, str, str | None]] = []
    for at, (told, question, right) in enumerate(rows):
        scope = f"talk {at}"
        for line in told.split(" / "):
            library.facts.tell(line, collection=scope)
        found = library.facts.value(question, collection=scope)
        said = None if found is None else found.value
        if said != right:
            wrong.append((told, question, said))
    assert not wrong


def test_what_is_parted_by_what_it_is_for_is_told_apart(library: Library) -> None:
    _check(
        library,
        [
            ("my size is M in shirts and 43 in shoes", "what is my size in shoes?", "43"),
            ("my size is M in shirts and 43 in shoes", "what is my size in shirts?", "M"),
            ("Ida's codes: gate is 4711, safe is 9902", "What is Ida's safe code?", "9902"),
            (
                "my size is M in shirts and 43 in shoes",
                "what is my size?",
                "M in shirts and 43 in shoes",
            ),
            ("my size is M in shirts and 43 in shoes", "what size am I in hats?", None),
            ("my size is M in shirts and 43 in shoes", "is my size in shoes 43?", "yes"),
            ("my size is M in shirts and 43 in shoes", "is my size in shoes M?", None),
            (
                "Ida's codes: front gate is 4711, back gate is 9902",
                "What is Ida's back gate code?",
                "9902",
            ),
            (
                "our hours are 9 to 5 in summer and 10 to 4 in winter",
                "what are our hours in winter?",
                "10 to 4 in winter",
            ),
            (
                "My shift is early on Monday and late on Tuesday.",
                "what is my shift on Tuesday?",
                "late",
            ),
            (
                "The fee is 10 euros for adults and 5 euros for kids.",
                "what is the fee for kids?",
                "5 euros",
            ),
            (
                "The fee is 10 euros for adults and 5 euros for kids.",
                "how much is the fee for adults?",
                "10 euros",
            ),
        ],
    )


def test_a_verb_that_is_said_once_holds_for_both(library: Library) -> None:
    _check(
        library,
        [
            (
                "Dr. Ahmed is the cardiologist, Dr. Brandt the dentist.",
                "who is the dentist?",
                "Dr. Brandt",
            ),
            (
                "Dr. Ahmed is the cardiologist, Dr. Brandt the dentist.",
                "who is the cardiologist?",
                "Dr. Ahmed",
            ),
            ("Ina is the chair, Udo the treasurer.", "who is the treasurer?", "Udo"),
            ("Ina is the chair, Udo the treasurer.", "who is the chair?", "Ina"),
            ("I eat neither pork nor beef.", "do I eat pork?", "no"),
            ("I eat neither pork nor beef.", "do I eat beef?", "no"),
            ("Neither Ann nor Bob eats fish.", "does Ann eat fish?", "no"),
            ("Neither Ann nor Bob eats fish.", "does Bob eat fish?", "no"),
            ("Ann is the mother of Ben, Carl the father.", "who is the father?", "Carl"),
            ("Ann is the mother of Ben, Carl the father.", "who is the mother of Ben?", "Ann"),
            (
                "Paris is the capital of France, Rome the capital of Italy.",
                "what is the capital of Italy?",
                "Rome",
            ),
            (
                "Paris is the capital of France, Rome the capital of Italy.",
                "what is the capital of France?",
                "Paris",
            ),
            ("Neither Ann nor Bob eats fish.", "does Carl eat fish?", None),
            ("Neither Ann nor Bob eats fish.", "who eats fish?", None),
        ],
    )


def test_a_name_beside_a_noun_says_who_that_is(library: Library) -> None:
    _check(
        library,
        [
            ("my brother Paul lives in Lyon", "who is my brother?", "Paul"),
            ("my brother Paul lives in Lyon", "where does Paul live?", "Lyon"),
            ("my brother Paul lives in Lyon", "where does my brother live?", "Lyon"),
            ("my brother Paul lives in Lyon", "what is my brother's name?", "Paul"),
            ("My brother, Paul, lives in Lyon.", "who is my brother?", "Paul"),
            ("Paul, my brother, lives in Lyon.", "who is my brother?", "Paul"),
            ("Paul, my brother, lives in Lyon.", "where does Paul live?", "Lyon"),
            ("I met my boss Monday.", "who is my boss?", None),
            ("My friend's brother Otto sings.", "who is my friend's brother?", "Otto"),
            ("My friend's brother Otto sings.", "who is my friend?", None),
            ("My friend's brother Otto sings.", "who is my brother?", None),
            ("Ann's brother Paul lives in Lyon.", "who is my brother?", None),
            ("Ann's brother Paul lives in Lyon.", "who is Ann's brother?", "Paul"),
            ("Ann's brother Paul lives in Lyon.", "who is Ann?", None),
            ("I gave my sister Ann's book.", "who is my sister?", None),
            ("I had lunch with my brother Paul.", "who is my brother?", "Paul"),
        ],
    )


def test_labels_in_one_line_each_have_their_value(library: Library) -> None:
    _check(
        library,
        [
            ("Vendor: Acme, phone: 555-123", "what is the vendor?", "Acme"),
            ("Vendor: Acme, phone: 555-123", "what is the phone?", "555-123"),
            ("Vendor: Acme, phone: 555-123", "who is the vendor?", "Acme"),
            ("Name: Kim, city: Ulm, phone: 0731-55", "what is the city?", "Ulm"),
            ("Name: Kim, city: Ulm, phone: 0731-55", "what is the name?", "Kim"),
            ("Menu: soup, fish, cake", "what is the menu?", "soup, fish, cake"),
        ],
    )


def test_an_amount_that_rose_or_fell_is_the_new_one(library: Library) -> None:
    _check(
        library,
        [
            (
                "Eve's passwords: mail is tulip9, bank is rose44",
                "what is Eve's bank password?",
                "rose44",
            ),
            (
                "Eve's passwords: mail is tulip9, bank is rose44",
                "what is Eve's mail password?",
                "tulip9",
            ),
            (
                "Eve's passwords: mail is tulip9, bank is rose44",
                "what is Eve's wifi password?",
                None,
            ),
            (
                "Eve's passwords: mail is tulip9, bank is rose44",
                "what are Eve's passwords?",
                "mail is tulip9, bank is rose44",
            ),
            (
                "The rent is 900 euros. / The rent rose to 950 euros.",
                "how much is the rent?",
                "950 euros",
            ),
            (
                "The rent is 900 euros. / The rent rose to 950 euros.",
                "what was the rent before?",
                "900 euros",
            ),
            (
                "The rent is 900 euros. / The rent went up to 950 euros.",
                "what is the rent?",
                "950 euros",
            ),
            ("The rent went from 900 to 950 euros.", "what is the rent?", "950 euros"),
            ("The rent went from 900 to 950 euros.", "what was the rent before?", "900"),
            ("The price dropped to 12 euros.", "what is the price?", "12 euros"),
            ("The price dropped from 15 to 12 euros.", "what was the price before?", "15"),
            ("The temperature fell to 5 degrees.", "what is the temperature?", "5 degrees"),
            ("Ann went to Rome.", "what is Ann?", None),
            ("Ann went from Rome to Oslo.", "where is Ann?", None),
            ("She rose to 5th place.", "what is she?", None),
            ("Ann went from 70 to 65 kg.", "what is Ann?", None),
            ("The show goes from 5 to 9.", "what is the show?", None),
            ("The kids went up to room 5.", "what are the kids?", None),
            ("We went up to 3 people.", "who are we?", None),
            ("The bus goes to 12 villages.", "what is the bus?", None),
            ("The tree fell on the way to 5 Elm Street.", "what is the tree?", None),
            ("The temperature didn't rise to 30 degrees.", "what is the temperature?", None),
            ("The rent rose to 950 euros in May.", "when did the rent rise?", "May"),
            ("The rent rose to 950 euros in May.", "how much is the rent?", "950 euros"),
            ("The rent rose from 900 to 950 euros.", "what is the rent?", "950 euros"),
            ("The rent rose by 5 percent.", "what is the rent?", None),
            ("My weight went down to 70 kg.", "what is my weight?", "70 kg"),
            ("My weight went down to 70 kg.", "how much do I weigh?", "70 kg"),
            ("My weight dropped from 80 kg to 75 kg.", "what was my weight before?", "80 kg"),
        ],
    )


def test_she_is_the_sister_that_was_named_last(library: Library) -> None:
    _check(
        library,
        [
            ("Ravi's sister is Meera. / She lives in Pune.", "where does Meera live?", "Pune"),
            (
                "Ravi's sister is Meera. / She lives in Pune.",
                "where does Ravi's sister live?",
                "Pune",
            ),
            ("Ravi's sister is Meera. She lives in Pune.", "where does Meera live?", "Pune"),
            ("Ravi's sister is Meera. She lives in Pune.", "where does Ravi live?", None),
            ("Meera's sister is Ann. / He lives in Pune.", "where does Ann live?", None),
            ("Ravi's dog is Rex. / She barks.", "where does Ravi live?", None),
            (
                "Ravi's sister is Meera. / She lives in Pune. / She works at Volvo.",
                "where does Meera work?",
                "Volvo",
            ),
            ("Ravi's sister is Meera. / Her phone is 555.", "what is Meera's phone?", "555"),
            ("Ravi's sister is Meera. / Her phone is 555.", "what is Ravi's phone?", None),
        ],
    )


def test_a_time_in_the_place_of_an_object_is_a_time(library: Library) -> None:
    _check(
        library,
        [
            ("we meet every other Tuesday in room 4", "what room do we meet in?", "room 4"),
            ("we meet every other Tuesday in room 4", "which room do we meet in?", "room 4"),
            ("we meet every other Tuesday in room 4", "when do we meet?", "every other Tuesday"),
            ("we meet every other Tuesday in room 4", "where do we meet?", "in room 4"),
        ],
    )


def test_a_verb_or_a_name_beside_leaves_the_rest_as_it_was(library: Library) -> None:
    _check(
        library,
        [
            ("Ann lives in Rome, Ben in Oslo.", "where does Ben live?", "Oslo"),
            ("Ann lives in Rome, Ben in Oslo.", "where does Ann live?", "Rome"),
            ("Ann lives in Rome, Italy in winter.", "where does Ann live?", "Rome, Italy"),
            ("my cousin Jana is a pilot.", "what is Jana?", "a pilot"),
            ("Jana, my cousin, is a pilot.", "what is my cousin?", "a pilot"),
            ("my dog Rex is 3 years old.", "what is my dog called?", "Rex"),
            ("I am a nurse, Udo a teacher.", "what is Udo?", "a teacher"),
            ("I am a nurse, Udo a teacher.", "what is my job?", "a nurse"),
            ("Our plan went from basic to pro.", "what is our plan?", None),
            ("Unemployment fell to 5 percent.", "what is unemployment?", None),
            ("the rent rose to €950", "how much is the rent?", "€950"),
            ("Breakfast: 7:00, lunch: 12:30, dinner: 18:00", "when is lunch?", "12:30"),
            ("Breakfast: 7:00, lunch: 12:30, dinner: 18:00", "when is breakfast?", "7:00"),
            ("Host: db1, port: 5432, user: kim", "what is the port?", "5432"),
            ("Host: db1, port: 5432, user: kim", "what is the user?", "kim"),
            ("Todo: buy milk, bread, eggs", "what is the todo?", "buy milk, bread, eggs"),
            ("Ravi's brother is Tom. / He lives in Pune.", "where does Tom live?", "Pune"),
        ],
    )
