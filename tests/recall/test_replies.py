"""A question that stands in a text is answered by what follows it, in whatever form it stands."""

import json
from pathlib import Path

import pytest

from workbench.library import Library

_WIDE, _WHO = ("How wide is the lock?", "7 metres."), ("Who lets boats in?", "Gerda Holm.")
_BREIT, _WER = ("Wie breit ist die Schleuse?", "7 Meter."), ("Wer lässt Boote ein?", "Gerda Holm.")


def _markdown(pairs: list[tuple[str, str]]) -> str:
    return "# Visiting\n\n" + "\n\n".join(f"## {asked}\n\n{said}" for asked, said in pairs)


def _html(pairs: list[tuple[str, str]], outer: str, asked_in: str, said_in: str) -> str:
    rows = "".join(
        f"<{asked_in}>{asked}</{asked_in}><{said_in}>{said}</{said_in}>" for asked, said in pairs
    )
    body = f"<{outer}>{rows}</{outer}>"
    return f"<!doctype html><html><head><title>Visiting</title></head><body>{body}</body></html>"


def _lines(pairs: list[tuple[str, str]], asks: str, says: str) -> str:
    return "\n\n".join(f"{asks}{asked}\n{says}{said}" for asked, said in pairs)


def _table(pairs: list[tuple[str, str]]) -> str:
    rows = "\n".join(f"| {asked} | {said} |" for asked, said in pairs)
    return f"| Question | Answer |\n|---|---|\n{rows}\n"


def _chat(pairs: list[tuple[str, str]]) -> str:
    turns = [
        (role, text)
        for pair in pairs
        for role, text in zip(("user", "assistant"), pair, strict=True)
    ]
    mapping = {
        str(at): {
            "id": str(at),
            "parent": str(at - 1) if at else None,
            "children": [str(at + 1)] if at + 1 < len(turns) else [],
            "message": {
                "id": str(at),
                "author": {"role": role},
                "create_time": 1_714_558_000.0 + at,
                "content": {"content_type": "text", "parts": [text]},
            },
        }
        for at, (role, text) in enumerate(turns)
    }
    begun = 1_714_558_000.0
    return json.dumps(
        [{"title": "Lock", "create_time": begun, "update_time": begun, "mapping": mapping}]
    )


_FORMS = {
    "headings.md": _markdown([_WIDE, _WHO]),
    "headings.html": _html([_WIDE, _WHO], "main", "h2", "p"),
    "terms.html": _html([_WIDE, _WHO], "dl", "dt", "dd"),
    "entries.txt": _lines([_WIDE, _WHO], "Q: ", "A: "),
    "interview.txt": _lines([_WIDE, _WHO], "KEEPER: ", "HOLM: "),
    "table.md": _table([_WIDE, _WHO]),
    "conversations.json": _chat([_WIDE, _WHO]),
    "german.md": _markdown([_BREIT, _WER]),
    "german.txt": _lines([_BREIT, _WER], "Frage: ", "Antwort: "),
}


@pytest.mark.parametrize("is_read", [False, True])
@pytest.mark.parametrize("name", _FORMS)
def test_what_follows_a_question_answers_it(
    tmp_path: Path, name: str, is_read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_read:
        monkeypatch.delenv("WORKBENCH_READER")
    file = tmp_path / name
    file.write_text(_FORMS[name], encoding="utf-8")
    pairs = [_BREIT, _WER] if name.startswith("german") else [_WIDE, _WHO]
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        for asked, said in pairs:
            answer = library.ask(asked)
            assert answer.found, asked
            assert said.strip(".") in answer.sentences[0].text, asked


@pytest.mark.usefixtures("reading")
def test_a_value_is_taken_without_its_label(tmp_path: Path) -> None:
    file = tmp_path / "entries.txt"
    file.write_text(_FORMS["entries.txt"], encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        answer = library.ask(_WIDE[0])
    assert answer.value == "7 metres"
    quote = next(item.quote for item in answer.evidence)
    assert "7 metres" in quote


@pytest.mark.usefixtures("reading")
def test_a_question_in_other_words_is_read_with_its_heading(tmp_path: Path) -> None:
    file = tmp_path / "headings.md"
    file.write_text(_FORMS["headings.md"], encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        answer = library.ask("What is the width of the lock?")
    assert answer.sentences[0].text == "7 metres."


@pytest.mark.usefixtures("reading")
def test_a_question_that_nobody_answers_is_no_answer(tmp_path: Path) -> None:
    file = tmp_path / "thread.txt"
    file.write_text(
        "Does anybody know how wide the lock is? How wide is the lock?\n\n"
        "The lock is 7 metres wide, as the sign beside the gatehouse says.\n",
        encoding="utf-8",
    )
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        answer = library.ask("How wide is the lock?")
    assert answer.sentences[0].text.startswith("The lock is 7 metres wide")


@pytest.mark.usefixtures("reading")
def test_a_reply_is_not_mixed_with_the_next_one(tmp_path: Path) -> None:
    pairs = [
        ("When may children swim alone?", "From the age of nine, if they hold the bronze badge."),
        ("Can I bring my dog?", "Only on the last Sunday of September, after the season."),
        ("What happens in lightning?", "Everybody leaves the water at once."),
    ]
    file = tmp_path / "bold.md"
    lines = "\n\n".join(f"**{asked}**\n{said}" for asked, said in pairs)
    file.write_text(f"# Swimming\n\n{lines}\n", encoding="utf-8")
    with Library.open(tmp_path / "x.brain") as library:
        library.add([file])
        for asked, said in pairs:
            assert [row.text for row in library.ask(asked).sentences] == [said]
