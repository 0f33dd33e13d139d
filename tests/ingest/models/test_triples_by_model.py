"""Triples through a model: taken only where the sentence has them, whatever the model does."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ModelError
from ingest.models import serving
from ingest.models.watched import Timing
from ingest.triples.by_model import (
    SCHEMA,
    ModelReading,
    occurring,
    read_by_model,
    triple_of,
    usable,
)
from ingest.triples.by_model import ModelTriple as Told
from tests.ollama_server import Body, FakeModel, OllamaServer, ollama_server
from tests.patience import seconds

SENTENCES = [
    (71, "Odile Brandt founded the dredging school in 1911."),
    (72, "The school was closed by Piet Haan."),
    (75, "It rained."),
]
TABLE = {
    "Odile Brandt founded": [
        {"subject": "Odile Brandt", "relation": "found", "object": "the dredging school"}
    ],
    "closed by Piet Haan": [
        {"subject": "school", "relation": "was closed by", "object": "Piet Haan"},
        {"subject": "Greta Vos", "relation": "close", "object": "school"},
    ],
}


@pytest.fixture
def server() -> Iterator[OllamaServer]:
    with ollama_server() as running:
        yield running


def by_table(table: dict[str, list[dict[str, Any]]]) -> Callable[[Body], str]:
    """What a model says that knows the triples of sentences by words in them."""

    def says(body: Body) -> str:
        found = []
        for line in body["messages"][-1]["content"].splitlines():
            told = json.loads(line)
            for words, triples in table.items():
                if words in told["text"]:
                    found += [{"sentence": told["sentence"], **triple} for triple in triples]
        return json.dumps({"triples": found})

    return says


def _read(
    server: OllamaServer,
    behaviour: str = "good",
    sentences: list[tuple[int, str]] = SENTENCES,
    **more: Any,
) -> ModelReading:
    server.add(FakeModel("reader", behaviour, says=by_table(TABLE), **more))
    there = serving.reach(server.address)
    return read_by_model(
        there,
        serving.model(there, "reader"),
        sentences,
        check=lambda: None,
        timing=Timing(first=seconds(0.5), between=seconds(0.5), total=seconds(5)),
    )


def test_triples_name_their_sentence_and_what_is_not_there_is_refused(
    server: OllamaServer,
) -> None:
    reading = _read(server)
    assert reading.triples == (
        Told(71, "Odile Brandt", "found", "the dredging school"),
        Told(72, "school", "was closed by", "Piet Haan"),
    )
    assert (reading.refused, reading.unread, reading.empty, reading.requests) == (1, (), False, 3)


def test_what_is_asked_is_a_schema_at_temperature_0_without_thinking(
    server: OllamaServer,
) -> None:
    _read(server, "thinking", capabilities=("completion", "thinking"))
    bodies = server.asked_of("/api/chat")
    for body in bodies:
        assert body["format"] == SCHEMA
        assert body["think"] is False
        assert body["options"]["temperature"] == 0
        assert body["options"]["num_ctx"] >= 4096
    told = [json.loads(body["messages"][-1]["content"]) for body in bodies]
    assert told == [{"sentence": 1, "text": text} for _, text in SENTENCES]
    # What is the same in all requests comes first, and is read once by a server that keeps it.
    assert len({json.dumps(body["messages"][:-1]) for body in bodies}) == 1


@pytest.mark.parametrize("behaviour", ["fenced", "tagged", "only thinking"])
def test_an_answer_in_another_dress_is_read(server: OllamaServer, behaviour: str) -> None:
    assert len(_read(server, behaviour).triples) == 2


def test_an_answer_that_is_cut_is_not_asked_for_again(server: OllamaServer) -> None:
    reading = _read(server, "truncated", sentences=SENTENCES[:2])
    assert reading.requests == len(server.asked_of("/api/chat")) == 2


def test_a_model_that_only_chats_leaves_the_sentences_unread(server: OllamaServer) -> None:
    reading = _read(server, "wrong", sentences=SENTENCES[:2])
    assert (reading.triples, reading.unread) == ((), (71, 72))
    with pytest.raises(ModelError, match="no answers that contain statements"):
        _read(server, "wrong")


def test_no_triple_from_a_long_text_is_a_warning(server: OllamaServer) -> None:
    long = [
        (n, f"The tide came in and went out again on day {n} of that spring.") for n in range(20)
    ]
    assert _read(server, sentences=long).empty
    assert not _read(server, sentences=long[:2]).empty


@pytest.mark.slow
@pytest.mark.parametrize("behaviour", ["dying", "error line", "silent", "out of memory"])
def test_what_smaller_batches_do_not_help_is_raised(server: OllamaServer, behaviour: str) -> None:
    with pytest.raises(ModelError):
        _read(server, behaviour, sentences=SENTENCES[:1])


_items = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["sentence", "subject", "relation", "object", "negated"]), inner
        )
    ),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.lists(_items, max_size=8))
def test_whatever_is_listed_only_what_stands_there_is_taken(items: list[Any]) -> None:
    kept, refused = usable(items, SENTENCES)
    texts = dict(SENTENCES)
    assert len(kept) + refused <= len(items)
    for triple in kept:
        assert occurring(texts[triple.sentence], triple.subject)
        assert occurring(texts[triple.sentence], triple.object)


@pytest.mark.slow
def test_ten_thousand_triples_are_no_more_than_a_sentence_can_hold() -> None:
    words = f"{' '.join(f'word{n}' for n in range(200))} meet"
    items = [
        {
            "sentence": 1,
            "subject": f"word{n % 200}",
            "relation": "meet",
            "object": f"word{n // 200}",
        }
        for n in range(10_000)
    ]
    kept, refused = usable(items, [(5, words)])
    assert len(kept) == 12
    assert refused == 10_000 - 12


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("odile  BRANDT", "Odile Brandt"),
        ("the Dredging School", "dredging school"),
        ("1911", "1911"),
        ("Brand", None),
        ("Odile's", "Odile"),
        ("", None),
        ("…", None),
        ("founded in 1911", None),
    ],
)
def test_a_phrase_occurs_word_by_word(phrase: str, found: str | None) -> None:
    text = "“Odile Brandt” founded a dredging school in 1911."
    place = occurring(text, phrase)
    assert (text[slice(*place)] if place else None) == found


@pytest.mark.parametrize(
    ("relation", "typed", "turned"),
    [
        ("founded", "found", False),
        ("was closed by", "close", True),
        ("lives in", "live in", False),
        ("is owner of", "own", False),
        ("be born in", "bear in", False),
        ("be member of", "be member of", False),
    ],
)
def test_relations_are_named_as_the_rules_name_them(
    relation: str, typed: str, turned: bool
) -> None:
    sentence = f"Ann {relation} Bo."
    made = triple_of(Told(1, "Ann", relation, "Bo"), sentence)
    assert made is not None
    assert (made.canonical, made.turned) == (typed, turned)
    assert (made.subject.start, made.object.end) == (0, len(sentence) - 1)


@pytest.mark.parametrize(
    ("sentence", "told", "typed", "negated", "possible"),
    [
        ("This hope cannot become the prey of Bo.",
         Told(1, "this hope", "cannot become", "the prey"), "become", True, False),
        ("Both sides are rightly alarmed by the deadly atom.",
         Told(1, "both sides", "rightly alarmed by", "the deadly atom"), "alarm by", False, False),
        ("The torch has been passed to a new generation.",
         Told(1, "the torch", "has been passed to", "a new generation"), "pass to", False, False),
        ("The torch has been passed to a new generation.",
         Told(1, "the torch", "pass", "a new generation"), "pass to", False, False),
        ("Ann might never leave Bo.",
         Told(1, "Ann", "might never leave", "Bo"), "leave", True, True),
        ("Ann did not, in the end, join Bo.",
         Told(1, "Ann", "join", "Bo", True), "join", True, False),
        ("The culvert is the work of Bo.", Told(1, "Bo", "build", "the culvert"), "build",
         False, False),
    ],
)  # fmt: skip
def test_the_verb_is_read_behind_its_auxiliaries_and_adverbs(
    sentence: str, told: Told, typed: str, negated: bool, possible: bool
) -> None:
    made = triple_of(told, sentence)
    assert made is not None
    assert (made.relation, made.negated, made.modal) == (typed, negated, possible)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        # What is no verb there, one that is ours or mine, and one that has the two turned round.
        ("This nation is committed to human rights.",
         Told(1, "this nation", "commitment", "human rights")),
        ("Mr. Speaker, President Truman, we observe today a celebration of freedom.",
         Told(1, "President Truman", "observe", "a celebration")),
        ("To our sister republics I shall gladly offer a special pledge.",
         Told(1, "our sister republics", "offer", "a special pledge")),
        # An object within the relation, and phrases of ours or of no thing.
        ("Science may engulf all humanity in self-destruction.",
         Told(1, "science", "engulf all humanity", "self-destruction")),
        ("Let us never fear war.", Told(1, "let us", "never fear", "war")),
        ("Together they conquer the deserts.", Told(1, "together", "conquer", "the deserts")),
        ("Oppose any foe, in order to assure the success of liberty.",
         Told(1, "liberty", "oppose", "any foe")),
    ],
)  # fmt: skip
def test_the_verb_has_to_be_that_of_the_subject(sentence: str, told: Told) -> None:
    assert triple_of(told, sentence) is None


@pytest.mark.parametrize(
    ("sentence", "is_read"),
    [
        ("Good evening, Ann, Bo, dear friends.", False),
        ("Ann, Bo and Cy are here.", False),
        ("Ann is Bo.", True),
        ("Bo was Ann.", True),
    ],
)
def test_names_in_a_row_are_not_each_other(sentence: str, is_read: bool) -> None:
    assert (triple_of(Told(1, "Ann", "is", "Bo"), sentence) is not None) is is_read


def test_an_example_stands_before_the_sentences_and_is_no_part_of_them(
    server: OllamaServer,
) -> None:
    reading = _read(server)
    body = server.asked_of("/api/chat")[0]
    assert [each["role"] for each in body["messages"]] == ["system", "user", "assistant", "user"]
    made = json.loads(body["messages"][2]["content"])["triples"]
    read = [json.loads(line)["text"] for line in body["messages"][1]["content"].splitlines()]
    # The example keeps the rules that it stands for.
    kept, refused = usable(made, list(enumerate(read)))
    assert (len(kept), refused) == (len(made), 0)
    assert {each.sentence for each in reading.triples} <= {id for id, _ in SENTENCES}


@pytest.mark.parametrize(
    ("sentence", "relation", "typed"),
    [
        ("Ann founded Bo.", "found", "found"),
        ("Ann found Bo.", "found", "find"),
        ("Ann found Bo.", "find", "find"),
    ],
)
def test_a_verb_in_its_base_form_is_not_taken_for_the_past_of_another(
    sentence: str, relation: str, typed: str
) -> None:
    made = triple_of(Told(1, "Ann", relation, "Bo"), sentence)
    assert made is not None
    assert made.canonical == typed


@pytest.mark.parametrize(
    "told",
    [
        Told(1, "It", "rain", "day"),
        Told(1, "day", "be", "the day"),
        Told(1, "day", "…", "tide"),
        Told(1, "day", "join", "and"),
        Told(1, "day", "and", "tide"),
        Told(1, "day", "but", "tide"),
        Told(1, "day", "a relation of far too many words here", "tide"),
    ],
)
def test_what_says_nothing_of_two_things_is_no_triple(told: Told) -> None:
    assert triple_of(told, "It rained all day and the tide rose.") is None


def test_an_answer_that_is_mostly_refused_is_refused_as_a_whole(server: OllamaServer) -> None:
    mad = [{"subject": "Odile Brandt", "relation": "and", "object": "school"}] * 2
    right = TABLE["Odile Brandt founded"]
    for listed, kept in ((mad + right, 0), (mad[:1] + right, 1)):
        model = FakeModel("mad", says=by_table({"Odile Brandt founded": listed}))
        server.add(model)
        there = serving.reach(server.address)
        known = serving.model(there, "mad")
        read = read_by_model(there, known, SENTENCES, check=lambda: None)
        assert (len(read.triples), read.refused) == (kept, len(listed) - kept)


def test_numbers_of_sentences_are_those_of_the_request_alone(server: OllamaServer) -> None:
    _read(server)
    text = server.asked_of("/api/chat")[0]["messages"][-1]["content"]
    assert not re.search(r"\b7[125]\b", text)
