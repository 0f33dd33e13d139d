"""Notes, variables and stances through the library's doors: kept apart, exact, or refused."""

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.variables import remove_variable, value_of
from workbench.errors import NotFoundError, UsageError
from workbench.library import Library
from workbench.library.options import RecallOptions, TellOptions
from workbench.memory.facts import facts
from workbench.memory.facts.marking import KINDS, NOTE_KINDS


def test_an_instruction_is_no_fact_and_is_found_by_its_kind() -> None:
    with Library.open(":memory:") as library:
        (id,) = library.notes.add("instruction", "Always give the plan in metric units").new
        assert library.notes.add("Instruction", "always give the plan in metric units.").known == (
            id,
        )
        assert (len(library.facts.list()), library.facts.recall("plan"), library.facts.list()) == (
            0,
            [],
            [],
        )
        assert library.facts.value("what is the plan?") is None
        (found,) = library.facts.recall("metric unit", options=RecallOptions(kind="instruction"))
        assert (found.id, found.kind, found.score) == (id, "instruction", 1.0)
        assert library.facts.recall("imperial", options=RecallOptions(kind="instruction")) == []
        assert (
            library.facts.list(kind="instruction")
            == library.notes.list()
            == [library.facts.get(id).fact]
        )


def test_the_rarer_word_decides_which_note_comes_first() -> None:
    with Library.open(":memory:") as library:
        for text in ("write short letters", "write long reports", "sign letters with Ada"):
            library.notes.add("instruction", text)
        found = library.facts.recall(
            "write and sign", limit=2, options=RecallOptions(kind="instruction")
        )
        assert [fact.text for fact in found] == ["sign letters with Ada", "write long reports"]


def test_notes_are_found_by_what_they_say_by_now() -> None:
    def found(word: str) -> list[str]:
        kinds = ("instruction", "stance", "variable")
        return [
            fact.text
            for kind in kinds
            for fact in library.facts.recall(word, options=RecallOptions(kind=kind))
        ]

    with Library.open(":memory:") as library:
        (id,) = library.notes.add("instruction", "Give lengths in feet").new
        library.notes.add("instruction", "Give lengths in feet", collection="plans")
        library.facts.edit(id, "Give lengths in metric units")
        library.notes.add("stance", "Metric units: they are easy to convert")
        library.notes.add("variable", "scale is metric")
        assert len(found("metric")) == 3
        assert found("feet") == []
        library.collections.remove("plans")
        assert found("feet") == ["Give lengths in feet"]


@pytest.mark.parametrize("kind", ["fact", "user", "decision", "todo"])
def test_a_note_of_a_kind_of_fact_is_a_fact(kind: str) -> None:
    with Library.open(":memory:") as library:
        library.facts.tell("the well is 12 metres deep")
        made = library.notes.add(kind, "the locker code is 4711", collection="lido")
        assert len(made.new) == 1
        assert len(library.facts.list(collection="lido")) == 1
        value = library.facts.value("what is the locker code?", collection="lido")
        assert value is not None
        assert (value.value, value.fact.kind) == ("4711", kind)
        assert library.stats(collection="lido").kinds == {kind: 1}
        (found,) = library.facts.recall(
            "locker well", collection="lido", options=RecallOptions(kind=kind)
        )
        assert found.id == made.new[0]
        assert library.notes.add(kind, "Call Lund", collection="lido").left == ()


