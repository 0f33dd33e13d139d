"""What a written sentence is doubted for, and what it is not."""

import random

import pytest

from tests.benchmarks.written import blocks, flagged, half
from workbench.recall.checking.amounts import amounts
from workbench.recall.checking.checking import doubt, is_supported_fragment

MILL = (
    "The Ferrow mill was built by Anna Brook in 1842. She sold it to Jonas Pell for 9,000 crowns.",
    "The mill did not burn in 1901. It may have been rebuilt later.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Brook built the Ferrow mill in 1842.",
        "It was sold to Jonas Pell for 9000 crowns.",
        "The mill didn't burn in 1901.",
        "The mill may have been rebuilt.",
    ],
)
def test_a2_what_the_evidence_says_is_supported(sentence: str) -> None:
    assert not doubt(sentence, MILL)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Anna Brook built the mill in 1824.", "number"),
        ("Anna Stone built the mill.", "name"),
        ("Anna Brook built the mill of granite.", "word"),
        ("The mill burned in 1901.", "denial"),
        ("Anna Brook did not build the mill.", "denial"),
        ("The mill was rebuilt later.", "hedge"),
        ("Jonas Pell sold it to Anna Brook.", "relation"),
        ("...", "nothing"),
    ],
)
def test_a2_a_sentence_is_doubted_for_what_is_wrong_with_it(sentence: str, reason: str) -> None:
    assert doubt(sentence, MILL) == reason


FOUND = (
    "One of the shells was first reported in 1996 and had a broad hinge. Finds from Brazil a year "
    "later suggest that such shells were common. They are kept as plastids of the shore.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        # What small models write where they have nothing to say.
        *("The answer is:", "Question: Which shells were common?", "<question>", "</question>"),
        "They are kept as plastomes.",
    ],
)
def test_what_says_nothing_or_puts_together_what_stands_apart_is_doubted(sentence: str) -> None:
    assert doubt(sentence, FOUND, "What is known of the shells?")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The US found the shells in Brazil.", "name"),
        ("The shells of the IT were common.", "name"),
        ("The shells were common in BE.", "name"),
        ("The shells were first reported by the WHO.", "name"),
        # Shouted, or stressed, they are the words that they look like.
        ("SUCH SHELLS WERE COMMON.", ""),
        ("Such shells were NOT common.", "denial"),
    ],
)
def test_a_word_in_capitals_is_a_name_and_no_light_word(sentence: str, reason: str) -> None:
    assert doubt(sentence, FOUND) == reason
    if reason == "name":
        assert not doubt(sentence, (*FOUND, sentence))


def test_a_name_beside_the_number_or_before_it_is_not_doubted() -> None:
    for sentence in ("In 1996 one of the shells was reported.", "Finds from Brazil suggest it."):
        assert not doubt(sentence, FOUND)
    assert not doubt("In 1842, Anna Brook built the mill.", MILL)


def test_a_few_words_answer_only_what_their_sentence_is_about() -> None:
    text = ("The regime in Sudan was led by Hassan Turabi. He had money of banks in Saudi Arabia.",)
    asked = "Who led the regime in Sudan?"
    assert is_supported_fragment("Hassan Turabi.", text, asked)
    assert not is_supported_fragment("Saudi Arabia.", text, asked)
    assert is_supported_fragment("He had money of banks in Saudi Arabia.", text, asked)


SOLD = "Ida Voss sold the boat to Rolf Hage for 90 crowns. Carl Dow painted it."
LENT = "Lena lent Otto 200 pounds. Carl left."
GAVE = "Marie Holt donated her library to the school of Tarn."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (MILL[0], "Anna Brook paid 9,000 crowns for the mill."),
        (MILL[0], "Anna Brook bought the mill from Jonas Pell."),
        (SOLD, "Rolf Hage bought the boat from Carl Dow."),
        (SOLD, "The boat was bought by Ida Voss."),
        ("Clara learns physics from Ben. Dora reads.", "Clara teaches Ben physics."),
        (LENT, "Lena borrowed 200 pounds from Otto."),
        (GAVE, "Marie Holt received the library from the school of Tarn."),
        ("Ines beat Rolf in the final.", "Ines lost the final to Rolf."),
        ("Ines may have sold the boat to Rolf.", "Rolf bought the boat."),
    ],
)
def test_a2_what_another_verb_turns_round_is_doubted(text: str, sentence: str) -> None:
    assert doubt(sentence, [text])


NORDEN = (
    "The mill of Norden spun 340 bales in 1905, before its roof burned in 1911. Its owner, Olga "
    "Brandt, was not insured. Photographs are allowed without flash. The loom at Hollen was built "
    "by Karl Reis and is older than the mill."
)


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("The mill spun 340 bales in 1905.", True),
        ("In 1905 the mill of Norden spun 340 bales.", True),
        ("The roof burned in 1911.", True),
        ("The mill of Norden spun 1905 bales in 340.", False),
        ("The mill of Norden spun 340 bales in 1911, before its roof burned in 1905.", False),
        ("Its owner, Olga Brandt, was not insured.", True),
        ("Its owner, Brandt Olga, was not insured.", False),
        ("Photographs without flash are allowed.", True),
        ("The loom at Hollen is not older than the mill.", False),
        ("Karl Reis built the loom at Hollen.", True),
    ],
)
def test_a2_numbers_names_and_denials_stand_where_the_evidence_has_them(
    sentence: str, supported: bool
) -> None:
    assert (not doubt(sentence, [NORDEN])) is supported


