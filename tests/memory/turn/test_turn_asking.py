"""Questions without a mark, and statements that begin like questions."""

import pytest

from workbench.memory.turn.question_detection import asks


@pytest.mark.parametrize(
    "line",
    [
        "what is my plan",
        "what's my plan",
        "whats my plan",
        "find where my phone is",
        "who owns Aurora",
        "whose bike is red",
        "where are my keys",
        "where Alice lives",
        "when is my birthday",
        "why did we move",
        "how many kayaks do I own",
        "how old is Ann",
        "which plan is cheaper",
        "what time does it start",
        "and where is Bob",
        "is my plan pro",
        "is Alice vegan",
        "is alice vegan",
        "are the doors locked",
        "was it Monday",
        "does Alice like tea",
        "does alice like tea",
        "do my parents live in Oslo",
        "did we sign",
        "has my plan changed",
        "have I paid rent",
        "can I park here",
        "will Alice come",
        "isn't it late",
        "don't you like tea",
        "tell me my plan",
        "remind me, what is the code",
        "remind me what my plan is",
        "show me the gate code",
        "do you know where Bob is",
        "is there milk",
        "wo wohnt Anna",
        "Was ist mein Plan",
        "dónde vive Ana",
        "où est Paul",
        "где живёт Анна",
        "我的计划是什么",
        "你喜欢茶吗",
        "これは何ですか",
        "이름이 뭐예요",
        "¿Dónde vive Ana?",
        "ما اسمي؟",
        "πού μένει η Άννα;",
        '"Where is Bob?"',
        "my plan is pro?",
        "what?!",
    ],
)
def test_it_asks(line: str) -> None:
    assert asks(line)


@pytest.mark.parametrize(
    "line",
    [
        "is fluent in Spanish",
        "is a vegetarian",
        "was in Rome last week",
        "was late today",
        "had lunch with Ann",
        "have a meeting at 3",
        "have the keys in my bag",
        "has two sons",
        "do the laundry on Friday",
        "did the dishes",
        "does not eat meat",
        "don't like olives",
        "do not park here",
        "will call Bob at 5",
        "Will is my brother",
        "Will Smith is an actor",
        "May is my birth month",
        "can opener is in the drawer",
        "can swim well",
        "must buy milk",
        "might go to Rome",
        "when I was five I moved to Oslo",
        "when the alarm rings, leave",
        "where we live there is snow",
        "what I like most is tea",
        "what matters is speed",
        "what a nice day",
        "What Ann wants is a new bike",
        "Do Androids Dream of Electric Sheep is on my shelf",
        "Where's Wally is my favourite book",
        "find my phone is enabled",
        "how to reset the router: hold it for 10 s",
        "which means the plan is off",
        "which reminds me, Ann is away",
        "which is why we moved",
        "who knows, Bob may come",
        "Wie gesagt, mein Plan ist pro",
        "когда я был маленьким, я жил в Осло",
        "我什么都不吃",
        'He asked "where is Bob?"',
        "the search is at https://a.example/find?",
        "I know who did it",
        "list price is 40 euros",
        "comment on the plan: good",
        "dove season starts in September",
        "the question is open",
        "",
    ],
)
def test_it_tells(line: str) -> None:
    assert not asks(line)


@pytest.mark.parametrize(
    "line",
    ["Kim's desk is new", "Kim lives in Oslo", "Kim is my boss", "Wen speaks Thai",
     "Chi has a bike", "Kim and Ann are here", "Wo's shop is closed"],
)  # fmt: skip
def test_a_name_that_asks_in_another_language_is_a_name(line: str) -> None:
    assert not asks(line)


@pytest.mark.parametrize("line", ["chi sei", "wen liebst du", "kim geldi", "Chi ha vinto"])
def test_small_words_that_are_names_elsewhere_still_ask(line: str) -> None:
    assert asks(line)