@pytest.mark.parametrize("few", [1, 4096])
def test_the_few_of_a_kind_are_found_among_many(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_SELECTIVE", few)
    with Library.open(":memory:") as library:
        library.facts.tell("\n".join(f"The yard of Lund has gate {i}." for i in range(200)))
        library.facts.tell(
            "The yard of Lund has a lamp.", options=TellOptions(kind="todo", priority=8)
        )
        library.facts.tell("Call Lund about labels.", options=TellOptions(kind="todo", priority=2))
        library.facts.tell(
            "The yard of Lund is large.", options=TellOptions(kind="insight", priority=5)
        )
        found = library.facts.recall("yard Lund", options=RecallOptions(kind="todo"))
        assert [fact.text for fact in found] == [
            "The yard of Lund has a lamp.", "Call Lund about labels.",
        ]  # fmt: skip
        assert [
            f.priority
            for f in library.facts.recall("yard Lund", options=RecallOptions(min_priority=5))
        ] == [5, 8]
        assert [
            f.priority for f in library.facts.recall("yrad", options=RecallOptions(min_priority=5))
        ] == [5, 8]
        assert library.facts.recall("gate", options=RecallOptions(kind="todo")) == []
        assert library.facts.recall("yard", options=RecallOptions(kind="error")) == []
        assert (
            len(library.facts.recall("gate", limit=10**20, options=RecallOptions(kind="fact")))
            == 200
        )


def test_kind_and_priority_select_and_expiry_hides_but_keeps() -> None:
    now = [1_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        library.facts.tell("Call Lund about labels", options=TellOptions(kind="todo", priority=8))
        library.facts.tell("Sweep the yard of Lund", options=TellOptions(kind="todo", priority=2))
        library.facts.tell("Lund closes the gate at 18:00", options=TellOptions(expires_days=7))
        cue = "Lund yard labels gate"
        assert {f.kind for f in library.facts.recall(cue, options=RecallOptions(kind="todo"))} == {
            "todo"
        }
        assert [
            f.priority for f in library.facts.recall(cue, options=RecallOptions(min_priority=7))
        ] == [8]
        assert library.facts.value("when does Lund close the gate?") is not None
        now[0] += 8 * 86_400
        assert library.facts.value("when does Lund close the gate?") is None
        assert all("18:00" not in f.text for f in library.facts.recall(cue))
        (kept,) = [
            f
            for f in library.facts.recall(cue, options=RecallOptions(include_expired=True))
            if "18:00" in f.text
        ]
        assert kept.expired
        assert len(library.facts.list()) == 3
        assert library.facts.value("when does Lund close the gate?", as_of=now[0] - 7 * 86_400)


@pytest.mark.parametrize(
    ("priority", "days"),
    [(11, None), (-1, None), (2.5, None), (None, 0.0), (None, -3.0), (None, float("nan"))],
)
def test_what_no_fact_can_have_is_refused(priority: int | None, days: float | None) -> None:
    with Library.open(":memory:") as library:
        with pytest.raises(UsageError):
            library.facts.tell(
                "the hat is red", options=TellOptions(priority=priority, expires_days=days)
            )
        with pytest.raises(UsageError):
            library.notes.add("instruction", "be brief", priority=priority, expires_days=days)
        assert (len(library.facts.list()), library.notes.list()) == (0, [])


@pytest.mark.parametrize("kind", ["", "facts", "no such", "note"])
def test_no_such_kind_is_told_with_those_there_are(kind: str) -> None:
    with Library.open(":memory:") as library:
        for call in (
            lambda: library.notes.add(kind, "be brief"),
            lambda: library.facts.tell("the hat is red", options=TellOptions(kind=kind)),
            lambda: library.facts.recall("hat", options=RecallOptions(kind=kind)),
            lambda: library.facts.list(kind=kind),
        ):
            with pytest.raises(UsageError) as told:
                call()
            assert "instruction" in told.value.hint
        assert len(set(KINDS) & set(NOTE_KINDS)) == 0


def test_a_note_told_by_remember_is_a_note_and_has_no_source() -> None:
    with Library.open(":memory:") as library:
        assert (
            len(library.facts.tell("reply in French", options=TellOptions(kind="instruction")).new)
            == 1
        )
        assert len(library.facts.list()) == 0
        with pytest.raises(UsageError):
            library.facts.tell(
                "reply in Dutch", source="Ann", options=TellOptions(kind="instruction")
            )


# -- variables -------------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
_KEYS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=80)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(values=st.dictionaries(_KEYS.filter(str.strip), _TEXTS, min_size=1, max_size=6))
def test_a_variable_comes_back_exactly(values: dict[str, str]) -> None:
    with Library.open(":memory:") as library:
        for key, value in values.items():
            library.notes.add("variable", value, key=key)
        held = {normalize("NFC", " ".join(key.split())): text for key, text in values.items()}
        assert {var.key: var.value for var in library.notes.list("variable")} == held
        assert {key: value_of(library, key) for key in held} == held


def test_a_variable_is_replaced_whole_and_keys_are_compared_whole() -> None:
    with Library.open(":memory:") as library:
        for key, value in (("port", "8080"), ("port backup", "9090"), ("Port", "1"), ("port", "")):
            if value:
                library.notes.add("variable", value, key=key)
        library.notes.add("variable", "7070\n and more", key=" port ")
        keys = {"port": "7070\n and more", "port backup": "9090", "Port": "1", "host": None}
        assert {key: value_of(library, key) for key in keys} == keys
        assert remove_variable(library, "port")
        assert not remove_variable(library, "port")
        assert value_of(library, "port backup") == "9090"


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("theme is Gruvbox is best", "theme", "Gruvbox is best"),
        ("server url is http://a.example:80/x=1", "server url", "http://a.example:80/x=1"),
        ("port = 8080", "port", "8080"),
        ("editor: vim", "editor", "vim"),
    ],
)
def test_a_note_sets_a_variable(text: str, key: str, value: str) -> None:
    with Library.open(":memory:") as library:
        library.notes.add("variable", text)
        assert value_of(library, key) == value
        (found,) = library.facts.recall(key, options=RecallOptions(kind="variable"))
        assert found.text == f"{key} is {value}"