@pytest.mark.parametrize(
    ("text", "sentence", "supported"),
    [
        (
            "The inn closes at ten; the bar stays open until two.",
            "The inn stays open until two.",
            False,
        ),
        (
            "The inn closes at ten; the bar stays open until two.",
            "The bar is open until two.",
            True,
        ),
        ("Ida grows roses, but her brother sells tulips.", "Ida sells tulips.", False),
        ("Ida grows roses, but her brother sells tulips.", "Her brother sells tulips.", True),
        ("Two guests were hurt and the cook was killed.", "Two guests were killed.", False),
        ("The lock, which was built in 1790, is 40 m long.", "The lock was built in 1790.", True),
        ("The mill sold 1,200 sacks, and the farm 900.", "The mill sold 1,200 sacks.", True),
    ],
)
def test_a2_what_one_statement_says_is_not_said_of_the_subject_of_another(
    text: str, sentence: str, supported: bool
) -> None:
    assert (not doubt(sentence, [text])) is supported


def test_a2_nothing_cited_supports_nothing() -> None:
    assert doubt("Anna Brook built the mill.", ())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("twenty-seven men and 1 200 sheep", [(27, ""), (1200, "")]),
        ("€2.5 million, or 70 per cent", [(2.5e6, "euro"), (70, "percent")]),
        ("38 m tall, 3.5 kilometres long", [(38, "metre"), (3.5, "kilometre")]),
        ("пять метров", [(5, "metre")]),
        ("120名工人 在1932年", [(120, ""), (1932, "")]),
        ("a square of 3 m and a note k%¹ ²", [(3, "metre")]),
    ],
)
def test_amounts_are_read_in_digits_and_words(text: str, values: list[tuple[float, str]]) -> None:
    assert [(each.value, each.unit) for each in amounts(text)] == values


@pytest.mark.slow
def test_a2_most_of_what_is_wrong_is_found_and_little_of_what_is_right_doubted() -> None:
    for name, least in (("a", 0.97), ("b", 0.95)):
        tried = half(name)
        wrong = [each for each in tried if not each.supported]
        right = [each for each in tried if each.supported]
        assert (len(wrong) > 70, len(right) > 60, len(tried) >= 145) == (True, True, True)
        assert sum(map(flagged, wrong)) >= least * len(wrong)
        assert sum(map(flagged, right)) <= 0.05 * len(right)


@pytest.mark.parametrize(
    ("text", "sentence", "supported"),
    [
        ("Say that the mill burned in 1901.", "The mill burned in 1901.", False),
        ("The mill stood. Then tell them that it burned.", "The mill burned.", False),
        ("Schreibe, dass die Mühle brannte.", "Die Mühle brannte.", False),
        ("They say that the mill burned in 1901.", "The mill burned in 1901.", True),
        ("He added that the mill burned.", "The mill burned.", True),
        ("The report was clear, and it says that the mill burned.", "The mill burned.", True),
    ],
)
def test_what_a_text_orders_to_be_said_it_does_not_say(
    text: str, sentence: str, supported: bool
) -> None:
    assert (not doubt(sentence, [text])) is supported


HALVES = (
    "After the founding of the colony of Tarn in 1788 the land was divided into an eastern half "
    "named Tarn and a western half named Velt. The governor of both lived in Orr."
)
MAPS = (
    "The find was supported by Jonas Pell and by Ida Weil. The Pell and Weil maps were overlaid "
    "with the Brook map in 1901. The survey of the river has been compared with other surveys."
)
SMOKE = "The kilns of Orr send smoke over the valley. The council counts the days of fog."


@pytest.mark.parametrize(
    ("text", "question", "sentence", "supported"),
    [
        (HALVES, "What was the western half?", "The western half was called Tarn.", False),
        (HALVES, "What was the western half?", "The western half was named Velt.", True),
        (HALVES, "What was the eastern half?", "The eastern half was called Velt.", False),
        (HALVES, "Where did he live?", "The governor of the western half lived in Velt.", False),
        (MAPS, "", "The Pell and Weil maps were overlaid with the survey of the river.", False),
        (MAPS, "", "The Pell and Weil maps were overlaid with the Brook map.", True),
        (MAPS, "", "The find was compared with other surveys.", False),
        (SMOKE, "What illness does smoke cause?", "The smoke causes illness of children.", False),
        (SMOKE, "What illness do kilns cause?", "Kilns cause illness.", False),
        (SMOKE, "What do the kilns send?", "The kilns send smoke over the valley.", True),
        (SMOKE, "What do the kilns send?", "The passage is about the smoke of kilns.", False),
        (SMOKE, "What was counted first?", "The first days of fog were counted.", False),
    ],
)
def test_what_is_put_together_of_sentences_names_or_the_question_is_doubted(
    text: str, question: str, sentence: str, supported: bool
) -> None:
    assert (not doubt(sentence, [text], question)) is supported


@pytest.mark.parametrize(
    ("said", "supported"),
    [
        ("The answer is: Velt.", True),
        ("The answer is Orr.", False),
        ("This is the answer.", False),
        ("Velt.", True),
        ("The answer is 1.", False),
    ],
)
def test_a_frame_around_few_words_says_them_of_what_was_asked(said: str, supported: bool) -> None:
    asked = "What was the western half of the land named?"
    assert is_supported_fragment(said, [HALVES], asked) is supported


def test_words_of_a_quote_thrown_together_are_doubted() -> None:
    chance = random.Random(5)
    tried = [each for each in blocks("b") if each.language in ("en", "de", "fr", "es", "ru")]
    believed = []
    for block in tried:
        for text in block.texts:
            first, _, rest = text.partition(". ")
            words = (first if len(first.split()) > 7 else rest.rstrip(".")).split()
            chance.shuffle(words)
            if len(words) > 7:
                believed.append(not doubt(f"{' '.join(words)}.", (text,), block.question))
    assert len(believed) > 30
    # Some order that says the same, and some that says something else, is hit by chance.
    assert sum(believed) <= 0.15 * len(believed)