@pytest.mark.parametrize("text", ["theme", "is it", "theme is ", ": x"])
def test_a_note_that_sets_no_variable_is_refused(text: str) -> None:
    with Library.open(":memory:") as library:
        with pytest.raises(UsageError):
            library.notes.add("variable", text)
        assert library.notes.list("variable") == []


@pytest.mark.parametrize("key", ["", "  ", "a\x00b", "k" * 1001, "\ud800"])
def test_a_key_that_nobody_can_type_is_refused(key: str) -> None:
    with Library.open(":memory:") as library:
        for call in (
            lambda: library.notes.add("variable", "x", key=key),
            lambda: value_of(library, key),
            lambda: remove_variable(library, key),
            lambda: library.notes.add("stance", "x", key=key),
            lambda: library.notes.get("stance", key),
        ):
            with pytest.raises(UsageError):
                call()


@pytest.mark.parametrize("value", ["", " \n", "x\ud800", "x" * 16_000_001])
def test_a_value_that_cannot_be_kept_is_refused(value: str) -> None:
    with Library.open(":memory:") as library:
        with pytest.raises(UsageError):
            library.notes.add("variable", value, key="big")
        with pytest.raises(UsageError):
            library.notes.add("instruction", value)
        assert library.collections.scopes() == []


@pytest.mark.slow
def test_ten_million_characters_are_kept_and_found(tmp_path: Path) -> None:
    text = "lorem ipsum dolor " * 555_555 + "quokka"
    with Library.open(tmp_path / "big.brain") as library:
        library.notes.add("variable", text, key="big")
        library.notes.add("instruction", text)
    with Library.open(tmp_path / "big.brain") as library:
        assert value_of(library, "big") == text
        assert len(library.facts.recall("quokkas", options=RecallOptions(kind="instruction"))) == 1


# -- stances ---------------------------------------------------------------------------------------


def test_a_stance_deepens_others_fade_to_a_floor_and_all_outlive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "views.brain"
    with Library.open(path) as library:
        (first,) = library.notes.add("stance", "I distrust it", key="Cookie  parsing").new
        stated = library.notes.get("stance", "cookie parsing")
        assert stated is not None
        assert (stated.intensity, stated.hardened) == (1.0, False)
        again = library.notes.add("stance", "another hole found", key="cookie parsing")
        assert (again.new, again.known) == ((), (first,))
        stated = library.notes.get("stance", "cookie parsing")
        assert stated is not None
        assert (stated.intensity, stated.hardened) == (2.0, True)
        assert (stated.id, stated.topic) == (first, "cookie parsing")
        library.notes.add("stance", "they are fine", key="tabs")
        for _ in range(20):
            library.notes.add("stance", "so are these", key="spaces")
    with Library.open(path) as library:
        by = {held.topic: held for held in library.notes.list("stance")}
        assert by["cookie parsing"].intensity == 0.5
        assert by["tabs"].intensity == 0.5
        assert by["spaces"].intensity == 20.0
        assert library.notes.list("stance")[0].topic == "spaces"
        assert library.notes.get("stance", "COOKIE PARSING") == by["cookie parsing"]
        assert library.notes.get("stance", "cookie") is None
        before = [fact.text for fact in library.facts.history(first)]
        assert before == ["cookie parsing: I distrust it", "cookie parsing: another hole found"]


def test_a_note_states_a_stance_with_and_without_a_topic() -> None:
    with Library.open(":memory:") as library:
        library.notes.add("stance", "tabs: better than spaces")
        library.notes.add("stance", "I prefer short labels")
        library.notes.add("stance", "i prefer short labels")
        assert [(s.topic, s.text) for s in library.notes.list("stance")] == [
            ("i prefer short labels", "i prefer short labels"),
            ("tabs", "better than spaces"),
        ]
        (found,) = library.facts.recall("labels", options=RecallOptions(kind="stance"))
        assert found.text == "i prefer short labels"


# -- editing notes ---------------------------------------------------------------------------------


def test_a_note_is_edited_in_place_and_back() -> None:
    with Library.open(":memory:") as library:
        (id,) = library.notes.add("instruction", "reply in French", priority=5).new
        edited = library.facts.edit(id, "reply in Dutch")
        assert (edited.id, edited.text, edited.priority) == (id, "reply in Dutch", 5)
        assert library.facts.recall("French", options=RecallOptions(kind="instruction")) == []
        assert [f.text for f in library.facts.history(id)] == ["reply in French", "reply in Dutch"]
        assert library.facts.edit(id, None).text == "reply in French"
        assert [
            f.text
            for f in library.facts.recall("French", options=RecallOptions(kind="instruction"))
        ] == ["reply in French"]
        with pytest.raises(UsageError):
            library.facts.edit(id, None)
        (other,) = library.notes.add("instruction", "reply in Latin").new
        with pytest.raises(UsageError):
            library.facts.edit(other, "reply in French")
        with pytest.raises(UsageError):
            library.facts.edit(id, " ")


def test_editing_a_stance_or_variable_changes_its_text_alone() -> None:
    with Library.open(":memory:") as library:
        (held,) = library.notes.add("stance", "they are fine", key="tabs").new
        library.notes.add("stance", "still fine", key="tabs")
        (port,) = library.notes.add("variable", "80", key="port").new
        library.facts.edit(held, "they are best")
        library.facts.edit(port, "81")
        assert value_of(library, "port") == "81"
        after = library.notes.get("stance", "tabs")
        assert after is not None
        assert (after.text, after.intensity) == ("they are best", 2.0)
        assert library.facts.edit(held, None).text == "tabs: still fine"
        assert library.facts.forget([held, port, 99]).forgotten == 2
        with pytest.raises(NotFoundError):
            library.facts.get(held)


def test_chains_and_spreading_pass_by_what_has_expired() -> None:
    now = [1_000_000.0]
    with Library.open(":memory:", clock=lambda: now[0]) as library:
        library.facts.tell("Kenji is the owner of Aurora", options=TellOptions(expires_days=2))
        library.facts.tell("Lotte is the manager of Kenji")
        assert library.facts.chain("Aurora", ["owner", "manager"]).value == "Lotte"
        assert len(library.facts.associate("Aurora")) == 2
        now[0] += 3 * 86_400
        assert library.facts.chain("Aurora", ["owner"]).value is None
        assert library.facts.chain("Kenji", ["manager"]).value == "Lotte"
        assert library.facts.chain("Aurora", ["owner"], as_of=1_000_001.0).value == "Kenji"
        assert all("owner" not in each.fact.text for each in library.facts.associate("Aurora"))


def test_a_note_among_hundreds_is_found_whatever_else_matches() -> None:
    with Library.open(":memory:") as library:
        for number in range(60):
            priority = 9 if number == 3 else None
            library.notes.add("instruction", f"write report {number}", priority=priority)
        (found,) = library.facts.recall(
            "write report", options=RecallOptions(kind="instruction", min_priority=5)
        )
        assert found.text == "write report 3"
        newest = library.facts.recall(
            "write report", limit=2, options=RecallOptions(kind="instruction")
        )
        assert [fact.text for fact in newest] == ["write report 59", "write report 58"]


def test_what_people_read_has_no_control_characters_and_a_variable_keeps_its_own() -> None:
    with Library.open(":memory:") as library:
        library.notes.add("instruction", "reply \x1b[31min red\x00\n twice")
        library.notes.add("stance", "\x07fine", key="tabs")
        library.notes.add("variable", "\x07\x00", key="bell")
        assert library.notes.list("instruction")[0].text == "reply  [31min red \n twice"
        assert [held.text for held in library.notes.list("stance")] == ["fine"]
        assert value_of(library, "bell") == "\x07\x00"
        with pytest.raises(UsageError):
            library.notes.add("instruction", "\x00\x07")
